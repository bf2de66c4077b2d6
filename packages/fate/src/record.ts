import type { Problem, WebhookPart } from '@pabal/message';

/**
 * The record: one small hash per message, keyed by message id. It is made by the first claim (a message that only
 * waits in its queue has none), and after settling it stays as a tombstone that refuses every further claim.
 *
 * Field names are one or two letters because a fleet holds millions of records; this table is their only meaning.
 */

/** `queued → claimed → accepted → settled`, with `uncertain` beside `claimed`. */
export type RecordState = 'queued' | 'claimed' | 'uncertain' | 'accepted' | 'settled';

const STATE_LETTERS = { q: 'queued', c: 'claimed', u: 'uncertain', a: 'accepted', x: 'settled' } as const;
export type StateLetter = keyof typeof STATE_LETTERS;

/** Field names in Redis and what they hold. */
export const RECORD_FIELDS = {
  s: 'state, one letter: q c u a x',
  v: 'version, one more at each step: of two copies the higher one is the later',
  h: 'hash of the payload: tells a repeat from a conflict',
  ch: 'channel',
  p: 'step of the fallback chain, from 0',
  n: 'attempt within the step, from 1; a throttle answer costs none',
  g: 'gateway',
  k: 'account on that gateway',
  ag: 'agent within the account',
  w: 'wire id (MSG_ID, UserMsgId)',
  e: 'session that it was claimed for',
  tk: 'claim token: whose claim this is, only while claimed',
  pb: 'present while the claim is a probe, since the message may have been written before: the claim before it, epoch ms',
  np: 'present when no further probe is to be made: only a report or the deadline ends it',
  o: 'how often this recipient was told to get too many (LGHV 17 on a certain first write)',
  t0: 'enqueued, epoch ms',
  tf: 'first claim of this wire id, epoch ms: the age of an uncertain submit counts from here',
  tc: 'last claim, epoch ms',
  ta: 'accepted, epoch ms',
  ts: 'settled, epoch ms',
  d: 'how long after the last claim its report may come, ms of report-path time',
  j: 'queue and job that carry it: `<queue>:<job id>`; a `*` at its end stands for the message id',
  m: 'what the result needs: JSON {replyTo, webhook, ref, userData}; dropped once the result is published',
  c: 'of a commercial message only, its recipient and opt-out number: `<recipient>/<number or *>`; dropped once the result is published',
  at: 'earlier attempts, JSON array',
  f: 'the next step, only while one is left: `<step> <channel> <s: also after unknown, n: not> <queue>:<job id> <JSON of its job>`; of a message that waits for its step to be put into a queue, that step',
  fu: 'reason for which an earlier step ended `unknown`: whatever comes after it, nobody can say that the message did not arrive',
  ew: 'wire ids of earlier steps, a line each: `<channel>=<gateway>/<account>:<wire id>`',
  ej: 'jobs of earlier steps, a line each, as in `j`',
  r: 'outcome, once settled: JSON array [status letter, reason or 0 where it is the status, settler letters, code, carrier, deliveredAt, problems]',
} as const;

export type RecordFieldName = keyof typeof RECORD_FIELDS;
/** A record as Redis holds it. */
export type RecordFields = Partial<Record<RecordFieldName, string>>;

/** Why and by what a message ended. */
export interface Outcome {
  readonly status: 'delivered' | 'failed' | 'expired' | 'cancelled' | 'unknown';
  /** Stable reason code of the message package. */
  readonly reason: string;
  /** What settled it. */
  readonly by: 'report' | 'ack' | 'deadline' | 'expiry' | 'cancel' | 'refusal';
  /** The gateway's code, verbatim. */
  readonly code?: string;
  readonly carrier?: string;
  /** Epoch ms. */
  readonly deliveredAt?: number;
  /** Of a message refused before any gateway: the rules that it breaks, never its content. */
  readonly problems?: readonly Problem[];
}

/** One finished attempt, as results list it. */
export interface AttemptRecord {
  readonly channel: string;
  readonly gateway: string;
  readonly wireId: string;
  readonly gatewayCode?: string;
  /** Epoch ms of the claim. */
  readonly at: number;
  /** Step of the fallback chain; absent for the first. */
  readonly step?: number;
  /** Of the last attempt of a step that ended without success: what it ended by. */
  readonly reason?: string;
  /** Epoch ms. */
  readonly acceptedAt?: number;
  /** Epoch ms. */
  readonly reportedAt?: number;
}

/** What a result needs and no later step knows. */
export interface ResultMeta {
  readonly replyTo?: string;
  readonly webhook?: WebhookPart;
  readonly ref?: string;
  readonly userData?: string;
}

/** Whom a commercial message went to, and which opt-out number it named. */
export interface CommercialMark {
  /** Digits. Never logged. */
  readonly recipient: string;
  /** Digits; `*` when the message named none. */
  readonly optOutNumber: string;
}

/** A step of the chain that has not begun, as the record keeps it. */
export interface NextStepRecord {
  readonly step: number;
  readonly channel: string;
  /** Does it follow also when the step before it ends `unknown`? */
  readonly onUnknown: 'stop' | 'send';
  /** `<queue>:<job id>` of the job that will carry it. */
  readonly job: string;
  /** What that job needs, JSON. Only whoever wrote it reads it. */
  readonly payload: string;
}

/** A record in plain words. */
export interface MessageRecord {
  readonly id: string;
  readonly state: RecordState;
  readonly version: number;
  readonly payloadHash: string;
  readonly channel: string;
  readonly step: number;
  readonly attempt: number;
  readonly gateway?: string;
  readonly account?: string;
  readonly agent?: string;
  readonly wireId?: string;
  readonly sessionId?: string;
  readonly claimToken?: string;
  readonly probing: boolean;
  readonly probeEnded: boolean;
  readonly tooOften: number;
  readonly enqueuedAt?: number;
  readonly firstClaimedAt?: number;
  readonly claimedAt?: number;
  readonly acceptedAt?: number;
  readonly settledAt?: number;
  readonly job?: string;
  readonly meta: ResultMeta;
  /** Of a commercial message, until its result is published. */
  readonly commercial?: CommercialMark;
  readonly attempts: readonly AttemptRecord[];
  /** The step that follows, or that is to be put into its queue. */
  readonly next?: NextStepRecord;
  readonly outcome?: Outcome;
}

/** Turns the flat answer of HGETALL inside a Lua step into fields; undefined when the record does not exist. */
export function fieldsOf(flat: readonly unknown[]): RecordFields | undefined {
  if (flat.length === 0) return undefined;
  const fields: Record<string, string> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) fields[String(flat[i])] = String(flat[i + 1]);
  return fields;
}

export function stateOf(letter: string | undefined): RecordState | undefined {
  return letter === undefined || !Object.hasOwn(STATE_LETTERS, letter)
    ? undefined
    : STATE_LETTERS[letter as StateLetter];
}

/** A job as the record keeps it: most job ids end with the message id, which the key names already. */
export function compactJob(id: string, job: string): string {
  return job.endsWith(id) ? `${job.slice(0, -id.length)}*` : job;
}

function expandJob(id: string, job: string): string {
  return job.endsWith('*') ? job.slice(0, -1) + id : job;
}

/**
 * Lua: does a job still stand in a queue that a record names in its fields `j` and `ej`, or one of those in ARGV from `first`
 * on, in which a repeat may stand, or a batch that holds the message?
 */
export const JOB_STANDS = `
local function jobStands(prefix, id, job, earlier, first)
  local keys = {}
  for name in string.gmatch((job or '') .. '\\n' .. (earlier or ''), '[^\\n]+') do
    if string.sub(name, -1) == '*' then name = string.sub(name, 1, -2) .. id end
    keys[#keys + 1] = prefix .. ':' .. name
  end
  for i = first, #ARGV do keys[#keys + 1] = prefix .. ':' .. ARGV[i] end
  local batch = redis.call('HGET', prefix .. ':batched', id)
  if batch then keys[#keys + 1] = prefix .. ':' .. batch end
  return #keys > 0 and redis.call('EXISTS', unpack(keys)) > 0
end
`;

/** Lua: a message that has its result waits once more: its record stays as long as that job does, whatever its time. */
export const KEEP_FOR_REPEAT = `
local function keepForRepeat(prefix, id)
  local left = redis.call('PTTL', prefix .. ':m:' .. id)
  if left <= 0 then return end
  redis.call('PERSIST', prefix .. ':m:' .. id)
  redis.call('ZADD', prefix .. ':graves', now + left, id)
end
`;

/**
 * Lua: the wire-id indexes of a record: of its present or last wire id, and of those of earlier steps (`ew`). None of a tombstone
 * that has lost its account: their time runs already.
 */
export const WIRE_KEYS = `
local function wireKeys(prefix, gateway, account, wire, earlier)
  local keys = {}
  if wire and account then keys[1] = prefix .. ':w:' .. gateway .. '/' .. account .. ':' .. wire end
  for way in string.gmatch(earlier or '', '=([^\\n]+)') do keys[#keys + 1] = prefix .. ':w:' .. way end
  return keys
end
`;

const OUTCOME_LETTERS = { delivered: 'd', failed: 'f', expired: 'e', cancelled: 'c', unknown: 'u' } as const;
const SETTLER_LETTERS = {
  report: 'r',
  ack: 'a',
  deadline: 'd',
  expiry: 'e',
  cancel: 'c',
  refusal: 'f',
} as const satisfies Record<Outcome['by'], string>;

function nameOf<N extends string>(letters: Readonly<Record<N, string>>, letter: string): N {
  for (const name in letters) if (letters[name] === letter) return name;
  throw new Error('an outcome that no version of this program has written');
}

/** An outcome as the record keeps it. */
export function encodeOutcome(outcome: Outcome): string {
  const { status, reason, by, code, carrier, deliveredAt, problems } = outcome;
  const values: unknown[] = [
    OUTCOME_LETTERS[status],
    reason === status ? 0 : reason,
    SETTLER_LETTERS[by],
    code,
    carrier,
    deliveredAt,
    problems,
  ];
  while (values.at(-1) === undefined) values.pop();
  return JSON.stringify(values);
}

function decodeOutcome(text: string): Outcome {
  const [statusLetter, reason, byLetters, code, carrier, deliveredAt, problems] = JSON.parse(text) as [
    string,
    string | 0,
    string,
    (string | null)?,
    (string | null)?,
    (number | null)?,
    Outcome['problems']?,
  ];
  const status = nameOf(OUTCOME_LETTERS, statusLetter);
  return {
    status,
    reason: reason === 0 ? status : reason,
    by: nameOf(SETTLER_LETTERS, byLetters),
    ...(code == null ? {} : { code }),
    ...(carrier == null ? {} : { carrier }),
    ...(deliveredAt == null ? {} : { deliveredAt }),
    ...(problems === undefined ? {} : { problems }),
  };
}

/** A commercial message as the record marks it; empty for any other one. */
export function encodeCommercial(mark: CommercialMark | undefined): string {
  return mark === undefined ? '' : `${mark.recipient}/${mark.optOutNumber}`;
}

function decodeCommercial(text: string): CommercialMark {
  const [recipient = '', optOutNumber = ''] = text.split('/');
  return { recipient, optOutNumber };
}

/** A step that is to follow, as the record keeps it; empty for none. */
export function encodeNext(id: string, next: NextStepRecord | undefined): string {
  if (!next) return '';
  const { step, channel, onUnknown, job, payload } = next;
  return `${step} ${channel} ${onUnknown === 'send' ? 's' : 'n'} ${compactJob(id, job)} ${payload}`;
}

function decodeNext(id: string, text: string): NextStepRecord {
  const [, step, channel = '', unknown, job = '', payload = ''] =
    /^(\d+) (\S+) (\S) (\S+) (.*)$/s.exec(text) ?? [];
  return {
    step: Number(step),
    channel,
    onUnknown: unknown === 's' ? 'send' : 'stop',
    job: expandJob(id, job),
    payload,
  };
}

/**
 * How the whole message ended: after a step that ended `unknown` a later one's failure, its expiry or its cancellation
 * says nothing of that earlier one.
 */
function underDoubt(outcome: Outcome, reason: string | undefined): Outcome {
  if (reason === undefined || outcome.status === 'delivered' || outcome.status === 'unknown') return outcome;
  return { ...outcome, status: 'unknown', reason };
}

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** Reads a record; undefined when there is none. */
export function readRecord(id: string, fields: RecordFields | undefined): MessageRecord | undefined {
  const state = stateOf(fields?.s);
  if (!fields || !state) return undefined;
  const optional = {
    gateway: fields.g,
    account: fields.k,
    agent: fields.ag,
    wireId: fields.w,
    sessionId: fields.e,
    claimToken: fields.tk,
    enqueuedAt: number(fields.t0),
    firstClaimedAt: number(fields.tf),
    claimedAt: number(fields.tc),
    acceptedAt: number(fields.ta),
    settledAt: number(fields.ts),
    job: fields.j === undefined ? undefined : expandJob(id, fields.j),
    commercial: fields.c === undefined ? undefined : decodeCommercial(fields.c),
    next: fields.f === undefined ? undefined : decodeNext(id, fields.f),
    outcome: fields.r === undefined ? undefined : underDoubt(decodeOutcome(fields.r), fields.fu),
  };
  return {
    id,
    state,
    version: Number(fields.v ?? 0),
    payloadHash: fields.h ?? '',
    channel: fields.ch ?? '',
    step: Number(fields.p ?? 0),
    attempt: Number(fields.n ?? 1),
    probing: fields.pb !== undefined,
    probeEnded: fields.np !== undefined,
    tooOften: Number(fields.o ?? 0),
    meta: fields.m === undefined ? {} : (JSON.parse(fields.m) as ResultMeta),
    attempts: fields.at === undefined ? [] : (JSON.parse(fields.at) as AttemptRecord[]),
    ...withoutUndefined(optional),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
function withoutUndefined<T extends object>(values: T): Defined<T> {
  const defined: Defined<T> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) defined[name] = value as Exclude<T[typeof name], undefined>;
  }
  return defined;
}

/**
 * Is the present step of this message still to be put into its queue, as far as the record tells? Its first claim writes
 * down the step after it instead.
 */
export function awaitsItsQueue({ state, step, next }: MessageRecord): boolean {
  return state === 'queued' && next?.step === step;
}

/** What the result needs of a message, as the record keeps it. */
export function metaOf(message: {
  readonly replyTo?: string | undefined;
  readonly webhook?: WebhookPart | undefined;
  readonly ref?: string | undefined;
  readonly userData?: string | undefined;
}): string {
  const { replyTo, webhook, ref, userData } = message;
  const meta = { replyTo, webhook, ref, userData };
  if (Object.values(meta).every((value) => value === undefined)) return '';
  return JSON.stringify(
    meta satisfies {
      [K in keyof ResultMeta]: ResultMeta[K] | undefined;
    },
  );
}
