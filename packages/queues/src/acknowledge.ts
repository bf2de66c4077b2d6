import type { Redis } from 'ioredis';

/** What became of the wish to take a job out of its queue. */
export type RemovalAnswer =
  /** It was there, waiting, and is gone. */
  | 'removed'
  /** A worker holds it: that one decides. */
  | 'held'
  | 'missing';

/**
 * KEYS 1 job 2 its lock 3 prioritized 4 delayed 5 wait 6 paused 7 active  ARGV 1 job id
 * Lists are looked through from the end at which the oldest jobs stand. One that is active without a lock belongs to a
 * worker that was lost.
 */
const REMOVE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 'missing' end
if redis.call('EXISTS', KEYS[2]) == 1 then return 'held' end
local found = redis.call('ZREM', KEYS[3], ARGV[1]) + redis.call('ZREM', KEYS[4], ARGV[1])
for i = 5, 7 do
  if found == 0 then found = redis.call('LREM', KEYS[i], -1, ARGV[1]) end
end
if found == 0 then return 'missing' end
redis.call('DEL', KEYS[1])
return 'removed'
`;

/**
 * Takes a waiting job out of its queue in one step, as if a worker had finished it: what deduplicates it stays, so that
 * its publisher's repeat folds all the same (BullMQ's own removal forgets that).
 */
export async function removeWaiting(
  redis: Redis,
  prefix: string,
  queue: string,
  jobId: string,
): Promise<RemovalAnswer> {
  const key = (part: string) => `${prefix}:${queue}:${part}`;
  const lists = ['prioritized', 'delayed', 'wait', 'paused', 'active'].map(key);
  const keys = [key(jobId), key(`${jobId}:lock`), ...lists];
  return (await redis.eval(REMOVE, keys.length, ...keys, jobId)) as RemovalAnswer;
}
