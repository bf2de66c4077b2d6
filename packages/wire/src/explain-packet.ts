import { toLatin1 } from './bytes.js';
import type { TextOptions } from './charset.js';
import { ProtocolError } from './errors.js';
import type { ExplainedField, ExplainedProblem } from './explain.js';
import type { Field, FieldTable } from './field.js';

/** What a protocol knows of a field beside its row. What it leaves out is taken from the row. */
export interface Remarks {
  readonly value?: string;
  readonly masked?: string;
  readonly meaning?: string;
  readonly meaningKo?: string;
  /** Undefined for no note, whatever the row would note. */
  readonly note?: string | undefined;
}

export interface ExplainPacketOptions {
  readonly text: TextOptions;
  readonly section: string;
  /** The field's name in its specification's letters. */
  nameOf(table: FieldTable, row: Field): string;
  /**
   * @param value what was read, or the bytes as characters where they are no value of the row.
   * @param values those of the fields before, by name; of a repeated part, its own.
   */
  remark(table: FieldTable, row: Field, value: unknown, values: Readonly<Record<string, unknown>>): Remarks;
}

export interface PacketExplanation {
  readonly fields: readonly ExplainedField[];
  /** Where it ends, or where the explanation does. */
  readonly next: number;
  readonly problem?: ExplainedProblem;
}

const SPACE = 0x20;
const ZERO = 0x30;
const FIRST_BYTES = 16;

/**
 * Explains the packet that begins at `start` and was promised to end at `end`, which may lie beyond the bytes that are
 * there. It walks the rows that encode and decode it, goes on behind a value that breaks its row, and stops where the
 * bytes or their sizes do. It never throws.
 */
export function explainPacket(
  table: FieldTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  options: ExplainPacketOptions,
): PacketExplanation {
  const fields: ExplainedField[] = [];
  const walked = walk(table, bytes, start, end, options, fields);
  if (walked.problem || walked.next >= end) return { fields, ...walked };
  fields.push(unread('behind its last field', bytes, walked.next, end, options));
  const message = `${table.name}: ${end - start} bytes, ${walked.next - start} used`;
  return { fields, ...walked, problem: { offset: walked.next, reason: 'body-too-long', message } };
}

type Walked = Omit<PacketExplanation, 'fields'>;

function walk(
  table: FieldTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  options: ExplainPacketOptions,
  fields: ExplainedField[],
): Walked {
  const values: Record<string, unknown> = {};
  let at = start;
  for (const row of table.rows) {
    if (row.group) {
      const parts = walkGroup(row.group, values, bytes, at, end, options, fields);
      if (parts.problem) return parts;
      at = parts.next;
      continue;
    }
    const size = sizeOfRow(row, at, end, values);
    if (typeof size !== 'number') return { next: at, problem: { offset: at, ...size } };
    if (at + size > end || at + size > bytes.length) {
      if (at < bytes.length && at < end) {
        fields.push(unread(options.nameOf(table, row), bytes, at, Math.min(at + size, end), options, row));
      }
      return { next: Math.min(end, bytes.length), problem: shortage(table, row, bytes, start, end) };
    }
    fields.push(explainField(table, row, bytes, at, at + size, values, options));
    at += size;
  }
  return { next: at };
}

function walkGroup(
  { countedBy, table }: NonNullable<Field['group']>,
  values: Readonly<Record<string, unknown>>,
  bytes: Uint8Array,
  start: number,
  end: number,
  options: ExplainPacketOptions,
  fields: ExplainedField[],
): Walked {
  const count = Number(values[countedBy]);
  let at = start;
  for (let part = 1; part <= count; part++) {
    const section = `${table.name} ${part}`;
    const walked = walk(table, bytes, at, end, { ...options, section }, fields);
    if (walked.problem) return walked;
    at = walked.next;
  }
  return { next: at };
}

function sizeOfRow(
  row: Field,
  start: number,
  end: number,
  values: Readonly<Record<string, unknown>>,
): number | { reason: string; message: string } {
  if (!row.extent) return row.size;
  try {
    const size = row.extent(start, end, { values });
    return Number.isInteger(size) ? size : { reason: 'no-size', message: `${row.name} has no size` };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { reason: error.reason, message: error.message };
  }
}

function shortage(
  table: FieldTable,
  row: Field,
  bytes: Uint8Array,
  start: number,
  end: number,
): ExplainedProblem {
  if (bytes.length < end) {
    const message = `${table.name}: the bytes end within ${row.name}`;
    return { offset: bytes.length, reason: 'incomplete', message };
  }
  const message = `${table.name}: ${end - start} bytes end within ${row.name}`;
  return { offset: end, reason: 'body-too-short', message };
}

function explainField(
  table: FieldTable,
  row: Field,
  bytes: Uint8Array,
  start: number,
  end: number,
  values: Record<string, unknown>,
  options: ExplainPacketOptions,
): ExplainedField {
  const own = readField(row, bytes, start, end, values, options.text);
  // Bytes that are no number must not pass for a size.
  values[row.name] = own.isRead || row.steers !== true ? own.value : undefined;
  const remarks = options.remark(table, row, own.value, values);
  const note = 'note' in remarks ? remarks.note : own.note;
  const { meaning, meaningKo } = remarks;
  return {
    section: options.section,
    name: options.nameOf(table, row),
    notation: row.notation,
    offset: start,
    bytes: bytes.subarray(start, end),
    unpacked: false,
    value: remarks.value ?? own.shown,
    masked: remarks.masked ?? own.masked,
    ...(meaning === undefined ? {} : { meaning }),
    ...(meaningKo === undefined ? {} : { meaningKo }),
    ...(note === undefined ? {} : { note }),
  };
}

function readField(
  row: Field,
  bytes: Uint8Array,
  start: number,
  end: number,
  values: Readonly<Record<string, unknown>>,
  text: TextOptions,
): { value: unknown; isRead: boolean; shown: string; masked: string; note: string | undefined } {
  try {
    const value = row.read(bytes, start, end, text, { values });
    const masked = String(row.show(value, row.masking));
    const note = paddingNote(value, bytes, start, end);
    return { value, isRead: true, shown: shownValue(value), masked, note };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const value = toLatin1(bytes, start, end).replace(/\0+$/, '');
    const shown = printable(value);
    const masked = row.masking === 'open' ? shown : `(${end - start} bytes)`;
    return { value, isRead: false, shown, masked, note: error.message };
  }
}

function shownValue(value: unknown): string {
  if (value === undefined) return '';
  return value instanceof Uint8Array ? `${value.length} bytes: ${firstBytes(value)}` : String(value);
}

/** The first bytes in hex, as many as tell a file by them. */
export function firstBytes(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, FIRST_BYTES), (byte) => byte.toString(16).padStart(2, '0'));
  return bytes.length > FIRST_BYTES ? `${shown.join(' ')} …` : shown.join(' ');
}

/** Bytes that are read, and yet are not written so. */
function paddingNote(value: unknown, bytes: Uint8Array, start: number, end: number): string | undefined {
  if (value instanceof Uint8Array) return undefined;
  const field = bytes.subarray(start, end);
  if (value === undefined) return field.some((byte) => byte !== 0) ? 'not NUL' : undefined;
  const nul = field.indexOf(0);
  if (nul !== -1 && field.subarray(nul).some((byte) => byte !== 0)) return 'not NUL behind its value';
  if (typeof value !== 'number') return undefined;
  if (field.includes(SPACE)) return 'padded with spaces';
  return field.length > 1 && field[0] === ZERO && (field[1] ?? 0) !== 0 ? 'padded with zeros' : undefined;
}

function unread(
  name: string,
  bytes: Uint8Array,
  start: number,
  end: number,
  { section }: ExplainPacketOptions,
  row?: Field,
): ExplainedField {
  const there = bytes.subarray(start, end);
  const masked = row?.masking === 'open' ? printable(toLatin1(there)) : `(${there.length} bytes)`;
  const note = row ? 'cut' : 'belongs to no field';
  const value = there.length > FIRST_BYTES * 4 ? firstBytes(there) : printable(toLatin1(there));
  return {
    section,
    name,
    notation: row?.notation ?? '',
    offset: start,
    bytes: there,
    unpacked: false,
    value,
    masked,
    note,
  };
}

/** Characters that a terminal would act on are shown as dots. */
function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, '.');
}
