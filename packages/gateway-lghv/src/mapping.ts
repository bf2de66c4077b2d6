import { type Channel, isInternational, type MessageV1, type Problem } from '@pabal/message';
import { type Cipher, type DeliverInput, encodeDeliver } from '@pabal/protocol-lghv';
import { FieldError } from '@pabal/wire';
import type { LghvConfig } from './config.js';

/** Channels with a mapping, and the granted rate (BIND_ACK) that each draws from. */
const carried = { sms: 'sms', lms: 'lms' } as const satisfies Partial<Record<Channel, string>>;

type CarriedChannel = keyof typeof carried;

function isCarried(channel: Channel): channel is CarriedChannel {
  return Object.hasOwn(carried, channel);
}

/** The rate domain of a channel; undefined when this gateway does not carry it. */
export function domainOf(channel: Channel): string | undefined {
  return isCarried(channel) ? carried[channel] : undefined;
}

const SMS_CHANNELS: readonly Channel[] = ['sms'];
const MMS_CHANNELS: readonly Channel[] = ['lms', 'mms', 'alimtalk', 'friendtalk'];

/**
 * Channels that a server of this id carries, of those with a mapping: by the option `servers`, else by its name, since
 * SMS servers are apart from LMS/MMS servers (LGHV 1.3.1, 1.3.2). Empty for a server that nothing is known of.
 */
export function channelsOf(sid: string, servers: LghvConfig['servers']): readonly Channel[] {
  return (servers?.[sid] ?? byName(sid)).filter(isCarried);
}

function byName(sid: string): readonly Channel[] {
  if (/^sms/i.test(sid)) return SMS_CHANNELS;
  return /^mms/i.test(sid) ? MMS_CHANNELS : [];
}

/** Everything that may be sent under this configuration. */
export function carriedChannels(config: LghvConfig): readonly Channel[] {
  const named = Object.values(config.servers ?? {}).flat();
  return (['sms', 'lms'] as const).filter(
    (channel) => config.servers === undefined || named.includes(channel),
  );
}

/** The options that decide how a message is written. */
export type DeliverConfig = Pick<LghvConfig, 'charset' | 'encode' | 'reseller' | 'unmappable'>;

/**
 * A DELIVER frame of this message.
 * @throws FieldError in the words of the message: its field, the limit and what was found.
 */
export function deliverFrame(
  message: MessageV1,
  wireId: string,
  config: DeliverConfig,
  cipher: Cipher,
): Uint8Array<ArrayBuffer> {
  const meaning = contentProblem(message);
  if (meaning)
    throw new FieldError(meaning.field, meaning.rule, meaning.limit ?? 'none', meaning.actual ?? 'given');
  const { charset, encode, unmappable } = config;
  try {
    return encodeDeliver(toDeliver(message, wireId, config), {
      text: { charset, unmappable },
      encode,
      cipher,
    });
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new FieldError(messageFields[error.field] ?? error.field, error.rule, error.limit, error.actual);
  }
}

/** Which field of a message a field of the wire comes from. */
const messageFields: Readonly<Record<string, string>> = { destAddr: 'to', callback: 'from' };

function toDeliver(message: MessageV1, wireId: string, config: DeliverConfig): DeliverInput {
  const common = {
    msgId: wireId,
    destAddr: message.to,
    callback: message.from,
    reseller: message.reseller ?? config.reseller,
    text: message.text,
  };
  if (message.channel === 'lms') return { ...common, deliverType: 'LMS', subject: message.subject ?? '' };
  return { ...common, deliverType: 'SMS', gubun: gubunOf(message) };
}

/** GUBUN of an SMS (LGHV 2.2.3): international, URL callback, domestic. */
function gubunOf(message: MessageV1): '0' | '1' | '3' {
  if (isInternational(message.to)) return '3';
  return message.urlCallback ? '1' : '0';
}

/** Why this gateway cannot carry the message by its meaning; whether its values fit is the codec's to say. */
function contentProblem(message: MessageV1): Problem | undefined {
  const { channel } = message;
  if (!isCarried(channel)) {
    const limit = Object.keys(carried).join(', ');
    const text = `channel must be one of ${limit} for this gateway`;
    return { field: 'channel', rule: 'unsupported-channel', message: text, limit, actual: channel };
  }
  if (!isInternational(message.to)) return undefined;
  if (channel === 'lms') {
    const text = 'to must be a Korean number for an LMS over this gateway';
    return { field: 'to', rule: 'not-korean', message: text };
  }
  if (message.urlCallback) {
    const text = 'urlCallback is for Korean numbers only';
    return { field: 'urlCallback', rule: 'not-for-gateway', message: text };
  }
  return undefined;
}

/** A value that fits, in place of one that does not: so that one look finds every problem. */
const HARMLESS: Partial<MessageV1> = { to: '01000000000', from: '0200000000', text: 'x', subject: '' };

/** Every reason why this gateway cannot carry the message; empty when it can. */
export function messageProblems(
  message: MessageV1,
  config: DeliverConfig,
  cipher: Cipher,
): readonly Problem[] {
  const meaning = contentProblem(message);
  if (meaning) return [meaning];
  const problems: Problem[] = [];
  let candidate = message;
  for (;;) {
    const problem = firstProblem(candidate, config, cipher);
    if (!problem) return problems;
    problems.push(problem);
    const known = Object.entries(HARMLESS).filter(([field]) => field === problem.field);
    if (known.length === 0) return problems;
    candidate = { ...candidate, ...Object.fromEntries(known) };
  }
}

/** A wire id takes the same place whatever its digits. */
const ANY_WIRE_ID = '0';

function firstProblem(message: MessageV1, config: DeliverConfig, cipher: Cipher): Problem | undefined {
  try {
    deliverFrame(message, ANY_WIRE_ID, config, cipher);
    return undefined;
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    const { field, rule, limit, actual } = error;
    return {
      field,
      rule,
      message: `${field} must fit the gateway's field: ${rule} allows ${limit}, it has ${actual}`,
      limit,
      actual,
    };
  }
}
