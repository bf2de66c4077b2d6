import { createHash } from 'node:crypto';
import type { MessageV1 } from '@pabal/message';
import type { JobsOptions } from 'bullmq';
import { JOB_PRIORITY, type MessageQueue, queueName, RETENTION, sendQueue } from './catalogue.js';
import type { Enqueue } from './jobs.js';

/** So many messages of one queue and priority become batches; fewer would all be in one or two hands. */
export const BATCH_FROM = 500;
/** Messages of a batch that we make: saves nearly all that is to be saved, and lets every sender have some. */
export const BATCH_SIZE = 100;

/** Messages of one route, channel and priority in one job. */
export interface Batch {
  readonly queue: MessageQueue;
  readonly jobId: string;
  readonly messages: readonly MessageV1[];
}

/** What is enqueued one by one, and what in batches. */
export interface BatchPlan {
  readonly singles: readonly Enqueue[];
  readonly batches: readonly Batch[];
}

/**
 * Chooses what goes in batches: normal and bulk messages of one route and channel, where there are at least
 * {@link BATCH_FROM} of them. Never urgent ones, nor those that would leave their batch at once: scheduled for later, or
 * bound to one gateway. Pure.
 */
export function planBatches(items: readonly Enqueue[], now: number): BatchPlan {
  const singles: Enqueue[] = [];
  const groups = new Map<string, Enqueue[]>();
  for (const item of items) {
    const { message, route } = item;
    const { channel, priority, gateway, sendAt } = message;
    const later = sendAt !== undefined && Date.parse(sendAt) > now;
    if (priority === 'urgent' || gateway !== undefined || later) {
      singles.push(item);
      continue;
    }
    const key = `${queueName(sendQueue(route, channel, priority))} ${priority}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const batches: Batch[] = [];
  for (const group of groups.values()) {
    if (group.length < BATCH_FROM) {
      singles.push(...group);
      continue;
    }
    for (let from = 0; from < group.length; from += BATCH_SIZE)
      batches.push(batchOf(group.slice(from, from + BATCH_SIZE)));
  }
  return { singles, batches };
}

function batchOf(items: readonly Enqueue[]): Batch {
  const [first] = items;
  if (!first) throw new Error('a batch has at least one message');
  const { route, message } = first;
  const messages = items.map((item) => item.message);
  return {
    queue: sendQueue(route, message.channel, message.priority),
    jobId: batchJobId(messages),
    messages,
  };
}

const ID_CHARACTERS = 24;

/**
 * The job id of a batch: the same messages in the same order are the same batch, so that a repeat of the call folds. Ids
 * alone would not do: other messages under the same ids would fold unseen.
 */
export function batchJobId(messages: readonly MessageV1[]): string {
  const hash = createHash('sha256').update(JSON.stringify(messages)).digest('hex');
  return `b-${hash.slice(0, ID_CHARACTERS)}`;
}

/**
 * BullMQ options of a batch's job: its members all have one priority. Pure.
 * @param now fleet time, epoch ms: the time to expire counts from here
 */
export function batchJobOptions({ jobId, messages: [first] }: Batch, now: number): JobsOptions {
  const priority = first?.priority === 'bulk' ? JOB_PRIORITY.bulk : JOB_PRIORITY.normal;
  return { jobId, attempts: 1, timestamp: now, priority, ...RETENTION };
}
