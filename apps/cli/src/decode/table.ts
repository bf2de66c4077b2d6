import type { ExplainedField, ExplainedFrame } from '@pabal/wire';
import { displayWidth, printable } from '../table.js';
import { hexOf, remarkOf, shownValue, type View } from './shown.js';
import { wrapped } from './wrap.js';

const HEADING = ['offset', 'bytes', 'field', 'kind', 'value', 'meaning'] as const;
const GAP = '  ';
const INDENT = '  ';
/** Bytes of hex in a line, by the columns that there are. */
const HEX_BYTES = [
  { from: 110, bytes: 8 },
  { from: 90, bytes: 4 },
  { from: 76, bytes: 2 },
];
const LEAST_HEX_BYTES = 1;
/** `(1234 bytes)` */
const LEAST_HEX_WIDTH = 12;
/** ` +262144` behind the digits. */
const COUNT_WIDTH = 8;
/** A narrower terminal breaks the lines itself. */
const LEAST_COLUMNS = 64;
/** Where nothing says how wide a line may be. */
const USUAL_COLUMNS = 140;
const MOST_LINES = 4;
/** Value and meaning share what the other columns leave, but have so much each. */
const LEAST_WIDTH = 8;
/** Shares of the line that the names and the kinds of fields take at most. */
const NAME_SHARE = 5;
const KIND_SHARE = 8;

export interface TableOptions extends View {
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

/** A frame as a table: a line of what it is, a heading, its fields by part, and what is wrong with it. Pure. */
export function frameTable(frame: ExplainedFrame, index: number, options: TableOptions): string[] {
  const { title, offset, size, fields, problem } = frame;
  const columns = Math.max(LEAST_COLUMNS, options.columns ?? USUAL_COLUMNS);
  const hexBytes = HEX_BYTES.find(({ from }) => columns >= from)?.bytes ?? LEAST_HEX_BYTES;
  const rows = fields.map((field) => cellsOf(field, options, hexBytes));
  const widths = widthsOf([HEADING, ...rows], columns - INDENT.length, hexBytes);
  const lines = [
    `#${index + 1} ${printable(title)}: ${size} bytes at offset ${offset}`,
    ...tableRow(HEADING, widths),
  ];
  let part: string | undefined;
  for (const [row, field] of fields.entries()) {
    const heading = partOf(field);
    if (heading !== part) lines.push(`${INDENT}— ${printable(heading)}`);
    part = heading;
    lines.push(...tableRow(rows[row] ?? [], widths));
  }
  if (problem) {
    const { offset: at, message, reason } = problem;
    const said = `broken at offset ${at}: ${message.startsWith(reason) ? message : `${message} (${reason})`}`;
    lines.push(...wrapped(said, columns - INDENT.length, MOST_LINES).map((line) => `${INDENT}${line}`));
  }
  return lines;
}

function partOf({ section, unpacked }: ExplainedField): string {
  return unpacked ? `${section}, offsets in the unpacked text` : section;
}

function cellsOf(field: ExplainedField, view: View, hexBytes: number): string[] {
  return [
    String(field.offset),
    hexOf(field, view, hexBytes),
    field.name,
    field.notation,
    shownValue(field, view),
    remarkOf(field, view),
  ].map(printable);
}

/** Each column as wide as its widest cell, within bounds; value and meaning share what the others leave. */
function widthsOf(rows: readonly (readonly string[])[], columns: number, hexBytes: number): number[] {
  const widest = HEADING.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  const [offset = 0, hex = 0, name = 0, kind = 0, value = 0, meaning = 0] = widest;
  const first = [
    offset,
    Math.min(hex, Math.max(LEAST_HEX_WIDTH, hexBytes * 3 - 1 + COUNT_WIDTH)),
    Math.min(name, Math.floor(columns / NAME_SHARE)),
    Math.min(kind, Math.floor(columns / KIND_SHARE)),
  ];
  const taken = first.reduce((sum, width) => sum + width, 0) + GAP.length * (HEADING.length - 1);
  const left = Math.max(2 * LEAST_WIDTH, columns - taken);
  if (value + meaning <= left) return [...first, value, meaning];
  const half = Math.floor(left / 2);
  const forValue = Math.max(LEAST_WIDTH, Math.min(value, Math.max(left - meaning, half)));
  return [...first, forValue, left - forValue];
}

function tableRow(cells: readonly string[], widths: readonly number[]): string[] {
  const wrappedCells = cells.map((cell, column) => wrapped(cell, widths[column] ?? 0, MOST_LINES));
  const height = Math.max(1, ...wrappedCells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    (
      INDENT + wrappedCells.map((lines, column) => padded(lines[line] ?? '', widths[column] ?? 0)).join(GAP)
    ).trimEnd(),
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
