/**
 * What the specification says of a stream of LGHV bytes, and of the body of a frame: the judge of the codec, which
 * shares nothing with it. Where reading may be lenient is written here, and nowhere else: zeros and spaces around
 * numbers, an empty number, the three bytes of TAIL, places without a meaning, bytes behind a value's NUL, and
 * characters that a text field cannot hold.
 */
import { joined } from '../harness/damages.js';
import {
  BEFORE_PARTS,
  MAX_DATA,
  MAX_PARTS,
  PACKETS,
  PART,
  PART_HEAD,
  type PacketName,
  type Row,
} from './layout.js';
import { rewritten, rewrittenUtf8 } from './text.js';

export const HEADER = 8;
const ZERO = 0x30;
const NINE = 0x39;
const SPACE = 0x20;
const NOTHING = new Uint8Array();

export interface Cut {
  /** Where each whole frame begins and ends. */
  readonly frames: readonly (readonly [number, number])[];
  readonly state: 'waiting' | 'broken';
  /** Where the first frame begins that is not whole. */
  readonly rest: number;
}

/**
 * Cuts a stream into frames (2.1, 2.2.5).
 * @param receiver reads DELIVER, whose parts may follow a MSGLEN of 281.
 */
export function cut(stream: Uint8Array, receiver: boolean, strictTail: boolean): Cut {
  const frames: [number, number][] = [];
  let at = 0;
  while (stream.length - at >= HEADER) {
    const tail = stream.subarray(at + 5, at + HEADER);
    if (strictTail && !(tail[0] === 0 && tail[1] === 0xfe && tail[2] === 0xff)) {
      return { frames, state: 'broken', rest: at };
    }
    const length = numberIn(stream.subarray(at + 1, at + 5));
    if (length === undefined || length.empty) return { frames, state: 'broken', rest: at };
    let size: number | 'waiting' | 'broken' = HEADER + length.value;
    if (receiver && stream[at] === 0x64 && length.value === BEFORE_PARTS) {
      size = sizeWithParts(stream.subarray(at));
    }
    if (size === 'broken') return { frames, state: 'broken', rest: at };
    if (size === 'waiting' || stream.length - at < size) break;
    frames.push([at, at + size]);
    at += size;
  }
  return { frames, state: 'waiting', rest: at };
}

function sizeWithParts(frame: Uint8Array): number | 'waiting' | 'broken' {
  const before = HEADER + BEFORE_PARTS;
  if (frame.length < before) return 'waiting';
  const type = latin1(valueIn(frame.subarray(HEADER + 1, HEADER + 5)));
  if (type !== 'MMS' && type !== 'KFI' && type !== 'KFW') return before;
  const count = numberIn(frame.subarray(before - 1, before));
  if (count === undefined || count.value < 1 || count.value > MAX_PARTS) return 'broken';
  let at = before;
  for (let part = 0; part < count.value; part++) {
    if (frame.length - at < PART_HEAD) return 'waiting';
    const size = numberIn(frame.subarray(at + 34, at + 42));
    if (size === undefined || size.value > MAX_DATA) return 'broken';
    at += PART_HEAD + size.value;
  }
  return at;
}

export type Verdict =
  | { readonly kind: 'refuse'; readonly why: string }
  | { readonly kind: 'unrecognised' }
  | {
      readonly kind: 'packet';
      readonly name: PacketName;
      readonly values: Readonly<Record<string, unknown>>;
      /** The body as it must come out when the values are written again. */
      readonly canonical: Uint8Array;
      /** Where a damaged text takes more room when it is written again than its field has. */
      readonly outgrown: boolean;
    };

/** What the body of a frame is (2.2). */
export function read(letter: number, body: Uint8Array): Verdict {
  const name = nameOf(letter, body);
  if (name === undefined) return { kind: 'unrecognised' };
  if (name === 'too short') return { kind: 'refuse', why: 'too short for a DELIVER' };
  const reading = new Reading(body);
  try {
    reading.rows(PACKETS[name], reading.values);
    reading.end();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refuse', why: error.message };
  }
  const { outgrown, values } = reading;
  return { kind: 'packet', name, values, canonical: reading.canonical(), outgrown };
}

function nameOf(letter: number, body: Uint8Array): PacketName | 'too short' | undefined {
  switch (String.fromCharCode(letter)) {
    case 'b':
      return 'bind';
    case 'B':
      return 'bindAck';
    case 'D':
      return 'deliverAck';
    case 'r':
      return body.length > 54 ? 'reportAll' : 'report';
    case 'R':
      return 'reportAck';
    case 'l':
      return 'linkCheck';
    case 'L':
      return 'linkAck';
    case 'd':
      return deliverName(body);
    default:
      return undefined;
  }
}

function deliverName(body: Uint8Array): PacketName | 'too short' | undefined {
  // ENCODE, DELIVER_TYPE, MSG_ID, GUBUN tell all of them apart.
  if (body.length < 1 + 4 + 20 + 1) return 'too short';
  switch (latin1(valueIn(body.subarray(1, 5)))) {
    case 'SMS':
      if (body[25] !== 0x33) return 'deliverSms';
      return body[0] === 0x39 ? 'sealedInternationalSms' : 'deliverInternationalSms';
    case 'LMS':
      return 'deliverLms';
    case 'MMS':
      return 'deliverMms';
    case 'KFI':
    case 'KFW':
      return 'deliverKakaoImage';
    case 'KKO':
      return 'deliverKko';
    case 'KKT':
    case 'KKM':
    case 'KFT':
      return 'deliverKakao';
    default:
      return undefined;
  }
}

class Refused extends Error {}

class Reading {
  readonly values: Record<string, unknown> = {};
  outgrown = false;
  readonly #body: Uint8Array;
  readonly #written: Uint8Array[] = [];
  readonly #sizes = new Map<string, number>();
  #at = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  rows(rows: readonly Row[], values: Record<string, unknown>): void {
    const fixed = rows.reduce((sum, row) => sum + row.size, 0);
    if (this.#body.length - this.#at < fixed) throw new Refused('too short');
    for (const { rule, size } of rows) {
      if (rule.kind === 'parts') this.#parts(values);
      else if (rule.kind === 'variable text') this.#variable(rule, values);
      else this.#written.push(padded(this.#fixed(rule, this.#take(size), values), size));
    }
  }

  end(): void {
    if (this.#at !== this.#body.length) throw new Refused('too long');
  }

  canonical(): Uint8Array {
    return joined(...this.#written);
  }

  #take(size: number): Uint8Array {
    if (this.#body.length - this.#at < size) throw new Refused('too short');
    this.#at += size;
    return this.#body.subarray(this.#at - size, this.#at);
  }

  /** The value as it is written again. */
  #fixed(
    rule: Exclude<Row['rule'], { kind: 'parts' } | { kind: 'variable text' }>,
    field: Uint8Array,
    values: Record<string, unknown>,
  ): Uint8Array {
    const value = valueIn(field);
    switch (rule.kind) {
      case 'one of':
        if (!rule.values.includes(latin1(value))) throw new Refused(`none of ${rule.values}`);
        if (rule.name !== undefined) values[rule.name] = latin1(value);
        return value;
      case 'digits':
        if (value.length === 0 || !value.every(isDigit)) throw new Refused('no digits');
        values[rule.name] = latin1(value);
        return value;
      case 'number': {
        const found = numberIn(field);
        if (!found) throw new Refused('no number');
        if (rule.name !== undefined) values[rule.name] = found.value;
        if (rule.for !== undefined) this.#sizes.set(rule.for, found.value);
        return found.value === 0 && rule.zeroIsNul === true ? NOTHING : ascii(String(found.value));
      }
      case 'characters':
        if (value.length > (rule.most ?? field.length)) throw new Refused('too long');
        values[rule.name] = latin1(value);
        return value.map(printable);
      case 'text':
        values[rule.name] = value;
        return rewritten(value);
      case 'nothing':
        return NOTHING;
      default:
        return rule satisfies never;
    }
  }

  #variable(rule: Extract<Row['rule'], { kind: 'variable text' }>, values: Record<string, unknown>): void {
    const size = rule.sizedBy === undefined ? this.#body.length - this.#at : this.#sizes.get(rule.sizedBy);
    if (size === undefined) throw new Refused('no size');
    if (size > rule.most) throw new Refused('text too long');
    const field = this.#take(size);
    const value = valueIn(field);
    const endsWithNul = rule.utf8WithNul === true;
    if (endsWithNul && value.length === field.length) throw new Refused('no final NUL');
    if (value.length + (endsWithNul ? 1 : 0) < rule.least) throw new Refused('no text');
    values[rule.name] = value;
    if (!endsWithNul) {
      // What was behind a NUL is gone when the text is written again, and its size with it.
      const again = rewritten(value);
      if (rule.sizedBy !== undefined) this.#resize(rule.sizedBy, again.length);
      this.#written.push(again);
      return;
    }
    const again = rewrittenUtf8(value);
    if (again.length + 1 > rule.most) this.outgrown = true;
    this.#written.push(again, new Uint8Array(1));
  }

  /** The sizes of KKT, KKM and KFT are 4 bytes each, before TEXT. */
  #resize(name: string, size: number): void {
    const index = ['text', 'btnData', 'extend'].indexOf(name);
    const row = PACKETS.deliverKakao.findIndex(({ rule }) => rule.kind === 'number') + index;
    this.#written[row] = padded(ascii(String(size)), 4);
  }

  #parts(values: Record<string, unknown>): void {
    const count = this.#sizes.get('parts') ?? 0;
    if (count < 1 || count > MAX_PARTS) throw new Refused('number of parts');
    const parts: Record<string, unknown>[] = [];
    for (let index = 0; index < count; index++) {
      const part: Record<string, unknown> = {};
      this.rows(PART, part);
      const size = this.#sizes.get('data') ?? 0;
      if (size > MAX_DATA) throw new Refused('data too long');
      const data = this.#take(size);
      part.data = data;
      this.#written.push(data);
      parts.push(part);
    }
    values.parts = parts;
  }
}

/** Up to the first NUL, or the whole field when it is full (2). */
function valueIn(field: Uint8Array): Uint8Array {
  const nul = field.indexOf(0);
  return nul === -1 ? field : field.subarray(0, nul);
}

function numberIn(field: Uint8Array): { readonly value: number; readonly empty: boolean } | undefined {
  const value = valueIn(field);
  let start = 0;
  let end = value.length;
  while (start < end && value[start] === SPACE) start++;
  while (end > start && value[end - 1] === SPACE) end--;
  const digits = value.subarray(start, end);
  if (!digits.every(isDigit)) return undefined;
  return { value: Number(latin1(digits)), empty: digits.length === 0 };
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function printable(byte: number): number {
  return byte >= SPACE && byte < 0x7f ? byte : 0x3f;
}

function padded(value: Uint8Array, size: number): Uint8Array {
  const field = new Uint8Array(size);
  field.set(value);
  return field;
}

export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
