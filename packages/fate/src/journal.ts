/**
 * What this process stored in the last seconds, so that it can be asserted again to a Redis that came back without
 * its last second. Keyed: a later step on the same message replaces the earlier one.
 */
export class Journal {
  readonly #entries = new Map<string, { at: number; redo: () => Promise<void> }>();
  readonly #memoryMs: number;
  #forgottenAt = Number.NEGATIVE_INFINITY;

  /** @param memoryMs how long an entry is kept */
  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs;
  }

  /** Remembers how to assert again what was stored under `key`. */
  note(key: string, now: number, redo: () => Promise<void>): void {
    this.#entries.delete(key); // re-insertion keeps the map in order of time
    this.#entries.set(key, { at: now, redo });
    // Not each time: to find the oldest entry of a large map costs more than to make one.
    if (now - this.#forgottenAt >= this.#memoryMs / 20) this.#forget(now);
  }

  /** Everything still remembered, oldest first. */
  recent(now: number): readonly (() => Promise<void>)[] {
    this.#forget(now);
    return [...this.#entries.values()].map((entry) => entry.redo);
  }

  get size(): number {
    return this.#entries.size;
  }

  #forget(now: number): void {
    this.#forgottenAt = now;
    for (const [key, entry] of this.#entries) {
      if (now - entry.at <= this.#memoryMs) break;
      this.#entries.delete(key);
    }
  }
}
