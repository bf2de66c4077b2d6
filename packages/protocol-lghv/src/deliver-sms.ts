import {
  chars,
  choice,
  constant,
  digits,
  type Field,
  type PacketOf,
  packet,
  personal,
  variableText,
} from '@pabal/wire';
import { encodeFrame } from './header.js';
import { checkBytes, type DeliverOptions, PLAIN_LIMITS, sealNumber, sealText } from './sealing.js';

/** TEXT has this much room, whatever its limit in plain words (LGHV 2.2.3). */
const TEXT_BYTES = 300;
const UTF8 = 'utf-8';

type TextRow = Field<'text', string, false>;

/** DELIVER SMS, 130 bytes + TEXT (LGHV 2.2.3), for domestic numbers, with or without a URL callback. */
function domesticSms(text: TextRow) {
  return packet('DELIVER SMS', [
    choice('encode', 1, ['0', '1', '9']), //   0   1  1: numbers encrypted, 9: and the text
    constant('deliverType', 4, 'SMS'), //   1   4
    digits('msgId', 20), //   5  20  never used twice
    choice('gubun', 1, ['0', '1']), //  25   1  0 domestic, 1 URL callback
    constant('contentsType', 4, 'TXT'), //  26   4
    personal(chars('destAddr', 50)), //  30  50
    personal(chars('callback', 40)), //  80  40
    chars('reseller', 10), // 120  10
    personal(text), // 130
  ]);
}

/** DELIVER SMS as it is read: an encrypted text is longer than a plain one. */
export const deliverSms = domesticSms(variableText('text', { minBytes: 1, maxBytes: TEXT_BYTES }));
export type DeliverSms = PacketOf<typeof deliverSms>;

/** For writing a plain text. */
const plainSms = domesticSms(variableText('text', { minBytes: 1, maxBytes: PLAIN_LIMITS.sms }));

/** DELIVER SMS to a foreign number (LGHV 1.1, 2.2.3): the same places, another text. */
function internationalSms(text: TextRow) {
  return packet('DELIVER SMS (international)', [
    choice('encode', 1, ['0', '1', '9']), //   0   1
    constant('deliverType', 4, 'SMS'), //   1   4
    digits('msgId', 20), //   5  20
    choice('gubun', 1, ['3']), //  25   1
    constant('contentsType', 4, 'TXT'), //  26   4
    personal(chars('destAddr', 50)), //  30  50  country code first
    personal(chars('callback', 40)), //  80  40
    chars('reseller', 10), // 120  10
    personal(text), // 130
  ]);
}

/** The text is UTF-8 and ends with a NUL. */
export const deliverInternationalSms = internationalSms(
  variableText('text', {
    minBytes: 2,
    maxBytes: PLAIN_LIMITS.internationalSms,
    finalNul: true,
    charset: UTF8,
  }),
);
export type DeliverInternationalSms = PacketOf<typeof deliverInternationalSms>;

/** Under ENCODE 9: the text is Base64, and its NUL is encrypted with it. */
export const sealedInternationalSms = internationalSms(
  variableText('text', { minBytes: 1, maxBytes: TEXT_BYTES }),
);

const GUBUN = deliverSms.offsetOf('gubun');
const ABROAD = 0x33;
const TEXT_SEALED = 0x39;

/** Whether the SMS whose body begins at `body` goes abroad. */
export function goesAbroad(bytes: Uint8Array, body: number): boolean {
  return bytes[body + GUBUN] === ABROAD;
}

/** The table of an SMS to a foreign number whose body begins at `body`: ENCODE tells where its final NUL is. */
export function abroadTableOf(bytes: Uint8Array, body: number): typeof deliverInternationalSms {
  return bytes[body] === TEXT_SEALED ? sealedInternationalSms : deliverInternationalSms;
}

/** A domestic SMS (GUBUN 0), one with a URL callback (1), or one to a foreign number (3), in plain words. */
export interface SmsInput {
  readonly deliverType: 'SMS';
  readonly gubun: '0' | '1' | '3';
  /** 1 to 20 digits. */
  readonly msgId: string;
  /** Digits. */
  readonly destAddr: string;
  /** Digits. */
  readonly callback: string;
  /** 9 digits, where the account sends for others. */
  readonly reseller?: string | undefined;
  readonly text: string;
}

/** A DELIVER SMS frame. It has no subject to encrypt: its ENCODE is `1` where the options say `2`. @throws FieldError */
export function encodeSms(input: SmsInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  const { gubun, msgId, reseller = '', text } = input;
  const encode = options.encode === '2' ? '1' : options.encode;
  const destAddr = sealNumber('destAddr', input.destAddr, options);
  const callback = sealNumber('callback', input.callback, options);
  if (gubun === '3') {
    const abroad = { charset: UTF8, unmappable: options.text.unmappable } as const;
    const values = { encode, msgId, gubun, destAddr, callback, reseller };
    // The final NUL is one of the 300 bytes.
    const most = PLAIN_LIMITS.internationalSms - 1;
    if (encode !== '9') {
      checkBytes('text', text, most, abroad);
      return encodeFrame('DELIVER', deliverInternationalSms, { ...values, text }, abroad);
    }
    const sealed = sealText('text', text, most, { ...options, text: abroad }, '\0');
    return encodeFrame('DELIVER', sealedInternationalSms, { ...values, text: sealed }, abroad);
  }
  if (encode !== '9') {
    const values = { encode, msgId, gubun, destAddr, callback, reseller, text };
    return encodeFrame('DELIVER', plainSms, values, options.text);
  }
  const sealed = sealText('text', text, PLAIN_LIMITS.sms, options);
  const values = { encode, msgId, gubun, destAddr, callback, reseller, text: sealed };
  return encodeFrame('DELIVER', deliverSms, values, options.text);
}
