import { NumberColumn } from './column.js';
import type { LoopLag } from './loop-lag.js';

/** A second of ours counts as undisturbed when no stall of ours of this many milliseconds touches it. */
export const UNDISTURBED_BELOW_MS = 5;
/** A stall that ended just before a second still shifts arrivals into it. */
const MARGIN_MS = 5;

/** What one rate domain (account, agent, type) received. Times are epoch ms. */
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
  /** The most submits in a sliding second that no stall of the simulator disturbed, and the share of such seconds. */
  readonly largestUndisturbedSecond: number;
  readonly undisturbedShare: number;
  /** Submits between the first and the last, as a share of what the grant allowed in that time; 0 without a grant. */
  readonly usedShare: number;
}

/** Remembers when each submit of each rate domain arrived. */
export class RateMeter {
  readonly #domains = new Map<string, { arrivals: NumberColumn; grant: number }>();

  /** The recorder of one domain; keep it, so that a submit costs one call. */
  domain(name: string, grant: number): NumberColumn {
    let domain = this.#domains.get(name);
    if (!domain) {
      domain = { arrivals: new NumberColumn(), grant };
      this.#domains.set(name, domain);
    }
    domain.grant = grant;
    return domain.arrivals;
  }

  /** The figures of every domain that received anything. Walks all arrivals once. */
  figures(lag: LoopLag): RateFigures[] {
    return [...this.#domains]
      .filter(([, { arrivals }]) => arrivals.length > 0)
      .map(([name, { arrivals, grant }]) => figuresOf(name, grant, arrivals, lag));
  }

  clear(): void {
    for (const { arrivals } of this.#domains.values()) arrivals.clear();
  }
}

function figuresOf(domain: string, grant: number, arrivals: NumberColumn, lag: LoopLag): RateFigures {
  const count = arrivals.length;
  let first = 0;
  let largest = 0;
  let largestEnd = 0;
  let undisturbed = 0;
  let undisturbedLargest = 0;
  for (let i = 0; i < count; i++) {
    const at = arrivals.at(i);
    while (at - arrivals.at(first) >= 1000) first += 1;
    const inSecond = i - first + 1;
    if (inSecond > largest) {
      largest = inSecond;
      largestEnd = at;
    }
    if (lagOfSecond(lag, at) < UNDISTURBED_BELOW_MS) {
      undisturbed += 1;
      undisturbedLargest = Math.max(undisturbedLargest, inSecond);
    }
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
    largestUndisturbedSecond: undisturbedLargest,
    undisturbedShare: undisturbed / count,
    usedShare: allowed > 0 ? (count - 1) / allowed : 0,
  };
}

/** The largest stall of ours that could have shifted an arrival into or inside the second that ends at `end`. */
export function lagOfSecond(lag: LoopLag, end: number): number {
  return lag.within(end - 1000 - MARGIN_MS, end + MARGIN_MS);
}
