import type { RecordFields } from './record.js';

/**
 * Records as this process claimed them, until the next step on them. Two generations: what others settled meanwhile
 * is forgotten when the younger one is turned over.
 */
export class LastKnown {
  #young = new Map<string, () => RecordFields>();
  #old = new Map<string, () => RecordFields>();
  #turnedAt: number;
  readonly #memoryMs: number;
  readonly #now: () => number;

  /** @param memoryMs how long one is kept at least; at most twice that, as long as others are put in */
  constructor(memoryMs: number, now: () => number) {
    this.#memoryMs = memoryMs;
    this.#now = now;
    this.#turnedAt = now();
  }

  set(id: string, fields: () => RecordFields): void {
    const now = this.#now();
    if (now - this.#turnedAt > this.#memoryMs) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#turnedAt = now;
    }
    this.#young.set(id, fields);
  }

  /** From both generations: one that was claimed again must not come back as it was before. */
  delete(id: string): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  take(id: string): (() => RecordFields) | undefined {
    const known = this.#young.get(id) ?? this.#old.get(id);
    if (known) this.delete(id);
    return known;
  }
}
