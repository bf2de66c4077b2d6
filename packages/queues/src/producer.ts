import type { MessageV1, ResultV1, WebhookPart } from '@pabal/message';
import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Batch, batchJobOptions } from './batches.js';
import {
  EVENT_STREAM_LENGTH,
  EVENTS_QUEUE,
  gatewayQueue,
  JOB,
  JOB_PRIORITY,
  messageJobId,
  queueName,
  RETENTION,
  resultJobId,
  resultQueue,
  sendQueue,
  stepQueue,
  WEBHOOK_RETENTION,
  WEBHOOKS_QUEUE,
} from './catalogue.js';
import { eventJobId } from './event-id.js';
import type { Enqueue, GatewayJob } from './jobs.js';
import { markPlaced } from './moved.js';
import { findAside } from './set-aside.js';
import type { WebhookJob } from './webhook-job.js';

/**
 * How long BullMQ remembers a published result, if its publisher never comes to clear it: longer than any outage
 * that a fleet is expected to live through. Clearing the outbox lifts it at once.
 */
const RESULT_DEDUPLICATION_MS = 7 * 86_400_000;
/** Events repeat as long as gateways repeat themselves; the same one within a day is one. */
const EVENT_DEDUPLICATION_MS = 86_400_000;

export interface ProducerOptions {
  /** A connection of role `producer`, shared by all queues. */
  readonly connection: Redis;
  readonly prefix: string;
}

/** Where a message wants its result: neither is the queue `results`. */
export interface Destination {
  /** The queue `results-<replyTo>`. */
  readonly replyTo?: string | undefined;
  /** The queue `webhooks`, from which it is delivered by HTTP. */
  readonly webhook?: WebhookPart | undefined;
}

/** Puts jobs into queues; job ids derive from message ids, so that a repeat of any call folds. */
export class Producer {
  readonly prefix: string;
  readonly #connection: Redis;
  readonly #queues = new Map<string, Queue>();

  constructor(options: ProducerOptions) {
    this.#connection = options.connection;
    this.prefix = options.prefix;
  }

  /** Enqueues one message. A scheduled one waits as a delayed job until its `sendAt`. */
  async enqueue({ message, route, enqueuedAt }: Enqueue, now: number): Promise<void> {
    const queue = this.queue(queueName(sendQueue(route, message.channel, message.priority)));
    await queue.add(JOB.message, message, messageJobOptions(message, now, enqueuedAt));
  }

  /** Enqueues a batch. */
  async enqueueBatch(batch: Batch, now: number): Promise<void> {
    const data = { v: 1, messages: batch.messages };
    await this.queue(queueName(batch.queue)).add(JOB.batch, data, batchJobOptions(batch, now));
  }

  /** Enqueues many in as few round trips as there are queues among them. Not one transaction: on error repeat the call. */
  async enqueueMany(items: readonly Enqueue[], now: number): Promise<void> {
    const byQueue = new Map<string, Enqueue[]>();
    for (const item of items) {
      const name = queueName(sendQueue(item.route, item.message.channel, item.message.priority));
      const group = byQueue.get(name);
      if (group) group.push(item);
      else byQueue.set(name, [item]);
    }
    await Promise.all(
      [...byQueue].map(([name, group]) =>
        this.queue(name).addBulk(
          group.map(({ message, enqueuedAt }) => ({
            name: JOB.message,
            data: message,
            opts: messageJobOptions(message, now, enqueuedAt),
          })),
        ),
      ),
    );
  }

  /** Moves a message to the queue that only this gateway serves; returns `<queue>:<job id>`. */
  async toGateway(gateway: string, job: GatewayJob, delayMs = 0): Promise<string> {
    const name = queueName(gatewayQueue(gateway, job.message.channel, job.message.priority === 'urgent'));
    const jobId = messageJobId(job.message.id, job.step);
    const options = { jobId, ...RETENTION, ...(delayMs > 0 ? { delay: delayMs } : {}) };
    do {
      await this.queue(name).add(job.step === undefined ? JOB.message : JOB.step, job, options);
    } while (!(await markPlaced(this.#connection, this.prefix, name, jobId)));
    return `${name}:${jobId}`;
  }

  /** Puts a fallback step into the queue of its route, or of the gateway that it must go over. */
  async nextStep(job: GatewayJob): Promise<void> {
    const { message, route, step } = job;
    if (message.gateway !== undefined) {
      await this.toGateway(message.gateway, job);
      return;
    }
    const queue = this.queue(queueName(stepQueue(route, message)));
    await queue.add(JOB.step, job, {
      ...messageJobOptions(message, Date.now()),
      jobId: messageJobId(message.id, step),
    });
  }

  /** Publishes a result to its one destination; the same message's result again folds until the outbox entry is cleared. Returns queue and id. */
  async publishResult(
    result: ResultV1,
    { replyTo, webhook }: Destination = {},
  ): Promise<{ queue: string; id: string }> {
    const id = resultJobId(result.id);
    const options = { jobId: id, deduplication: { id, ttl: RESULT_DEDUPLICATION_MS } };
    if (webhook) {
      const job: WebhookJob = { v: 1, webhook, result, failures: 0 };
      await this.queue(WEBHOOKS_QUEUE).add(JOB.webhook, job, { ...options, ...WEBHOOK_RETENTION });
      return { queue: WEBHOOKS_QUEUE, id };
    }
    const queue = resultQueue(replyTo);
    await this.queue(queue).add(JOB.result, result, { ...options, ...RETENTION });
    return { queue, id };
  }

  /** Puts an event; the same `id` within a day is one event. Data must not hold texts or full phone numbers unless the event is about one. */
  async event(name: string, id: string, data: Readonly<Record<string, unknown>>): Promise<void> {
    const jobId = eventJobId(id);
    await this.queue(EVENTS_QUEUE).add(
      name,
      { v: 1, ...data },
      { jobId, deduplication: { id: jobId, ttl: EVENT_DEDUPLICATION_MS }, ...RETENTION },
    );
  }

  /** A BullMQ queue of this fleet, made once. */
  queue(name: string): Queue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = new Queue(name, {
        connection: this.#connection,
        prefix: this.prefix,
        streams: { events: { maxLen: EVENT_STREAM_LENGTH } },
        skipVersionCheck: true,
      });
      queue.on('error', () => {}); // every failed command rejects at its caller; reconnecting is the connection's
      this.#queues.set(name, queue);
    }
    return queue;
  }

  /** The ids under which failed jobs of a queue stand that had this one ({@link asideId}). */
  failedIds(queue: string, jobId: string): Promise<string[]> {
    return findAside(this.#connection, this.prefix, queue, jobId);
  }

  /** Closes what was opened here; the connection is its owner's. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()));
    this.#queues.clear();
  }
}

/**
 * BullMQ options of a message's job. Pure.
 * @param now fleet time, epoch ms: the time to expire counts from here, and the delay to its `sendAt`
 * @param enqueuedAt epoch ms, where what counts began earlier
 */
export function messageJobOptions(message: MessageV1, now: number, enqueuedAt = now): JobsOptions {
  // BullMQ adds the delay to the timestamp.
  const delay = message.sendAt === undefined ? 0 : Math.max(0, Date.parse(message.sendAt) - enqueuedAt);
  return {
    jobId: messageJobId(message.id),
    attempts: 1,
    timestamp: enqueuedAt,
    ...RETENTION,
    ...(message.priority === 'urgent' ? {} : { priority: JOB_PRIORITY[message.priority] }),
    ...(delay > 0 ? { delay } : {}),
  };
}
