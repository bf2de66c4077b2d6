import { randomBytes } from 'node:crypto';
import type { PabalClient } from '@pabal/client';
import { MemoryGuardClosed, makeMessageId, RedisUnavailable } from '@pabal/client';
import type { Given, Io } from '../command.js';
import { EXIT, isSet, textFlag } from '../command.js';
import { CliFailure, problemLine, UsageError } from '../failure.js';
import { Progress } from '../progress.js';
import { checkRows, inputOf } from '../rows/check-rows.js';
import { ENCODINGS, type Encoding, readRows } from '../rows/file.js';
import type { BadRow, Row } from '../rows/row.js';

export interface FileJob {
  readonly file: string;
  readonly given: Given;
  readonly route: string;
}

/** As much of a client as a list needs. */
export type ListClient = Pick<PabalClient, 'check' | 'sendMany'>;

/**
 * Sends a list: reads it once to check every row, and a second time to send it, so that its size does not matter.
 * @throws CliFailure when a part was sent and the rest was not, with how to go on; also after Ctrl-C
 */
export async function sendFile(client: ListClient, { file, given, route }: FileJob, io: Io): Promise<number> {
  const encoding = encodingOf(given);
  const batch = batchOf(given);
  const json = isSet(given, 'json');
  const checking = new Progress(io, 'checking');
  const stop = io.stopSignal();
  const { good, bad } = await checkRows(
    untilStopped(readRows(file, encoding), stop),
    batch,
    (input) => client.check(input, { route }),
    (count) => checking.show(count),
  ).finally(() => checking.end());
  list(file, bad, json, io);
  if (bad.length > 0 && !isSet(given, 'skip-bad')) {
    io.err(
      `Nothing was sent: ${bad.length} of ${good + bad.length} rows are bad. --skip-bad sends the others.`,
    );
    return EXIT.failed;
  }
  const skipped = new Set(bad.map(({ line }) => line));
  const sending = new Progress(io, 'sending');
  const lines: number[] = [];
  const goodInputs = async function* () {
    for await (const row of readRows(file, encoding)) {
      if (stop.aborted) return;
      if (skipped.has(row.line)) continue;
      lines.push(row.line);
      // A row that turned bad since it was checked is refused by the client and listed below.
      yield inputOf(row, batch);
    }
  };
  const report = await client
    .sendMany(goodInputs(), { route, onProgress: ({ accepted }) => sending.show(accepted, good) })
    .catch((error: unknown) => explain(error, batch, good))
    .finally(() => sending.end());
  const late = report.refused.map(({ index, problems }) => ({ line: lines[index] ?? 0, problems }));
  list(file, late, json, io);
  if (lines.length < good) {
    throw new CliFailure(
      `Interrupted: ${report.accepted.length} of ${good} are enqueued. ${howToGoOn(batch)}`,
    );
  }
  const counts = { enqueued: report.accepted.length, refused: bad.length + late.length, batch };
  if (json) io.out(JSON.stringify(counts));
  else
    io.out(
      `${counts.enqueued} enqueued, ${counts.refused} refused; ids of rows without one: ${batch}-<line>`,
    );
  return late.length === 0 ? EXIT.done : EXIT.failed;
}

/**
 * Rows, as long as nobody says to stop.
 * @throws CliFailure
 */
async function* untilStopped(rows: AsyncIterable<Row>, stop: AbortSignal): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (stop.aborted) throw new CliFailure('Interrupted while the rows were checked: nothing was sent.');
    yield row;
  }
}

function list(file: string, bad: readonly BadRow[], json: boolean, io: Io): void {
  for (const { line, problems } of bad) {
    if (json) io.out(JSON.stringify({ line, problems }));
    else for (const problem of problems) io.err(`${file}:${line}  ${problemLine(problem)}`);
  }
}

function encodingOf(given: Given): Encoding {
  const name = textFlag(given, 'encoding') ?? 'utf-8';
  if (Object.hasOwn(ENCODINGS, name)) return name as Encoding;
  throw new UsageError(`--encoding must be one of ${Object.keys(ENCODINGS).join(', ')}`);
}

function batchOf(given: Given): string {
  const name = textFlag(given, 'batch');
  if (name === undefined) return makeMessageId(Date.now(), randomBytes(16));
  if (/^[A-Za-z0-9_-]{1,50}$/.test(name)) return name;
  throw new UsageError('--batch must be 1 to 50 characters of A-Z, a-z, 0-9, _ and -');
}

function howToGoOn(batch: string): string {
  return `Repeat the command with --batch ${batch}: what was enqueued is not enqueued twice.`;
}

function explain(error: unknown, batch: string, total: number): never {
  if (!(error instanceof RedisUnavailable || error instanceof MemoryGuardClosed)) throw error;
  const done = error.interrupted.report?.accepted.length ?? 0;
  const why = error.cause instanceof Error ? error.cause.message : error.message;
  throw new CliFailure(`${why}\n${done} of ${total} are enqueued for certain. ${howToGoOn(batch)}`, {
    cause: error,
  });
}
