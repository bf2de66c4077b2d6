import type { JobEnd, MessageQueue, PulledJob, RedisConnection } from '@pabal/queues';
import { Puller, queueName } from '@pabal/queues';
import { isBatch, jobsToHold } from './batch.js';
import type { Member } from './member.js';
import type { Source } from './source.js';

export interface PulledQueueOptions {
  readonly member: Pick<Member, 'owner' | 'config' | 'log'>;
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
  #closing = false;
  #jobs = 0;
  #batches = 0;

  constructor(options: PulledQueueOptions) {
    const { member, workers, queue, wanted } = options;
    this.#options = options;
    this.queue = queue;
    this.name = queueName(queue);
    this.#wanted = wanted;
    this.#puller = new Puller({
      queue: this.name,
      prefix: member.config.prefix,
      connection: workers,
      concurrency: this.#toHold(),
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

  get batches(): number {
    return this.#batches;
  }

  /** Says how many messages are wanted at once from now on. */
  want(messages: number): void {
    this.unservedSince = undefined;
    this.#wanted = messages;
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
    this.#puller.concurrency = this.#toHold();
  }

  /** Batches stand only in one kind of queue. */
  #toHold(): number {
    return this.queue.kind === 'send'
      ? jobsToHold(this.#wanted, { jobs: this.#jobs, batches: this.#batches })
      : this.#wanted;
  }
}
