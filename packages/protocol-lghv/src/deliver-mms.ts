import {
  chars,
  choice,
  constant,
  countOf,
  digits,
  FieldError,
  type PacketOf,
  packet,
  personal,
  repeated,
  reserved,
  text,
} from '@pabal/wire';
import { CONTENTS_TYPES, type ContentsType, contentsTypeOf } from './contents-type.js';
import { deliverPart, MAX_PARTS, sealParts } from './deliver-parts.js';
import { encodeFrame, MAX_BODY_BYTES } from './header.js';
import type { PartInput } from './part-input.js';
import {
  checkBytes,
  type DeliverOptions,
  needValue,
  PLAIN_LIMITS,
  sealKey,
  sealNumber,
  sealText,
} from './sealing.js';

const contentsTypes = Object.keys(CONTENTS_TYPES) as ContentsType[];
const parts = repeated('parts', deliverPart, { min: 1, max: MAX_PARTS, countedBy: 'dataCnt' });

/** DELIVER MMS, 281 bytes + parts (LGHV 2.2.5). */
export const deliverMms = packet('DELIVER MMS', [
  choice('encode', 1, ['0', '1', '2', '9']), //   0   1  1: numbers, 2: and the subject, 9: and the texts
  constant('deliverType', 4, 'MMS'), //   1   4
  digits('msgId', 20), //   5  20
  choice('gubun', 1, ['0']), //  25   1
  choice('contentsType', 4, contentsTypes), //  26   4  see CONTENTS_TYPES
  personal(chars('destAddr', 50)), //  30  50
  personal(chars('callback', 40)), //  80  40
  chars('reseller', 10), // 120  10
  personal(text('subject', 150)), // 130 150  at most 50 when not encrypted
  countOf('dataCnt', 1, 'parts'), // 280   1  1 to 4
  parts, // 281
]);
export type DeliverMms = PacketOf<typeof deliverMms>;

/** DELIVER KFI and KFW, FriendTalk with an image: 281 bytes + parts (LGHV 2.2.5). */
export const deliverKakaoImage = packet('DELIVER KFI, KFW', [
  choice('encode', 1, ['0', '1', '2', '9']), //   0   1  1: numbers, 2: and the sender key, 9: and the texts
  choice('deliverType', 4, ['KFI', 'KFW']), //   1   4  KFW: a wide image
  digits('msgId', 20), //   5  20
  choice('gubun', 1, ['r', 'u', 'p']), //  25   1  realtime, push, polling
  choice('contentsType', 4, contentsTypes), //  26   4
  personal(chars('destAddr', 50)), //  30  50
  personal(chars('callback', 50)), //  80  50
  personal(chars('senderKey', 100)), // 130 100
  choice('adFlag', 1, ['Y', 'N']), // 230   1
  reserved('reserved', 28), // 231  28
  personal(text('kSubject', 21)), // 259  21
  countOf('dataCnt', 1, 'parts'), // 280   1  1 to 4
  parts, // 281
]);
export type DeliverKakaoImage = PacketOf<typeof deliverKakaoImage>;

interface PartsInput {
  /** 1 to 20 digits. */
  readonly msgId: string;
  /** Digits. */
  readonly destAddr: string;
  /** Digits. */
  readonly callback: string;
  /** Follows from the parts where absent, and must match them where given. */
  readonly contentsType?: ContentsType | undefined;
  /** One to four. */
  readonly parts: readonly PartInput[];
}

/** A message with files, in plain words. */
export interface MmsInput extends PartsInput {
  readonly deliverType: 'MMS';
  /** 9 digits, where the account sends for others. */
  readonly reseller?: string | undefined;
  readonly subject: string;
}

/** A FriendTalk with an image, in plain words. */
export interface KakaoImageInput extends PartsInput {
  /** KFW shows the image wide. */
  readonly deliverType: 'KFI' | 'KFW';
  readonly gubun: 'r' | 'u' | 'p';
  readonly senderKey: string;
  /** Y marks an advertisement. */
  readonly adFlag: 'Y' | 'N';
  /** At most 21 bytes; may be empty. */
  readonly kSubject: string;
}

/** A DELIVER MMS frame. @throws FieldError */
export function encodeMms(input: MmsInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  const { deliverType, msgId, reseller = '' } = input;
  const { encode } = options;
  const subject = mmsSubject(input.subject, options);
  const contentsType = matchingContentsType(input);
  const values = {
    encode,
    msgId,
    gubun: '0',
    contentsType,
    destAddr: sealNumber('destAddr', input.destAddr, options),
    callback: sealNumber('callback', input.callback, options),
    reseller,
    subject,
    parts: sealParts(deliverType, input.parts, options),
  } as const;
  return encodeFrame('DELIVER', deliverMms, values, options.text, partsLength(options));
}

function mmsSubject(subject: string, options: DeliverOptions): string {
  const { encode, text } = options;
  if (encode === '2' || encode === '9') return sealText('subject', subject, PLAIN_LIMITS.subject, options);
  checkBytes('subject', subject, PLAIN_LIMITS.subject, text);
  return subject;
}

/** A DELIVER KFI or KFW frame. @throws FieldError */
export function encodeKakaoImage(input: KakaoImageInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  const { adFlag, deliverType, gubun, kSubject, msgId, senderKey } = input;
  needValue('senderKey', senderKey);
  const contentsType = matchingContentsType(input);
  const values = {
    encode: options.encode,
    deliverType,
    msgId,
    gubun,
    contentsType,
    destAddr: sealNumber('destAddr', input.destAddr, options),
    callback: sealNumber('callback', input.callback, options),
    senderKey: sealKey('senderKey', senderKey, options),
    adFlag,
    kSubject,
    parts: sealParts(deliverType, input.parts, options),
  };
  return encodeFrame('DELIVER', deliverKakaoImage, values, options.text, partsLength(options));
}

function matchingContentsType(input: PartsInput): ContentsType {
  const { contentsType: given, parts } = input;
  if (parts.length < 1) throw new FieldError('parts', 'min-count', 1, parts.length);
  if (parts.length > MAX_PARTS) throw new FieldError('parts', 'max-count', MAX_PARTS, parts.length);
  const derived = contentsTypeOf(parts);
  if (given !== undefined && given !== derived) {
    throw new FieldError('contentsType', 'matches-parts', derived, given);
  }
  return derived;
}

/** Four digits of MSGLEN cannot hold 300 KB: then, and by default, it counts what stands before the parts. */
function partsLength({ mmsLength }: DeliverOptions): (bodyBytes: number) => number {
  return (bodyBytes) =>
    mmsLength === 'total' && bodyBytes <= MAX_BODY_BYTES ? bodyBytes : deliverMms.fixedSize;
}
