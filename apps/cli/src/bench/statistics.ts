/** The value below which `share` (0 to 1) of the values lie, by nearest rank; NaN when there are none. */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[Math.min(rank, sorted.length) - 1] ?? Number.NaN;
}

/** The middle value, or the mean of the two middle ones; NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Where each of a path's messages began and ended; the same index is the same message. Monotonic ms. */
export interface Journeys {
  readonly enqueuedAt: Float64Array;
  readonly consumedAt: Float64Array;
}

/** What one run of a path took. Rates are messages a second, times ms. */
export interface Pace {
  /** From the first enqueue to the last consumed result. */
  readonly perSecond: number;
  /** Between the consumption of the first and the last tenth: without the start and the tail. */
  readonly steadyPerSecond: number;
  /** From a message's enqueue to its consumed result. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How fast a run was. Pure. */
export function paceOf({ enqueuedAt, consumedAt }: Journeys): Pace {
  const first = enqueuedAt.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const last = consumedAt.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  const latencies = consumedAt.map((at, i) => at - (enqueuedAt[i] ?? Number.NaN));
  return {
    perSecond: rate(consumedAt.length, last - first),
    steadyPerSecond: steadyRate(consumedAt),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

function steadyRate(consumedAt: Float64Array): number {
  const sorted = Float64Array.from(consumedAt).sort();
  const from = Math.floor(sorted.length * 0.1);
  const to = Math.ceil(sorted.length * 0.9) - 1;
  return rate(to - from, (sorted[to] ?? Number.NaN) - (sorted[from] ?? Number.NaN));
}

function rate(count: number, ms: number): number {
  return (count * 1000) / ms;
}

/** Each figure's median over the rounds; a figure that a round lacks counts as 0 there. */
export function medians(rounds: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = new Set(rounds.flatMap((round) => Object.keys(round)));
  return Object.fromEntries(
    [...names].map((name) => [name, median(rounds.map((round) => round[name] ?? 0))]),
  );
}
