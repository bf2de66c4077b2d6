import type { ResultStatus, ResultV1 } from '@pabal/message';

/** How many results ended alike. */
export interface ResultCount {
  readonly status: ResultStatus;
  /** The gateway of the last attempt; absent where none was ever tried. */
  readonly gateway?: string;
  /** Since the process started. */
  readonly count: number;
  /** In the last 60 s. */
  readonly lastMinute: number;
}

const MINUTE_S = 60;

/** The results of one kind: all of them, and those of each of the last seconds. */
interface Tally {
  readonly status: ResultStatus;
  readonly gateway: string | undefined;
  count: number;
  /** By second modulo 60: that second, and how many. */
  readonly seconds: ({ readonly second: number; count: number } | undefined)[];
}

/** Counts results by their status and gateway: bounded by what is configured, however many there are. */
export class ResultCounts {
  readonly #now: () => number;
  readonly #tallies = new Map<string, Tally>();
  #total = 0;

  /** @param now monotonic ms */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get total(): number {
    return this.#total;
  }

  add({ status, gateway }: Pick<ResultV1, 'status' | 'gateway'>): void {
    const key = `${status} ${gateway ?? ''}`;
    let tally = this.#tallies.get(key);
    if (!tally) {
      tally = { status, gateway, count: 0, seconds: [] };
      this.#tallies.set(key, tally);
    }
    const second = this.#second();
    const place = second % MINUTE_S;
    const same = tally.seconds[place]?.second === second ? tally.seconds[place] : undefined;
    if (same) same.count++;
    else tally.seconds[place] = { second, count: 1 };
    tally.count++;
    this.#total++;
  }

  list(): ResultCount[] {
    const from = this.#second() - MINUTE_S;
    return [...this.#tallies.values()].map(({ status, gateway, count, seconds }) => ({
      status,
      ...(gateway === undefined ? {} : { gateway }),
      count,
      lastMinute: seconds.reduce((sum, each) => sum + (each && each.second > from ? each.count : 0), 0),
    }));
  }

  #second(): number {
    return Math.floor(this.#now() / 1_000);
  }
}

/** The counts of several processes together, the largest first. Pure. */
export function sumResults(all: readonly (readonly ResultCount[])[]): ResultCount[] {
  const sums = new Map<string, ResultCount>();
  for (const count of all.flat()) {
    const key = `${count.status} ${count.gateway ?? ''}`;
    const sum = sums.get(key);
    const merged = sum && {
      count: sum.count + count.count,
      lastMinute: sum.lastMinute + count.lastMinute,
    };
    sums.set(key, { ...count, ...merged });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}
