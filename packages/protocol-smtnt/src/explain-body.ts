import { decodeText, type ExplainedField, ProtocolError, textBytes } from '@pabal/wire';
import { masked } from './describe.js';
import { meaningOf } from './explain-meanings.js';
import { type Member, membersAt, parsed } from './json-spans.js';
import type { Guard, Row } from './rows.js';

/** What stops an explanation, before its place in the capture is known. */
export interface Fault {
  readonly reason: string;
  readonly message: string;
}

/** The fields of one object, and what is wrong with it. */
export interface ExplainedObject {
  readonly fields: readonly ExplainedField[];
  readonly fault: Fault | undefined;
}

/** A JSON text, or what was left of it. */
export interface JsonText {
  readonly json: Uint8Array;
  /** Its part of the packet, for the reader: `BODY`. */
  readonly section: string;
}

/** An object within a JSON text. */
export interface ObjectPlace extends JsonText {
  readonly start: number;
}

/** A lone surrogate counts as the mark that stands for it. */
const UTF8 = { charset: 'utf-8', unmappable: 'replace' } as const;

const UNKNOWN_KEY = 'no field of this method';

/**
 * Every member of the body of `method` in the order of the bytes, read by its table; then the fields that are missing.
 */
export function explainBody(method: string, rows: readonly Row[], place: ObjectPlace): ExplainedObject {
  const { members, whole, end } = membersAt(place.json, place.start);
  const seen = new Set<string>();
  let fault: Fault | undefined;
  const fields = members.map((member) => {
    const row = rows.find(({ name }) => name === member.key);
    if (!row) return unknownField(place, member);
    const twice = seen.has(row.name);
    seen.add(row.name);
    const { field, wrong } = readField(method, row, place, member);
    if (wrong !== undefined)
      fault ??= { reason: 'wrong-shape', message: `${method}.${row.name} is ${wrong}` };
    return twice ? { ...field, note: both(field.note, 'stands twice: the last one counts') } : field;
  });
  if (!whole) return { fields, fault: fault ?? notJson(place.json, end) };
  const missing = rows.filter((row) => !row.optional && !seen.has(row.name));
  const [first] = missing;
  if (first) fault ??= { reason: 'wrong-shape', message: `${method}.${first.name} is missing` };
  return { fields: [...fields, ...missing.map((row) => missingField(place, row, end))], fault };
}

/** Errors of ours name no content; of others only their being there is told. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ProtocolError) return { reason: error.reason, message: error.message };
  return { reason: 'unreadable', message: 'cannot be read' };
}

/** A text that is no JSON from some byte on. */
export function notJson(json: Uint8Array, at: number): Fault {
  const where = at < json.length ? `is no JSON from byte ${at} on` : `ends within its JSON, at byte ${at}`;
  return { reason: 'not-json', message: `the unpacked text, ${json.length} bytes, ${where}` };
}

/** A member as a field that shows its text by a guard, whatever it is. */
export function guardedField(
  { json, section }: JsonText,
  { key, start, end, whole }: Member,
  { notation, guard, note }: { notation: string; guard: Guard | undefined; note?: string },
): ExplainedField {
  const value = textOf(json, start, end);
  const notes = whole ? note : both('cut off or broken', note);
  return {
    section,
    name: key,
    notation,
    offset: start,
    bytes: json.subarray(start, end),
    unpacked: true,
    value,
    masked: masked(value, guard),
    ...(notes === undefined ? {} : { note: notes }),
  };
}

/** A key that no table has may hold anything, and be anything itself. */
function unknownField(place: ObjectPlace, member: Member): ExplainedField {
  const named = /^[A-Za-z_]\w{0,39}$/.test(member.key) && !/\d{4}/.test(member.key);
  const key = named ? member.key : `(a key of ${member.key.length} characters)`;
  const options = { notation: kindOf(place.json, member), guard: 'content', note: UNKNOWN_KEY } as const;
  return guardedField(place, { ...member, key }, options);
}

function missingField({ json, section }: ObjectPlace, row: Row, end: number): ExplainedField {
  const offset = Math.max(0, end - 1);
  return {
    section,
    name: row.name,
    notation: notationOf(row),
    offset,
    bytes: json.subarray(offset, offset),
    unpacked: true,
    value: '',
    masked: '',
    note: 'missing, though it is always present',
  };
}

function readField(
  method: string,
  row: Row,
  place: ObjectPlace,
  member: Member,
): { readonly field: ExplainedField; readonly wrong: string | undefined } {
  const given = member.whole ? parsed(place.json, member.start, member.end) : undefined;
  const wrong = member.whole ? wrongKind(row, given) : undefined;
  // A value of another kind than the table's is none that the table's guard was made for.
  const guard = wrong === undefined ? row.guard : (row.guard ?? 'content');
  const note = wrong ?? (member.whole ? breach(row, given) : undefined);
  const options = { notation: notationOf(row), guard, ...(note === undefined ? {} : { note }) };
  const field = guardedField(place, member, options);
  const meaning = wrong === undefined && member.whole ? meaningOf(method, row.name, field.value) : undefined;
  return {
    field: meaning ? { ...field, meaning: meaning.en, meaningKo: meaning.ko } : field,
    wrong,
  };
}

/** Why the codec would not read the value; undefined where it would. */
function wrongKind(row: Row, value: unknown): string | undefined {
  if (value === null) return row.optional ? undefined : 'null, which counts as missing';
  if (row.type === 'text')
    return typeof value === 'string' || Number.isSafeInteger(value) ? undefined : 'no text';
  if (typeof value === 'number' && Number.isSafeInteger(value)) return undefined;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? undefined : 'no whole number';
}

/** A rule of the field that the value breaks, though it can be read. */
function breach(row: Row, value: unknown): string | undefined {
  if (value === null) return 'null, which counts as absent';
  if (row.type === 'number') {
    if (row.values !== undefined && !row.values.includes(Number(value))) return oneOf(row.values);
    return typeof value === 'string' ? 'a number in quotes' : undefined;
  }
  if (typeof value === 'number') return 'a text without quotes';
  const text = String(value);
  const bytes = textBytes(text, UTF8, row.name);
  if (row.maxBytes !== undefined && bytes > row.maxBytes) return `${bytes} bytes, at most ${row.maxBytes}`;
  if (row.values !== undefined && !row.values.includes(text)) return oneOf(row.values);
  return row.digits && !/^\d*$/.test(text) ? 'not digits alone' : undefined;
}

function oneOf(values: readonly (string | number)[]): string {
  return `none of ${values.filter((value) => value !== '').join(', ')}`;
}

/** The kind of a field in words: `text, at most 20 bytes`. */
function notationOf({ type, maxBytes }: Row): string {
  return maxBytes === undefined ? type : `${type} ≤${maxBytes}`;
}

function kindOf(json: Uint8Array, { start, end, whole }: Member): string {
  const value = whole ? parsed(json, start, end) : undefined;
  if (value === null || value === undefined) return whole ? 'null' : '?';
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A string without its quotes and escapes; anything else, and what is broken, as it stands. */
function textOf(json: Uint8Array, start: number, end: number): string {
  const value = parsed(json, start, end);
  return typeof value === 'string' ? value : decodeText(json.subarray(start, end), 'utf-8');
}

function both(first: string | undefined, second: string | undefined): string {
  return [first, second].filter((note) => note !== undefined).join('; ');
}
