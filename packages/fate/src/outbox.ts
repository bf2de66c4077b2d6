import type { MessageRecord } from './record.js';
import { JOB_STANDS, readRecord, WIRE_KEYS } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

/**
 * BullMQ's deduplication of a result outlives its clearing by this much: a second publisher, that read the outbox
 * before the clearing, may still be on its way.
 */
export const DEDUPLICATION_TAIL_MS = 60_000;

// KEYS 1 record 2 outbox 3 deduplication key 4 graves  ARGV 1 prefix 2 id 3 window ms 4 deduplication tail ms
//      5… jobs that the message may stand in beside those of its record
const CLEAR = script(
  'clear-outbox',
  `${JOB_STANDS}${WIRE_KEYS}
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
local r = redis.call('HMGET', KEYS[1], 's', 'j', 'g', 'k', 'w', 'ew', 'ej')
if r[1] ~= 'x' then return {'cleared'} end
if jobStands(ARGV[1], ARGV[2], r[2], r[7], 5) then
  redis.call('HDEL', KEYS[1], 'm', 'c')
  redis.call('ZADD', KEYS[4], now + ARGV[3], ARGV[2])
else
  -- All that a tombstone is asked for is what it was, how it ended, and by which wire id.
  redis.call('HDEL', KEYS[1], 'm', 'c', 'j', 'p', 'k', 'ag', 'ew', 'ej')
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  for _, key in ipairs(wireKeys(ARGV[1], r[3], r[4], r[5], r[6])) do redis.call('PEXPIRE', key, ARGV[3]) end
end
return {'cleared'}
`,
);

/**
 * The result stands in its queue: takes the message off the outbox and starts the tombstone's time. BullMQ's
 * deduplication of the result ends {@link DEDUPLICATION_TAIL_MS} later: whoever publishes after that must have seen
 * the message in the outbox shortly before ({@link isInOutbox}). A tombstone whose job still stands in a queue is kept until that is gone.
 *
 * Runs once: after a restart of Redis the result may be gone, and clearing would be wrong.
 *
 * @param resultQueue queue that the result was added to
 * @param resultId its job and deduplication id
 * @param jobs `<queue>:<job id>` of every job that a repeat of the message may stand in
 */
export async function clearOutbox(
  store: Store,
  id: string,
  resultQueue: string,
  resultId: string,
  windowMs: number,
  jobs: readonly string[] = [],
): Promise<void> {
  const { keys } = store;
  await store.run(
    CLEAR,
    [keys.record(id), keys.outbox, keys.deduplication(resultQueue, resultId), keys.graves],
    [keys.prefix, id, windowMs, DEDUPLICATION_TAIL_MS, ...jobs],
  );
}

/** Is the result of this message still to be published, as far as Redis knows? */
export async function isInOutbox(store: Store, id: string): Promise<boolean> {
  return (await store.redis.zscore(store.keys.outbox, id)) !== null;
}

/** Settled messages whose result may not be in its queue, settled at least `olderThanMs` ago; oldest first. */
export async function outboxLeftovers(
  store: Store,
  olderThanMs: number,
  limit: number,
): Promise<MessageRecord[]> {
  const { keys, redis } = store;
  const ids = await redis.zrangebyscore(keys.outbox, 0, store.fleetNow() - olderThanMs, 'LIMIT', 0, limit);
  const records = await Promise.all(
    ids.map(async (id) => readRecord(id, await redis.hgetall(keys.record(id)))),
  );
  return records.filter((record): record is MessageRecord => record?.state === 'settled');
}

// KEYS 1 record 2 graves  ARGV 1 prefix 2 id 3 ms until the next look 4… jobs as above
const BURY = script(
  'bury',
  `${JOB_STANDS}${WIRE_KEYS}
local r = redis.call('HMGET', KEYS[1], 'j', 'g', 'k', 'w', 'ew', 'ej')
if jobStands(ARGV[1], ARGV[2], r[1], r[6], 4) then
  redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[2])
  return {'kept'}
end
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('DEL', KEYS[1])
for _, key in ipairs(wireKeys(ARGV[1], r[2], r[3], r[4], r[5])) do redis.call('DEL', key) end
return {'buried'}
`,
);

/**
 * Looks at tombstones that were kept for a job's sake; those without a job go. Returns how many went.
 * @param againMs how soon one whose job still stands is looked at again
 * @param jobsOf as `jobs` of {@link clearOutbox}
 */
export async function buryTombstones(
  store: Store,
  againMs: number,
  limit: number,
  jobsOf: (id: string) => readonly string[] = () => [],
): Promise<number> {
  const { keys, redis } = store;
  const due = await redis.zrangebyscore(keys.graves, 0, store.fleetNow(), 'LIMIT', 0, limit);
  const answers = await Promise.all(
    due.map((id) =>
      store.run(BURY, [keys.record(id), keys.graves], [keys.prefix, id, againMs, ...jobsOf(id)]),
    ),
  );
  return answers.filter((answer) => answer[0] === 'buried').length;
}
