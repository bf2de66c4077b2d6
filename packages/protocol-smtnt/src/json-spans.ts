import { decodeText } from '@pabal/wire';

/** One member of an object, by where its value stands. */
export interface Member {
  readonly key: string;
  /** Of the value, quotes included. */
  readonly start: number;
  readonly end: number;
  /** False where the text ends or breaks inside the value. */
  readonly whole: boolean;
}

/** The members of one object, as far as the text is JSON. */
export interface Members {
  readonly members: readonly Member[];
  /** Behind the closing brace, or where the text breaks. */
  readonly end: number;
  /** False where the object has no end, or more members than are read. */
  readonly whole: boolean;
}

/** More members than any packet has: what follows them is somebody's attempt to make work. */
const MAX_MEMBERS = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const BLANKS: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Finds the members of the object at `start` of a JSON text in UTF-8, without reading their values. A text that is cut
 * or broken gives the members before the break. Never throws; takes time in proportion to the text.
 */
export function membersAt(json: Uint8Array, start = 0): Members {
  const members: Member[] = [];
  let at = skipBlanks(json, start);
  const broken = (where: number): Members => ({ members, end: where, whole: false });
  if (json[at] !== OPEN_BRACE) return broken(at);
  at = skipBlanks(json, at + 1);
  if (json[at] === CLOSE_BRACE) return { members, end: at + 1, whole: true };
  while (members.length < MAX_MEMBERS) {
    const keyEnd = json[at] === QUOTE ? stringEnd(json, at) : undefined;
    const key = keyEnd === undefined ? undefined : parsed(json, at, keyEnd);
    if (keyEnd === undefined || typeof key !== 'string') return broken(at);
    at = skipBlanks(json, keyEnd);
    if (json[at] !== COLON) return broken(at);
    at = skipBlanks(json, at + 1);
    const valueEnd = endOfValue(json, at);
    const whole = valueEnd !== undefined && parsed(json, at, valueEnd) !== undefined;
    const end = valueEnd ?? json.length;
    if (at < end) members.push({ key, start: at, end, whole });
    if (!whole) return broken(end);
    at = skipBlanks(json, end);
    if (json[at] === CLOSE_BRACE) return { members, end: at + 1, whole: true };
    if (json[at] !== COMMA) return broken(at);
    at = skipBlanks(json, at + 1);
  }
  return broken(at);
}

/** The value that stands in `json[start, end)`; undefined where it is no JSON. */
export function parsed(json: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(decodeText(json.subarray(start, end), 'utf-8'));
  } catch {
    return undefined;
  }
}

function skipBlanks(json: Uint8Array, start: number): number {
  let at = start;
  while (BLANKS.has(json[at])) at++;
  return at;
}

/** Behind the closing quote of the string at `start`. */
function stringEnd(json: Uint8Array, start: number): number | undefined {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === BACKSLASH) at++;
    else if (json[at] === QUOTE) return at + 1;
  }
  return undefined;
}

/** Behind the value at `start`; undefined where the text ends first. */
function endOfValue(json: Uint8Array, start: number): number | undefined {
  const first = json[start];
  if (first === QUOTE) return stringEnd(json, start);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return nestEnd(json, start);
  for (let at = start; at < json.length; at++) {
    const byte = json[at];
    if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || BLANKS.has(byte)) return at;
  }
  return undefined;
}

/** Behind the object or array at `start`: braces and brackets are counted, {@link parsed} says whether they match. */
function nestEnd(json: Uint8Array, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < json.length; ) {
    const byte = json[at];
    if (byte === QUOTE) {
      const end = stringEnd(json, at);
      if (end === undefined) return undefined;
      at = end;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return at + 1;
    at++;
  }
  return undefined;
}
