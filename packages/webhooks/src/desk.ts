import type { Producer } from '@pabal/queues';
import { isWebhookJob, resultJobId, WEBHOOKS_QUEUE } from '@pabal/queues';

/**
 * Where a delivery stands: it waits for its turn or is being tried; it waits for its next try, or until its host has rested; it was
 * given up.
 */
export const WEBHOOK_STATES = ['waiting', 'retrying', 'dead'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** A delivery as it is shown: without its result, and without its URL, which may hold a password. */
export interface WebhookView {
  /** The message's id. */
  readonly id: string;
  /** Name of the webhook. */
  readonly webhook: string;
  readonly state: WebhookState;
  /** Tries that failed. */
  readonly failures: number;
  /** Why the last one did: `http-503`, `timeout`, … */
  readonly reason?: string;
  /** Since when it is to be delivered, epoch ms. */
  readonly since: number;
  /** Of one that is tried again: when, epoch ms. */
  readonly nextAt?: number;
}

/** What became of a wish to deliver again. */
export type WebhookReplay =
  /** It was dead, or waited for its next try: it is tried now, and as often as a new one. */
  | 'replayed'
  /** It is waiting for its first try, or being tried at this moment. */
  | 'underWay'
  | 'notFound';

/** As much of a job of BullMQ's as is looked at here. */
type QueueJob = NonNullable<Awaited<ReturnType<ReturnType<Producer['queue']>['getJob']>>>;

const KINDS = {
  waiting: ['wait', 'prioritized', 'active'],
  retrying: ['delayed'],
  dead: ['failed'],
} as const;
const PAGE = 200;

/** Looks at the deliveries of a fleet, and has them tried again. */
export class WebhookDesk {
  readonly #producer: Producer;
  readonly #now: () => number;

  /** @param now epoch ms */
  constructor(producer: Producer, now: () => number = Date.now) {
    this.#producer = producer;
    this.#now = now;
  }

  /** Deliveries in these states, page by page; one that moves meanwhile may be missed or come twice. */
  async *list(states: ReadonlySet<WebhookState>): AsyncGenerator<WebhookView> {
    const queue = this.#producer.queue(WEBHOOKS_QUEUE);
    for (const state of WEBHOOK_STATES.filter((each) => states.has(each))) {
      for (const kind of KINDS[state]) {
        for (let start = 0; ; start += PAGE) {
          const jobs = await queue.getJobs([kind], start, start + PAGE - 1, true);
          for (const job of jobs) if (job != null) yield viewOf(job, state);
          if (jobs.length < PAGE) break;
        }
      }
    }
  }

  /** How many stand in each state. */
  async counts(): Promise<Readonly<Record<WebhookState, number>>> {
    const queue = this.#producer.queue(WEBHOOKS_QUEUE);
    const [waiting = 0, retrying = 0, dead = 0] = await Promise.all(
      WEBHOOK_STATES.map((state) => queue.getJobCountByTypes(...KINDS[state])),
    );
    return { waiting, retrying, dead };
  }

  /**
   * Has the delivery of a message's result tried now, with all its tries before it.
   * @param only one to this webhook; any other is `notFound`
   */
  async replay(messageId: string, only?: string): Promise<WebhookReplay> {
    const queue = this.#producer.queue(WEBHOOKS_QUEUE);
    const jobId = resultJobId(messageId);
    // A dead one stands under a name of its own: the same id may have come again, for another message.
    const dead = await this.#producer.failedIds(WEBHOOKS_QUEUE, jobId);
    const jobs = await Promise.all([jobId, ...dead].map((id) => queue.getJob(id)));
    const meant = jobs
      .filter((job) => job !== undefined)
      .filter((job) => only === undefined || viewOf(job, 'dead').webhook === only);
    const ends = await Promise.all(meant.map((job) => this.#replayJob(job)));
    return ends.find((end) => end === 'replayed') ?? ends.find((end) => end === 'underWay') ?? 'notFound';
  }

  async #replayJob(job: QueueJob): Promise<WebhookReplay> {
    const state = await job.getState();
    if (state !== 'failed' && state !== 'delayed') return state === 'unknown' ? 'notFound' : 'underWay';
    const data: unknown = job.data;
    if (isWebhookJob(data)) await job.updateData({ ...data, failures: 0, since: this.#now() });
    try {
      if (state === 'failed') await job.retry('failed');
      else await job.promote();
      return 'replayed';
    } catch (error) {
      // Somebody else was faster, or its time had come just now.
      const now = await job.getState();
      if (now === state) throw error;
      return now === 'unknown' ? 'notFound' : 'underWay';
    }
  }
}

function viewOf(job: QueueJob, state: WebhookState): WebhookView {
  const data: unknown = job.data;
  const known = isWebhookJob(data) ? data : undefined;
  const jobId = job.id ?? '';
  return {
    id: known?.result.id ?? jobId,
    webhook: known?.webhook.name ?? '',
    state,
    failures: known?.failures ?? 0,
    ...(known?.reason === undefined ? {} : { reason: known.reason }),
    since: known?.since ?? job.timestamp,
    ...(state === 'retrying' && known?.nextAt !== undefined ? { nextAt: known.nextAt } : {}),
  };
}
