import { cpus } from 'node:os';
import type { Command, Given, Io } from '../command.js';
import { EXIT, isSet, JSON_FLAG } from '../command.js';
import { CliFailure } from '../failure.js';
import { monotonicMs } from './monotonic.js';
import { whole } from './options.js';
import { lghvTasks } from './wire/lghv-tasks.js';
import {
  aimsOf,
  figure,
  MEASURED,
  packetFigures,
  pairsOf,
  type WireReport,
  wireLines,
} from './wire/report.js';
import { runRounds } from './wire/rounds.js';
import { type Baseline, smppBaseline } from './wire/smpp-tasks.js';
import { smtntTasks } from './wire/smtnt-tasks.js';
import type { PacketTasks } from './wire/task.js';

const ROUNDS = 15;
const SLICE_MS = 20;
/** Ten slices: enough for the compiler's last step. */
const WARM_UP_SLICES = 10;

export interface WireBenchOptions {
  readonly rounds: number;
  readonly sliceMs: number;
}

/** `pabal bench wire` */
export const wireBenchmark: Command = {
  name: 'bench wire',
  summary: 'µs and packets a second to encode and to decode, beside the npm package smpp in the same run',
  flags: {
    rounds: {
      type: 'string',
      value: 'N',
      help: `how often each packet is measured, at least 2; default ${ROUNDS}`,
    },
    slice: { type: 'string', value: 'MS', help: `how long each time, 1 to 1000 ms; default ${SLICE_MS}` },
    ...JSON_FLAG,
  },
  notes: [
    'Runs on one thread and needs nothing else. Exit 0 also where an aim is missed: the figures are the machine’s.',
  ],
  run: async (given, io) => {
    const options = optionsOf(given);
    const signal = io.stopSignal();
    try {
      const report = await measureWire(options, signal, (line) => io.err(line));
      print(report, isSet(given, 'json'), io);
      return EXIT.done;
    } catch (error) {
      if (signal.aborted) throw new CliFailure('interrupted');
      throw error;
    }
  },
};

function optionsOf(given: Given): WireBenchOptions {
  return {
    rounds: whole(given, 'rounds', { least: 2, most: 1000 }) ?? ROUNDS,
    sliceMs: whole(given, 'slice', { least: 1, most: 1000 }) ?? SLICE_MS,
  };
}

function print(report: WireReport, json: boolean, io: Io): void {
  if (json) io.out(JSON.stringify(report));
  else for (const line of wireLines(report)) io.out(line);
}

async function measureWire(
  { rounds, sliceMs }: WireBenchOptions,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<WireReport> {
  const baseline = await smppBaseline();
  const packets = [...lghvTasks(), ...smtntTasks()];
  const pairs = packets.map((each) => pairsOf(each, baseline.tasks));
  progress('warming up');
  const { times, checksum } = await runRounds(pairs.flat(), {
    rounds,
    sliceMs,
    warmUpMs: sliceMs * WARM_UP_SLICES,
    now: monotonicMs,
    signal,
    onRound: (round) => progress(`round ${round} of ${rounds}`),
  });
  let next = 0;
  const own = packets.map((each, index) => {
    const count = pairs[index]?.length ?? 0;
    next += count;
    return { tasks: each, times: times.slice(next - count, next) };
  });
  return report({ rounds, sliceMs }, baseline, own, checksum);
}

type Timed = { readonly tasks: PacketTasks; readonly times: Parameters<typeof packetFigures>[1] };

function report(
  command: WireBenchOptions,
  { name, tasks }: Baseline,
  timed: readonly Timed[],
  checksum: number,
): WireReport {
  const packets = timed.map((each) => packetFigures(each.tasks, each.times));
  const [model] = cpus();
  return {
    measured: MEASURED,
    command,
    machine: { cores: cpus().length, model: model?.model.trim() ?? 'unknown', node: process.versions.node },
    baseline: {
      name,
      bytes: tasks.bytes,
      // It ran beside every packet, so that all its rounds count.
      encode: figure(timed.flatMap(({ times }) => times[0]?.baseline ?? [])),
      decode: figure(timed.flatMap(({ times }) => times[1]?.baseline ?? [])),
    },
    packets,
    aims: aimsOf(packets),
    checksum,
  };
}
