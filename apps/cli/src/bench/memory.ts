import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis, Producer, queueName, sendQueue } from '@pabal/queues';
import { channelFor, type Load } from './payload.js';
import { redisMemory } from './redis-meter.js';
import { BenchWorld, type WorldOptions } from './world.js';

const POLL_MS = 200;
const LIMIT_MS = 180_000;

/** Bytes that one message takes in Redis in each of its states. */
export interface MemoryFigures {
  readonly messages: number;
  /** A job in its queue; there is no record yet. */
  readonly waiting: number;
  /** A record, its wire id and its deadline; the job is gone. */
  readonly pending: number;
  /** The record of a settled message and its result as a job. */
  readonly resultWaiting: number;
  /** What is left for the idempotency window. */
  readonly settled: number;
}

export interface MemoryOptions extends WorldOptions {
  readonly messages: number;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string) => void;
}

/**
 * Takes a load from state to state with the fleet standing still in each: senders start once everything waits, the
 * receiver once everything is accepted, the consumer once everything is settled. LGHV only: its reports come on a
 * session of the receiver, so that not starting one keeps them away.
 */
export async function measureMemory(options: MemoryOptions): Promise<MemoryFigures> {
  const { messages, onProgress, textBytes, seed } = options;
  const world = await BenchWorld.open({
    ...options,
    gateways: ['lghv'],
    durability: 'memory',
    profile: undefined,
  });
  const connection = connectRedis({ url: world.redis.url }, 'worker');
  connection.on('error', () => {}); // a failed command rejects at its caller
  const queues = new Producer({ connection, prefix: 'pabal' });
  const load: Load = { run: 'memory', count: messages, textBytes, seed };
  try {
    const config = await world.gateways();
    const [producer] = await world.start('producer', world.queueSettings);
    const [consumer] = await world.start('consumer', world.queueSettings);
    if (!producer || !consumer) throw new Error('no producer or no consumer runs');
    const empty = await redisMemory(world.connection);
    const each = async () => ((await redisMemory(world.connection)) - empty) / messages;

    onProgress('enqueueing');
    await producer.ask('prepare', load);
    await producer.ask('produce', { path: 'fleet' });
    const waiting = await each();

    onProgress('sending, without a receiver');
    await world.start('sender', { config }, options.senders);
    const sending = queues.queue(queueName(sendQueue('default', channelFor(textBytes), 'normal')));
    await until('every message is accepted', options.signal, async () => {
      const pendings = await world.connection.zcard('pabal:deadlines:lghv');
      const {
        active = 0,
        prioritized = 0,
        wait = 0,
      } = await sending.getJobCounts('active', 'prioritized', 'wait');
      return pendings === messages && active + prioritized + wait === 0;
    });
    const pending = await each();

    onProgress('receiving reports');
    await world.start('receiver', { config });
    const results = queues.queue('results');
    await until('every message is settled', options.signal, async () => {
      const left = await world.connection.zcard('pabal:outbox');
      return left === 0 && (await results.getWaitingCount()) === messages;
    });
    const resultWaiting = await each();

    onProgress('consuming results');
    await consumer.ask('listen', { path: 'fleet', run: load.run, count: messages });
    await until('every result is consumed', options.signal, async () => {
      return (await consumer.ask('progress', undefined)) === messages;
    });
    await consumer.ask('finish', undefined);
    return { messages, waiting, pending, resultWaiting, settled: await each() };
  } finally {
    await queues.close();
    connection.disconnect();
    await world.close();
  }
}

async function until(what: string, signal: AbortSignal, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!(await holds())) {
    signal.throwIfAborted();
    if (performance.now() > end) throw new Error(`not within ${LIMIT_MS / 1000} s: ${what}`);
    await sleep(POLL_MS);
  }
}
