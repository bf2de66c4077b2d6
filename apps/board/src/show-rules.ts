import { CHANNELS, maskNumber, PRIORITIES, REASONS, RESULT_STATUSES } from '@pabal/message';

/**
 * What the board shows of a value, by the field that it stands in; `undefined` where it does not look as that field
 * must, and so may be anything.
 */
export type Show = (value: string | number) => string | number | undefined;

/** Fields and how they are shown. A field that is not named here is not shown. */
export type ShowRules = ReadonlyMap<string, Show>;

/** Digits with what people put between them; the longest international number has 15 digits. */
const NUMBER = /^\+?[\d\s().-]{3,24}$/;
/** Runs of digits inside an id that are a Korean number, whoever thought that a good id. */
const KOREAN_NUMBER = /^(0\d{8,10}|820?1\d{8,9})$/;
const DIGITS = /\d+/g;
const TOKEN = /^[A-Za-z0-9_.:@/#-]{1,200}$/;
const WORD = /^[A-Za-z][A-Za-z-]{0,39}$/;
const NAME = /^[a-z0-9-]{1,40}$/;
const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;
/** One line in English, without anything that could be a number or a password of digits. */
const PROSE = /^(?!.*\d{7})[\x20-\x7e]{1,500}$/;
/** Below it are limits, sizes and seconds; telephone numbers have eight digits and more. */
const COUNT_LIMIT = 10_000_000;
const EPOCH_MS = { from: 1e12, to: 1e13 } as const;

/** A telephone number with its middle hidden. */
export const phone: Show = (value) => {
  const written = String(value);
  return NUMBER.test(written) ? maskNumber(written.replace(/\D/g, '')) : undefined;
};

/** An id: as it is, except for telephone numbers in it. */
export const token: Show = (value) => {
  const written = String(value);
  return TOKEN.test(written) ? withoutNumbers(written) : undefined;
};

/** The same with the Korean telephone numbers in it masked. */
export function withoutNumbers(written: string): string {
  return written.replace(DIGITS, (run) => (KOREAN_NUMBER.test(run) ? maskNumber(run) : run));
}

export const count: Show = (value) =>
  typeof value === 'number' && Math.abs(value) < COUNT_LIMIT ? value : undefined;

export const time: Show = (value) => {
  if (typeof value === 'number') return value >= EPOCH_MS.from && value < EPOCH_MS.to ? value : undefined;
  return ISO_TIME.test(value) ? value : undefined;
};

export const prose: Show = matching(PROSE);
const word = matching(WORD);
const name = matching(NAME);
/** Reasons of ours, and statuses of HTTP: `http-503`. */
const reason = matching(/^(?!.*\d{4})[A-Za-z][A-Za-z0-9-]{0,39}$/);
const size: Show = (value) => count(value) ?? (typeof value === 'string' ? word(value) : undefined);

const REASON_TEXTS = new Set(Object.values(REASONS).flatMap(({ ko, en }) => [ko, en]));
const reasonText: Show = (value) => (REASON_TEXTS.has(String(value)) ? value : undefined);

/** Sessions go `from` one state `to` another; everything else has numbers there. */
const SESSION_STATES = new Set(['connecting', 'loggingIn', 'ready', 'draining', 'closed', 'backingOff']);
const phoneOrState: Show = (value) => (SESSION_STATES.has(String(value)) ? value : phone(value));

function matching(pattern: RegExp): Show {
  return (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined);
}

function oneOf(values: readonly string[]): Show {
  return (value) => (values.includes(String(value)) ? value : undefined);
}

function fields(show: Show, ...names: string[]): [string, Show][] {
  return names.map((field) => [field, show]);
}

/** Of messages. Anybody may put a job into their queues, so that every field must look as a field of a message does. */
export const MESSAGE_RULES: ShowRules = new Map([
  ...fields(phone, 'to', 'from', 'optOutNumber', 'footer', 'recipient', 'sender', 'callback', 'phone'),
  ...fields(token, 'id', 'files', 'templateCode', 'messageBaseId'),
  ...fields(name, 'gateway', 'route', 'replyTo'),
  ...fields(oneOf(CHANNELS), 'channel'),
  ...fields(oneOf(PRIORITIES), 'priority'),
  ...fields(oneOf(['stop', 'send']), 'onUnknown'),
  ...fields(oneOf(['realtime', 'push', 'polling']), 'delivery'),
  ...fields(matching(/^[A-Z]{3}$/), 'currency'),
  ...fields(matching(/^\d{1,4}$/), 'nationCode'),
  ...fields(count, 'v', 'ttlSeconds', 'timeoutSeconds', 'price'),
  ...fields(time, 'sendAt', 'expiresAt', 'enqueuedAt'),
]);

/** Of results and events: only the fleet writes those, and its own words name fields and limits, never content. */
export const FLEET_RULES: ShowRules = new Map([
  ...MESSAGE_RULES,
  ...fields(phoneOrState, 'to', 'from'),
  ...fields(oneOf(RESULT_STATUSES), 'status', 'settledAs'),
  ...fields(token, 'wireId', 'gatewayMessageId', 'gatewayCode', 'code', 'loginRefused', 'carrier', 'field'),
  ...fields(token, 'account', 'agent', 'session', 'owner', 'queue'),
  ...fields(word, 'certainty', 'rule'),
  ...fields(reason, 'reason'),
  ...fields(name, 'name', 'webhook'),
  ...fields(reasonText, 'ko', 'en'),
  ...fields(prose, 'message', 'problem'),
  ...fields(size, 'limit', 'actual'),
  ...fields(count, 'repeated', 'failures'),
  ...fields(
    time,
    'at',
    'since',
    'acceptedAt',
    'reportedAt',
    'deliveredAt',
    'enqueued',
    'sent',
    'accepted',
    'delivered',
  ),
  ...fields(time, 'reported'),
]);

/** Of BullMQ's options of a job. */
export const OPTION_RULES: ShowRules = new Map([
  ...fields(token, 'jobId', 'id'),
  ...fields(count, 'attempts', 'priority', 'count', 'age', 'keepLogs', 'sizeLimit', 'stackTraceLimit'),
  // Waits of up to 60 days and memories of a week: milliseconds that are no telephone number's business.
  ...fields((value) => (typeof value === 'number' ? value : undefined), 'delay', 'ttl'),
  ...fields(time, 'timestamp'),
  ...fields(word, 'type'),
]);
