/** Above this share of Redis' maxmemory new messages are refused. */
export const MEMORY_LIMIT_SHARE = 0.8;
const SAMPLE_MS = 1_000;

/** The share of its memory that Redis uses, from the text of INFO memory; 0 when it has no limit. */
export function usedShare(info: string): number {
  const value = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const limit = value('maxmemory');
  return limit === 0 ? 0 : value('used_memory') / limit;
}

/** Samples the memory that Redis uses at most once a second, however many ask. */
export class MemoryGuard {
  readonly #readInfo: () => Promise<string>;
  readonly #now: () => number;
  #sampledAt = Number.NEGATIVE_INFINITY;
  #sample: Promise<number> = Promise.resolve(0);

  /**
   * @param readInfo reads INFO memory
   * @param now monotonic ms
   */
  constructor(readInfo: () => Promise<string>, now: () => number) {
    this.#readInfo = readInfo;
    this.#now = now;
  }

  /** The used share, at most a second old. Rejects as `readInfo` does, and then asks again the next time. */
  share(): Promise<number> {
    if (this.#now() - this.#sampledAt >= SAMPLE_MS) {
      this.#sampledAt = this.#now();
      const sample = this.#readInfo().then(usedShare);
      this.#sample = sample;
      sample.catch(() => {
        if (this.#sample === sample) this.#sampledAt = Number.NEGATIVE_INFINITY;
      });
    }
    return this.#sample;
  }
}
