import { NumberColumn } from './column.js';
import type { LoopLag } from './loop-lag.js';

/** Stalls of ours below so many milliseconds count as none: what a sender keeps beside the second, as we ask of it, covers them. */
const UNDISTURBED_BELOW_MS = 5;
/** A stall that ended just before a second still shifts arrivals into it. */
const MARGIN_MS = 5;

/** What one rate domain (account, agent, type) received under one grant. Times are epoch ms. */
export interface RateFigures {
  readonly domain: string;
  /** The granted submits a second; 0 where unlimited. */
  readonly grant: number;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The most submits in any sliding second, and the simulator's own largest stall inside that second. */
  readonly largestSecond: number;
  readonly largestSecondLagMs: number;
  /**
   * The most submits that certainly came within one second. Where a stall of the simulator of `UNDISTURBED_BELOW_MS` or
   * more could have moved them together, they are counted over a second less what it could have moved them.
   */
  readonly largestCertainSecond: number;
  /** Submits between the first and the last, as a share of what the grant allowed in that time; 0 without a grant. */
  readonly usedShare: number;
}

/** What arrived in a rate domain while one grant held. */
interface Period {
  readonly domain: string;
  readonly grant: number;
  readonly arrivals: NumberColumn;
}

/** Remembers when each submit of each rate domain arrived, under each of its grants. */
export class RateMeter {
  readonly #periods: Period[] = [];
  readonly #last = new Map<string, Period>();

  /** The recorder of one domain from now on; keep it until the grant changes, so that a submit costs one call. */
  domain(name: string, grant: number): NumberColumn {
    const last = this.#last.get(name);
    if (last?.grant === grant) return last.arrivals;
    const period: Period = { domain: name, grant, arrivals: new NumberColumn() };
    this.#last.set(name, period);
    this.#periods.push(period);
    return period.arrivals;
  }

  /** The figures of every domain that received anything, under each grant in turn. Walks all arrivals once. */
  figures(lag: LoopLag): RateFigures[] {
    return this.#periods
      .filter(({ arrivals }) => arrivals.length > 0)
      .map(({ domain, arrivals, grant }) => figuresOf(domain, grant, arrivals, lag));
  }

  clear(): void {
    for (const { arrivals } of this.#periods) arrivals.clear();
  }
}

function figuresOf(domain: string, grant: number, arrivals: NumberColumn, lag: LoopLag): RateFigures {
  const count = arrivals.length;
  let first = 0;
  let largest = 0;
  let largestEnd = 0;
  let certainLargest = 0;
  for (let i = 0; i < count; i++) {
    const at = arrivals.at(i);
    while (at - arrivals.at(first) >= 1000) first += 1;
    const inSecond = i - first + 1;
    if (inSecond > largest) {
      largest = inSecond;
      largestEnd = at;
    }
    const moved = movedBy(lagOfSecond(lag, at));
    let from = first;
    while (at - arrivals.at(from) >= 1000 - moved) from += 1;
    certainLargest = Math.max(certainLargest, i - from + 1);
  }
  const firstAt = arrivals.at(0);
  const lastAt = arrivals.at(count - 1);
  const allowed = (grant * (lastAt - firstAt)) / 1000;
  return {
    domain,
    grant,
    count,
    firstAt,
    lastAt,
    largestSecond: largest,
    largestSecondLagMs: lagOfSecond(lag, largestEnd),
    largestCertainSecond: certainLargest,
    usedShare: allowed > 0 ? (count - 1) / allowed : 0,
  };
}

/**
 * So many milliseconds two arrivals may have moved together by a stall of ours: each by no more than it lasted, and by as much
 * again while what it piled up is read. A stall below `UNDISTURBED_BELOW_MS` counts as none.
 */
export function movedBy(lagMs: number): number {
  return lagMs < UNDISTURBED_BELOW_MS ? 0 : Math.min(1000, 2 * lagMs);
}

/** The largest stall of ours that could have shifted an arrival into or inside the second that ends at `end`. */
export function lagOfSecond(lag: LoopLag, end: number): number {
  return lag.within(end - 1000 - MARGIN_MS, end + MARGIN_MS);
}
