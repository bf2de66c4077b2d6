import { setTimeout as sleep } from 'node:timers/promises';
import { CliFailure } from '../failure.js';
import type { Consumed, Path } from './messages.js';
import type { Load } from './payload.js';
import type { BenchProcess } from './process.js';
import { type CommandCost, redisUsage, usageBetween } from './redis-meter.js';
import { type Pace, paceOf } from './statistics.js';
import type { BenchWorld } from './world.js';

/** How often the consumer is asked how far it is. */
const LOOK_MS = 250;
/** Without one more result for so long, the run has failed. */
const STUCK_MS = 60_000;
/** After the last result: completing jobs and clearing up still cost something, and belong to the run. */
const TAIL_MS = 500;

/** What one run of a path took, for each of its messages. */
export interface RoundFigures {
  readonly path: Path;
  readonly pace: Pace;
  /** CPU microseconds a message by process kind; `redis` among them, `simulator` too. */
  readonly cpu: Readonly<Record<string, number>>;
  /** Redis commands a message, with the server's own measure of their time. */
  readonly commands: Readonly<Record<string, CommandCost>>;
  /** Bytes of a job's data as it stands in the first queue. */
  readonly jobBytes: number;
}

export interface RoundOptions {
  readonly world: BenchWorld;
  readonly path: Path;
  readonly load: Load;
  readonly ratePerSecond?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (consumed: number) => void;
}

/** The processes whose CPU is the path's. Those of the other path run too, idle. */
const MEASURED = {
  fleet: ['producer', 'sender', 'receiver', 'consumer', 'simulator'],
  batches: ['producer', 'sender', 'receiver', 'consumer', 'simulator'],
  bare: ['producer', 'forwarder', 'consumer'],
} as const;

/** Sends a load along one path and measures. Rejects when messages are lost, doubled, or not delivered. */
export async function runRound(options: RoundOptions): Promise<RoundFigures> {
  const { world, path, load, ratePerSecond } = options;
  const producer = world.only('producer');
  const consumer = world.only('consumer');
  const measured = world.of(...MEASURED[path]);
  const jobBytes = await producer.ask('prepare', load);
  await consumer.ask('listen', { path, run: load.run, count: load.count });
  const before = await readings(world, measured);
  const [enqueuedAt] = await Promise.all([
    producer.ask('produce', { path, ratePerSecond }),
    untilConsumed(consumer, measured, options),
  ]);
  await sleep(TAIL_MS);
  const after = await readings(world, measured);
  const consumed = await consumer.ask('finish', undefined);
  checkResults(path, load.count, consumed);
  if (path !== 'bare') await checkGateways(world, load.count);
  const spent = usageBetween(before.redis, after.redis);
  const cpu: Record<string, number> = { redis: spent.cpuMicros / load.count };
  measured.forEach(({ role }, i) => {
    const micros = (after.processes[i] ?? 0) - (before.processes[i] ?? 0);
    cpu[role] = (cpu[role] ?? 0) + micros / load.count;
  });
  const commands = Object.entries(spent.commands).map(([name, { calls, micros }]) => [
    name,
    { calls: calls / load.count, micros: micros / load.count },
  ]);
  return {
    path,
    pace: paceOf({ enqueuedAt, consumedAt: consumed.consumedAt }),
    cpu,
    commands: Object.fromEntries(commands) as Record<string, CommandCost>,
    jobBytes,
  };
}

async function readings(world: BenchWorld, processes: readonly BenchProcess[]) {
  const [redis, ...used] = await Promise.all([
    redisUsage(world.connection),
    ...processes.map((process) => process.usage()),
  ]);
  return { redis, processes: used };
}

/** Resolves when as many results have come as messages were put in; rejects with the last lines of the processes when none come. */
export async function untilConsumed(
  consumer: BenchProcess,
  measured: readonly BenchProcess[],
  { load, signal, onProgress }: Pick<RoundOptions, 'load' | 'signal' | 'onProgress'>,
): Promise<void> {
  let seen = 0;
  let lastAt = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const now = await consumer.ask('progress', undefined);
    if (now === load.count) return;
    if (now > seen) lastAt = performance.now();
    else if (performance.now() - lastAt > STUCK_MS) {
      const tails = measured.flatMap(({ name, tail }) => tail.map((line) => `${name}: ${line}`));
      const what = `${now} of ${load.count} results came, and none for ${STUCK_MS / 1000} s`;
      throw new CliFailure([what, ...tails].join('\n'));
    }
    seen = now;
    onProgress(now);
    await sleep(LOOK_MS);
  }
}

/** @throws CliFailure where results came twice, or a message of the fleet was not delivered */
export function checkResults(path: Path, count: number, { statuses, repeated }: Consumed): void {
  if (repeated > 0) throw new CliFailure(`${repeated} results came twice`);
  if (path !== 'bare' && statuses.delivered !== count)
    throw new CliFailure(`not every message was delivered: ${JSON.stringify(statuses)}`);
}

async function checkGateways(world: BenchWorld, count: number): Promise<void> {
  const judged = await Promise.all(world.of('simulator').map((process) => process.ask('judge', undefined)));
  const accepted = judged.reduce((sum, one) => sum + one.accepted, 0);
  if (accepted !== count) throw new CliFailure(`the gateways accepted ${accepted} messages of ${count}`);
  const broken = judged.flatMap((one) => one.broken);
  if (broken.length > 0) throw new CliFailure(`rules of the gateways were broken: ${broken.join(', ')}`);
}
