import { understand } from '../arguments.js';
import type { Command, Io } from '../command.js';
import { EXIT } from '../command.js';
import { UsageError } from '../failure.js';
import { commandHelp } from '../help.js';
import { apiBenchmark } from './api.js';
import { fleetBenchmark } from './fleet.js';
import { ratesBenchmark } from './rates.js';
import { urgentBenchmark } from './urgent.js';
import { wireBenchmark } from './wire.js';

/** The benchmarks, by the words after `pabal`. */
const BENCHMARKS: readonly Command[] = [
  fleetBenchmark,
  apiBenchmark,
  ratesBenchmark,
  urgentBenchmark,
  wireBenchmark,
];

/** `pabal bench WHAT` */
export const benchCommand: Command = {
  name: 'bench',
  summary: 'the benchmarks',
  words: [{ name: 'WHAT', required: true }],
  flags: {},
  raw: runBench,
  run: (given, io) => runBench(given.words, io),
};

/** Runs a benchmark from the words after `pabal bench`. Answers the exit code. */
export async function runBench(args: readonly string[], io: Io): Promise<number> {
  const [what, ...rest] = args;
  if (what === undefined) throw new UsageError('say which benchmark: see pabal bench --help');
  if (what === '--help' || what === '-h') {
    for (const line of benchHelp()) io.out(line);
    return EXIT.done;
  }
  const command = BENCHMARKS.find(({ name }) => name === `bench ${what}`);
  if (!command) throw new UsageError(`there is no benchmark ${what}: see pabal bench --help`);
  const meaning = understand([command], [command.name, ...rest]);
  if (meaning.kind === 'run') return meaning.command.run(meaning.given, io);
  for (const line of commandHelp(command)) io.out(line);
  return EXIT.done;
}

function benchHelp(): string[] {
  return [
    'usage: pabal bench WHAT [FLAGS]',
    '',
    ...BENCHMARKS.map(({ name, summary }) => `  pabal ${name}  ${summary}`),
    '',
    'pabal bench WHAT --help tells more.',
  ];
}
