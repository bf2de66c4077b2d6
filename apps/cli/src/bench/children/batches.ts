/** Messages put in by one call where no rate is asked for. */
const BATCH = 200;
/** Calls on their way at once: Redis has work while the next batch is made. */
const IN_FLIGHT = 2;
/** With a rate, so often a second. */
const STEPS_PER_SECOND = 50;

export interface BatchOptions {
  readonly count: number;
  readonly ratePerSecond?: number | undefined;
  /** Messages put in by one call; default 200, and with a rate what comes to 50 calls a second. */
  readonly size?: number | undefined;
  /** Monotonic ms. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** Calls `put` for ranges that together are all of `count`, two at a time, on an even schedule where a rate is given. */
export async function batches(
  { count, ratePerSecond, size: given, now, wait }: BatchOptions,
  put: (from: number, to: number) => Promise<unknown>,
): Promise<void> {
  const size = given ?? (ratePerSecond === undefined ? BATCH : Math.ceil(ratePerSecond / STEPS_PER_SECOND));
  const start = now();
  const flying = new Set<Promise<unknown>>();
  for (let from = 0; from < count; from += size) {
    if (ratePerSecond !== undefined) {
      const early = start + (from * 1000) / ratePerSecond - now();
      if (early > 0) await wait(early);
    }
    const put1 = put(from, Math.min(count, from + size)).finally(() => flying.delete(put1));
    flying.add(put1);
    if (flying.size >= IN_FLIGHT) await Promise.race(flying);
  }
  await Promise.all(flying);
}
