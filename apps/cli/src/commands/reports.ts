import {
  fleetConfigOf,
  KEPT_KINDS,
  type KeptKind,
  type KeptReport,
  KeptReports,
  type ReplayEnd,
} from '@pabal/fleet';
import { connectRedis, Producer, redisReady } from '@pabal/queues';
import type { PabalConfig } from '@pabal/runtime';
import type { Command, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG, textFlag } from '../command.js';
import { UsageError } from '../failure.js';
import { localTime } from '../local-time.js';

import { configOf, withStore } from '../session.js';

const REDIS_LIMIT_MS = 5_000;
/** What a replay has to say stands in its answer. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** What is asked for. */
export type ReportsRequest =
  | { readonly kind: 'list' | 'replayAll'; readonly kinds: ReadonlySet<KeptKind> }
  | { readonly kind: 'replay'; readonly id: string };

/** What became of a report, for people. */
const ENDS: Readonly<Record<ReplayEnd, string>> = {
  settled: 'settled: its message has its result now',
  repeated: 'repeated: it says what is known already',
  late: 'still late: its message keeps the end that it has',
  unknown: 'still unknown: nobody knows its wire id',
  unparsable: 'still unparsable',
  told: 'told: it was about a recipient, not about a message',
};

/** `pabal reports` */
export const reportsCommand: Command = {
  name: 'reports',
  summary: 'reports that changed nothing when they came; offers them again',
  notes: [
    'Parked ones wait for 10 minutes for a message that they belong to. Late, unknown and unparsed ones stand in the queue',
    'events until somebody takes them. Without a flag all four kinds are listed; numbers are masked, raw bytes left out.',
    'Offered again, a report counts as if it had just come; what settled something, or only repeats, is kept no longer.',
  ],
  flags: {
    parked: { type: 'boolean', help: 'those whose wire id nobody knows yet' },
    late: { type: 'boolean', help: 'those whose message had another end before' },
    unknown: { type: 'boolean', help: 'those whose wire id nobody knew for 10 minutes' },
    unparsed: { type: 'boolean', help: 'those that did not parse' },
    replay: { type: 'string', value: 'ID', help: 'offer this one again' },
    all: { type: 'boolean', help: 'offer all of these kinds again' },
    ...CONFIG_FLAG,
    ...JSON_FLAG,
  },
  run: (given, io) => {
    const request = requestOf(given);
    return withReports(configOf(given, io), (reports) => {
      if (request.kind === 'list') return list(reports, request.kinds, given, io);
      return replay(reports, request, given, io);
    });
  },
};

/** @throws UsageError */
export function requestOf(given: Given): ReportsRequest {
  const asked = KEPT_KINDS.filter((kind) => isSet(given, kind));
  const id = textFlag(given, 'replay');
  const all = isSet(given, 'all');
  if (id !== undefined) {
    if (all || asked.length > 0) throw new UsageError('--replay ID stands alone; --all takes kinds');
    return { kind: 'replay', id };
  }
  return { kind: all ? 'replayAll' : 'list', kinds: new Set(asked.length > 0 ? asked : KEPT_KINDS) };
}

/** One report as it is listed. Pure. */
export function lineOf(report: KeptReport): string {
  const { id, kind, gateway, since, messageId, wireId, code, recipient, settledAs, problem, bytes } = report;
  const parts = [
    `${localTime(new Date(since).toISOString())}  ${kind}  ${gateway}`,
    ...(messageId === undefined ? [] : [`message ${messageId}`]),
    ...(wireId === undefined ? [] : [`wire id ${wireId}`]),
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(recipient === undefined ? [] : [`to ${recipient}`]),
    ...(settledAs === undefined ? [] : [`settled as ${settledAs}`]),
    ...(problem === undefined ? [] : [`${problem}, ${bytes ?? 0} bytes`]),
  ];
  return `${parts.join('  ')}  ${id}`;
}

async function list(
  reports: KeptReports,
  kinds: ReadonlySet<KeptKind>,
  given: Given,
  io: Io,
): Promise<number> {
  let count = 0;
  for await (const report of reports.list(kinds)) {
    count++;
    await io.outTaken(isSet(given, 'json') ? jsonOf(report) : lineOf(report));
  }
  if (!isSet(given, 'json')) io.err(`${count} kept`);
  return EXIT.done;
}

function jsonOf({ since, ...report }: KeptReport): string {
  return JSON.stringify({ ...report, since: new Date(since).toISOString() });
}

async function replay(
  reports: KeptReports,
  request: Exclude<ReportsRequest, { kind: 'list' }>,
  given: Given,
  io: Io,
): Promise<number> {
  const ids = request.kind === 'replay' ? [request.id] : await idsOf(reports, request.kinds);
  for (const id of ids) {
    const end = await reports.replay(id);
    if (end === undefined && request.kind === 'replay') {
      io.err(`nothing is kept under ${id}`);
      return EXIT.failed;
    }
    const came = end ?? 'gone';
    if (isSet(given, 'json')) io.out(JSON.stringify({ id, end: came }));
    else io.out(`${id}  ${came === 'gone' ? 'gone meanwhile' : ENDS[came]}`);
  }
  if (request.kind === 'replayAll' && !isSet(given, 'json')) io.err(`${ids.length} offered again`);
  return EXIT.done;
}

/** All at first: what is taken off while one goes on would shift the pages. */
async function idsOf(reports: KeptReports, kinds: ReadonlySet<KeptKind>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of reports.list(kinds)) ids.push(id);
  return ids;
}

async function withReports(
  config: PabalConfig,
  use: (reports: KeptReports) => Promise<number>,
): Promise<number> {
  const fleet = fleetConfigOf(config);
  return withStore(config, async (store) => {
    const connection = connectRedis(config.redis, 'producer');
    connection.on('error', () => {}); // told by redisReady, or by the command that fails
    const producer = new Producer({ connection, prefix: fleet.prefix });
    try {
      await redisReady(connection, REDIS_LIMIT_MS);
      const reports = new KeptReports({ store, producer, config: fleet, log: SILENT });
      const end = await use(reports);
      await reports.flush();
      return end;
    } finally {
      await producer.close();
      connection.disconnect();
    }
  });
}
