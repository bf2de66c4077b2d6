import { parseBatch } from '@pabal/message';
import type { Redis } from 'ioredis';
import { JOB_PRIORITY, messageJobId } from './catalogue.js';

/**
 * Looking into queues without touching them. These read BullMQ's keys themselves: a `Queue` of BullMQ's writes its
 * settings into every queue that it is made for, and there are dozens of names that no message ever used.
 */

/** A message's job as it stands in a queue. */
export interface StandingJob {
  readonly queue: string;
  readonly jobId: string;
  /** Whatever a producer put there: not to be trusted. */
  readonly data: unknown;
  /** Epoch ms by the producer's clock. */
  readonly enqueuedAt: number;
  /** Present when `data` is a member of a batch, whose job this is: its place there, from 0. */
  readonly member?: number;
}

/** A message as it stands in the batch `<queue>:<job id>`; undefined when that batch, or the message in it, is not there. */
export async function findInBatch(
  redis: Redis,
  prefix: string,
  batch: string,
  messageId: string,
): Promise<StandingJob | undefined> {
  const [data, timestamp] = await redis.hmget(`${prefix}:${batch}`, 'data', 'timestamp');
  if (data == null) return undefined;
  const parsed = parseBatch(JSON.parse(data));
  if (!parsed.ok) return undefined;
  const member = parsed.messages.findIndex(
    (each) => typeof each === 'object' && each !== null && 'id' in each && each.id === messageId,
  );
  if (member < 0) return undefined;
  const colon = batch.indexOf(':');
  return {
    queue: batch.slice(0, colon),
    jobId: batch.slice(colon + 1),
    data: parsed.messages[member],
    enqueuedAt: Number(timestamp ?? 0),
    member,
  };
}

/** The jobs of one message, or of one of its fallback steps, in these queues: none, one, or for a moment two while it moves. */
export async function findMessageJobs(
  redis: Redis,
  prefix: string,
  queues: readonly string[],
  messageId: string,
  step = 0,
): Promise<StandingJob[]> {
  const jobId = messageJobId(messageId, step);
  const answers = await Promise.all(
    queues.map((queue) => redis.hmget(`${prefix}:${queue}:${jobId}`, 'data', 'timestamp')),
  );
  return answers.flatMap(([data, timestamp], index) => {
    const queue = queues[index];
    if (queue === undefined || data == null) return [];
    return [{ queue, jobId, data: JSON.parse(data) as unknown, enqueuedAt: Number(timestamp ?? 0) }];
  });
}

/** How many jobs of each kind stand in a queue. */
export interface QueueDepth {
  readonly queue: string;
  /** Ready to be taken. */
  readonly waiting: number;
  /** Not before their time. */
  readonly delayed: number;
  /** Held by a worker. */
  readonly active: number;
  /** Kept to be looked at. */
  readonly failed: number;
  /** Epoch ms since when the oldest of those that are ready waits; absent where none does. */
  readonly oldestAt?: number;
}

/** The depths of these queues, in their order. */
export async function queueDepths(
  redis: Redis,
  prefix: string,
  queues: readonly string[],
): Promise<QueueDepth[]> {
  return Promise.all(
    queues.map(async (queue) => {
      const key = (part: string) => `${prefix}:${queue}:${part}`;
      const [wait, prioritized, delayed, active, failed] = await Promise.all([
        redis.llen(key('wait')),
        redis.zcard(key('prioritized')),
        redis.zcard(key('delayed')),
        redis.llen(key('active')),
        redis.zcard(key('failed')),
      ]);
      const oldestAt = wait + prioritized === 0 ? undefined : await oldestOf(redis, key);
      const oldest = oldestAt === undefined ? {} : { oldestAt };
      return { queue, waiting: wait + prioritized, delayed, active, failed, ...oldest };
    }),
  );
}

/** BullMQ's score of a prioritized job begins with its priority: from here on they are bulk. */
const BULK_SCORE = JOB_PRIORITY.bulk * 0x100000000;

/** Since when the job waits that was put into a queue first, of each class; undefined where none is ready any more. */
async function oldestOf(redis: Redis, key: (part: string) => string): Promise<number | undefined> {
  const [last, normal, bulk] = await Promise.all([
    redis.lindex(key('wait'), -1),
    redis.zrange(key('prioritized'), '0', '0'),
    redis.zrangebyscore(key('prioritized'), String(BULK_SCORE), '+inf', 'LIMIT', 0, 1),
  ]);
  const ids = new Set([last, ...normal, ...bulk].filter((id) => typeof id === 'string'));
  const jobs = await Promise.all([...ids].map((id) => redis.hmget(key(id), 'data', 'timestamp')));
  const since = jobs.flatMap(([data, timestamp]) =>
    data == null ? [] : [readySince(data, Number(timestamp ?? 0))],
  );
  return since.length === 0 ? undefined : Math.min(...since);
}

/** A scheduled message waits since its time; members of a batch that are scheduled leave it. */
function readySince(data: string, enqueuedAt: number): number {
  if (data.includes('"messages":[')) return enqueuedAt;
  const sendAt = Date.parse(/"sendAt":"([^"]+)"/.exec(data)?.[1] ?? '');
  return Number.isNaN(sendAt) ? enqueuedAt : Math.max(enqueuedAt, sendAt);
}
