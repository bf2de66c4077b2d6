import { CliFailure } from '../failure.js';
import type { Row } from './row.js';

const MAX_LINE_CHARACTERS = 1_000_000;

/**
 * Reads JSON Lines: one message v1 a line. Empty lines are skipped, a byte order mark too.
 * @throws CliFailure when a line is too long to be a message
 */
export async function* readJsonl(name: string, text: AsyncIterable<string>): AsyncGenerator<Row> {
  let line = 0;
  for await (const content of linesOf(name, text)) {
    line++;
    const json = (line === 1 ? content.replace(/^\uFEFF/, '') : content).trim();
    if (json !== '') yield rowOf(json, line);
  }
}

function rowOf(json: string, line: number): Row {
  const refused = (message: string): Row => ({ line, problem: { field: 'row', rule: 'json', message } });
  try {
    const value = JSON.parse(json) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { line, input: value as Record<string, unknown> };
    }
    return refused('row must be a JSON object');
  } catch {
    return refused('row is not JSON'); // the parser's own words would quote the content
  }
}

async function* linesOf(name: string, text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_LINE_CHARACTERS)
      throw new CliFailure(`${name} has a line of over 1,000,000 characters`);
  }
  if (rest !== '') yield rest;
}
