import type { FateKeys } from './keys.js';

/**
 * How often one recipient may be written to by an account whose agents count together, in the claim, over all processes. Times are
 * those of claims, by Redis' clock.
 */
export interface BurstRule {
  /** At most so many messages… */
  readonly limit: number;
  /** …claimed within any window of this length, ms: longer than the gateway's own by as much as a write may come after its claim. */
  readonly windowMs: number;
  /** How long a claim is remembered, ms; at least the longest window that any claim of the account asks about. */
  readonly keepMs: number;
}

/** What a claim asks about its recipient, beside everything else. */
export interface BurstCheck extends BurstRule {
  /** Digits. Only a hash of it gets into Redis. */
  readonly recipient: string;
}

/**
 * Lua of both claims, the last thing that they ask before they change anything: for how many ms must this recipient be left alone? 0
 * notes the claim. A message counts once, by its wire id: its last claim stands for those before it, for which nothing was written, or
 * nothing was taken.
 */
export const RECIPIENT_BUSY = `
local function recipientBusy(key, wire, limit, window, keep)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - keep)
  local since = now - window
  local own = tonumber(redis.call('ZSCORE', key, wire) or '-inf')
  local others = redis.call('ZCOUNT', key, '(' .. since, '+inf')
  if own > since then others = others - 1 end
  if others >= tonumber(limit) then
    local last = redis.call('ZREVRANGE', key, limit - 1, limit - 1, 'WITHSCORES')
    return last[2] + window - now
  end
  redis.call('ZADD', key, now, wire)
  redis.call('PEXPIRE', key, keep)
  return 0
end
`;

interface Addressed {
  readonly gateway: string;
  readonly account: string;
  readonly burst?: BurstCheck;
}

/** The key and the arguments that a claim takes for it, at the end of its own; none where the agents do not count together. */
export function burstOf(
  keys: FateKeys,
  { gateway, account, burst }: Addressed,
): { readonly keys: readonly string[]; readonly args: readonly number[] } {
  if (!burst) return { keys: [], args: [] };
  const { recipient, limit, windowMs, keepMs } = burst;
  return { keys: [keys.recipientBurst(gateway, account, recipient)], args: [limit, windowMs, keepMs] };
}
