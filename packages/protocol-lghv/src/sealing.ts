import { encodeText, FieldError, isDigits, type TextOptions, textBytes } from '@pabal/wire';
import { type Cipher, needCipher, seal, sealAscii } from './cipher.js';

/** What is encrypted: `0` nothing, `1` both numbers, `2` and the subject, `9` and the text (LGHV 2.2.4). */
export type Encode = '0' | '1' | '2' | '9';

/** How a DELIVER is written. */
export interface DeliverOptions {
  /** Charset of domestic messages; international ones are UTF-8. */
  readonly text: TextOptions;
  readonly encode: Encode;
  /** Needed unless `encode` is `0`. */
  readonly cipher?: Cipher | undefined;
  /**
   * MSGLEN of a DELIVER with parts (LGHV 2.2.5): `fixed` counts the 281 bytes before them (default); `total` counts
   * all, where four digits hold that.
   */
  readonly mmsLength?: 'fixed' | 'total' | undefined;
}

/** Most of a plain value, whatever room encryption needs (LGHV 1.1, 2.2.3 to 2.2.7). Bytes, but for `kakao`. */
export const PLAIN_LIMITS = {
  sms: 90,
  /** With its final NUL. */
  internationalSms: 300,
  lms: 2000,
  mms: 2000,
  subject: 50,
  /** Characters, whatever their script. */
  kakao: 1000,
  /** DATA of one part. */
  image: 307_200,
} as const;

/** 2000 bytes of text take this many when encrypted: 126 blocks of 16 bytes, in Base64 (LGHV 2.2.4 lets TEXT grow). */
export const SEALED_TEXT_BYTES = 2688;

/** The carriers fail numbers with anything but digits in them (LGHV 2), so that such a number is refused here. */
export function sealNumber(field: string, number: string, options: DeliverOptions): string {
  if (!isDigits(number)) {
    throw new FieldError(field, 'digits', 'digits only', number === '' ? 'nothing' : 'other characters');
  }
  return options.encode === '0' ? number : sealAscii(number, needCipher(options.cipher, field));
}

/** A key or code of ASCII characters, encrypted under ENCODE 2 and 9. What the table refuses anyway is left to it. */
export function sealKey(field: string, value: string, options: DeliverOptions): string {
  if (options.encode === '0' || options.encode === '1' || value === '' || !/^[ -~]+$/.test(value))
    return value;
  return sealAscii(value, needCipher(options.cipher, field));
}

/**
 * An encrypted text, within the limit of the plain one. What the table refuses anyway (nothing, a NUL within) is
 * left to it.
 * @param end what is encrypted behind the text.
 */
export function sealText(
  field: string,
  value: string,
  limit: number,
  options: DeliverOptions,
  end = '',
): string {
  const bytes = checkBytes(field, value, limit, options.text);
  if (bytes === 0 || value.includes('\0')) return value;
  return seal(encodeText(value + end, options.text, field), needCipher(options.cipher, field));
}

/** Bytes of the text. @throws FieldError `max-bytes` */
export function checkBytes(field: string, value: string, limit: number, text: TextOptions): number {
  const bytes = textBytes(value, text, field);
  if (bytes > limit) throw new FieldError(field, 'max-bytes', limit, bytes);
  return bytes;
}

/** @throws FieldError `max-characters` for a Kakao text of more than 1,000 characters (LGHV 1.1). */
export function checkKakaoText(value: string): void {
  let characters = value.length;
  if (characters <= PLAIN_LIMITS.kakao) return;
  characters = [...value].length;
  if (characters > PLAIN_LIMITS.kakao) {
    throw new FieldError('text', 'max-characters', PLAIN_LIMITS.kakao, characters);
  }
}

/** @throws FieldError `min-bytes` where a value is needed and there is none. */
export function needValue(field: string, value: string): void {
  if (value === '') throw new FieldError(field, 'min-bytes', 1, 0);
}
