import iconv from 'iconv-lite';
import { fromUnits } from './bytes.js';
import { FieldError } from './errors.js';

/**
 * How text stands on the wire. `euc-kr` is KS X 1001 alone; `cp949` adds the 8,822 Hangul that KS X 1001 lacks;
 * the first is a subset of the second, so that reading takes both.
 */
export type Charset = 'euc-kr' | 'cp949' | 'utf-8';

/** What happens to a character that the charset lacks: refused by its code point, or written as `?`. */
export type Unmappable = 'reject' | 'replace';

/** How the text fields of a packet are written and read. */
export interface TextOptions {
  readonly charset: Charset;
  readonly unmappable: Unmappable;
}

const QUESTION_MARK = 0x3f;
const REPLACEMENT_CHARACTER = 0xfffd;
/** In KS X 1001 both bytes of a character have their high bit set. */
const KS_X_1001_TRAIL = 0xa1;

interface Cp949 {
  /** UTF-16 code unit -> two bytes as one number; 0 where CP949 lacks the character. */
  readonly toBytes: Uint16Array;
  /** Two bytes as one number, less 0x8000 -> UTF-16 code unit; 0 where the pair means nothing. */
  readonly toUnit: Uint16Array;
}

const NO_TABLE = new Uint16Array(0);

let cp949Tables: Cp949 | undefined;

/** Builds both directions once, when first needed (a few ms). `TextDecoder('euc-kr')` is no source for it: on some Nodes it knows KS X 1001 only. */
function cp949(): Cp949 {
  if (cp949Tables) return cp949Tables;
  const toBytes = new Uint16Array(0x10000);
  const toUnit = new Uint16Array(0x8000);
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      pair[0] = lead;
      pair[1] = trail;
      const text = iconv.decode(pair, 'cp949');
      const unit = text.charCodeAt(0);
      if (text.length !== 1 || unit === REPLACEMENT_CHARACTER) continue;
      toBytes[unit] = lead * 256 + trail;
      toUnit[lead * 256 + trail - 0x8000] = unit;
    }
  }
  cp949Tables = { toBytes, toUnit };
  return cp949Tables;
}

let ksX1001Table: Uint16Array | undefined;

/** Code unit -> its two bytes as one number, 0 where the charset lacks it; for UTF-8, which has no such table, nothing. */
function koreanTable(charset: Charset): Uint16Array {
  if (charset === 'utf-8') return NO_TABLE;
  const { toBytes } = cp949();
  if (charset === 'cp949') return toBytes;
  ksX1001Table ??= toBytes.map((bytes) =>
    bytes >> 8 >= KS_X_1001_TRAIL && (bytes & 0xff) >= KS_X_1001_TRAIL ? bytes : 0,
  );
  return ksX1001Table;
}

/** The code point at `index`; a surrogate without its partner stays alone and is mappable nowhere. */
function codePointAt(text: string, index: number): number {
  return text.codePointAt(index) ?? REPLACEMENT_CHARACTER;
}

function isLoneSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}

/** Bytes of one code point that is neither ASCII nor in a Korean table; 0 where the charset lacks it. */
function widthOf(codePoint: number, charset: Charset): number {
  if (charset !== 'utf-8' || isLoneSurrogate(codePoint)) return 0;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

function unmappable(field: string, codePoint: number, charset: Charset): FieldError {
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  return new FieldError(field, 'unmappable', charset, name);
}

/**
 * Bytes that the text takes in this charset.
 * @throws FieldError `unmappable` naming the character's code point, where the options say `reject`.
 */
export function textBytes(text: string, options: TextOptions, field = 'text'): number {
  const korean = koreanTable(options.charset);
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes++;
      continue;
    }
    if ((korean[unit] ?? 0) !== 0) {
      bytes += 2;
      continue;
    }
    const codePoint = codePointAt(text, index);
    const width = widthOf(codePoint, options.charset);
    if (width === 0 && options.unmappable === 'reject') throw unmappable(field, codePoint, options.charset);
    bytes += width === 0 ? 1 : width;
    if (codePoint > 0xffff) index++;
  }
  return bytes;
}

/**
 * Writes the text at `offset` and returns the offset behind it. The caller has measured it: a target that is too
 * short cuts it.
 * @throws FieldError `unmappable` as {@link textBytes} does.
 */
export function writeText(
  target: Uint8Array,
  offset: number,
  text: string,
  options: TextOptions,
  field = 'text',
): number {
  const korean = koreanTable(options.charset);
  let at = offset;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      target[at++] = unit;
      continue;
    }
    const pair = korean[unit] ?? 0;
    if (pair !== 0) {
      target[at++] = pair >> 8;
      target[at++] = pair & 0xff;
      continue;
    }
    const codePoint = codePointAt(text, index);
    if (codePoint > 0xffff) index++;
    at = writeOther(target, at, codePoint, options, field);
  }
  return at;
}

/** What is neither ASCII nor in a Korean table: UTF-8, or what the charset lacks. */
function writeOther(
  target: Uint8Array,
  offset: number,
  codePoint: number,
  options: TextOptions,
  field: string,
): number {
  const { charset } = options;
  let at = offset;
  switch (widthOf(codePoint, charset)) {
    case 0:
      if (options.unmappable === 'reject') throw unmappable(field, codePoint, charset);
      target[at++] = QUESTION_MARK;
      break;
    case 2:
      target[at++] = 0xc0 | (codePoint >> 6);
      target[at++] = 0x80 | (codePoint & 0x3f);
      break;
    case 3:
      target[at++] = 0xe0 | (codePoint >> 12);
      target[at++] = 0x80 | ((codePoint >> 6) & 0x3f);
      target[at++] = 0x80 | (codePoint & 0x3f);
      break;
    default:
      target[at++] = 0xf0 | (codePoint >> 18);
      target[at++] = 0x80 | ((codePoint >> 12) & 0x3f);
      target[at++] = 0x80 | ((codePoint >> 6) & 0x3f);
      target[at++] = 0x80 | (codePoint & 0x3f);
  }
  return at;
}

/** The text's bytes in this charset. @throws FieldError `unmappable`. */
export function encodeText(text: string, options: TextOptions, field = 'text'): Uint8Array {
  const bytes = new Uint8Array(textBytes(text, options, field));
  writeText(bytes, 0, text, options, field);
  return bytes;
}

/** Code units on their way to a string; every call fills it anew. */
const scratch = new Uint16Array(1024);

/**
 * The text that the bytes mean. `euc-kr` reads its superset CP949; bytes that mean nothing become U+FFFD, so that a
 * damaged text can still be shown.
 */
export function decodeText(bytes: Uint8Array, charset: Charset, start = 0, end = bytes.length): string {
  if (charset === 'utf-8') return iconv.decode(bytes.subarray(start, end), 'utf8', { stripBOM: false });
  const { toUnit } = cp949();
  let text = '';
  let count = 0;
  for (let at = start; at < end; at++) {
    if (count === scratch.length) {
      text += fromUnits(scratch, 0, count);
      count = 0;
    }
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      scratch[count++] = lead;
      continue;
    }
    const trail = at + 1 < end ? (bytes[at + 1] ?? 0) : 0;
    const unit = toUnit[lead * 256 + trail - 0x8000] ?? 0;
    if (unit !== 0) at++;
    scratch[count++] = unit === 0 ? REPLACEMENT_CHARACTER : unit;
  }
  return text + fromUnits(scratch, 0, count);
}
