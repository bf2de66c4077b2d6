import type { MessageRecord } from './record.js';
import { readRecord } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

// KEYS 1 record 2 next steps  ARGV 1 id 2 step
const CLEAR = script(
  'clear-next-step',
  `
local r = redis.call('HMGET', KEYS[1], 's', 'p')
-- Where a later step waits to be put into its queue, that one stands there now.
if r[1] == 'q' and tonumber(r[2]) > tonumber(ARGV[2]) then return {'kept'} end
redis.call('ZREM', KEYS[2], ARGV[1])
return {'cleared'}
`,
);

/**
 * The job of this step stands in its queue: takes it off the next steps.
 *
 * Runs once: after a restart of Redis the job may be gone, and clearing would be wrong.
 */
export async function clearNextStep(store: Store, id: string, step: number): Promise<void> {
  const { keys } = store;
  await store.run(CLEAR, [keys.record(id), keys.nextSteps], [id, step]);
}

/**
 * Messages whose present step may not be in its queue although the one before it ended at least `olderThanMs` ago; oldest
 * first. Ids whose record is gone are taken off.
 */
export async function nextStepLeftovers(
  store: Store,
  olderThanMs: number,
  limit: number,
): Promise<MessageRecord[]> {
  const { keys, redis } = store;
  const ids = await redis.zrangebyscore(keys.nextSteps, 0, store.fleetNow() - olderThanMs, 'LIMIT', 0, limit);
  const records = await Promise.all(
    ids.map(async (id) => {
      const record = readRecord(id, await redis.hgetall(keys.record(id)));
      if (!record) await clearNextStep(store, id, 0);
      return record;
    }),
  );
  return records.filter((record): record is MessageRecord => record !== undefined);
}
