/**
 * Allows `limit` events in any sliding second, by the times of the last `limit` that were allowed.
 * It belongs to an account and agent, not to a connection: a reconnect does not empty it.
 */
export class SlidingSecond {
  readonly limit: number;
  readonly #times: Float64Array;
  #next = 0;

  constructor(limit: number) {
    this.limit = limit;
    this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  }

  /** The same second under another limit: what was allowed last counts on. */
  withLimit(limit: number): SlidingSecond {
    const other = new SlidingSecond(limit);
    for (let i = 0; i < this.limit; i++) {
      const at = this.#times[(this.#next + i) % this.limit] as number;
      if (at !== Number.NEGATIVE_INFINITY) other.force(at);
    }
    return other;
  }

  /**
   * Takes a place at `now` (ms) and answers 0, or answers how many milliseconds must pass until one is free.
   * An event exactly 1000 ms after another is not in the same second.
   */
  take(now: number): number {
    if (this.limit === 0) return 1000;
    const oldest = this.#times[this.#next] as number;
    const wait = oldest + 1000 - now;
    if (wait > 0) return wait;
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.limit;
    return 0;
  }

  /** Takes a place although none is free: for an event that is let pass without a judgement. */
  force(now: number): void {
    if (this.limit === 0) return;
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.limit;
  }
}
