import type { MessageRecord, Store } from '@pabal/fate';
import { clearOutbox, composeResult, isInOutbox, outboxLeftovers } from '@pabal/fate';
import { type MessageQueue, messageJobId, type Producer, queueName } from '@pabal/queues';
import type { Log } from '@pabal/session';
import { type ResultCount, ResultCounts } from './result-counts.js';

export interface PublisherOptions {
  readonly store: Store;
  readonly producer: Producer;
  readonly log: Log;
  /** How long a tombstone is kept after its result was published, ms. */
  readonly idempotencyWindowMs: number;
  /** Queues of messages, in any of which a repeat may stand. */
  readonly queues: readonly MessageQueue[];
}

/**
 * A record known for longer than this is published only if the outbox still holds it: a process that was frozen, or
 * cut off from Redis, may find that others published it meanwhile, and that the result was consumed long ago.
 */
const KNOWN_FRESH_MS = 1_000;

/**
 * Moves results from the outbox to their queues: whoever settles publishes at once, and what a crash left over is
 * published by the receivers' sweep. First the result, then the clearing: a repeat folds by BullMQ's deduplication,
 * and one that comes too late for that finds the outbox empty.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #pending = new Set<Promise<void>>();
  readonly #counts = new ResultCounts();
  /** Names of the queues of each channel. */
  readonly #queueNames = new Map<string, string[]>();

  constructor(options: PublisherOptions) {
    this.#options = options;
    for (const queue of options.queues) {
      const names = this.#queueNames.get(queue.channel);
      if (names) names.push(queueName(queue));
      else this.#queueNames.set(queue.channel, [queueName(queue)]);
    }
  }

  /** Results published by this process. */
  get published(): number {
    return this.#counts.total;
  }

  /** Those results, by how they ended. */
  get counts(): readonly ResultCount[] {
    return this.#counts.list();
  }

  /** Results that are being published. */
  get underWay(): number {
    return this.#pending.size;
  }

  /** Publishes the result of a settled record, in the background. The outbox holds it until it is done. */
  publish(record: MessageRecord): void {
    const pending = this.publishNow(record).catch((error: unknown) => {
      this.#options.log.warn({ messageId: record.id, error: String(error) }, 'result.publishFailed');
    });
    this.#pending.add(pending);
    void pending.finally(() => this.#pending.delete(pending));
  }

  /** Publishes and clears, unless somebody else has; waits for Redis. */
  async publishNow(record: MessageRecord): Promise<void> {
    const { store, producer, idempotencyWindowMs } = this.#options;
    const result = composeResult(record);
    const jobs = this.#repeats(record);
    for (;;) {
      const { generation } = store;
      const placed = await store.keepTrying(async () => {
        if (!(await this.#isDue(record))) return undefined;
        return producer.publishResult(result, record.meta);
      });
      if (!placed) return;
      const cleared = await store.keepTrying(async () => {
        // A Redis that was restarted meanwhile may have lost the result: then it is published again.
        if (store.generation !== generation) return false;
        await clearOutbox(store, record.id, placed.queue, placed.id, idempotencyWindowMs, jobs);
        return true;
      });
      if (cleared) break;
    }
    this.#counts.add(result);
  }

  /** Publishes what others settled and did not publish; one that cannot be published stops no other. Returns how many. */
  async sweep(olderThanMs: number, limit: number): Promise<number> {
    const left = await outboxLeftovers(this.#options.store, olderThanMs, limit);
    for (const record of left) this.publish(record);
    await this.flush();
    return left.length;
  }

  /** Fleet time is asked before and after, since this process may be frozen at any point. */
  async #isDue({ id, settledAt = 0 }: MessageRecord): Promise<boolean> {
    const { store } = this.#options;
    for (;;) {
      const asked = store.fleetNow();
      if (asked - settledAt <= KNOWN_FRESH_MS) return true;
      if (!(await isInOutbox(store, id))) return false;
      if (store.fleetNow() - asked <= KNOWN_FRESH_MS) return true;
    }
  }

  /** Resolves when everything under way is published. */
  async flush(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /**
   * Jobs that a repeat of a settled message may stand in: those of the channel that it was enqueued for, which is that of its
   * first step.
   */
  #repeats({ id, channel, attempts }: MessageRecord): string[] {
    const jobId = messageJobId(id);
    const channels = new Set([channel, ...attempts.map((attempt) => attempt.channel)]);
    return [...channels].flatMap((each) =>
      (this.#queueNames.get(each) ?? []).map((name) => `${name}:${jobId}`),
    );
  }
}
