/**
 * No place is reserved further ahead than this, ms: a claim must still be fresh when its place comes, and a Redis that has more
 * to do than it can must not be asked as often as if it were quick.
 */
export const MAX_AHEAD_MS = 50;

/**
 * How long claims take at present: a running mean and the mean deviation from it, as TCP estimates a round trip. A place that
 * is reserved so much before it comes is written when it comes, not a claim later; else every claim would stretch the second
 * in which the grant can be used once.
 */
export class ClaimTime {
  #meanMs: number | undefined;
  #deviationMs = 0;

  /** A claim was given. @param ms from the question to the answer */
  note(ms: number): void {
    if (this.#meanMs === undefined) {
      this.#meanMs = ms;
      this.#deviationMs = ms / 2;
      return;
    }
    const off = ms - this.#meanMs;
    this.#meanMs += off / 8;
    this.#deviationMs += (Math.abs(off) - this.#deviationMs) / 4;
  }

  /** How long before it comes a place is to be reserved, ms: within that most claims are answered. */
  get aheadMs(): number {
    return Math.min(MAX_AHEAD_MS, (this.#meanMs ?? 0) + 2 * this.#deviationMs);
  }
}
