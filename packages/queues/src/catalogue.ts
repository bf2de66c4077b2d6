import type { Channel, Priority } from '@pabal/message';
import { CHANNELS } from '@pabal/message';

/**
 * The catalogue of queues: every name, what stands in it, and how its jobs are kept. Producers and processors both
 * go through it. Names contain no `:` (BullMQ's own separator).
 */

/** Delivery results; `results-<name>` where the message says `replyTo: <name>`. */
export const RESULTS_QUEUE = 'results';
/** Results on their way to a URL, of messages with `webhook`. */
export const WEBHOOKS_QUEUE = 'webhooks';
/** What gateways tell beside results, and what operators should know. */
export const EVENTS_QUEUE = 'events';

/** Job names. */
export const JOB = {
  message: 'message',
  step: 'step',
  batch: 'batch',
  result: 'result',
  webhook: 'webhook',
} as const;

/** BullMQ priorities in `send-…` queues. Never 0: an unset priority beats every priority. Lower goes first. */
export const JOB_PRIORITY = { normal: 10, bulk: 100 } as const satisfies Record<
  Exclude<Priority, 'urgent'>,
  number
>;

/** A queue that messages wait in. */
export type MessageQueue =
  /** Any gateway of the route may serve it. */
  | { readonly kind: 'send' | 'urgent'; readonly route: string; readonly channel: Channel }
  /** Internal: only this gateway may serve it (pinned, rerouted and uncertain messages); served first. */
  | { readonly kind: 'to' | 'to-urgent'; readonly gateway: string; readonly channel: Channel };

/** The queue's name in Redis. */
export function queueName(queue: MessageQueue): string {
  return `${queue.kind}-${'route' in queue ? queue.route : queue.gateway}-${queue.channel}`;
}

/** Queue that a message of this priority waits in on its route. */
export function sendQueue(route: string, channel: Channel, priority: Priority): MessageQueue {
  return { kind: priority === 'urgent' ? 'urgent' : 'send', route, channel };
}

/** Do its messages go before all others? */
export function isUrgent({ kind }: MessageQueue): boolean {
  return kind === 'urgent' || kind === 'to-urgent';
}

/** Queue of messages that only this gateway may send. */
export function gatewayQueue(gateway: string, channel: Channel, urgent: boolean): MessageQueue {
  return { kind: urgent ? 'to-urgent' : 'to', gateway, channel };
}

/** All queues that messages of these routes and gateways can wait in. */
export function messageQueues(routes: readonly string[], gateways: readonly string[]): MessageQueue[] {
  return CHANNELS.flatMap((channel): MessageQueue[] => [
    ...routes.flatMap((route): MessageQueue[] => [
      { kind: 'urgent', route, channel },
      { kind: 'send', route, channel },
    ]),
    ...gateways.flatMap((gateway): MessageQueue[] => [
      { kind: 'to-urgent', gateway, channel },
      { kind: 'to', gateway, channel },
    ]),
  ]);
}

/** Queue that a message's result goes to. */
export function resultQueue(replyTo: string | undefined): string {
  return replyTo === undefined ? RESULTS_QUEUE : `${RESULTS_QUEUE}-${replyTo}`;
}

/** Queue that a step of a fallback chain waits in: its route's, or that of the gateway that it must go over. */
export function stepQueue(
  route: string,
  { channel, priority, gateway }: { channel: Channel; priority: Priority; gateway?: string | undefined },
): MessageQueue {
  return gateway === undefined
    ? sendQueue(route, channel, priority)
    : gatewayQueue(gateway, channel, priority === 'urgent');
}

/**
 * BullMQ refuses ids of digits only and ids with `:`; the prefix makes every message id acceptable, and repeats fold. A
 * fallback step has ids of its own, `m1-…`: under the same one it would fold into the job of the step before it, which goes
 * a moment later.
 */
export function messageJobId(messageId: string, step = 0): string {
  return `m${step === 0 ? '' : step}-${messageId}`;
}

export function resultJobId(messageId: string): string {
  return `r-${messageId}`;
}

const DAY_SECONDS = 86_400;

/** What is kept of a job that ended. Messages have their record; a failed job (refused at the door) stays a week to be looked at. */
export const RETENTION = {
  removeOnComplete: true,
  removeOnFail: { age: 7 * DAY_SECONDS, count: 100_000 },
} as const;

/** A webhook that was given up stays for a month, so that its receiver's people can mend it and have it sent again. */
export const WEBHOOK_RETENTION = {
  removeOnComplete: true,
  removeOnFail: { age: 30 * DAY_SECONDS, count: 100_000 },
} as const;

/**
 * Job locks: the time after which a killed worker's jobs may be taken by another, and how often that is checked.
 * Short, because a lock never decides whether a message is sent: the claim on its record does.
 */
export const LOCK_DURATION_MS = 8_000;
export const LOCK_RENEW_MS = 2_000;
export const STALLED_CHECK_MS = 3_000;
/** A stalled job is a killed or paused worker, never the message's fault: no number of stalls fails it. */
export const MAX_STALLED_COUNT = 1_000_000;
/** How many entries BullMQ keeps in a queue's event stream; nobody here listens to it. */
export const EVENT_STREAM_LENGTH = 100;
