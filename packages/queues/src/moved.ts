import type { Redis } from 'ioredis';

/**
 * A message that moves stands for a moment in two queues: first it is put into the one, then its job in the other goes.
 * Where it was in that queue before, a job of its name may still stand there: put again it folds into that one, and goes
 * with it when whoever holds it ends it only now, since the message had moved on then. So whoever puts a message somewhere
 * marks the job that stands there, new or not, and whoever lets one go that moved on finds the mark and keeps it.
 */
const MARK = 'pabal';

// KEYS 1 the job
const MARK_PLACED = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], '${MARK}', '1')
return 1
`;

/** Marks a job as put for a message that moves; false when it went meanwhile: then it has to be put again. */
export async function markPlaced(
  redis: Redis,
  prefix: string,
  queue: string,
  jobId: string,
): Promise<boolean> {
  return (await redis.eval(MARK_PLACED, 1, `${prefix}:${queue}:${jobId}`)) === 1;
}

/** What became of the job of a message that moved on. */
export type LeaveAnswer =
  /** It went. */
  | 'gone'
  /** The message was put into this very job meanwhile: it carries it on. */
  | 'kept'
  /** It is not ours to end: somebody holds it, or it went before. */
  | 'lost';

// KEYS 1 the job 2 its lock 3 active 4 prioritized 5 delayed 6 wait 7 paused  ARGV 1 id 2 lock token, or '' of one that nobody holds
const LEAVE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 'lost' end
if (redis.call('GET', KEYS[2]) or '') ~= ARGV[2] then return 'lost' end
if redis.call('HDEL', KEYS[1], '${MARK}') == 1 then return 'kept' end
local found
if ARGV[2] ~= '' then
  found = redis.call('LREM', KEYS[3], -1, ARGV[1])
else
  found = redis.call('ZREM', KEYS[4], ARGV[1]) + redis.call('ZREM', KEYS[5], ARGV[1])
  for i = 6, 7 do
    if found == 0 then found = redis.call('LREM', KEYS[i], -1, ARGV[1]) end
  end
end
if found == 0 then return 'lost' end
redis.call('DEL', KEYS[1], KEYS[2])
return 'gone'
`;

/**
 * Ends the job of a message that was moved elsewhere, unless it was moved back into it meanwhile.
 * @param token of the lock under which it is held; '' for a job that waits, held by nobody
 */
export async function leaveMoved(
  redis: Redis,
  prefix: string,
  queue: string,
  jobId: string,
  token: string,
): Promise<LeaveAnswer> {
  const key = (part: string) => `${prefix}:${queue}:${part}`;
  const lists = ['active', 'prioritized', 'delayed', 'wait', 'paused'].map(key);
  const keys = [key(jobId), key(`${jobId}:lock`), ...lists];
  return (await redis.eval(LEAVE, keys.length, ...keys, jobId, token)) as LeaveAnswer;
}
