import {
  chars,
  choice,
  constant,
  digits,
  type Field,
  type PacketOf,
  packet,
  personal,
  text,
  variableText,
} from '@pabal/wire';
import { encodeFrame } from './header.js';
import { type DeliverOptions, PLAIN_LIMITS, SEALED_TEXT_BYTES, sealNumber, sealText } from './sealing.js';

const SUBJECT_BYTES = 150;

/** DELIVER LMS, 280 bytes + TEXT (LGHV 2.2.4). */
function lms(subject: Field<'subject', string, false>, body: Field<'text', string, false>) {
  return packet('DELIVER LMS', [
    choice('encode', 1, ['0', '1', '2', '9']), //   0   1  1: numbers, 2: and the subject, 9: and the text
    constant('deliverType', 4, 'LMS'), //   1   4
    digits('msgId', 20), //   5  20
    choice('gubun', 1, ['0']), //  25   1
    constant('contentsType', 4, 'TXT'), //  26   4
    personal(chars('destAddr', 50)), //  30  50
    personal(chars('callback', 40)), //  80  40
    chars('reseller', 10), // 120  10
    personal(subject), // 130 150  at most 50 when not encrypted
    personal(body), // 280
  ]);
}

const plainText = variableText('text', { minBytes: 1, maxBytes: PLAIN_LIMITS.lms });

/** DELIVER LMS as it is read, and written with everything encrypted. */
export const deliverLms = lms(
  text('subject', SUBJECT_BYTES),
  variableText('text', { minBytes: 1, maxBytes: SEALED_TEXT_BYTES }),
);
export type DeliverLms = PacketOf<typeof deliverLms>;

/** For writing with nothing encrypted but the numbers, and with the subject too. */
const plainLms = lms(text('subject', SUBJECT_BYTES, PLAIN_LIMITS.subject), plainText);
const subjectSealedLms = lms(text('subject', SUBJECT_BYTES), plainText);

/** A long message without files, in plain words. */
export interface LmsInput {
  readonly deliverType: 'LMS';
  /** 1 to 20 digits. */
  readonly msgId: string;
  /** Digits. */
  readonly destAddr: string;
  /** Digits. */
  readonly callback: string;
  /** 9 digits, where the account sends for others. */
  readonly reseller?: string | undefined;
  readonly subject: string;
  readonly text: string;
}

/** A DELIVER LMS frame. @throws FieldError */
export function encodeLms(input: LmsInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  const { msgId, reseller = '' } = input;
  const { encode } = options;
  const destAddr = sealNumber('destAddr', input.destAddr, options);
  const callback = sealNumber('callback', input.callback, options);
  const common = { encode, msgId, gubun: '0', destAddr, callback, reseller } as const;
  if (encode === '0' || encode === '1') {
    const values = { ...common, subject: input.subject, text: input.text };
    return encodeFrame('DELIVER', plainLms, values, options.text);
  }
  const subject = sealText('subject', input.subject, PLAIN_LIMITS.subject, options);
  if (encode === '2') {
    return encodeFrame('DELIVER', subjectSealedLms, { ...common, subject, text: input.text }, options.text);
  }
  const body = sealText('text', input.text, PLAIN_LIMITS.lms, options);
  return encodeFrame('DELIVER', deliverLms, { ...common, subject, text: body }, options.text);
}
