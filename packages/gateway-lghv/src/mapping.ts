import type { Problem } from '@pabal/message';
import { isInternational, type MessageV1 } from '@pabal/message';
import { type Cipher, type DeliverInput, encodeDeliver } from '@pabal/protocol-lghv';
import { FieldError, type TextOptions } from '@pabal/wire';
import type { LghvConfig } from './config.js';
import { kakaoProblems } from './kakao-problems.js';
import { CARRIED_CHANNELS, isCarried } from './lanes.js';
import { kakaoDeliver } from './mapping-kakao.js';
import { type ImagePart, mmsDeliver, mmsProblems } from './mapping-mms.js';
import { problemOf } from './mapping-problem.js';
import { lmsDeliver, smsDeliver, smsProblems } from './mapping-text.js';

/** The options that decide how a message is written. */
export type DeliverConfig = Pick<
  LghvConfig,
  'alimtalkType' | 'charset' | 'encode' | 'kakaoUrlImage' | 'mmsLength' | 'reseller' | 'unmappable'
>;

/**
 * A DELIVER frame of this message.
 * @param images one for each of the message's files, in their order.
 * @throws FieldError in the words of the message: its field, the limit and what was found.
 */
export function deliverFrame(
  message: MessageV1,
  wireId: string,
  config: DeliverConfig,
  cipher: Cipher,
  images: readonly ImagePart[] = [],
): Uint8Array<ArrayBuffer> {
  const [meaning] = meaningProblems(message, config);
  if (meaning)
    throw new FieldError(meaning.field, meaning.rule, meaning.limit ?? 'none', meaning.actual ?? 'given');
  const { length: expected } = message.files ?? [];
  if (images.length !== expected) throw new FieldError('files', 'attached', expected, images.length);
  return encodeMessage(message, wireId, config, cipher, images);
}

/** The same without asking whether the message means something that this gateway can carry. */
export function encodeMessage(
  message: MessageV1,
  wireId: string,
  config: DeliverConfig,
  cipher: Cipher,
  images: readonly ImagePart[],
): Uint8Array<ArrayBuffer> {
  const { charset, encode, mmsLength, unmappable } = config;
  const text: TextOptions = { charset, unmappable };
  try {
    const input = toDeliver(message, wireId, { ...config, text }, images);
    return encodeDeliver(input, { text, encode, cipher, mmsLength });
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new FieldError(fieldOfMessage(error.field), error.rule, error.limit, error.actual);
  }
}

/** Which field of a message a field of the wire comes from. */
const messageFields: Readonly<Record<string, string>> = {
  destAddr: 'to',
  callback: 'from',
  kSubject: 'subject',
  senderKey: 'kakao.senderKey',
  templateCode: 'kakao.templateCode',
  btnData: 'kakao.buttons',
  button: 'kakao.buttons',
  extend: 'kakao',
  data: 'files',
};

function fieldOfMessage(wireField: string): string {
  return messageFields[wireField] ?? wireField;
}

function toDeliver(
  message: MessageV1,
  wireId: string,
  config: DeliverConfig & { readonly text: TextOptions },
  images: readonly ImagePart[],
): DeliverInput {
  const numbers = { msgId: wireId, destAddr: message.to, callback: message.from };
  const reseller = message.reseller ?? config.reseller;
  switch (message.channel) {
    case 'sms':
      return smsDeliver(message, numbers, reseller);
    case 'lms':
      return lmsDeliver(message, numbers, reseller);
    case 'mms':
      return mmsDeliver(message, numbers, reseller, images);
    default:
      return kakaoDeliver(message, numbers, config, images);
  }
}

/** Why this gateway cannot carry what the message means; whether its values fit is the codec's to say. */
export function meaningProblems(message: MessageV1, config: DeliverConfig): readonly Problem[] {
  const { channel } = message;
  if (!isCarried(channel)) {
    const limit = CARRIED_CHANNELS.join(', ');
    return [
      problemOf('channel', 'unsupported-channel', `must be one of ${limit} for this gateway`, {
        limit,
        actual: channel,
      }),
    ];
  }
  const abroad = channel !== 'sms' && isInternational(message.to);
  const own = abroad ? [problemOf('to', 'not-korean', `must be a Korean number for ${channel}`)] : [];
  switch (channel) {
    case 'sms':
      return smsProblems(message);
    case 'lms':
      return own;
    case 'mms':
      return [...own, ...mmsProblems(message)];
    case 'alimtalk':
    case 'friendtalk':
      return [...own, ...kakaoProblems(message, config)];
    default:
      return channel satisfies never;
  }
}
