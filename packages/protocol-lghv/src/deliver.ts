import {
  chars,
  choice,
  constant,
  decimal,
  decodeText,
  digits,
  encodeText,
  type Field,
  FieldError,
  type PacketOf,
  packet,
  personal,
  reserved,
  type TextOptions,
  text,
  textBytes,
  variableText,
} from '@pabal/wire';
import { type Cipher, needCipher, seal, sealAscii, unseal, unsealAscii } from './cipher.js';
import { encodeFrame } from './header.js';

/** Most bytes of plain text and subject, whatever room encryption needs (LGHV 1.1, 2.2.3, 2.2.4). */
export const PLAIN_LIMITS = { sms: 90, internationalSms: 300, lms: 2000, subject: 50 } as const;

/** 2000 bytes of text take this many when encrypted: 126 blocks of 16 bytes, in Base64 (LGHV 2.2.4 lets TEXT grow). */
const LMS_SEALED_TEXT = 2688;

const UTF8 = 'utf-8';

/** DELIVER SMS, 130 bytes + TEXT (LGHV 2.2.3), for domestic numbers, with or without a URL callback. */
export const deliverSms = packet('DELIVER SMS', [
  choice('encode', 1, ['0', '1', '9']), //   0   1  1: numbers encrypted, 9: and the text
  constant('deliverType', 4, 'SMS'), //   1   4
  digits('msgId', 20), //   5  20  never used twice
  choice('gubun', 1, ['0', '1']), //  25   1  0 domestic, 1 URL callback
  constant('contentsType', 4, 'TXT'), //  26   4
  personal(chars('destAddr', 50)), //  30  50
  personal(chars('callback', 40)), //  80  40
  chars('reseller', 10), // 120  10
  personal(variableText('text', { minBytes: 1, maxBytes: 300 })), // 130
]);
export type DeliverSms = PacketOf<typeof deliverSms>;

/** DELIVER SMS to a foreign number (LGHV 1.1, 2.2.3): the same places, another text. */
function internationalSms<TextRow extends Field<'text', string, false>>(text: TextRow) {
  return packet('DELIVER SMS (international)', [
    choice('encode', 1, ['0', '1', '9']),
    constant('deliverType', 4, 'SMS'),
    digits('msgId', 20),
    choice('gubun', 1, ['3']),
    constant('contentsType', 4, 'TXT'),
    personal(chars('destAddr', 50)), // country code first
    personal(chars('callback', 40)),
    chars('reseller', 10),
    text,
  ]);
}

/** The text is UTF-8 and ends with a NUL. */
export const deliverInternationalSms = internationalSms(
  personal(variableText('text', { minBytes: 2, maxBytes: 300, finalNul: true, charset: UTF8 })),
);
export type DeliverInternationalSms = PacketOf<typeof deliverInternationalSms>;

/** For writing an encrypted text: its NUL is encrypted with it. */
const sealedInternationalSms = internationalSms(
  personal(variableText('text', { minBytes: 1, maxBytes: 300 })),
);

/** DELIVER LMS, 280 bytes + TEXT (LGHV 2.2.4). */
export const deliverLms = packet('DELIVER LMS', [
  choice('encode', 1, ['0', '1', '2', '9']), //   0   1  1: numbers, 2: and the subject, 9: and the text
  constant('deliverType', 4, 'LMS'), //   1   4
  digits('msgId', 20), //   5  20
  choice('gubun', 1, ['0']), //  25   1
  constant('contentsType', 4, 'TXT'), //  26   4
  personal(chars('destAddr', 50)), //  30  50
  personal(chars('callback', 40)), //  80  40
  chars('reseller', 10), // 120  10
  personal(text('subject', 150)), // 130 150  at most 50 when not encrypted
  personal(variableText('text', { minBytes: 1, maxBytes: LMS_SEALED_TEXT })), // 280
]);
export type DeliverLms = PacketOf<typeof deliverLms>;

/** DELIVER_ACK, 92 bytes (LGHV 2.2.8). */
export const deliverAck = packet('DELIVER_ACK', [
  chars('result', 5), //   0   5  see deliverAckCodes
  chars('deliverType', 4), //   5   4
  digits('msgId', 20), //   9  20  of the DELIVER
  decimal('msgMsec', 7), //  29   7  over the rate: microseconds to wait
  personal(chars('destAddr', 50)), //  36  50
  reserved('reserved', 6), //  86   6
]);
export type DeliverAck = PacketOf<typeof deliverAck>;

/** What is encrypted: `0` nothing, `1` both numbers, `2` and the subject, `9` and the text (LGHV 2.2.4). */
export type Encode = '0' | '1' | '2' | '9';

interface DeliverCommon {
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

/** A message in plain words, before its encryption. */
export type DeliverInput =
  | (DeliverCommon & { readonly deliverType: 'SMS'; readonly gubun: '0' | '1' | '3' })
  | (DeliverCommon & { readonly deliverType: 'LMS'; readonly subject: string });

export interface DeliverOptions {
  /** Charset of domestic messages; international ones are UTF-8. */
  readonly text: TextOptions;
  readonly encode: Encode;
  /** Needed unless `encode` is `0`. */
  readonly cipher?: Cipher | undefined;
}

/**
 * A DELIVER frame. SMS has no subject to encrypt: its ENCODE is `1` where the options say `2`.
 * @throws FieldError also where an encrypted value outgrows its field.
 */
export function encodeDeliver(input: DeliverInput, options: DeliverOptions): Uint8Array<ArrayBuffer> {
  const { msgId, reseller = '' } = input;
  const destAddr = sealNumber('destAddr', input.destAddr, options);
  const callback = sealNumber('callback', input.callback, options);
  if (input.deliverType === 'LMS') {
    const { encode } = options;
    const subject = sealText('subject', input.subject, PLAIN_LIMITS.subject, encode === '2', options);
    const body = sealText('text', input.text, PLAIN_LIMITS.lms, false, options);
    const values = { encode, msgId, gubun: '0', destAddr, callback, reseller, subject, text: body } as const;
    return encodeFrame('DELIVER', deliverLms, values, options.text);
  }
  const encode = options.encode === '2' ? '1' : options.encode;
  if (input.gubun === '3') {
    const abroad: DeliverOptions = { ...options, text: { ...options.text, charset: UTF8 } };
    // The final NUL is one of the 300 bytes.
    const body = sealText('text', input.text, PLAIN_LIMITS.internationalSms - 1, false, abroad, '\0');
    const values = { encode, msgId, gubun: input.gubun, destAddr, callback, reseller, text: body } as const;
    const table = encode === '9' ? sealedInternationalSms : deliverInternationalSms;
    return encodeFrame('DELIVER', table, values, abroad.text);
  }
  const body = sealText('text', input.text, PLAIN_LIMITS.sms, false, options);
  const values = { encode, msgId, gubun: input.gubun, destAddr, callback, reseller, text: body } as const;
  return encodeFrame('DELIVER', deliverSms, values, options.text);
}

/** The carriers fail numbers with anything but digits in them (LGHV 2), so that such a number is refused here. */
function sealNumber(field: string, number: string, options: DeliverOptions): string {
  if (!/^[0-9]+$/.test(number)) {
    throw new FieldError(field, 'digits', 'digits only', number === '' ? 'nothing' : 'other characters');
  }
  return options.encode === '0' ? number : sealAscii(number, needCipher(options.cipher, field));
}

/**
 * Limits count the plain text. `sealed` says that a lesser ENCODE than `9` already covers this field, `end` what is
 * encrypted behind the text. What the table refuses anyway (nothing, a NUL within) is left to it.
 */
function sealText(
  field: string,
  value: string,
  limit: number,
  sealed: boolean,
  options: DeliverOptions,
  end = '',
): string {
  const bytes = textBytes(value, options.text, field);
  if (bytes > limit) throw new FieldError(field, 'max-bytes', limit, bytes);
  if (!sealed && options.encode !== '9') return value;
  if (bytes === 0 || value.includes('\0')) return value;
  return seal(encodeText(value + end, options.text, field), needCipher(options.cipher, field));
}

/** A decoded DELIVER whose fields may be encrypted. */
export type AnyDeliver =
  | ({ readonly deliverType: 'SMS' } & (DeliverSms | DeliverInternationalSms))
  | ({ readonly deliverType: 'LMS' } & DeliverLms);

/**
 * The same DELIVER with its encrypted fields in plain words.
 * @throws ProtocolError where a field does not decrypt.
 */
export function openDeliver<D extends AnyDeliver>(deliver: D, cipher: Cipher, text: TextOptions): D {
  const { encode } = deliver;
  if (encode === '0') return deliver;
  const charset = deliver.gubun === '3' ? UTF8 : text.charset;
  const open = (sealed: string) => {
    if (sealed === '') return '';
    const opened = decodeText(unseal(sealed, cipher), charset);
    return deliver.gubun === '3' ? opened.replace(/\0$/, '') : opened;
  };
  const subjectSealed = deliver.deliverType === 'LMS' && (encode === '2' || encode === '9');
  return {
    ...deliver,
    destAddr: unsealAscii(deliver.destAddr, cipher),
    callback: unsealAscii(deliver.callback, cipher),
    ...(subjectSealed ? { subject: open(deliver.subject) } : {}),
    ...(encode === '9' ? { text: open(deliver.text) } : {}),
  };
}
