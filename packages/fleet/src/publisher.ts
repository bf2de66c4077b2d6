import type { MessageRecord, Store } from '@pabal/fate';
import { clearOutbox, composeResult, outboxLeftovers } from '@pabal/fate';
import type { Producer } from '@pabal/queues';
import type { Log } from '@pabal/session';

export interface PublisherOptions {
  readonly store: Store;
  readonly producer: Producer;
  readonly log: Log;
  /** How long a tombstone is kept after its result was published, ms. */
  readonly idempotencyWindowMs: number;
}

/**
 * Moves results from the outbox to their queues: whoever settles publishes at once, and what a crash left over is
 * published by the receivers' sweep. First the result, then the clearing: a repeat folds by BullMQ's deduplication,
 * which the clearing lifts.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #pending = new Set<Promise<void>>();
  #published = 0;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Results published by this process. */
  get published(): number {
    return this.#published;
  }

  /** Publishes the result of a settled record, in the background. The outbox holds it until it is done. */
  publish(record: MessageRecord): void {
    const pending = this.publishNow(record).catch((error: unknown) => {
      this.#options.log.warn({ messageId: record.id, error: String(error) }, 'result.publishFailed');
    });
    this.#pending.add(pending);
    void pending.finally(() => this.#pending.delete(pending));
  }

  /** Publishes and clears; waits for Redis. */
  async publishNow(record: MessageRecord): Promise<void> {
    const { store, producer, idempotencyWindowMs } = this.#options;
    const result = composeResult(record);
    const placed = await store.keepTrying(() => producer.publishResult(result, record.meta.replyTo));
    await clearOutbox(store, record.id, placed.queue, placed.id, idempotencyWindowMs);
    this.#published++;
  }

  /** Publishes what others settled and did not publish. Returns how many. */
  async sweep(olderThanMs: number, limit: number): Promise<number> {
    const left = await outboxLeftovers(this.#options.store, olderThanMs, limit);
    await Promise.all(left.map((record) => this.publishNow(record)));
    return left.length;
  }

  /** Resolves when everything under way is published. */
  async flush(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }
}
