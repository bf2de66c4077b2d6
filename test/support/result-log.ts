import type { ResultV1 } from '@pabal/message';
import { Worker } from 'bullmq';
import { type Cluster, Redis } from 'ioredis';

/** A consumer of `results` that folds nothing: what comes twice is counted twice. A raw BullMQ worker, as users write it. */
export class ResultLog {
  readonly all: ResultV1[] = [];
  readonly ids = new Map<string, ResultV1[]>();
  readonly #worker: Worker;
  readonly #connection: Redis | Cluster;

  /** @param where a URL, or a connection that is its own from now on */
  constructor(where: string | Redis | Cluster, prefix: string, queue = 'results') {
    const options = { maxRetriesPerRequest: null, retryStrategy: () => 200 };
    this.#connection = typeof where === 'string' ? new Redis(where, options) : where;
    this.#connection.on('error', () => {});
    this.#worker = new Worker(
      queue,
      (job) => {
        const result = job.data as ResultV1;
        this.all.push(result);
        const known = this.ids.get(result.id);
        if (known) known.push(result);
        else this.ids.set(result.id, [result]);
        return Promise.resolve();
      },
      { connection: this.#connection, prefix, concurrency: 50, runRetryDelay: 200 },
    );
    this.#worker.on('error', () => {});
  }

  /** Ids with more than one result. */
  repeated(): string[] {
    return [...this.ids].filter(([, results]) => results.length > 1).map(([id]) => id);
  }

  async close(): Promise<void> {
    await this.#worker.close(true);
    this.#connection.disconnect();
  }
}
