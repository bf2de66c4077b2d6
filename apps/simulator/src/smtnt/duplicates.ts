/** Remembers the ids that one account used up, each for a given time. */
export class DuplicateMemory {
  readonly #ageMs: number;
  /** In the order in which they were remembered, so that the old ones stand in front. */
  readonly #known = new Map<string, { readonly at: number; readonly digest: number }>();

  constructor(ageMs: number) {
    this.#ageMs = ageMs;
  }

  get size(): number {
    return this.#known.size;
  }

  /** The digest under which `id` was remembered, unless that is longer ago than the age. */
  digestOf(id: string, now: number): number | undefined {
    this.#forget(now);
    return this.#known.get(id)?.digest;
  }

  remember(id: string, digest: number, now: number): void {
    this.#forget(now);
    this.#known.set(id, { at: now, digest });
  }

  #forget(now: number): void {
    for (const [id, { at }] of this.#known) {
      if (now - at < this.#ageMs) return;
      this.#known.delete(id);
    }
  }
}

/** A 32-bit FNV-1a digest of strings: enough to tell a repeat from another message under the same id. */
export function digestOf(...parts: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ part.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash >>> 0;
}
