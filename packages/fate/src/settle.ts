import { reassert } from './assert.js';
import type { MessageRecord, Outcome, RecordFields } from './record.js';
import { compactJob, encodeOutcome, fieldsOf, readRecord } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

export type SettleAnswer =
  /** Settled by this call; the record is as it stands now. Its result is in the outbox until {@link clearOutbox}. */
  | { readonly kind: 'settled'; readonly record: MessageRecord }
  /** Something else came first, or it is in no state for this; the record as it stands, if there is one. */
  | { readonly kind: 'passed'; readonly record: MessageRecord | undefined }
  /** Only for messages without a record: another payload stands under this id. */
  | { readonly kind: 'conflict'; readonly record: MessageRecord }
  /** Only for cancelling: neither a record nor one of the named jobs exists. */
  | { readonly kind: 'notFound' };

// KEYS  1 record  2 outbox
// ARGV  1 prefix 2 id 3 kind 4 wire id | claim token | gateway | payload hash 5 outcome JSON 6 number of job keys, the keys, then
//       fields and values of a record that does not exist yet
const SETTLE = script(
  'settle',
  `
local kind = ARGV[3]
local r = redis.call('HMGET', KEYS[1], 's', 'w', 'tk', 'pb', 'g', 'h')
local state = r[1]
local function passed() return {'passed', redis.call('HGETALL', KEYS[1])} end
if kind == 'report' then
  if (state ~= 'c' and state ~= 'u' and state ~= 'a') or r[2] ~= ARGV[4] then return passed() end
elseif kind == 'refused' then
  if state ~= 'c' or r[3] ~= ARGV[4] or r[4] then return passed() end
elseif kind == 'deadline' then
  if (state ~= 'c' and state ~= 'u' and state ~= 'a') or r[5] ~= ARGV[4] then
    -- It does not wait for this gateway: nothing may stay behind in the set that is swept for it.
    redis.call('ZREM', ARGV[1] .. ':deadlines:' .. ARGV[4], ARGV[2])
    return passed()
  end
  local path = tonumber(redis.call('HGET', ARGV[1] .. ':path:' .. r[5], 'v') or '0')
  local due = redis.call('ZSCORE', ARGV[1] .. ':deadlines:' .. r[5], ARGV[2])
  if not due or tonumber(due) > path then return passed() end
else
  local jobs = tonumber(ARGV[6])
  if state then
    if r[6] ~= ARGV[4] then return {'conflict', redis.call('HGETALL', KEYS[1])} end
    if state ~= 'q' then return passed() end
  else
    if jobs > 0 then
      local found = false
      for i = 7, 6 + jobs do if redis.call('EXISTS', ARGV[i]) == 1 then found = true end end
      if not found then return {'notFound'} end
    end
    redis.call('HSET', KEYS[1], unpack(ARGV, 7 + jobs))
  end
end
redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('HSET', KEYS[1], 's', 'x', 'r', ARGV[5], 'ts', now)
redis.call('HDEL', KEYS[1], 'tk', 'pb', 'np', 'e', 'd', 'tc')
redis.call('ZADD', KEYS[2], now, ARGV[2])
if r[5] then redis.call('ZREM', ARGV[1] .. ':deadlines:' .. r[5], ARGV[2]) end
return {'settled', redis.call('HGETALL', KEYS[1])}
`,
);

async function settle(
  store: Store,
  id: string,
  kind: 'report' | 'refused' | 'deadline' | 'unsent',
  check: string,
  outcome: Outcome,
  jobs: readonly string[] = [],
  initial: RecordFields = {},
): Promise<SettleAnswer> {
  const { keys } = store;
  const fields = Object.entries(initial).flat();
  const answer = await store.persist(
    SETTLE,
    [keys.record(id), keys.outbox],
    [keys.prefix, id, kind, check, encodeOutcome(outcome), jobs.length, ...jobs, ...fields],
  );
  if (answer[0] === 'notFound') return { kind: 'notFound' };
  const fieldsNow = fieldsOf(answer[1] as unknown[]);
  const record = readRecord(id, fieldsNow);
  if (answer[0] === 'passed') return { kind: 'passed', record };
  if (!record) throw new Error('settle answered with a record that does not exist');
  if (answer[0] === 'conflict') return { kind: 'conflict', record };
  reassert(store, id, fieldsNow);
  return { kind: 'settled', record };
}

/** A delivery report for this wire id ends the message: `claimed`, `uncertain` or `accepted` → `settled`. */
export function settleByReport(
  store: Store,
  id: string,
  wireId: string,
  outcome: Outcome,
): Promise<SettleAnswer> {
  return settle(store, id, 'report', wireId, outcome);
}

/** The gateway refused the claim's own write for good: `claimed` (not a probe) → `settled`. */
export function settleByRefusal(
  store: Store,
  id: string,
  token: string,
  outcome: Outcome,
): Promise<SettleAnswer> {
  return settle(store, id, 'refused', token, outcome);
}

/** No report within its deadline on the report path's clock: `claimed`, `uncertain` or `accepted` → `settled`. */
export function settleByDeadline(
  store: Store,
  id: string,
  gateway: string,
  outcome: Outcome,
): Promise<SettleAnswer> {
  return settle(store, id, 'deadline', gateway, outcome);
}

/** A message that was certainly never written: what its record begins with where there is none. */
export interface UnsentMessage {
  readonly id: string;
  readonly payloadHash: string;
  readonly channel: string;
  readonly enqueuedAt: number;
  /** `<queue>:<job id>` of the job that carries it. */
  readonly job?: string;
  /** JSON of ResultMeta, or empty. */
  readonly meta: string;
}

/** Ends a message before the wire (expired, refused at the door): no record or `queued` → `settled`. */
export function settleUnsent(store: Store, message: UnsentMessage, outcome: Outcome): Promise<SettleAnswer> {
  return settle(store, message.id, 'unsent', message.payloadHash, outcome, [], initialFields(message));
}

/**
 * Cancels: like {@link settleUnsent}, but where there is no record one of the message's jobs must exist in this very
 * step. `passed` with a record that is not settled means that it may have been sent already.
 */
export function settleCancelled(
  store: Store,
  message: UnsentMessage,
  jobKeys: readonly string[],
): Promise<SettleAnswer> {
  const outcome: Outcome = { status: 'cancelled', reason: 'cancelled', by: 'cancel' };
  return settle(store, message.id, 'unsent', message.payloadHash, outcome, jobKeys, initialFields(message));
}

/** What the record of a message that was never claimed begins with. */
export function initialFields(message: UnsentMessage): RecordFields {
  return {
    h: message.payloadHash,
    ch: message.channel,
    p: '0',
    n: '1',
    t0: String(message.enqueuedAt),
    ...(message.job === undefined ? {} : { j: compactJob(message.id, message.job) }),
    ...(message.meta === '' ? {} : { m: message.meta }),
  };
}
