import { renderTable } from '../table.js';
import { REPORT_DELAY_MS } from './fleet-config.js';
import type { Machine } from './machine.js';
import type { MemoryFigures } from './memory.js';
import type { FleetBenchOptions } from './options.js';
import type { RoundFigures } from './round.js';
import { medians } from './statistics.js';

/** What it was measured on. */
export interface FleetMachine extends Machine {
  readonly redisArguments: readonly string[];
  /** The machine's load (1 minute) before and after. */
  readonly load: readonly [before: number, after: number];
}

/** Medians of one path over its rounds. */
export interface PathFigures {
  readonly perSecond: number;
  readonly steadyPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU microseconds a message by process kind, simulators not among them. */
  readonly cpu: Readonly<Record<string, number>>;
  /** Their sum. */
  readonly cpuTogether: number;
  /** Apart, since they are no part of the fleet. */
  readonly simulatorCpu: number;
}

/** All that a run of the benchmark found; `--json` prints it as it is. */
export interface FleetReport {
  readonly measured: string;
  readonly command: Omit<FleetBenchOptions, 'json' | 'memory'>;
  readonly machine: FleetMachine;
  readonly jobBytes: number;
  readonly fleet: PathFigures;
  /** The same messages in batches, where that was asked for. */
  readonly batches?: PathFigures;
  readonly bare: PathFigures;
  /** Fleet over bare. */
  readonly ratio: { readonly perSecond: number; readonly redisCpu: number; readonly cpuTogether: number };
  readonly memory?: MemoryFigures;
  readonly rounds: readonly RoundFigures[];
}

export const MEASURED =
  'fleet: enqueue → send → ack → report → result consumed, over simulated gateways; ' +
  'bare: the same jobs through two BullMQ queues, addBulk → a worker adds to the second → a worker consumes';

/** Medians of the rounds of one path. Pure. */
export function pathFigures(rounds: readonly RoundFigures[]): PathFigures {
  const pace = medians(rounds.map((round) => ({ ...round.pace })));
  const { simulator = 0, ...cpu } = medians(rounds.map((round) => round.cpu));
  return {
    perSecond: pace.perSecond ?? Number.NaN,
    steadyPerSecond: pace.steadyPerSecond ?? Number.NaN,
    p50Ms: pace.p50Ms ?? Number.NaN,
    p99Ms: pace.p99Ms ?? Number.NaN,
    cpu,
    cpuTogether: Object.values(cpu).reduce((sum, micros) => sum + micros, 0),
    simulatorCpu: simulator,
  };
}

/** Puts the findings together. Pure. */
export function fleetReport(
  { json: _json, memory: _memory, ...command }: FleetBenchOptions,
  machine: FleetMachine,
  rounds: readonly RoundFigures[],
  memory?: MemoryFigures,
): FleetReport {
  const fleet = pathFigures(rounds.filter(({ path }) => path === 'fleet'));
  const bare = pathFigures(rounds.filter(({ path }) => path === 'bare'));
  const inBatches = rounds.filter(({ path }) => path === 'batches');
  return {
    measured: MEASURED,
    command,
    machine,
    jobBytes: rounds[0]?.jobBytes ?? 0,
    fleet,
    ...(inBatches.length === 0 ? {} : { batches: pathFigures(inBatches) }),
    bare,
    ratio: {
      perSecond: fleet.perSecond / bare.perSecond,
      redisCpu: (fleet.cpu.redis ?? Number.NaN) / (bare.cpu.redis ?? Number.NaN),
      cpuTogether: fleet.cpuTogether / bare.cpuTogether,
    },
    ...(memory === undefined ? {} : { memory }),
    rounds,
  };
}

/** The report as people read it. Pure. */
export function reportLines(report: FleetReport): string[] {
  const { command, machine, fleet, batches, bare } = report;
  const { messages, rounds, senders, durability, gateways, grant, textBytes, ratePerSecond } = command;
  const receivers = 1;
  const pace = ratePerSecond === undefined ? 'as fast as they are taken' : `at ${ratePerSecond} a second`;
  const row = (name: string, figure: (path: PathFigures) => number | undefined, digits = 0) => {
    const [ours, theirs] = [figure(fleet), figure(bare)];
    const batched = batches && figure(batches);
    return [
      name,
      show(ours, digits),
      ...(batches ? [show(batched, digits)] : []),
      show(theirs, digits),
      ratio(ours, theirs),
      ...(batches ? [ratio(batched, theirs)] : []),
    ];
  };
  const kinds: readonly (readonly [string, string])[] = [
    ['redis', '  Redis'],
    ['producer', '  producer'],
    ['sender', `  sender × ${senders}`],
    ['receiver', '  receiver'],
    ['forwarder', `  forwarder × ${senders + receivers}`],
    ['consumer', '  consumer'],
  ];
  const table = renderTable(
    [
      '',
      'fleet',
      ...(batches ? ['in batches'] : []),
      'bare BullMQ',
      'fleet/bare',
      ...(batches ? ['batches/bare'] : []),
    ],
    [
      row('messages a second, first enqueue to last result', (path) => path.perSecond),
      row('  steady, between 10% and 90%', (path) => path.steadyPerSecond),
      row('enqueue to result, p50 ms', (path) => path.p50Ms, 1),
      row('  p99 ms', (path) => path.p99Ms, 1),
      row('CPU a message together, µs', (path) => path.cpuTogether),
      ...kinds.map(([kind, name]) => row(name, (path) => path.cpu[kind])),
      [
        'simulators, not counted',
        show(fleet.simulatorCpu, 0),
        ...(batches ? [show(batches.simulatorCpu, 0), ''] : []),
        '',
        '',
      ],
    ],
  );
  return [
    `pabal bench fleet`,
    `  fleet: enqueue → send → ack → report → result consumed, over ${gateways.join(' and ')} simulated, each agent granted ${grant} a second,`,
    `         reported ${REPORT_DELAY_MS} ms after acceptance`,
    `  bare:  the same jobs through two BullMQ queues: addBulk → a worker adds to the second → a worker consumes`,
    `  ${messages} messages a run, ${rounds} runs of each in turn, put in ${pace}; medians`,
    `  ${textBytes} bytes of text, ${report.jobBytes} bytes of job; as many processes on both ways`,
    `  on ${machine.cores} cores (${machine.model}), Node ${machine.node}, Redis ${machine.redis}; load ${machine.load[0].toFixed(1)} before, ${machine.load[1].toFixed(1)} after`,
    `  durability ${durability}: ${machine.redisArguments.join(' ')}`,
    '',
    ...table,
    '',
    ...(report.memory === undefined ? [] : [...memoryLines(report.memory), '']),
    ...(ratePerSecond === undefined
      ? [
          'Latencies hold the wait in the backlog, since all messages are put in at once; --rate N takes it away.',
        ]
      : []),
    'Everything shares this machine, the simulators too. Ratios and CPU a message hold better than rates and times.',
  ];
}

function memoryLines({ messages, waiting, pending, resultWaiting, settled }: MemoryFigures): string[] {
  const rows = [
    ['waiting in its queue', show(waiting, 0)],
    ['pending: accepted, its report not yet there', show(pending, 0)],
    ['settled, its result waiting', show(resultWaiting, 0)],
    ['settled, its result consumed', show(settled, 0)],
  ];
  return renderTable([`Redis memory a message over ${messages} (lghv), bytes`, ''], rows);
}

function show(value: number | undefined, digits: number): string {
  if (value === undefined) return '-';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function ratio(ours: number | undefined, theirs: number | undefined): string {
  return ours === undefined || theirs === undefined ? '' : (ours / theirs).toFixed(2);
}
