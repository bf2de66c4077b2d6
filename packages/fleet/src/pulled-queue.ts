import type { JobEnd, MessageQueue, PulledJob, RedisConnection } from '@pabal/queues';
import { Puller, queueName } from '@pabal/queues';
import { isBatch, jobsToHold } from './batch.js';
import type { Member } from './member.js';
import type { Source } from './source.js';

/**
 * Fewer messages are wanted for so long before fewer are held. What is in flight changes from moment to moment, and a job
 * that ends brings the next one with it only while as many are wanted: else that one is asked for by itself.
 */
const FEWER_AFTER_MS = 1_000;
/** Unless it is so much less that something has happened: a gateway is tried with one message at a time. */
const MUCH_LESS = 1 / 4;

export interface PulledQueueOptions {
  readonly member: Pick<Member, 'owner' | 'config' | 'log' | 'clock'>;
  /** Connection of role `worker`. */
  readonly workers: RedisConnection;
  readonly queue: MessageQueue;
  /** Messages wanted at once. */
  readonly wanted: number;
  readonly take: (job: PulledJob, source: Source) => Promise<JobEnd>;
}

/** A queue that this process takes jobs from, and what it has of it in hand. */
export class PulledQueue implements Source {
  readonly queue: MessageQueue;
  readonly name: string;
  /** Since when (monotonic clock) no open line serves it. */
  unservedSince: number | undefined;
  readonly #options: PulledQueueOptions;
  readonly #puller: Puller;
  #wanted: number;
  /** When as many were last wanted, monotonic clock. */
  #wantedAt: number;
  #closing = false;
  #jobs = 0;
  #batches = 0;

  constructor(options: PulledQueueOptions) {
    const { member, workers, queue, wanted } = options;
    this.#options = options;
    this.queue = queue;
    this.name = queueName(queue);
    this.#wanted = wanted;
    this.#wantedAt = member.clock.now();
    this.#puller = new Puller({
      queue: this.name,
      prefix: member.config.prefix,
      connection: workers,
      concurrency: this.#toHold(0),
      name: member.owner,
      handle: (job) => this.#take(job),
      onError: (error) => member.log.debug({ queue: this.name, error: error.message }, 'puller.error'),
    });
  }

  get closing(): boolean {
    return this.#closing;
  }

  get wanted(): number {
    return this.#wanted;
  }

  /** Jobs that it holds: also those whose work is over, while Redis is told so. */
  get inHand(): number {
    return this.#puller.inHand;
  }

  get batches(): number {
    return this.#batches;
  }

  /** Says how many messages are wanted at once from now on. */
  want(messages: number): void {
    this.unservedSince = undefined;
    const now = this.#options.member.clock.now();
    const fewer = messages < this.#wanted && messages >= this.#wanted * MUCH_LESS;
    if (fewer && now - this.#wantedAt < FEWER_AFTER_MS) return;
    this.#wanted = messages;
    this.#wantedAt = now;
    this.#fit();
  }

  /** Takes no more; resolves when what it holds has ended. */
  close(): Promise<void> {
    this.#closing = true;
    return this.#puller.close();
  }

  async #take(job: PulledJob): Promise<JobEnd> {
    const batches = isBatch(job) ? 1 : 0;
    this.#jobs++;
    this.#batches += batches;
    this.#fit();
    try {
      return await this.#options.take(job, this);
    } finally {
      this.#jobs--;
      this.#batches -= batches;
      this.#fit();
    }
  }

  #fit(): void {
    this.#puller.concurrency = this.#toHold(this.#puller.inHand);
  }

  /** @param inHand jobs that the puller holds: also those whose work is over, while Redis is told so */
  #toHold(inHand: number): number {
    // Batches stand only in one kind of queue.
    if (this.queue.kind !== 'send') return this.#wanted;
    const jobs = this.#batches === 0 ? Math.max(inHand, this.#jobs) : this.#jobs;
    return jobsToHold(this.#wanted, { jobs, batches: this.#batches });
  }
}
