import { renderTable } from '../../table.js';
import type { Machine } from '../machine.js';
import { median } from '../statistics.js';
import type { ApiBenchOptions } from './options.js';

/** The ways on which messages are put into their queue. */
export const WAYS = ['single', 'bulk', 'bareSingle', 'bareBulk'] as const;
export type Way = (typeof WAYS)[number];

/** One run of a way. */
export interface ApiRound {
  readonly way: Way;
  readonly perSecond: number;
  /** Of a request, or of a call of BullMQ's. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU microseconds a message: of the API, or of whoever calls BullMQ; and of Redis. */
  readonly cpuMicros: number;
  readonly redisMicros: number;
}

export interface ApiBenchReport {
  readonly command: Omit<ApiBenchOptions, 'json'>;
  readonly machine: Machine & { readonly load: readonly [before: number, after: number] };
  /** Bytes of a message as JSON. */
  readonly messageBytes: number;
  /** Medians over the rounds. */
  readonly ways: Readonly<Record<Way, Omit<ApiRound, 'way'>>>;
  readonly aims: { readonly single: number; readonly bulk: number };
  readonly rounds: readonly ApiRound[];
}

/** Messages a second on two cores, the load generator included. */
export const AIMS = { single: 4_000, bulk: 25_000 } as const;

/** Medians of the rounds of a way. Pure. */
export function figuresOf(rounds: readonly ApiRound[], way: Way): Omit<ApiRound, 'way'> {
  const own = rounds.filter((round) => round.way === way);
  const middle = (figure: (round: ApiRound) => number) => median(own.map(figure));
  return {
    perSecond: middle(({ perSecond }) => perSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    cpuMicros: middle(({ cpuMicros }) => cpuMicros),
    redisMicros: middle(({ redisMicros }) => redisMicros),
  };
}

/** The report as people read it. Pure. */
export function apiReportLines({ command, machine, messageBytes, ways, aims }: ApiBenchReport): string[] {
  const names: Readonly<Record<Way, string>> = {
    single: `API, one message a request × ${command.connections}`,
    bareSingle: `  bare BullMQ, add × ${command.connections}`,
    bulk: `API, ${command.bulk} messages a request`,
    bareBulk: `  bare BullMQ, addBulk of ${command.bulk}`,
  };
  const row = (way: Way, aim?: number) => {
    const { perSecond, p50Ms, p99Ms, cpuMicros, redisMicros } = ways[way];
    return [
      names[way],
      whole(perSecond),
      aim === undefined ? '' : `${whole(aim)} ${perSecond >= aim ? 'met' : 'missed'}`,
      p50Ms.toFixed(1),
      p99Ms.toFixed(1),
      cpuMicros.toFixed(0),
      redisMicros.toFixed(0),
    ];
  };
  const order = [row('single', aims.single), row('bareSingle'), row('bulk', aims.bulk), row('bareBulk')];
  return [
    'pabal bench api',
    '  messages accepted over HTTP with a key, no fleet running; beside the same jobs put in with BullMQ alone',
    `  ${messageBytes} bytes a message, ${command.requests} requests and ${command.messages} messages in bulk a run, ${command.rounds} runs of each in turn; medians`,
    `  on ${machine.cores} cores (${machine.model}), Node ${machine.node}, Redis ${machine.redis}; load ${machine.load[0].toFixed(1)} before, ${machine.load[1].toFixed(1)} after`,
    `  durability ${command.durability}`,
    '',
    ...renderTable(
      ['', 'messages a second', 'aim', 'p50 ms', 'p99 ms', 'CPU a message, µs', 'Redis, µs'],
      order,
    ),
    '',
    'The load generator shares this machine. Ratios and CPU a message hold better than rates and times.',
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
