import iconv from 'iconv-lite';
import { fromUnits } from './bytes.js';
import { FieldError } from './errors.js';
import { UTF8_DECODER, UTF8_ENCODER, UTF16_DECODER } from './text-coders.js';
import { unitAt } from './unit-at.js';

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
    const unit = unitAt(text, index);
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
 * Writes the text at `offset` in one pass, without measuring it first; gives the offset behind it, or -1 where it has
 * no place: it would go beyond `limit`, holds a code unit below `lowest`, or what the charset lacks and must not be
 * replaced. Then what it wrote up to there means nothing.
 */
export function writeTextWithin(
  target: Uint8Array,
  offset: number,
  limit: number,
  text: string,
  { charset, unmappable }: TextOptions,
  lowest: 0 | 1,
): number {
  const korean = koreanTable(charset);
  let at = offset;
  for (let index = 0; index < text.length; index++) {
    const unit = unitAt(text, index);
    if (unit < 0x80) {
      if (unit < lowest || at >= limit) return -1;
      target[at++] = unit;
      continue;
    }
    const pair = korean[unit] ?? 0;
    if (pair !== 0) {
      if (at + 2 > limit) return -1;
      target[at++] = pair >> 8;
      target[at++] = pair & 0xff;
      continue;
    }
    const codePoint = codePointAt(text, index);
    if (codePoint > 0xffff) index++;
    const width = widthOf(codePoint, charset);
    if (width === 0 && unmappable === 'reject') return -1;
    if (at + Math.max(1, width) > limit) return -1;
    at = writeOther(target, at, codePoint, width);
  }
  return at;
}

/** What is neither ASCII nor in a Korean table: UTF-8 of this width, or a question mark for what the charset lacks. */
function writeOther(target: Uint8Array, offset: number, codePoint: number, width: number): number {
  let at = offset;
  switch (width) {
    case 0:
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

/** Most bytes that one UTF-16 code unit takes; half of a surrogate pair takes half of four. */
export function mostBytesPerUnit(charset: Charset): number {
  return charset === 'utf-8' ? 3 : 2;
}

/** With the flag u a pair is one character, so that only halves without their other half are found. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Whether UTF-8 lacks nothing of the text: it has no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

/** A text in UTF-8 of which it is known that it {@link isWellFormed}. */
export function encodeUtf8(text: string): Uint8Array {
  return UTF8_ENCODER.encode(text);
}

/** The text's bytes in this charset. @throws FieldError `unmappable`. */
export function encodeText(text: string, options: TextOptions, field = 'text'): Uint8Array {
  if (options.charset === 'utf-8' && isWellFormed(text)) return encodeUtf8(text);
  const bytes = new Uint8Array(textBytes(text, options, field));
  writeTextWithin(bytes, 0, bytes.length, text, options, 0);
  return bytes;
}

/** Code units on their way to a string; every call fills them anew. */
const scratch = new Uint16Array(1024);
const scratchBytes = new Uint8Array(scratch.buffer);
/** From so many units on, one call that takes them all is faster than {@link fromUnits}. */
const MANY_UNITS = 64;
/**
 * The text that the bytes mean. `euc-kr` reads its superset CP949; bytes that mean nothing become U+FFFD, so that a
 * damaged text can still be shown.
 */
export function decodeText(bytes: Uint8Array, charset: Charset, start = 0, end = bytes.length): string {
  if (charset === 'utf-8') return UTF8_DECODER.decode(bytes.subarray(start, end));
  return decodeKorean(bytes, start, end);
}

function decodeKorean(bytes: Uint8Array, start: number, end: number): string {
  const { toUnit } = cp949();
  let text = '';
  let count = 0;
  for (let at = start; at < end; at++) {
    if (count === scratch.length) {
      text += fromScratch(count);
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
  return text === '' ? fromScratch(count) : text + fromScratch(count);
}

function fromScratch(count: number): string {
  return count <= MANY_UNITS
    ? fromUnits(scratch, 0, count)
    : UTF16_DECODER.decode(scratchBytes.subarray(0, count * 2));
}
