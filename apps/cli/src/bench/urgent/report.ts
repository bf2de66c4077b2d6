import { renderTable } from '../../table.js';
import { type Aim, aimLines, aimOf } from '../aims.js';
import type { Machine } from '../machine.js';
import type { UrgentBenchOptions } from './options.js';
import type { LoadName, UrgentRow } from './run.js';

/** All that a run of the benchmark found; `--json` prints it as it is. */
export interface UrgentReport {
  readonly measured: string;
  readonly command: Omit<UrgentBenchOptions, 'json'>;
  readonly machine: Machine;
  /** The machine's load (1 minute) before and after. */
  readonly load: readonly [before: number, after: number];
  readonly rows: readonly UrgentRow[];
  readonly aims: readonly Aim[];
}

export const MEASURED =
  'urgent messages, one by one: from right before the call that enqueues each to its bytes at the simulator, by one monotonic clock';

/** At p99, ms. */
const WITHIN: Readonly<Record<LoadName, number>> = { half: 10, full: 30 };
/** What garbage is there, or not, at a moment. What a million adds to a small backlog must stay below it. */
const MAY_GROW_BYTES = 64 * 1024 * 1024;

/** What the promises ask of the rows. Pure. */
export function aimsOf(rows: readonly UrgentRow[]): Aim[] {
  const name = ({ backlog, load, waiting }: UrgentRow) => `${waiting} waiting (${backlog}), ${load} load`;
  /** Behind a small backlog of the same kind; where there was none, with nothing waiting. */
  const before = (row: UrgentRow) => smallOf(rows, row) ?? rows.find(isAloneAtFullLoad);
  const grew = (bytes: number, from: number | undefined) => bytes - (from ?? 0) > MAY_GROW_BYTES;
  return [
    ...(['half', 'full'] as const).map((load) =>
      aimOf(
        `an urgent message is on the wire within ${WITHIN[load]} ms at p99 at ${load} load`,
        rows.filter((row) => row.load === load),
        (row) => !(row.p99Ms <= WITHIN[load]),
        name,
      ),
    ),
    aimOf(
      'sender and receiver hold no more memory (64 MB) behind the backlog than behind a small one, or none',
      rows.filter((row) => row.backlog !== 'none' && !rows.some((other) => smallOf(rows, other) === row)),
      (row) =>
        grew(row.senderBytes, before(row)?.senderBytes) ||
        grew(row.receiverBytes, before(row)?.receiverBytes),
      name,
    ),
  ];
}

const isAloneAtFullLoad = ({ backlog, load }: UrgentRow) => backlog === 'none' && load === 'full';

/** The row at full load behind a backlog of the same kind that was less than half as large. */
function smallOf(rows: readonly UrgentRow[], { backlog, waiting }: UrgentRow): UrgentRow | undefined {
  if (backlog === 'none') return undefined;
  return rows.find((row) => row.backlog === backlog && row.load === 'full' && row.waiting < waiting / 2);
}

/** The report as people read it. Pure. */
export function urgentLines({ command, machine, load, rows, aims }: UrgentReport): string[] {
  const table = renderTable(
    [
      ...['waiting', 'as', 'load', 'urgent', 'p50 ms', 'p99 ms', 'max ms', 'largest second', 'grant used'],
      ...['sender MB', 'receiver MB'],
    ],
    rows.map((row) => [
      row.waiting.toLocaleString('en-US'),
      row.backlog === 'none' ? '-' : row.backlog,
      row.load,
      row.urgent.toLocaleString('en-US'),
      row.p50Ms.toFixed(1),
      row.p99Ms.toFixed(1),
      row.maxMs.toFixed(1),
      String(row.largestCertain),
      `${(row.usedShare * 100).toFixed(1)}%`,
      megabytes(row.senderBytes),
      megabytes(row.receiverBytes),
    ]),
  );
  return [
    'pabal bench urgent',
    `  ${MEASURED}`,
    `  over ${command.gateway} simulated, one agent granted ${command.grant} a second; ${command.seconds} s at each load; durability memory`,
    '  half load: urgent messages take half of the grant; full: all of it but 2%; bulk takes the rest',
    `  on ${machine.cores} cores (${machine.model}), Node ${machine.node}, Redis ${machine.redis}; load ${load[0].toFixed(1)} before, ${load[1].toFixed(1)} after`,
    '',
    ...table,
    '',
    ...aimLines(aims),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
