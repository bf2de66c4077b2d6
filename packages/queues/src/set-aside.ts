import { createHash } from 'node:crypto';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';

/**
 * Gives a failed job a name of its own among the failed ones: under its first one BullMQ would fold into it whatever comes
 * later under the same id, unseen, for as long as it is kept to be looked at. The same bad job again takes the place of the
 * first.
 */
export async function setAside(redis: Redis, prefix: string, queue: string, job: Job): Promise<void> {
  if (job.id === undefined) return;
  const key = (part: string) => `${prefix}:${queue}:${part}`;
  const aside = asideId(job.id, job.data);
  await redis.eval(SET_ASIDE, 3, key('failed'), key(job.id), key(aside), job.id, aside);
}

const HASH_CHARACTERS = 8;
const ASIDE = /~[0-9a-f]{8}$/;

/** `<job id>~<hash of its data>`; of one that failed before and was taken up again, in place of the first hash. Pure. */
export function asideId(jobId: string, data: unknown): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(data) ?? '')
    .digest('hex');
  return `${jobId.replace(ASIDE, '')}~${hash.slice(0, HASH_CHARACTERS)}`;
}

const LOOKED_AT_ONCE = 1_000;

/** The names of the failed jobs that had this id, in no order. Looks through all failed ones of the queue. */
export async function findAside(
  redis: Redis,
  prefix: string,
  queue: string,
  jobId: string,
): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = '0'; ; ) {
    const [next, entries] = await redis.zscan(
      `${prefix}:${queue}:failed`,
      cursor,
      'MATCH',
      `${jobId}~*`,
      'COUNT',
      LOOKED_AT_ONCE,
    );
    found.push(...entries.filter((_, place) => place % 2 === 0).map(String));
    cursor = String(next);
    if (cursor === '0') return [...new Set(found)];
  }
}

// KEYS 1 failed jobs of the queue 2 the job 3 its new name  ARGV 1 its id 2 its new id
const SET_ASIDE = `
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not at or redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('RENAME', KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], at, ARGV[2])
return 1
`;
