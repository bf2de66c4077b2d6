const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after each failed delivery the next one is tried, ms: sixteen times in a little under three days. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  ...new Array<number>(8).fill(8 * HOUR),
];

/** What waits for a host that fails is given up when it is as old as this, ms, however few deliveries were tried. */
export const GIVE_UP_AFTER_MS = 72 * HOUR;

/** `Retry-After` is heeded up to this, ms. */
export const MAX_RETRY_AFTER_MS = HOUR;

/** Share of a delay by which chance moves it to either side, so that what failed together does not come together. */
const JITTER = 0.1;

/**
 * How long after its `failures`-th failure a delivery is tried again, ms; undefined: never.
 * @param retryAfterMs what the receiver asked for: not sooner than that
 * @param random 0 to 1
 */
export function retryDelay(
  failures: number,
  retryAfterMs: number | undefined,
  random: number,
): number | undefined {
  const delay = RETRY_DELAYS_MS[failures - 1];
  if (delay === undefined) return undefined;
  const jittered = Math.round(delay * (1 - JITTER + 2 * JITTER * random));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
}

/** The header `Retry-After`, seconds or a date, as milliseconds from now; undefined when it says nothing. Pure. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  if (!/^[A-Za-z]{3},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
