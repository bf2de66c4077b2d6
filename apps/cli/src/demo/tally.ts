import type { PabalClient } from '@pabal/client';
import { RESULT_STATUSES, type ResultStatus, type ResultV1 } from '@pabal/message';
import type { Stage } from './stage.js';

/** Counts every result that comes, and folds nothing: what comes twice is counted twice. */
export class Tally {
  readonly results = new Map<string, ResultV1[]>();
  /** Jobs of the results queue that are no results, and handlers that failed. */
  readonly troubles: string[] = [];
  #lastAt = 0;

  /** Consumes `results` from now on. Call the answer to stop. */
  async follow(stage: Stage, client: PabalClient): Promise<() => Promise<void>> {
    const handle = await stage.set(
      'consumers',
      () =>
        client.results((result) => this.take(result), {
          concurrency: 50,
          onError: (error, id) => {
            if (id !== undefined) this.troubles.push(`${id}: ${error.message}`);
          },
        }),
      { end: (consumer) => consumer.close() },
    );
    return () => handle.close();
  }

  take(result: ResultV1): void {
    this.#lastAt = performance.now();
    const known = this.results.get(result.id);
    if (known) known.push(result);
    else this.results.set(result.id, [result]);
  }

  /** When the last result came, monotonic ms; 0 before the first. */
  get lastAt(): number {
    return this.#lastAt;
  }

  /** How long no result came, ms. */
  quietMs(now: number): number {
    return now - this.#lastAt;
  }

  /** Messages by the status of their first result. */
  counts(): ReadonlyMap<ResultStatus, number> {
    const counts = new Map<ResultStatus, number>(RESULT_STATUSES.map((status) => [status, 0]));
    for (const [first] of this.results.values()) {
      if (first) counts.set(first.status, (counts.get(first.status) ?? 0) + 1);
    }
    return counts;
  }
}
