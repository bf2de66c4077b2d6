import { KEEP_FOR_REPEAT } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

/**
 * Messages that wait in batches. A batch is one job, and its messages have no records yet: an index tells which batch a
 * message waits in, so that it can be found and cancelled. Whoever enqueues a batch writes it, whoever opens one that a raw
 * client enqueued does so, too, and whoever finishes a batch takes its entries out.
 */

/** Where a member stands when its batch is opened. */
export type MemberStanding =
  /** No record: as far as anybody knows it was never offered. */
  | 'fresh'
  /** A record that must be read before anything is done. */
  | 'known'
  /** Accepted or settled by way of this very batch: nothing is left to do. */
  | 'over';

// KEYS 1 index  ARGV 1 prefix 2 job, then message ids
const OPEN = script(
  'open-batch',
  `${KEEP_FOR_REPEAT}
local answer = {}
for i = 3, #ARGV do
  local r = redis.call('HMGET', ARGV[1] .. ':m:' .. ARGV[i], 's', 'j')
  local over = (r[1] == 'a' or r[1] == 'x') and r[2] == ARGV[2]
  answer[#answer + 1] = over and 'over' or r[1] and 'known' or 'fresh'
  if r[1] == 'x' and not over then keepForRepeat(ARGV[1], ARGV[i]) end
  local other = not over and redis.call('HGET', KEYS[1], ARGV[i])
  if not over and (not other or redis.call('EXISTS', ARGV[1] .. ':' .. other) == 0) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[2])
  end
end
return answer
`,
);

// KEYS 1 index  ARGV 1 prefix 2 job, then message ids
const NOTE = script(
  'note-batch',
  `${KEEP_FOR_REPEAT}
for i = 3, #ARGV do
  keepForRepeat(ARGV[1], ARGV[i])
  local other = redis.call('HGET', KEYS[1], ARGV[i])
  if not other or redis.call('EXISTS', ARGV[1] .. ':' .. other) == 0 then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[2])
  end
end
return {}
`,
);

// KEYS 1 index  ARGV 1 job, then message ids: those that another batch has taken over meanwhile stay
const CLOSE = script(
  'close-batch',
  `
for i = 2, #ARGV do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
return {}
`,
);

/** Where the members of a batch stand, in their order, by their records. Waits for Redis. */
export async function openBatch(
  store: Store,
  job: string,
  ids: readonly string[],
): Promise<readonly MemberStanding[]> {
  const answer = await store.persist(OPEN, [store.keys.batched], [store.keys.prefix, job, ...ids]);
  return answer.map((standing) => standing as MemberStanding);
}

/** Takes the members of a finished batch out of the index. Waits for Redis. */
export async function closeBatch(store: Store, job: string, ids: readonly string[]): Promise<void> {
  await store.persist(CLOSE, [store.keys.batched], [job, ...ids]);
}

/**
 * Writes down which batch these messages wait in, before it is enqueued. One that waits in another batch, which still
 * stands, is found there. @throws StoreUnavailable
 */
export async function noteBatch(store: Store, job: string, ids: readonly string[]): Promise<void> {
  await store.run(NOTE, [store.keys.batched], [store.keys.prefix, job, ...ids]);
}

/** `<queue>:<job id>` of the batch that a message waits in, or waited; undefined when it never was in one that is unfinished. */
export async function batchOf(store: Store, id: string): Promise<string | undefined> {
  return (await store.redis.hget(store.keys.batched, id)) ?? undefined;
}

/** Messages that wait in batches, with those of unfinished batches that are under way or over. */
export async function batchedCount(store: Store): Promise<number> {
  return store.redis.hlen(store.keys.batched);
}

/**
 * Looks at some entries of the index, and takes out those whose batch stands in no queue any more: somebody removed its job.
 * Returns where to go on, `0` after all were looked at.
 */
export async function sweepBatched(store: Store, cursor: string, count: number): Promise<string> {
  const { redis, keys } = store;
  const [next, flat] = await redis.hscan(keys.batched, cursor, 'COUNT', count);
  const byJob = new Map<string, string[]>();
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const [id = '', job = ''] = [flat[i], flat[i + 1]];
    byJob.set(job, [...(byJob.get(job) ?? []), id]);
  }
  for (const [job, ids] of byJob) {
    if ((await redis.exists(`${keys.prefix}:${job}`)) === 0) await closeBatch(store, job, ids);
  }
  return String(next);
}
