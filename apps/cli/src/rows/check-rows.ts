import type { ParsedMessage } from '@pabal/message';
import type { BadRow, Row } from './row.js';

export interface CheckedRows {
  /** Rows that may be sent. */
  readonly good: number;
  readonly bad: readonly BadRow[];
}

/** An id for a row that has none: the same batch name and file give the same ids, so that a repeat sends nothing twice. */
export function rowId(batch: string, line: number): string {
  return `${batch}-${line}`;
}

/** The input of a row with its id; undefined for a row that cannot be read. */
export function inputOf(row: Row, batch: string): Readonly<Record<string, unknown>> | undefined {
  if ('problem' in row) return undefined;
  return row.input.id === undefined ? { ...row.input, id: rowId(batch, row.line) } : row.input;
}

/** Checks every row, also that no two have the same id: they would be one message. */
export async function checkRows(
  rows: AsyncIterable<Row>,
  batch: string,
  check: (input: unknown) => Promise<ParsedMessage>,
  onRow: (count: number) => void = () => {},
): Promise<CheckedRows> {
  const bad: BadRow[] = [];
  const seen = new Map<string, number>();
  let good = 0;
  for await (const row of rows) {
    const problems = await problemsOf(row, batch, check, seen);
    if (problems.length > 0) bad.push({ line: row.line, problems });
    else good++;
    onRow(good + bad.length);
  }
  return { good, bad };
}

async function problemsOf(
  row: Row,
  batch: string,
  check: (input: unknown) => Promise<ParsedMessage>,
  seen: Map<string, number>,
): Promise<BadRow['problems']> {
  if ('problem' in row) return [row.problem];
  const checked = await check(inputOf(row, batch));
  if (!checked.ok) return checked.problems;
  const { id } = checked.message;
  const before = seen.get(id);
  if (before !== undefined) {
    return [{ field: 'id', rule: 'duplicate-id', message: `id stands in line ${before} already` }];
  }
  seen.set(id, row.line);
  return [];
}
