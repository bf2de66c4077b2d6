import { type PrivateRedis, startPrivateRedis } from '@pabal/local-redis';
import { type ReasonCode, type ResultV1, reasonOf, type WebhookPart } from '@pabal/message';
import { connectRedis, isWebhookJob, Producer, type RedisConnection, type WebhookJob } from '@pabal/queues';
import { createLogger } from '@pabal/runtime';
import { systemClock } from '@pabal/session';
import { Deliverer, type DelivererOptions, WebhookDesk, type Webhooks } from '@pabal/webhooks';
import type { Job } from 'bullmq';
import { Receiver } from '../../support/receiver.js';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A webhook to receivers on this machine. */
export function hook(url: string, change: Partial<Webhooks[string]> = {}): Webhooks[string] {
  return { url, secret: SECRET, allowPrivate: true, timeout: 5_000, concurrency: 10, ...change };
}

/** A Redis for a file of tests, in which every scenario has a prefix of its own. */
export class Theatre {
  #scenes = 0;

  private constructor(readonly redis: PrivateRedis) {}

  static async open(): Promise<Theatre> {
    return new Theatre(await startPrivateRedis());
  }

  scene(): Scene {
    return new Scene(this.redis, `hooks-${++this.#scenes}`);
  }

  close(): Promise<void> {
    return this.redis.stop();
  }
}

/** One scenario: its queue, its receivers, the deliverers that it starts. */
export class Scene {
  readonly producer: Producer;
  readonly desk: WebhookDesk;
  /** Every line that deliverers logged. */
  readonly lines: string[] = [];
  readonly #connections: RedisConnection[] = [];
  readonly #deliverers: Deliverer[] = [];
  readonly #receivers: Receiver[] = [];

  constructor(
    readonly redis: PrivateRedis,
    readonly prefix: string,
  ) {
    this.producer = new Producer({ connection: this.#connect('worker'), prefix });
    this.desk = new WebhookDesk(this.producer);
  }

  async receiver(...args: Parameters<typeof Receiver.start>): Promise<Receiver> {
    const receiver = await Receiver.start(...args);
    this.#receivers.push(receiver);
    return receiver;
  }

  /** Another process that delivers. */
  deliverer(webhooks: Webhooks, change: Partial<DelivererOptions> = {}): Deliverer {
    const deliverer = new Deliverer({
      webhooks,
      producer: this.producer,
      connection: this.#connect('worker'),
      clock: systemClock,
      now: Date.now,
      random: () => 0.5,
      log: createLogger({
        level: 'debug',
        name: 'test',
        destination: { write: (line) => void this.lines.push(line) },
      }),
      name: `deliverer-${this.#deliverers.length + 1}`,
      ...change,
    });
    this.#deliverers.push(deliverer);
    deliverer.start();
    return deliverer;
  }

  /** Puts results into the queue, as the fleet does. */
  async publish(webhook: WebhookPart, ids: readonly string[], change: Partial<ResultV1> = {}): Promise<void> {
    await Promise.all(
      ids.map((id) => this.producer.publishResult({ ...result(id), ...change }, { webhook })),
    );
  }

  async job(id: string): Promise<Job | undefined> {
    const queue = this.producer.queue('webhooks');
    const job = await queue.getJob(`r-${id}`);
    if (job) return job;
    const [dead] = await this.producer.failedIds('webhooks', `r-${id}`);
    return dead === undefined ? undefined : queue.getJob(dead);
  }

  /** What its job holds; fails when there is none. */
  async data(id: string): Promise<WebhookJob> {
    const data: unknown = (await this.job(id))?.data;
    if (!isWebhookJob(data)) throw new Error(`no webhook waits for ${id}`);
    return data;
  }

  /** `delayed`, `failed`, `wait`, …; `gone` when it is delivered. */
  async state(id: string): Promise<string> {
    const job = await this.job(id);
    return job ? job.getState() : 'gone';
  }

  /** Lets the time of a delayed delivery come. */
  async due(id: string): Promise<void> {
    await (await this.job(id))?.promote();
  }

  async close(): Promise<void> {
    await Promise.all(this.#deliverers.map((deliverer) => deliverer.stop(0)));
    await this.producer.close();
    await Promise.all(this.#receivers.map((receiver) => receiver.stop()));
    for (const connection of this.#connections) connection.disconnect();
  }

  #connect(role: 'worker'): RedisConnection {
    const connection = connectRedis({ url: this.redis.url }, role);
    connection.on('error', () => {});
    this.#connections.push(connection);
    return connection;
  }
}

export function result(id: string, code: ReasonCode = 'delivered'): ResultV1 {
  return {
    v: 1,
    id,
    status: code === 'delivered' ? 'delivered' : 'failed',
    reason: reasonOf(code),
    retryable: false,
    channel: 'sms',
    attempts: [],
    times: { enqueued: '2026-01-31T00:00:00.000Z' },
  };
}
