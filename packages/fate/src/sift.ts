import { script } from './script.js';
import type { Store } from './store.js';

/** A job that waits, and that must be looked at. */
export interface SiftedJob {
  readonly id: string;
  /**
   * `settled`: the message of this job id has its result already. `unnoted`: a batch whose messages no index knows.
   * `expiring`: something in it says when it expires.
   */
  readonly why: 'settled' | 'unnoted' | 'expiring';
  /** JSON, unchecked. */
  readonly data: string;
  /** Epoch ms by the producer's clock. */
  readonly enqueuedAt: number;
}

// ARGV 1 prefix 2 queue 3 bytes that are enough, then job ids
const SIFT = script(
  'sift',
  `
local found, bytes, looked = {}, 0, 0
for i = 4, #ARGV do
  if bytes >= tonumber(ARGV[3]) then break end
  looked = looked + 1
  local job = redis.call('HMGET', ARGV[1] .. ':' .. ARGV[2] .. ':' .. ARGV[i], 'data', 'timestamp', 'name')
  local data = job[1]
  if data then
    local id = string.match(ARGV[i], '^m%d*%-(.+)$')
    local settled = id and redis.call('HGET', ARGV[1] .. ':m:' .. id, 's') == 'x'
    local why = settled and 'settled'
    if not why and job[3] == 'batch' then
      local first = string.match(data, '"id"%s*:%s*"([%w_-]+)"')
      if first and redis.call('HEXISTS', ARGV[1] .. ':batched', first) == 0 then why = 'unnoted' end
    end
    if not why and (string.find(data, '"ttlSeconds"', 1, true) or string.find(data, '"expiresAt"', 1, true)) then
      why = 'expiring'
    end
    if why then
      found[#found + 1] = {ARGV[i], why, data, job[2] or '0'}
      bytes = bytes + #data
    end
  end
end
return {looked, found}
`,
);

/**
 * Of these jobs, those of which something may be due; all others need not leave Redis. Looks no further than until it found so
 * many bytes, and says how many jobs it looked at.
 */
export async function siftJobs(
  store: Store,
  queue: string,
  ids: readonly string[],
  bytes: number,
): Promise<{ readonly looked: number; readonly found: readonly SiftedJob[] }> {
  if (ids.length === 0) return { looked: 0, found: [] };
  const [looked, found] = await store.run(SIFT, [], [store.keys.prefix, queue, bytes, ...ids]);
  return {
    looked: Number(looked),
    found: (found as [string, SiftedJob['why'], string, string][]).map(([id, why, data, enqueuedAt]) => ({
      id,
      why,
      data,
      enqueuedAt: Number(enqueuedAt),
    })),
  };
}
