import { Readable } from 'node:stream';
import { type Problem, parseMessage } from '@pabal/message';
import { CsvError, parse } from 'csv-parse';
import { CliFailure } from '../failure.js';
import { messageOfCells } from './cells.js';
import type { Row } from './row.js';

/** A cell longer than this is an unclosed quote rather than a text. */
const MAX_RECORD_CHARACTERS = 1_000_000;

/**
 * Reads CSV (RFC 4180, a byte order mark allowed) whose first row names the columns: message fields, nested ones with
 * dots. Empty lines are skipped.
 * @throws CliFailure when the heading is not usable or a quote is not closed
 */
export async function* readCsv(name: string, text: AsyncIterable<string>): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  });
  // A pipe hands on no errors, and one that nobody hears of ends the process.
  const source = Readable.from(text).on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  const lines = new LineCounter();
  let columns: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (!columns) {
        columns = record.map((column) => column.trim());
        const wrong = headingMistakes(columns);
        if (wrong.length > 0) throw new CliFailure(wrong.map((line) => `${name}:1  ${line}`).join('\n'));
        continue;
      }
      yield rowOf(columns, record, lines.firstLine(record, info.lines));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CliFailure(`${name} is not valid CSV: ${error.code} near line ${String(error.lines ?? '?')}`, {
      cause: error,
    });
  }
  if (!columns) throw new CliFailure(`${name} is empty: its first row must name the columns`);
}

/**
 * Finds the line at which each row begins. The parser counts the line at which a row ends, and inside quotes it counts a
 * CR LF as two lines.
 */
class LineCounter {
  #countedTwice = 0;

  /** @param endLine what the parser counted up to the end of this row */
  firstLine(record: readonly string[], endLine: number): number {
    const count = (pattern: RegExp) =>
      record.reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);
    const line = endLine - this.#countedTwice - count(/[\r\n]/g);
    this.#countedTwice += count(/\r\n/g);
    return line;
  }
}

function rowOf(columns: readonly string[], record: readonly string[], line: number): Row {
  if (record.length === columns.length) return { line, input: messageOfCells(columns, record) };
  const problem: Problem = {
    field: 'row',
    rule: 'columns',
    message: `row must have ${columns.length} cells, as the heading has`,
    limit: columns.length,
    actual: record.length,
  };
  return { line, problem };
}

/** What is wrong with a heading: names that no message has, and names that stand twice. Pure. */
export function headingMistakes(columns: readonly string[]): string[] {
  return columns.flatMap((column, index) => {
    if (column === '') return [`column ${index + 1} has no name`];
    if (columns.indexOf(column) < index) return [`the column ${column} stands twice`];
    return isMessageField(column) ? [] : [`${column} is not a field of a message`];
  });
}

/** Asks the check of messages itself, so that the two cannot differ. */
function isMessageField(column: string): boolean {
  const parsed = parseMessage(messageOfCells([column], ['x']));
  return parsed.ok || !parsed.problems.some(({ rule }) => rule === 'unknown-field');
}
