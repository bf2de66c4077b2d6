import { reassert } from './assert.js';
import { decideEarlierStep, decideStepEnd } from './decide.js';
import type { MessageRecord, NextStepRecord, Outcome, RecordFields } from './record.js';
import { compactJob, encodeNext, encodeOutcome, fieldsOf, readRecord } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

export type SettleAnswer =
  /** Settled by this call; the record is as it stands now. Its result is in the outbox until {@link clearOutbox}. */
  | { readonly kind: 'settled'; readonly record: MessageRecord }
  /** The present step ended by this call, and the next one follows. It is among the next steps until {@link clearNextStep}. */
  | { readonly kind: 'advanced'; readonly record: MessageRecord }
  /** Something else came first, or it is in no state for this; the record as it stands, if there is one. */
  | { readonly kind: 'passed'; readonly record: MessageRecord | undefined }
  /** Only for messages without a record: another payload stands under this id. */
  | { readonly kind: 'conflict'; readonly record: MessageRecord }
  /** Neither a record nor one of the named jobs (cancelling), or no record of a later step: it was settled long ago. */
  | { readonly kind: 'notFound' };

// KEYS  1 record  2 outbox  3 next steps  4 wire index, where the id is to be found there
// ARGV  1 prefix 2 id, or '' 3 kind 4 wire id | claim token | gateway | payload hash 5 outcome JSON 6 what follows: 'settle',
//       'next', 'nextIfSend' 7 what a report of an earlier step may do: 'settle' or 'nothing' 8 how the attempt ended, JSON
//       without its braces 9 reason 10 step, of an unsent message 11 the step after it, or '' 12 number of job keys, the
//       keys, then fields and values of a record that does not exist yet
const SETTLE = script(
  'settle',
  `
local kind, id, record = ARGV[3], ARGV[2], KEYS[1]
if id == '' then
  id = redis.call('GET', KEYS[4])
  if not id then return {'unknown'} end
  record = ARGV[1] .. ':m:' .. id
end
local r = redis.call('HMGET', record, 's', 'w', 'tk', 'pb', 'g', 'h', 'p', 'f', 'v')
local state, wire, gateway, step, f = r[1], r[2], r[5], tonumber(r[7] or ARGV[10]), r[8]
local function passed() return {'passed', redis.call('HGETALL', record), id} end
local written = state == 'c' or state == 'u' or state == 'a'
if kind == 'report' then
  if not written or wire ~= ARGV[4] then
    -- Of an earlier step, perhaps: it ends the message as long as nobody has begun the step that waits.
    if state ~= 'q' or ARGV[7] ~= 'settle' then return passed() end
    local found = false
    for way in string.gmatch(redis.call('HGET', record, 'ew') or '', '[^\\n]+') do
      local channel, its, account, earlier = string.match(way, '^(%w+)=([^/]*)/(.*):(%d+)$')
      if earlier == ARGV[4] then
        found = true
        redis.call('HSET', record, 'ch', channel, 'g', its, 'k', account, 'w', earlier)
      end
    end
    if not found then return passed() end
  end
elseif kind == 'refused' then
  if state ~= 'c' or r[3] ~= ARGV[4] or r[4] then return passed() end
elseif kind == 'deadline' then
  if not written or gateway ~= ARGV[4] then
    -- It does not wait for this gateway: nothing may stay behind in the set that is swept for it.
    redis.call('ZREM', ARGV[1] .. ':deadlines:' .. ARGV[4], id)
    return passed()
  end
  local path = tonumber(redis.call('HGET', ARGV[1] .. ':path:' .. gateway, 'v') or '0')
  local due = redis.call('ZSCORE', ARGV[1] .. ':deadlines:' .. gateway, id)
  if not due or tonumber(due) > path then return passed() end
else
  local jobs = tonumber(ARGV[12])
  if state then
    if r[6] ~= ARGV[4] then return {'conflict', redis.call('HGETALL', record), id} end
    if state ~= 'q' or step ~= tonumber(ARGV[10]) then return passed() end
  else
    if step > 0 then return {'notFound'} end
    if jobs > 0 then
      local found = false
      for i = 13, 12 + jobs do if redis.call('EXISTS', ARGV[i]) == 1 then found = true end end
      if not found then return {'notFound'} end
    end
    redis.call('HSET', record, unpack(ARGV, 13 + jobs))
  end
  if ARGV[11] ~= '' then f = ARGV[11] end
end
local version = (r[9] or 0) + 1
if gateway then redis.call('ZREM', ARGV[1] .. ':deadlines:' .. gateway, id) end
local nextStep, channel, onUnknown, job = string.match(f or '', '^(%d+) (%S+) (%a) (%S+) ')
local follows = ARGV[6] == 'next' or (ARGV[6] == 'nextIfSend' and onUnknown == 's')
if follows and nextStep and tonumber(nextStep) == step + 1 then
  local before = redis.call('HMGET', record, 'ch', 'g', 'k', 'w', 'tf', 'ta', 'at', 'ew', 'j', 'ej')
  local at = before[7]
  if before[4] then
    local attempt = string.format('{"channel":"%s","gateway":%s,"wireId":"%s","at":%s', before[1],
      cjson.encode(before[2]), before[4], before[5])
    if step > 0 then attempt = attempt .. ',"step":' .. step end
    if before[6] then attempt = attempt .. ',"acceptedAt":' .. before[6] end
    if kind == 'report' then attempt = attempt .. ',"reportedAt":' .. string.format('%d', now) end
    attempt = attempt .. ARGV[8] .. '}'
    at = at and string.sub(at, 1, -2) .. ',' .. attempt .. ']' or '[' .. attempt .. ']'
    local way = before[1] .. '=' .. before[2] .. '/' .. before[3] .. ':' .. before[4]
    redis.call('HSET', record, 'at', at, 'ew', before[8] and before[8] .. '\\n' .. way or way)
  end
  if before[9] then
    redis.call('HSET', record, 'ej', before[10] and before[10] .. '\\n' .. before[9] or before[9])
  end
  if ARGV[6] == 'nextIfSend' then redis.call('HSET', record, 'fu', ARGV[9]) end
  redis.call('HDEL', record, 'g', 'k', 'ag', 'w', 'e', 'tk', 'pb', 'np', 'o', 'tf', 'tc', 'ta', 'd', 'c')
  redis.call('HSET', record, 's', 'q', 'v', version, 'p', nextStep, 'n', '1', 'ch', channel, 'j', job, 'f', f)
  redis.call('ZADD', KEYS[3], now, id)
  return {'advanced', redis.call('HGETALL', record), id}
end
redis.call('HSET', record, 's', 'x', 'v', version, 'r', ARGV[5], 'ts', now)
redis.call('HDEL', record, 'tk', 'pb', 'np', 'e', 'd', 'tc', 'f')
redis.call('ZADD', KEYS[2], now, id)
if r[8] then redis.call('ZREM', KEYS[3], id) end
return {'settled', redis.call('HGETALL', record), id}
`,
);

/** What an unsent message is asked for beside its outcome. */
interface Unsent {
  readonly step: number;
  readonly next: string;
  readonly jobs: readonly string[];
  readonly initial: RecordFields;
}

const SENT: Unsent = { step: 0, next: '', jobs: [], initial: {} };

async function settle(
  store: Store,
  id: string,
  kind: SettleKind,
  check: string,
  outcome: Outcome,
  unsent?: Unsent,
): Promise<SettleAnswer> {
  return readSettled(store, await persistSettle(store, id, kind, check, outcome, unsent), id);
}

type SettleKind = 'report' | 'refused' | 'deadline' | 'unsent';

/** @param index the wire index that names the message, where `id` is empty */
function persistSettle(
  store: Store,
  id: string,
  kind: SettleKind,
  check: string,
  outcome: Outcome,
  { step, next, jobs, initial }: Unsent = SENT,
  index: readonly [] | readonly [string] = [],
): Promise<unknown[]> {
  const { keys } = store;
  const fields = Object.entries(initial).flat();
  return store.persist(
    SETTLE,
    [keys.record(id), keys.outbox, keys.nextSteps, ...index],
    [
      keys.prefix,
      id,
      kind,
      check,
      encodeOutcome(outcome),
      decideStepEnd(outcome),
      decideEarlierStep(outcome),
      endOfAttempt(outcome),
      outcome.reason,
      step,
      next,
      jobs.length,
      ...jobs,
      ...fields,
    ],
  );
}

function readSettled(store: Store, answer: readonly unknown[], id: string): SettleAnswer {
  if (answer[0] === 'notFound') return { kind: 'notFound' };
  const fieldsNow = fieldsOf(answer[1] as unknown[]);
  const record = readRecord(id, fieldsNow);
  if (answer[0] === 'passed') return { kind: 'passed', record };
  if (!record) throw new Error('settle answered with a record that does not exist');
  if (answer[0] === 'conflict') return { kind: 'conflict', record };
  reassert(store, id, fieldsNow);
  return { kind: answer[0] === 'advanced' ? 'advanced' : 'settled', record };
}

/** How the last attempt of a step ended, to be added to the JSON of that attempt. */
function endOfAttempt({ code, reason }: Outcome): string {
  const end = { ...(code === undefined ? {} : { gatewayCode: code }), reason };
  return `,${JSON.stringify(end).slice(1, -1)}`;
}

/**
 * A delivery report for this wire id ends the step: `claimed`, `uncertain` or `accepted` → `settled`, or `queued` for the
 * next step. One of an earlier step that says delivered ends the message as long as the present step is only `queued`.
 */
export function settleByReport(
  store: Store,
  id: string,
  wireId: string,
  outcome: Outcome,
): Promise<SettleAnswer> {
  return settle(store, id, 'report', wireId, outcome);
}

/** The same for whichever message has this wire id at the account; undefined when nobody has it. */
export async function settleByWireId(
  store: Store,
  {
    gateway,
    account,
    wireId,
  }: { readonly gateway: string; readonly account: string; readonly wireId: string },
  outcome: Outcome,
): Promise<{ readonly id: string; readonly answer: SettleAnswer } | undefined> {
  const answer = await persistSettle(store, '', 'report', wireId, outcome, SENT, [
    store.keys.wire(gateway, account, wireId),
  ]);
  if (answer[0] === 'unknown') return undefined;
  const id = String(answer[2]);
  return { id, answer: readSettled(store, answer, id) };
}

/** The gateway refused the claim's own write for good: `claimed` (not a probe) → `settled`, or `queued` for the next step. */
export function settleByRefusal(
  store: Store,
  id: string,
  token: string,
  outcome: Outcome,
): Promise<SettleAnswer> {
  return settle(store, id, 'refused', token, outcome);
}

/**
 * No report within its deadline on the report path's clock: `claimed`, `uncertain` or `accepted` → `settled`, or `queued`
 * for a next step that wants to follow.
 */
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
  /** The step that was not sent; absent for the first. A later one without a record is `notFound`. */
  readonly step?: number;
  /** The step that may follow, where its record does not tell: nothing of the present one was ever claimed. */
  readonly next?: NextStepRecord;
}

/**
 * Ends a step before the wire (expired, refused at the door, opted out): no record or `queued` → `settled`, or `queued`
 * for the next step.
 */
export function settleUnsent(store: Store, message: UnsentMessage, outcome: Outcome): Promise<SettleAnswer> {
  return settle(store, message.id, 'unsent', message.payloadHash, outcome, unsentOf(message));
}

function unsentOf(message: UnsentMessage, jobs: readonly string[] = []): Unsent {
  const { id, step = 0, next } = message;
  return { step, next: encodeNext(id, next), jobs, initial: initialFields(message) };
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
  return settle(store, message.id, 'unsent', message.payloadHash, outcome, unsentOf(message, jobKeys));
}

/** What the record of a message that was never claimed begins with. */
export function initialFields(message: UnsentMessage): RecordFields {
  return {
    h: message.payloadHash,
    ch: message.channel,
    p: String(message.step ?? 0),
    n: '1',
    t0: String(message.enqueuedAt),
    ...(message.job === undefined ? {} : { j: compactJob(message.id, message.job) }),
    ...(message.meta === '' ? {} : { m: message.meta }),
  };
}
