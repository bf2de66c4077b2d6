import { reassert, reassertClaim } from './assert.js';
import { OPTED_OUT } from './opt-out.js';
import { type BurstCheck, burstOf, RECIPIENT_BUSY } from './recipient-burst.js';
import type { CommercialMark, MessageRecord, NextStepRecord, RecordFields } from './record.js';
import { compactJob, encodeCommercial, encodeNext, fieldsOf, readRecord } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

/** Everything a claim writes down before the first byte of a submit leaves. */
export interface ClaimRequest {
  readonly id: string;
  /** Unique per intention to write: the same token may claim again (an answer was lost, or came too late to write). */
  readonly token: string;
  readonly job: { readonly queue: string; readonly id: string; readonly token: string };
  readonly lease: { readonly resource: string; readonly value: string };
  readonly payloadHash: string;
  readonly channel: string;
  readonly step: number;
  readonly attempt: number;
  readonly gateway: string;
  readonly account: string;
  readonly agent: string;
  readonly sessionId: string;
  readonly wireId: string;
  /** Epoch ms; nothing is claimed at or after it. Probes ignore it: what may have been sent cannot expire. */
  readonly expiresAt?: number;
  /** How long its report may take from this claim, ms of report-path time. A probe keeps what the first claim wrote down. */
  readonly reportDeadlineMs: number;
  readonly enqueuedAt: number;
  /** JSON of ResultMeta, or empty. */
  readonly meta: string;
  /** Present for a commercial message: it is not sent to a recipient who opted out. */
  readonly commercial?: CommercialMark;
  /** The step after this one, kept in the record from now on. */
  readonly next?: NextStepRecord;
  /** Present where all agents of the account count together how often a recipient is written to. */
  readonly burst?: BurstCheck;
}

/** A probe: the message may have been written before, under this very wire id. */
export interface ProbeRequest extends ClaimRequest {
  /** Fleet time of the login of the session that would carry it. */
  readonly loginAt: number;
  readonly duplicateMemoryMs: number;
}

export type ClaimAnswer =
  /** Ours: write now. `at` is fleet time. */
  | { readonly kind: 'claimed'; readonly at: number; readonly firstClaimedAt: number }
  /** The job is no longer ours: somebody else runs it. Do nothing. */
  | { readonly kind: 'lostLock' }
  /** The agent is no longer ours: write nothing on its sessions. */
  | { readonly kind: 'lostLease' }
  | { readonly kind: 'expired' }
  /** A commercial message, and the recipient opted out of such. A probe is never told so: it asks, it sends nothing new. */
  | { readonly kind: 'optedOut' }
  /** The account has written to this recipient as often as it may: nothing before so many ms. */
  | { readonly kind: 'recipientBusy'; readonly ms: number }
  /** Another payload under this id. */
  | { readonly kind: 'conflict'; readonly record: MessageRecord }
  /** The record says another attempt number: derive the wire id anew. */
  | { readonly kind: 'attempt'; readonly record: MessageRecord }
  /** Another message has this wire id: take the next salt. */
  | { readonly kind: 'collision' }
  /** The record is further than a claim may find it: claimed by another, uncertain, accepted, settled, or at another step. */
  | { readonly kind: 'taken'; readonly record: MessageRecord }
  /** A probe or a later step, and no record: it was settled long ago; never send it. */
  | { readonly kind: 'gone' }
  /** Probe only: this login is another one than the claim's, and not later than the claim. */
  | { readonly kind: 'tooEarly' }
  /** Probe only: older than the gateway remembers wire ids. */
  | { readonly kind: 'tooOld' };

// KEYS  1 record  2 job lock  3 lease  4 wire index  5 opt-outs of the recipient  6 burst of the recipient, if counted here
// ARGV  1 prefix 2 id 3 job token 4 lease value 5 claim token 6 payload hash 7 attempt 8 gateway 9 account 10 agent
//       11 session 12 wire id 13 channel 14 step 15 expiresAt or '' 16 report deadline ms 17 enqueued 18 job 19 meta
//       20 opt-out number, '*', or '' when not commercial 21 mark of a commercial message or '' 22 next step or ''
//       23-25 limit, window and memory of the burst, if counted here
const FIRST_CLAIM = script(
  'claim',
  `${OPTED_OUT}${RECIPIENT_BUSY}
if redis.call('GET', KEYS[2]) ~= ARGV[3] then return {'lostLock'} end
if once('GET', KEYS[3]) ~= ARGV[4] then return {'lostLease'} end
local r = redis.call('HMGET', KEYS[1], 's', 'h', 'tk', 'n', 'pb', 'tf', 'g', 'k', 'w', 'p', 'v')
local state = r[1]
local mine = state == 'c' and r[3] == ARGV[5] and not r[5]
if state then
  if r[2] ~= ARGV[6] then return {'conflict', redis.call('HGETALL', KEYS[1])} end
  if (state ~= 'q' and not mine) or r[10] ~= ARGV[14] then return {'taken', redis.call('HGETALL', KEYS[1])} end
  if r[4] ~= ARGV[7] then return {'attempt', redis.call('HGETALL', KEYS[1])} end
elseif ARGV[14] ~= '0' then
  return {'gone'}
end
if ARGV[15] ~= '' and tonumber(ARGV[15]) <= now then return {'expired'} end
if ARGV[20] ~= '' and optedOut(KEYS[5], ARGV[20]) then return {'optedOut'} end
if ARGV[23] then
  local busy = recipientBusy(KEYS[6], ARGV[12], ARGV[23], ARGV[24], ARGV[25])
  if busy > 0 then return {'recipientBusy', busy} end
end
if redis.call('SETNX', KEYS[4], ARGV[2]) == 0 and redis.call('GET', KEYS[4]) ~= ARGV[2] then return {'collision'} end
local first = now
if mine and r[7] == ARGV[8] and r[8] == ARGV[9] and r[9] == ARGV[12] then
  first = r[6]
elseif mine then
  -- The same intention, now by another way: nothing was written by the first one.
  redis.call('DEL', ARGV[1] .. ':w:' .. r[7] .. '/' .. r[8] .. ':' .. r[9])
  redis.call('ZREM', ARGV[1] .. ':deadlines:' .. r[7], ARGV[2])
end
local version = (r[11] or 0) + 1
local function write(...)
  redis.call('HSET', KEYS[1], 's', 'c', 'v', version, 'h', ARGV[6], 'n', ARGV[7], 'g', ARGV[8], 'k', ARGV[9], 'ag', ARGV[10],
    'e', ARGV[11], 'w', ARGV[12], 'ch', ARGV[13], 'p', ARGV[14], 'tk', ARGV[5], 'tf', first, 'tc', now, 'j', ARGV[18],
    'd', ARGV[16], ...)
end
if state then write() elseif ARGV[19] == '' then write('t0', ARGV[17]) else write('t0', ARGV[17], 'm', ARGV[19]) end
if ARGV[21] ~= '' then redis.call('HSET', KEYS[1], 'c', ARGV[21]) end
if ARGV[22] ~= '' then redis.call('HSET', KEYS[1], 'f', ARGV[22]) elseif state then redis.call('HDEL', KEYS[1], 'f') end
local path = tonumber(once('HGET', ARGV[1] .. ':path:' .. ARGV[8], 'v') or '0')
redis.call('ZADD', ARGV[1] .. ':deadlines:' .. ARGV[8], path + ARGV[16], ARGV[2])
if state then return {'claimed', now, first, version, redis.call('HGETALL', KEYS[1])} end
return {'claimed', now, first, version}
`,
);

// KEYS 1-4 and ARGV 1-19 as above; KEYS 5 burst of the recipient; ARGV 20 login time 21 duplicate memory ms 22-24 of the burst
const PROBE_CLAIM = script(
  'probe',
  `${RECIPIENT_BUSY}
if redis.call('GET', KEYS[2]) ~= ARGV[3] then return {'lostLock'} end
if redis.call('GET', KEYS[3]) ~= ARGV[4] then return {'lostLease'} end
local r = redis.call('HMGET', KEYS[1], 's', 'k', 'w', 'tk', 'pb', 'np', 'tf', 'tc', 'g', 'h', 'e', 'd')
local state = r[1]
if not state then return {'gone'} end
if r[10] ~= ARGV[6] then return {'conflict', redis.call('HGETALL', KEYS[1])} end
local mine = state == 'c' and r[4] == ARGV[5] and r[5]
if not mine then
  if (state ~= 'c' and state ~= 'u') or r[6] or r[9] ~= ARGV[8] or r[2] ~= ARGV[9] or r[3] ~= ARGV[12] then
    return {'taken', redis.call('HGETALL', KEYS[1])}
  end
  -- On the very connection of the claim the order of bytes is kept; any other must have been opened after it.
  if tonumber(r[8]) >= tonumber(ARGV[20]) and r[11] ~= ARGV[11] then return {'tooEarly'} end
end
if now - tonumber(r[7]) >= tonumber(ARGV[21]) then return {'tooOld'} end
if ARGV[22] then
  local busy = recipientBusy(KEYS[5], ARGV[12], ARGV[22], ARGV[23], ARGV[24])
  if busy > 0 then return {'recipientBusy', busy} end
end
local before = r[8]
if mine then before = r[5] end
local version = redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('HSET', KEYS[1], 's', 'c', 'pb', before, 'tk', ARGV[5], 'e', ARGV[11], 'tc', now, 'ag', ARGV[10], 'j', ARGV[18])
-- The gateway may take it only now, and who dies before the answer leaves nobody to tell: its report has its whole time from here.
local path = tonumber(redis.call('HGET', ARGV[1] .. ':path:' .. ARGV[8], 'v') or '0')
redis.call('ZADD', ARGV[1] .. ':deadlines:' .. ARGV[8], path + r[12], ARGV[2])
return {'claimed', now, r[7], version, redis.call('HGETALL', KEYS[1])}
`,
);

/**
 * Claims a message for one write: the last thing before the bytes, in one step. The job's lock, the agent's lease,
 * the record, expiry and cancellation are all checked in it (a cancelled message is settled and so `taken`).
 * Throws StoreUnavailable when Redis did not answer: then nothing may be written, and the same token may try again.
 */
export async function claim(store: Store, request: ClaimRequest): Promise<ClaimAnswer> {
  const { commercial } = request;
  const burst = burstOf(store.keys, request);
  const keys = [
    ...claimKeys(store, request),
    commercial ? store.keys.optOut(commercial.recipient) : '',
    ...burst.keys,
  ];
  const args = [
    ...claimArguments(store, request),
    commercial?.optOutNumber ?? '',
    encodeCommercial(commercial),
    encodeNext(request.id, request.next),
    ...burst.args,
  ];
  const answer = await store.run(FIRST_CLAIM, keys, args);
  return readClaimAnswer(store, request, answer);
}

/** Claims an uncertain message for another offer under the same wire id over a later login. See {@link claim}. */
export async function claimProbe(store: Store, request: ProbeRequest): Promise<ClaimAnswer> {
  const burst = burstOf(store.keys, request);
  const keys = [...claimKeys(store, request), ...burst.keys];
  const { loginAt, duplicateMemoryMs } = request;
  const args = [...claimArguments(store, request), loginAt, duplicateMemoryMs, ...burst.args];
  return readClaimAnswer(store, request, await store.run(PROBE_CLAIM, keys, args));
}

function claimKeys(store: Store, request: ClaimRequest): string[] {
  const { keys } = store;
  return [
    keys.record(request.id),
    keys.jobLock(request.job.queue, request.job.id),
    keys.lease(request.lease.resource),
    keys.wire(request.gateway, request.account, request.wireId),
  ];
}

function claimArguments(store: Store, request: ClaimRequest): (string | number)[] {
  return [
    store.keys.prefix,
    request.id,
    request.job.token,
    request.lease.value,
    request.token,
    request.payloadHash,
    request.attempt,
    request.gateway,
    request.account,
    request.agent,
    request.sessionId,
    request.wireId,
    request.channel,
    request.step,
    request.expiresAt ?? '',
    request.reportDeadlineMs,
    request.enqueuedAt,
    compactJob(request.id, `${request.job.queue}:${request.job.id}`),
    request.meta,
  ];
}

function readClaimAnswer(store: Store, request: ClaimRequest, answer: readonly unknown[]): ClaimAnswer {
  const kind = String(answer[0]);
  switch (kind) {
    case 'claimed': {
      const at = Number(answer[1]);
      const firstClaimedAt = Number(answer[2]);
      const [, , , version, flat] = answer;
      if (Array.isArray(flat)) reassert(store, request.id, fieldsOf(flat));
      else reassertClaim(store, request.id, () => firstFields(request, at, String(version)));
      return { kind, at, firstClaimedAt };
    }
    case 'recipientBusy':
      return { kind, ms: Number(answer[1]) };
    case 'lostLock':
    case 'lostLease':
    case 'expired':
    case 'optedOut':
    case 'collision':
    case 'gone':
    case 'tooEarly':
    case 'tooOld':
      return { kind };
    case 'conflict':
    case 'attempt':
    case 'taken':
      return { kind, record: requireRecord(request.id, answer[1]) };
    default:
      throw new Error(`claim answered ${kind}`);
  }
}

/** The record as the step has just made it from nothing. */
function firstFields(request: ClaimRequest, at: number, version: string): RecordFields {
  return {
    s: 'c',
    v: version,
    h: request.payloadHash,
    n: String(request.attempt),
    g: request.gateway,
    k: request.account,
    ag: request.agent,
    e: request.sessionId,
    w: request.wireId,
    ch: request.channel,
    p: String(request.step),
    tk: request.token,
    tf: String(at),
    tc: String(at),
    j: compactJob(request.id, `${request.job.queue}:${request.job.id}`),
    d: String(request.reportDeadlineMs),
    t0: String(request.enqueuedAt),
    ...(request.meta === '' ? {} : { m: request.meta }),
    ...(request.commercial === undefined ? {} : { c: encodeCommercial(request.commercial) }),
    ...(request.next === undefined ? {} : { f: encodeNext(request.id, request.next) }),
  };
}

function requireRecord(id: string, flat: unknown): MessageRecord {
  const record = readRecord(id, fieldsOf(flat as unknown[]));
  if (!record) throw new Error('a step answered with a record that does not exist');
  return record;
}
