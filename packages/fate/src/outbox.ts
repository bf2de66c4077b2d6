import type { MessageRecord } from './record.js';
import { readRecord } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

// KEYS 1 record 2 outbox 3 deduplication key 4 graves  ARGV 1 prefix 2 id 3 window ms
const CLEAR = script(
  'clear-outbox',
  `
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('DEL', KEYS[3])
local r = redis.call('HMGET', KEYS[1], 's', 'j', 'g', 'k', 'w')
if r[1] ~= 'x' then return {'cleared'} end
redis.call('HDEL', KEYS[1], 'm')
if r[2] and redis.call('EXISTS', ARGV[1] .. ':' .. r[2]) == 1 then
  redis.call('ZADD', KEYS[4], now + ARGV[3], ARGV[2])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  if r[5] then redis.call('PEXPIRE', ARGV[1] .. ':w:' .. r[3] .. '/' .. r[4] .. ':' .. r[5], ARGV[3]) end
end
return {'cleared'}
`,
);

/**
 * The result stands in its queue: takes the message off the outbox and starts the tombstone's time. BullMQ's
 * deduplication of the result is lifted in the same step, so that it lasts exactly as long as a publisher may
 * publish again. A tombstone whose job still stands in a queue is kept until that is gone.
 *
 * @param resultQueue queue that the result was added to
 * @param resultId its job and deduplication id
 */
export async function clearOutbox(
  store: Store,
  id: string,
  resultQueue: string,
  resultId: string,
  windowMs: number,
): Promise<void> {
  const { keys } = store;
  await store.persist(
    CLEAR,
    [keys.record(id), keys.outbox, keys.deduplication(resultQueue, resultId), keys.graves],
    [keys.prefix, id, windowMs],
  );
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

// KEYS 1 record 2 graves  ARGV 1 prefix 2 id 3 window ms
const BURY = script(
  'bury',
  `
local r = redis.call('HMGET', KEYS[1], 'j', 'g', 'k', 'w')
if r[1] and redis.call('EXISTS', ARGV[1] .. ':' .. r[1]) == 1 then
  redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[2])
  return {'kept'}
end
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('DEL', KEYS[1])
if r[4] then redis.call('DEL', ARGV[1] .. ':w:' .. r[2] .. '/' .. r[3] .. ':' .. r[4]) end
return {'buried'}
`,
);

/** Looks at tombstones that were kept for their job's sake; those without a job go. Returns how many went. */
export async function buryTombstones(store: Store, windowMs: number, limit: number): Promise<number> {
  const { keys, redis } = store;
  const due = await redis.zrangebyscore(keys.graves, 0, store.fleetNow(), 'LIMIT', 0, limit);
  const answers = await Promise.all(
    due.map((id) => store.run(BURY, [keys.record(id), keys.graves], [keys.prefix, id, windowMs])),
  );
  return answers.filter((answer) => answer[0] === 'buried').length;
}
