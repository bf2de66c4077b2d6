import type { ResultV1 } from '@pabal/message';
import { Worker } from 'bullmq';
import { type Cluster, Redis } from 'ioredis';

/**
 * A consumer of `results` that folds nothing: what is published twice is counted twice. A raw BullMQ worker, as users
 * write it.
 */
export class ResultLog {
  readonly all: ResultV1[] = [];
  readonly ids = new Map<string, ResultV1[]>();
  /** When each of them came, epoch ms, as in `ids`. */
  readonly times = new Map<string, number[]>();
  /** Jobs that were handled: BullMQ hands one out again when Redis was away for longer than its lock. */
  readonly #handled = new Set<string>();
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
        const handled = `${job.id}@${job.timestamp}`;
        if (this.#handled.has(handled)) return Promise.resolve();
        this.#handled.add(handled);
        this.all.push(result);
        append(this.ids, result.id, result);
        append(this.times, result.id, Date.now());
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

function append<T>(lists: Map<string, T[]>, id: string, value: T): void {
  const known = lists.get(id);
  if (known) known.push(value);
  else lists.set(id, [value]);
}
