import { setMaxListeners } from 'node:events';
import type { JobEnd, Producer, PulledJob, RedisConnection, WebhookJob } from '@pabal/queues';
import { isWebhookJob, Puller, resultJobId, WEBHOOKS_QUEUE } from '@pabal/queues';
import type { Clock, Log } from '@pabal/session';
import { judge, type Verdict } from './answer.js';
import { NO_COUNTS, type WebhookCounts } from './counts.js';
import type { Host } from './host.js';
import { Hosts } from './hosts.js';
import { Poster } from './post.js';
import { type Resolve, sharedResolve, systemResolve } from './resolve.js';
import { secretsOf, type WebhookSettings, type Webhooks } from './settings.js';
import { deliveryHeaders } from './sign.js';
import { isTooOld, type Step, stepAfter } from './step.js';

export interface DelivererOptions {
  readonly webhooks: Webhooks;
  /** For events. */
  readonly producer: Producer;
  /** A connection of role `worker`. */
  readonly connection: RedisConnection;
  readonly clock: Clock;
  /** Epoch ms. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** Shows in the board as who works on a delivery. */
  readonly name: string;
  /** Deliveries held at once, those in the lines of their hosts included; default 2,000. */
  readonly concurrency?: number;
  /** Default: the system's. */
  readonly resolve?: Resolve;
}

const DEFAULT_CONCURRENCY = 2_000;
/** A webhook that this process does not know, perhaps because its configuration is older. */
const UNDECLARED: Verdict = { kind: 'retry', reason: 'undeclared', sick: false };

/**
 * Delivers what stands in the queue `webhooks`, at least once each: a delivery leaves the queue only after a 2xx. Any number of
 * processes may do so.
 */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #hosts: Hosts;
  readonly #poster: Poster;
  readonly #stop = new AbortController();
  readonly #counts = new Map<string, WebhookCounts>();
  #puller: Puller | undefined;
  #underWay = 0;
  #stopping = false;

  constructor(options: DelivererOptions) {
    const { now, random, clock, resolve = systemResolve, concurrency = DEFAULT_CONCURRENCY } = options;
    this.#options = options;
    this.#hosts = new Hosts({ now, random, concurrency });
    setMaxListeners(0, this.#stop.signal); // one of each delivery under way
    this.#poster = new Poster({ resolve: sharedResolve(resolve, now), clock });
  }

  start(): void {
    const { connection, producer, name, concurrency = DEFAULT_CONCURRENCY, log } = this.#options;
    this.#puller = new Puller({
      queue: WEBHOOKS_QUEUE,
      prefix: producer.prefix,
      connection,
      concurrency,
      name,
      handle: (job) => this.#handle(job),
      onError: (error) => log.debug({ queue: WEBHOOKS_QUEUE, error: error.message }, 'puller.error'),
    });
  }

  /**
   * Takes nothing more, lets the deliveries under way finish within the limit, and hands back the others. Resolves when none is
   * left.
   */
  async stop(limitMs: number): Promise<void> {
    this.#stopping = true;
    const closing = this.#puller?.close();
    this.#hosts.stop();
    const cancel = this.#options.clock.after(limitMs, () => this.#stop.abort());
    await closing;
    cancel();
    this.#poster.close();
  }

  /** Deliveries whose answer is awaited. */
  get underWay(): number {
    return this.#underWay;
  }

  /** What became of deliveries since the start, by webhook. */
  get counts(): ReadonlyMap<string, WebhookCounts> {
    return this.#counts;
  }

  async #handle(job: PulledJob): Promise<JobEnd> {
    const { data } = job;
    if (!isWebhookJob(data)) return { kind: 'failed', why: 'undeliverable: invalid-job' };
    const settings = Object.hasOwn(this.#options.webhooks, data.webhook.name)
      ? this.#options.webhooks[data.webhook.name]
      : undefined;
    if (!settings) return this.#end(data, UNDECLARED);
    const target = data.webhook.url ?? settings.url;
    if (!URL.canParse(target)) return this.#end(data, { kind: 'dead', reason: 'bad-url' });
    const url = new URL(target);
    const host = this.#hosts.of(data.webhook.name, url.origin, settings.concurrency);
    for (;;) {
      if (this.#stopping) return { kind: 'handBack' };
      const place = host.ask();
      if (place.kind === 'aside') {
        const tooOld = place.resting && isTooOld(data, job.enqueuedAt, this.#options.now());
        if (tooOld) return this.#end(data, { kind: 'dead', reason: data.reason ?? 'host-failing' });
        return { kind: 'delayed', until: place.until };
      }
      if (place.kind === 'wait' && (await place.turn) !== 'go') continue;
      return this.#deliver({ job: data, url, settings, host });
    }
  }

  async #deliver(delivery: {
    readonly job: WebhookJob;
    readonly url: URL;
    readonly settings: WebhookSettings;
    readonly host: Host;
  }): Promise<JobEnd> {
    const { job, url, settings, host } = delivery;
    const { clock, now } = this.#options;
    const body = JSON.stringify(job.result);
    const signed = { id: resultJobId(job.result.id), timestamp: Math.floor(now() / 1_000), body };
    const startedAt = clock.now();
    this.#underWay++;
    const answer = await this.#poster.post({
      url,
      body,
      headers: deliveryHeaders(signed, secretsOf(settings)),
      timeoutMs: settings.timeout,
      allowPrivate: settings.allowPrivate,
      ca: settings.ca,
      signal: this.#stop.signal,
    });
    this.#underWay--;
    if (!answer) {
      host.dropped();
      return { kind: 'handBack' };
    }
    const verdict = judge(answer, now());
    this.#tellHost(delivery, verdict, clock.now() - startedAt);
    return this.#end(job, verdict);
  }

  #tellHost(
    { job, host }: { readonly job: WebhookJob; readonly host: Host },
    verdict: Verdict,
    ms: number,
  ): void {
    const { log, now } = this.#options;
    if (verdict.kind !== 'retry' || !verdict.sick) {
      host.arrived(ms);
      return;
    }
    if (!host.failed(ms, verdict.retryAfterMs)) return;
    const restMs = Math.round(host.health.restsUntil - now());
    const about = { webhook: job.webhook.name, ownUrl: job.webhook.url !== undefined };
    log.warn({ ...about, reason: verdict.reason, restMs }, 'webhook.hostRests');
  }

  /** Ends a try: counts and tells it, and says what becomes of its job. */
  async #end(job: WebhookJob, verdict: Verdict): Promise<JobEnd> {
    const { now, random, log, producer } = this.#options;
    const step: Step = stepAfter(job, verdict, random());
    const about = { webhook: job.webhook.name, messageId: job.result.id };
    if (step.kind === 'done') {
      this.#count(job, 'delivered');
      log.debug(about, 'webhook.delivered');
      return { kind: 'done' };
    }
    const { failures, reason } = step.job;
    if (step.kind === 'again') {
      this.#count(job, 'failed');
      log.info({ ...about, reason, failures, againInMs: step.ms }, 'webhook.failed');
      const nextAt = now() + step.ms;
      return { kind: 'delayed', until: nextAt, data: { ...step.job, nextAt } };
    }
    const event = { id: job.result.id, webhook: job.webhook.name, reason: step.reason, failures };
    await producer.event('webhook-dead', `webhook-dead-${job.result.id}-${job.since ?? 0}`, event);
    this.#count(job, 'dead');
    log.warn({ ...about, reason, failures }, 'webhook.dead');
    return { kind: 'failed', why: `undeliverable: ${step.reason}`, data: step.job };
  }

  #count({ webhook }: WebhookJob, what: keyof WebhookCounts): void {
    const counts = this.#counts.get(webhook.name) ?? NO_COUNTS;
    this.#counts.set(webhook.name, { ...counts, [what]: counts[what] + 1 });
  }
}
