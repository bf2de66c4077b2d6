import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayChoice } from '../fleet-config.js';
import type { AgentArrivals } from '../messages.js';
import { monotonicMs } from '../monotonic.js';
import type { Load } from '../payload.js';
import { checkResults, untilConsumed } from '../round.js';
import { BenchWorld } from '../world.js';
import { grantUse } from './use.js';

/** What happens to the owner of the agent while it sends. */
export type Happening = 'steady' | 'killed' | 'drained' | 'joined';

/** One agent in one run. */
export interface RateRow {
  readonly gateway: GatewayChoice;
  readonly agent: string;
  readonly grant: number;
  readonly happening: Happening;
  readonly ackDelayMs: number;
  readonly submits: number;
  /** The most submits in a sliding second, and the simulator's own largest stall around it. */
  readonly largestSecond: number;
  readonly lagMs: number;
  /** The most that certainly came within one second, whatever the simulator's stalls moved. */
  readonly largestCertain: number;
  readonly usedShare: number;
  /** Of an agent that moved to another process: how long it sent nothing, and from the event to its first submit, ms. */
  readonly silentMs?: number;
  readonly takeOverMs?: number;
  /** Rules of the gateway that were broken, with how often. */
  readonly broken: readonly string[];
}

export interface RunOptions {
  readonly gateway: GatewayChoice;
  readonly grant: number;
  readonly seconds: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly tell: (what: string) => void;
  /** Told the version of the Redis that serves the run. */
  readonly met: (redisVersion: string) => void;
}

/** An SMS each. */
const TEXT_BYTES = 80;
/** The owner has sent for so long when it ends; the past second of its rate is known by then. */
const BEFORE_MS = 3_000;
/** A process has started, and an agent has moved to it, within this. */
const JOINING_S = 5;
/** Answers of a gateway that is near. */
const USUAL_ACK_MS = 10;
/** A process that has just started runs slowly: so much is sent before anything is measured of a steady one. */
const WARM_UP_S = 3;

/** Runs with one sender that has sent before, one for each delay of the answers. */
export async function steadyRuns(options: RunOptions, ackDelaysMs: readonly number[]): Promise<RateRow[]> {
  return inWorld(options, { senders: 1, agents: 1 }, async (run) => {
    const rows: RateRow[] = [];
    await run({ happening: 'steady', ackDelayMs: USUAL_ACK_MS, seconds: WARM_UP_S });
    for (const ackDelayMs of ackDelaysMs)
      rows.push(...(await run({ happening: 'steady', ackDelayMs, seconds: options.seconds })));
    return rows;
  });
}

/** The owner is killed beside a standby, then the next one is stopped in order; at last one comes to share two agents. */
export async function takeOverRuns(options: RunOptions): Promise<RateRow[]> {
  const { grant, seconds } = options;
  const ackDelayMs = USUAL_ACK_MS;
  const before = BEFORE_MS / 1000;
  const alone = await inWorld(options, { senders: 2, agents: 1 }, async (run, { world, standby }) => {
    const killed = await run({ happening: 'killed', ackDelayMs, seconds: before + seconds }, async () => {
      const owner = await world.owner();
      const at = monotonicMs();
      await owner.kill();
      return at;
    });
    await standby();
    const drained = await run({ happening: 'drained', ackDelayMs, seconds: before + seconds }, async () => {
      const owner = await world.owner();
      const at = monotonicMs();
      void owner.stop();
      return at;
    });
    return [...killed, ...drained];
  });
  const shared = { ...options, grant: Math.ceil(grant / 2) };
  const joined = await inWorld(shared, { senders: 1, agents: 2 }, (run, { standby }) =>
    run({ happening: 'joined', ackDelayMs, seconds: before + JOINING_S + seconds }, async () => {
      const at = monotonicMs();
      await standby();
      return at;
    }),
  );
  return [...alone, ...joined];
}

interface Run {
  readonly happening: Happening;
  readonly ackDelayMs: number;
  /** How much is enqueued, as seconds of the grant. */
  readonly seconds: number;
}

/** Makes it happen and answers when that was, monotonic ms. */
type Event = () => Promise<number>;

interface Surroundings {
  readonly world: BenchWorld;
  /** Starts another sender and waits until the fleet is as it should be. */
  readonly standby: () => Promise<void>;
}

async function inWorld<T>(
  { gateway, grant, seed, signal, tell, met }: RunOptions,
  { senders, agents }: { readonly senders: number; readonly agents: number },
  work: (run: (run: Run, event?: Event) => Promise<RateRow[]>, around: Surroundings) => Promise<T>,
): Promise<T> {
  const setting = { durability: 'memory', gateways: [gateway], textBytes: TEXT_BYTES } as const;
  const world = await BenchWorld.open({ ...setting, senders, agents, grant, seed });
  let runs = 0;
  met(world.redis.version);
  try {
    const config = await world.gateways();
    await world.start('producer', world.queueSettings);
    await world.start('consumer', world.queueSettings);
    await world.start('receiver', { config });
    await world.start('sender', { config }, senders);
    await world.fleetReady(['sender', 'receiver']);
    const standby = async () => {
      await world.start('sender', { config });
      await world.fleetReady(['sender', 'receiver']);
    };
    const run = async ({ happening, ackDelayMs, seconds }: Run, event?: Event): Promise<RateRow[]> => {
      tell(`${gateway}, ${grant} a second, ${happening}, answers after ${ackDelayMs} ms`);
      const count = Math.ceil(grant * agents * seconds);
      const load: Load = { run: `${happening}${++runs}`, count, textBytes: TEXT_BYTES, seed };
      const { seen, broken, at } = await sendAll(world, { load, ackDelayMs, event, signal });
      return seen.map((agent) => rowOf(agent, { gateway, happening, ackDelayMs, broken, at }));
    };
    return await work(run, { world, standby });
  } finally {
    await world.close();
  }
}

async function sendAll(
  world: BenchWorld,
  options: {
    readonly load: Load;
    readonly ackDelayMs: number;
    readonly event: Event | undefined;
    readonly signal: AbortSignal;
  },
): Promise<{ seen: readonly AgentArrivals[]; broken: readonly string[]; at: number | undefined }> {
  const { load, ackDelayMs, event, signal } = options;
  const simulator = world.only('simulator');
  const producer = world.only('producer');
  const consumer = world.only('consumer');
  await simulator.ask('answerAfter', { ackDelayMs });
  await simulator.ask('judge', undefined);
  await producer.ask('prepare', load);
  await consumer.ask('listen', { path: 'fleet', run: load.run, count: load.count });
  const consumed = untilConsumed(consumer, world.of('sender', 'receiver'), {
    load,
    signal,
    onProgress: () => {},
  });
  const enqueued = producer.ask('produce', { path: 'fleet' });
  const happened = event && sleep(BEFORE_MS).then(event);
  const [, , at] = await Promise.all([enqueued, consumed, happened]);
  checkResults('fleet', load.count, await consumer.ask('finish', undefined));
  const seen = await simulator.ask('arrivals', undefined);
  const { broken } = await simulator.ask('judge', undefined);
  return { seen, broken, at };
}

interface About {
  readonly gateway: GatewayChoice;
  readonly happening: Happening;
  readonly ackDelayMs: number;
  readonly broken: readonly string[];
  readonly at: number | undefined;
}

function rowOf(arrivals: AgentArrivals, { gateway, happening, ackDelayMs, broken, at }: About): RateRow {
  const { agent, rate } = arrivals;
  const { submits, usedShare, silentMs, resumedAt } = grantUse(arrivals);
  const moved = silentMs !== undefined && resumedAt !== undefined && at !== undefined;
  return {
    ...{ gateway, agent, grant: rate.grant, happening, ackDelayMs, submits },
    largestSecond: rate.largestSecond,
    lagMs: rate.largestSecondLagMs,
    largestCertain: rate.largestCertainSecond,
    usedShare,
    ...(moved && { silentMs, takeOverMs: resumedAt - at }),
    broken,
  };
}
