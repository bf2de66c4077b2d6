import { ProtocolError } from './errors.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = '=';

/** Bytes in lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Bytes of hex in either case; white space between digits is ignored. @throws ProtocolError `not-hex`. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replaceAll(/\s/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) throw new ProtocolError('not-hex');
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** Bytes as characters of the same number (U+0000 to U+00FF): none is refused, none is lost. */
export function toLatin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return fromUnits(bytes, start, end);
}

const LONGEST_ARRAY = 64;
/** An array of each length up to the longest, filled anew by every call. */
const arrays = Array.from({ length: LONGEST_ARRAY + 1 }, (_, length) => new Array<number>(length).fill(0));

/**
 * UTF-16 code units as a string, whole in memory: put together piece by piece, whoever reads it would have to join the
 * pieces first. A plain array of the right length is what the engine takes fastest.
 */
export function fromUnits(units: Uint8Array | Uint16Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += LONGEST_ARRAY) {
    const length = Math.min(LONGEST_ARRAY, end - at);
    const array = arrays[length] ?? [];
    for (let index = 0; index < length; index++) array[index] = units[at + index] ?? 0;
    const piece = String.fromCharCode(...array);
    text = text === '' ? piece : text + piece;
  }
  return text;
}

/** Characters as bytes of the same number. Characters above U+00FF have none: only their low byte is kept. */
export function fromLatin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Base64 with padding (RFC 4648, section 4), without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const known = Math.min(3, bytes.length - at) + 1;
    for (let place = 0; place < 4; place++) {
      text += place < known ? ALPHABET.charAt((group >> (18 - place * 6)) & 0x3f) : PAD;
    }
  }
  return text;
}

/** Bytes of padded Base64; white space is ignored. @throws ProtocolError `not-base64`. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = text.replaceAll(/\s/g, '');
  if (characters.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(characters)) {
    throw new ProtocolError('not-base64');
  }
  const padding = characters.length - characters.replaceAll(PAD, '').length;
  const bytes = new Uint8Array((characters.length / 4) * 3 - padding);
  for (let at = 0, out = 0; at < characters.length; at += 4) {
    let group = 0;
    for (let place = 0; place < 4; place++) {
      group = (group << 6) | Math.max(0, ALPHABET.indexOf(characters.charAt(at + place)));
    }
    for (let shift = 16; shift >= 0 && out < bytes.length; shift -= 8) bytes[out++] = (group >> shift) & 0xff;
  }
  return bytes;
}
