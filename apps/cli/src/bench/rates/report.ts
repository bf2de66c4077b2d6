import { renderTable } from '../../table.js';
import { type Aim, aimLines, aimOf } from '../aims.js';
import type { Machine } from '../machine.js';
import type { RatesBenchOptions } from './options.js';
import type { RateRow } from './run.js';

/** All that a run of the benchmark found; `--json` prints it as it is. */
export interface RatesReport {
  readonly measured: string;
  readonly command: Omit<RatesBenchOptions, 'json'>;
  readonly machine: Machine;
  /** The machine's load (1 minute) before and after. */
  readonly load: readonly [before: number, after: number];
  readonly rows: readonly RateRow[];
  readonly aims: readonly Aim[];
}

export const MEASURED =
  'submits as the simulator read them; a backlog waits all the time, so that the grant is what limits them';

/** Grants of less have too few submits in a run for a share of 99% to mean something. */
const SHARE_FROM = 100;
const LEAST_SHARE = 0.99;

/** What the promises ask of the rows. Pure. */
export function aimsOf(rows: readonly RateRow[]): Aim[] {
  const aim = (text: string, misses: (row: RateRow) => boolean) => aimOf(text, rows, misses, nameOf);
  return [
    aim(
      'never more than granted within a second for certain, and no rule of the gateway broken',
      (row) => row.largestCertain > row.grant || row.broken.length > 0,
    ),
    aim(
      `at least ${LEAST_SHARE * 100}% of grants from ${SHARE_FROM} a second, steady`,
      (row) => row.happening === 'steady' && row.grant >= SHARE_FROM && !(row.usedShare >= LEAST_SHARE),
    ),
  ];
}

function nameOf({ gateway, agent, grant, happening, ackDelayMs }: RateRow): string {
  return `${gateway} ${agent}, ${grant} a second, ${happening}, answers after ${ackDelayMs} ms`;
}

/** The report as people read it. Pure. */
export function ratesLines({ command, machine, load, rows, aims }: RatesReport): string[] {
  const table = renderTable(
    [
      'gateway',
      'grant',
      'agent',
      'what',
      'ack ms',
      'submits',
      ...SECONDS,
      'used',
      'silent s',
      'taken over s',
    ],
    rows.map((row) => [
      row.gateway,
      String(row.grant),
      row.agent,
      row.happening,
      String(row.ackDelayMs),
      String(row.submits),
      `${row.largestSecond} (${row.lagMs.toFixed(1)} ms)`,
      String(row.largestCertain),
      Number.isNaN(row.usedShare) ? '-' : `${(row.usedShare * 100).toFixed(2)}%`,
      seconds(row.silentMs),
      seconds(row.takeOverMs),
    ]),
  );
  return [
    'pabal bench rates',
    `  ${MEASURED}`,
    `  each run sends for ${command.seconds} s; durability memory`,
    `  on ${machine.cores} cores (${machine.model}), Node ${machine.node}, Redis ${machine.redis}; load ${load[0].toFixed(1)} before, ${load[1].toFixed(1)} after`,
    '',
    ...table,
    '',
    ...aimLines(aims),
    '',
    'largest second: the most submits in any second, and the largest stall of the simulator around it, which moves arrivals together.',
    'certain: the most that came within a second for certain: where a stall of 5 ms or more touched it, a second less twice the stall.',
    'used: share of the grant while an agent was logged in, without the first second after each login.',
    'silent, taken over: between the last submit of one owner and the first of the next, and from the event to that.',
    'steady: after 3 s of sending that are not measured.',
  ];
}

const SECONDS = ['largest second (lag)', 'certain'];

function seconds(ms: number | undefined): string {
  return ms === undefined ? '' : (ms / 1000).toFixed(1);
}
