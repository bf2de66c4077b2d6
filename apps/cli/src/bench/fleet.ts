import { resolve } from 'node:path';
import type { Command, Io } from '../command.js';
import { EXIT } from '../command.js';
import { CliFailure } from '../failure.js';
import { machineLoad, thisMachine } from './machine.js';
import { measureMemory } from './memory.js';
import type { Path } from './messages.js';
import { FLEET_FLAGS, type FleetBenchOptions, fleetOptions } from './options.js';
import { type FleetReport, fleetReport, reportLines } from './report.js';
import { type RoundFigures, runRound } from './round.js';
import { BenchWorld, REDIS_ARGUMENTS } from './world.js';

/** Sent along each path before anything is measured: compiles what runs often, and fills the sender's first second. */
const WARM_UP = 3_000;
/** Enough for a mean; more would only take longer. */
const MEMORY_MESSAGES = 20_000;

/** `pabal bench fleet` */
export const fleetBenchmark: Command = {
  name: 'bench fleet',
  summary: 'messages a second and CPU a message of the whole path, beside bare BullMQ in the same run',
  flags: FLEET_FLAGS,
  notes: [
    'Runs a Redis and simulators of its own. Both paths have as many processes, the same connections and job options.',
  ],
  run: async (given, io) => {
    const options = fleetOptions(given);
    const signal = io.stopSignal();
    try {
      const report = await measure(options, signal, io);
      if (options.json) io.out(JSON.stringify(report));
      else for (const line of reportLines(report)) io.out(line);
      return EXIT.done;
    } catch (error) {
      if (signal.aborted) throw new CliFailure('interrupted');
      throw error;
    }
  },
};

async function measure(options: FleetBenchOptions, signal: AbortSignal, io: Io): Promise<FleetReport> {
  const world = await BenchWorld.open({
    ...options,
    profile: options.profile === undefined ? undefined : resolve(options.profile),
  });
  let rounds: RoundFigures[];
  const before = machineLoad();
  try {
    io.err('starting Redis, simulators and processes');
    await populate(world, options);
    rounds = await alternate(world, options, signal, io);
  } finally {
    await world.close();
  }
  const memory = options.memory ? await memoryOf(options, signal, io) : undefined;
  const machine = {
    ...thisMachine(world.redis.version),
    redisArguments: REDIS_ARGUMENTS[options.durability],
    load: [before, machineLoad()] as const,
  };
  return fleetReport(options, machine, rounds, memory);
}

/** Both paths' processes run all the time; those of the other path idle. The bare one has a forwarder for each sender and receiver. */
async function populate(world: BenchWorld, { senders }: FleetBenchOptions): Promise<void> {
  const config = await world.gateways();
  await world.start('producer', world.queueSettings);
  await world.start('consumer', world.queueSettings);
  await world.start('sender', { config }, senders);
  await world.start('receiver', { config });
  await world.start('forwarder', world.queueSettings, senders + 1);
  await world.fleetReady(['sender', 'receiver']);
}

async function alternate(
  world: BenchWorld,
  options: FleetBenchOptions,
  signal: AbortSignal,
  io: Io,
): Promise<RoundFigures[]> {
  const { messages, rounds, textBytes, seed, ratePerSecond, batches } = options;
  const paths: readonly Path[] = batches ? ['fleet', 'batches', 'bare'] : ['fleet', 'bare'];
  const run = async (path: Path, name: string, count: number, rate?: number) => {
    const load = { run: `${path}-${name}`, count, textBytes, seed };
    let shown = performance.now();
    const onProgress = (consumed: number) => {
      if (performance.now() - shown < 2_000) return;
      shown = performance.now();
      io.err(`  ${consumed} of ${count}`);
    };
    return runRound({ world, path, load, ratePerSecond: rate, signal, onProgress });
  };
  for (const path of paths) {
    io.err(`${path}: warming up`);
    await run(path, 'warm', Math.min(WARM_UP, messages));
  }
  const figures: RoundFigures[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const path of paths) {
      const found = await run(path, String(round), messages, ratePerSecond);
      figures.push(found);
      io.err(`${path}, run ${round} of ${rounds}: ${Math.round(found.pace.perSecond)} messages a second`);
    }
  }
  return figures;
}

function memoryOf(options: FleetBenchOptions, signal: AbortSignal, io: Io) {
  const onProgress = (what: string) => io.err(`memory: ${what}`);
  return measureMemory({ ...options, messages: MEMORY_MESSAGES, signal, onProgress });
}
