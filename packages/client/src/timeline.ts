import { composeResult, type MessageRecord, type Outcome } from '@pabal/fate';
import type { ResultV1 } from '@pabal/message';
import { isGatewayJob, type StandingJob } from '@pabal/queues';

/**
 * Where a message stands. `scheduled`: waits for its `sendAt`. `queued`: waits for its turn. `claimed`: being written.
 * `uncertain`: may have been written, without an answer. `accepted`: the gateway has it, its report is due.
 */
export type MessageState = 'scheduled' | 'queued' | 'claimed' | 'uncertain' | 'accepted' | 'settled';

/** One message as far as the fleet knows it. Holds neither numbers nor texts. Times are ISO 8601. */
export interface MessageTimeline {
  readonly id: string;
  readonly state: MessageState;
  readonly channel?: string;
  /** Queue that holds it now, while one does. */
  readonly queue?: string;
  readonly gateway?: string;
  readonly account?: string;
  readonly agent?: string;
  readonly wireId?: string;
  /** Step of the fallback chain, from 0. */
  readonly step: number;
  /** Attempt within the present step, from 1. */
  readonly attempt: number;
  /** What follows when this step fails for certain, and, with `send`, also when nobody can say. */
  readonly next?: { readonly channel: string; readonly onUnknown: 'stop' | 'send' };
  readonly times: {
    readonly enqueued?: string;
    readonly scheduled?: string;
    /** First claim of the present wire id: written then, or soon after. */
    readonly claimed?: string;
    readonly accepted?: string;
    readonly settled?: string;
  };
  /** Earlier attempts, also of earlier steps. */
  readonly attempts: readonly {
    /** From 0. */
    readonly step: number;
    readonly channel: string;
    readonly gateway: string;
    readonly wireId: string;
    readonly gatewayCode?: string;
    /** Of the attempt that ended its step: why. */
    readonly reason?: string;
    readonly at: string;
    readonly acceptedAt?: string;
    readonly reportedAt?: string;
  }[];
  readonly outcome?: Outcome;
  /** Once settled. `ref` and `userData` are in it until it was published, then only in the results queue. */
  readonly result?: ResultV1;
}

/** The timeline of a message that was claimed at least once, or that ended. Pure. */
export function timelineOfRecord(record: MessageRecord, job: StandingJob | undefined): MessageTimeline {
  const { gateway, account, agent, wireId, outcome, next } = record;
  return {
    id: record.id,
    state: record.state,
    channel: record.channel,
    step: record.step,
    attempt: record.attempt,
    ...(next === undefined || next.step === record.step
      ? {}
      : { next: { channel: next.channel, onUnknown: next.onUnknown } }),
    ...(job === undefined || record.state === 'settled' ? {} : { queue: job.queue }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(account === undefined ? {} : { account }),
    ...(agent === undefined ? {} : { agent }),
    ...(wireId === undefined ? {} : { wireId }),
    times: {
      ...time('enqueued', record.enqueuedAt),
      ...time('claimed', record.firstClaimedAt),
      ...time('accepted', record.acceptedAt),
      ...time('settled', record.settledAt),
    },
    attempts: record.attempts.map(({ step = 0, at, acceptedAt, reportedAt, ...attempt }) => ({
      step,
      ...attempt,
      at: iso(at),
      ...time('acceptedAt', acceptedAt),
      ...time('reportedAt', reportedAt),
    })),
    ...(outcome === undefined ? {} : { outcome, result: composeResult(record) }),
  };
}

/** The timeline of a message that only waits in its queue. Pure. */
export function timelineOfJob(id: string, job: StandingJob, now: number): MessageTimeline {
  const data = isGatewayJob(job.data) ? job.data.message : job.data;
  const enqueuedAt = isGatewayJob(job.data) ? job.data.enqueuedAt : job.enqueuedAt;
  const text = (name: string) => {
    const value = (data as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const channel = text('channel');
  const gateway = text('gateway');
  const sendAt = Date.parse(text('sendAt') ?? '');
  const scheduled = sendAt > now;
  return {
    id,
    state: scheduled ? 'scheduled' : 'queued',
    ...(channel === undefined ? {} : { channel }),
    queue: job.queue,
    ...(gateway === undefined ? {} : { gateway }),
    step: 0,
    attempt: 1,
    times: { ...time('enqueued', enqueuedAt), ...(scheduled ? time('scheduled', sendAt) : {}) },
    attempts: [],
  };
}

function time<K extends string>(name: K, at: number | undefined): { [P in K]?: string } {
  return at === undefined ? {} : ({ [name]: iso(at) } as { [P in K]: string });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
