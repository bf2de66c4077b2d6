import { queueName, sendQueue } from '@pabal/queues';
import { CliFailure } from '../../failure.js';
import { channelFor, type Load } from '../payload.js';
import { checkResults, untilConsumed } from '../round.js';
import { percentile } from '../statistics.js';
import { BenchWorld } from '../world.js';
import type { Backlog, UrgentBenchOptions } from './options.js';

/** How many urgent messages come: half of what the grant allows, or all but what keeps within it without a queue of their own. */
export const LOADS = { half: 0.5, full: 0.98 } as const;
export type LoadName = keyof typeof LOADS;

/** Urgent messages at one load. */
export interface UrgentRow {
  readonly backlog: Backlog | 'none';
  readonly load: LoadName;
  /** Bulk messages that waited when it began. */
  readonly waiting: number;
  readonly urgent: number;
  /** From right before the call that enqueued it to its bytes at the gateway, ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** The most submits of all kinds that came within a second for certain. */
  readonly largestCertain: number;
  /** Of the grant, over the whole time. */
  readonly usedShare: number;
  /** Memory (resident set) at the end, bytes. */
  readonly senderBytes: number;
  readonly receiverBytes: number;
}

export interface UrgentRunOptions extends UrgentBenchOptions {
  readonly signal: AbortSignal;
  readonly tell: (what: string) => void;
  /** Told the version of the Redis that serves the run. */
  readonly met: (redisVersion: string) => void;
}

/** Processes that have just started compile what they run: so long nothing is measured. */
const WARM_UP_SECONDS = 6;
/** What a process holds behind so many is what it holds behind any backlog: the rest must not come on top. */
const SMALL_BACKLOG = 20_000;
/** An SMS each. */
const TEXT_BYTES = 80;
/** Messages that the producer makes and enqueues in one go: it holds them all. */
const CHUNK = 50_000;
/** The last one may be this small: as many as the client puts into batches at once. */
const LEAST_CHUNK = 1_000;

/** Urgent messages at both loads with nothing waiting, then behind a small backlog and the whole one. */
export async function urgentRuns(options: UrgentRunOptions, backlog: Backlog): Promise<UrgentRow[]> {
  const { gateway, grant, seed, tell, met } = options;
  const setting = { durability: 'memory', gateways: [gateway], textBytes: TEXT_BYTES } as const;
  const world = await BenchWorld.open({ ...setting, senders: 1, grant, seed });
  met(world.redis.version);
  try {
    const config = await world.gateways();
    // Whoever enqueues a campaign is another service than whoever sends one-time passwords.
    await world.start('producer', world.queueSettings, 2);
    await world.start('consumer', world.queueSettings);
    await world.start('receiver', { config });
    await world.start('sender', { config });
    await world.fleetReady(['sender', 'receiver']);
    const rows: UrgentRow[] = [];
    tell('warms up');
    await urgentRun(world, { ...options, seconds: WARM_UP_SECONDS }, 'none', 'full', 'warm-up');
    tell('nothing waits');
    for (const load of ['half', 'full'] as const) rows.push(await urgentRun(world, options, 'none', load));
    const behind = async (waiting: number, load: LoadName) => {
      await pileUp(world, { ...options, waiting }, backlog);
      tell(`behind ${waiting} waiting as ${backlog}: ${load} load`);
      rows.push(await urgentRun(world, options, backlog, load, `${backlog}-${waiting}-${load}`));
    };
    if (options.waiting > 2 * SMALL_BACKLOG) await behind(SMALL_BACKLOG, 'full');
    for (const load of ['half', 'full'] as const) await behind(options.waiting, load);
    return rows;
  } finally {
    await world.close();
  }
}

/** Enqueues the backlog while the fleet sends from it, until as many wait as were asked for. */
async function pileUp(
  world: BenchWorld,
  { waiting, seed, signal, tell }: UrgentRunOptions,
  backlog: Backlog,
): Promise<void> {
  const { bulk } = producersOf(world);
  for (;;) {
    signal.throwIfAborted();
    const there = await waitingNow(world, backlog);
    tell(`${there} of ${waiting} wait as ${backlog}`);
    if (there >= waiting) return;
    const count = Math.max(LEAST_CHUNK, Math.min(CHUNK, waiting - there));
    const load: Load = {
      run: `pile${waiting}-${Date.now()}`,
      count,
      textBytes: TEXT_BYTES,
      seed,
      priority: 'bulk',
    };
    await bulk.ask('prepare', load);
    await bulk.ask('produce', { path: backlog === 'singles' ? 'fleet' : 'batches' });
  }
}

function producersOf(world: BenchWorld) {
  const [bulk, urgent] = world.of('producer');
  if (!bulk || !urgent) throw new Error('a producer is missing');
  return { bulk, urgent };
}

/** Bulk messages that wait. */
async function waitingNow(world: BenchWorld, backlog: Backlog | 'none'): Promise<number> {
  if (backlog === 'batches') return world.connection.hlen('pabal:batched');
  const queue = queueName(sendQueue('default', channelFor(TEXT_BYTES), 'bulk'));
  return world.connection.zcard(`pabal:${queue}:prioritized`);
}

async function urgentRun(
  world: BenchWorld,
  { grant, seconds, seed, signal }: UrgentRunOptions,
  backlog: Backlog | 'none',
  name: LoadName,
  run = `${backlog}-${name}`,
): Promise<UrgentRow> {
  const { urgent: producer } = producersOf(world);
  const [consumer, simulator] = [world.only('consumer'), world.only('simulator')];
  const ratePerSecond = grant * LOADS[name];
  const count = Math.ceil(ratePerSecond * seconds);
  const load: Load = { run, count, textBytes: TEXT_BYTES, seed, priority: 'urgent' };
  await producer.ask('prepare', load);
  await consumer.ask('listen', { path: 'fleet', run, count });
  await simulator.ask('judge', undefined);
  const waiting = await waitingNow(world, backlog);
  const [enqueuedAt] = await Promise.all([
    producer.ask('produce', { path: 'fleet', ratePerSecond, oneByOne: true }),
    untilConsumed(consumer, world.of('sender', 'receiver'), { load, signal, onProgress: () => {} }),
  ]);
  checkResults('fleet', count, await consumer.ask('finish', undefined));
  const submittedAt = await simulator.ask('submitted', { run, count });
  const [arrivals] = await simulator.ask('arrivals', undefined);
  const { broken } = await simulator.ask('judge', undefined);
  if (broken.length > 0) throw new CliFailure(`rules of the gateway were broken: ${broken.join(', ')}`);
  const latencies = submittedAt.map((at, i) => at - (enqueuedAt[i] ?? Number.NaN));
  const memory = async (role: 'sender' | 'receiver') => world.only(role).memory();
  return {
    backlog,
    load: name,
    waiting,
    urgent: count,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    maxMs: percentile(latencies, 1),
    largestCertain: arrivals?.rate.largestCertainSecond ?? 0,
    usedShare: arrivals?.rate.usedShare ?? 0,
    senderBytes: await memory('sender'),
    receiverBytes: await memory('receiver'),
  };
}
