import type { ResultStatus, ResultV1 } from '@pabal/message';

/** How many results ended alike. */
export interface ResultCount {
  readonly status: ResultStatus;
  /** The gateway of the last attempt; absent where none was ever tried. */
  readonly gateway?: string;
  /** Since the process started. */
  readonly count: number;
}

/** Counts results by their status and gateway: bounded by what is configured, however many there are. */
export class ResultCounts {
  readonly #counts = new Map<string, ResultCount>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add({ status, gateway }: Pick<ResultV1, 'status' | 'gateway'>): void {
    const key = `${status} ${gateway ?? ''}`;
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { status, ...(gateway === undefined ? {} : { gateway }), count });
    this.#total++;
  }

  list(): ResultCount[] {
    return [...this.#counts.values()];
  }
}
