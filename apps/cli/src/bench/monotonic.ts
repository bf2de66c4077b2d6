/**
 * Milliseconds on the machine's own monotonic clock, with fractions. Unlike `performance.now()` it has the same zero in
 * every process, and unlike `Date.now()` nobody sets it: times of two processes can be subtracted.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
