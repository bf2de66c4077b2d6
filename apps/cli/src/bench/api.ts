import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type PrivateRedis, startPrivateRedis } from '@pabal/local-redis';
import { connectRedis, Producer, type RedisConnection } from '@pabal/queues';
import type { Command, Io } from '../command.js';
import { EXIT } from '../command.js';
import { CliFailure } from '../failure.js';
import { ApiProcess } from './api/api-process.js';
import { bareBulk, bareSingles } from './api/bare-load.js';
import { type HttpLoadFigures, jsonRequest, runHttpLoad } from './api/http-load.js';
import { API_BENCH_FLAGS, type ApiBenchOptions, apiBenchOptions } from './api/options.js';
import {
  AIMS,
  type ApiBenchReport,
  type ApiRound,
  apiReportLines,
  figuresOf,
  WAYS,
  type Way,
} from './api/report.js';
import { machineLoad, thisMachine } from './machine.js';
import { loadMessages } from './payload.js';
import { redisUsage } from './redis-meter.js';
import { percentile } from './statistics.js';
import { REDIS_ARGUMENTS } from './world.js';

/** Bulk requests under way at once, of all connections. */
const BULK_SHARE = 8;
/** Sent before anything is measured: compiles what runs often. */
const WARM_UP = 3_000;

/** `pabal bench api` */
export const apiBenchmark: Command = {
  name: 'bench api',
  summary: 'messages accepted a second over HTTP, single and in bulk, beside bare BullMQ in the same run',
  flags: API_BENCH_FLAGS,
  notes: ['Runs a Redis and an API of its own, and no fleet. Exit 0 also where an aim is missed.'],
  run: async (given, io) => {
    const options = apiBenchOptions(given);
    const signal = io.stopSignal();
    try {
      const report = await measure(options, signal, io);
      if (options.json) io.out(JSON.stringify(report));
      else for (const line of apiReportLines(report)) io.out(line);
      return EXIT.done;
    } catch (error) {
      if (signal.aborted) throw new CliFailure('interrupted');
      throw error;
    }
  },
};

/** What a run is made on. */
interface Ground {
  readonly options: ApiBenchOptions;
  readonly redis: RedisConnection;
  readonly producer: Producer;
  readonly api: ApiProcess;
}

async function measure(options: ApiBenchOptions, signal: AbortSignal, io: Io): Promise<ApiBenchReport> {
  const before = machineLoad();
  const server = await startPrivateRedis({ args: REDIS_ARGUMENTS[options.durability] });
  const folder = await mkdtemp(join(tmpdir(), 'pabal-bench-'));
  try {
    const rounds = await runAll(options, server, folder, signal, io);
    const { json: _json, ...command } = options;
    return {
      command,
      machine: { ...thisMachine(server.version), load: [before, machineLoad()] },
      messageBytes: Buffer.byteLength(JSON.stringify(messagesOf(options, 'size', 1)[0])),
      ways: Object.fromEntries(WAYS.map((way) => [way, figuresOf(rounds, way)])) as ApiBenchReport['ways'],
      aims: AIMS,
      rounds,
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runAll(
  options: ApiBenchOptions,
  server: PrivateRedis,
  folder: string,
  signal: AbortSignal,
  io: Io,
): Promise<ApiRound[]> {
  const profile = options.profile === undefined ? undefined : resolve(options.profile);
  const api = await ApiProcess.start({
    redisUrl: server.url,
    durability: options.durability,
    folder,
    profile,
  });
  const redis = connectRedis({ url: server.url }, 'worker');
  redis.on('error', () => {}); // a failed command rejects at its caller
  const producer = new Producer({ connection: redis, prefix: 'bare' });
  const ground: Ground = { options, redis, producer, api };
  const rounds: ApiRound[] = [];
  try {
    for (const way of WAYS) await runWay(ground, way, 'warm', WARM_UP);
    for (let round = 1; round <= options.rounds; round++) {
      for (const way of WAYS) {
        signal.throwIfAborted();
        const single = way === 'single' || way === 'bareSingle';
        const found = await runWay(ground, way, String(round), single ? options.requests : options.messages);
        rounds.push(found);
        io.err(`${way}, run ${round} of ${options.rounds}: ${Math.round(found.perSecond)} messages a second`);
      }
    }
  } finally {
    await producer.close();
    redis.disconnect();
    await api.stop();
  }
  return rounds;
}

function messagesOf({ textBytes, seed }: ApiBenchOptions, run: string, count: number) {
  return loadMessages({ run, count, textBytes, seed });
}

/** One run of a way over an empty Redis. */
async function runWay(ground: Ground, way: Way, name: string, count: number): Promise<ApiRound> {
  const { options, redis, producer, api } = ground;
  const { bulk, connections } = options;
  const messages = messagesOf(options, `${way}-${name}`, count);
  const bulkAtOnce = Math.max(1, Math.ceil(connections / BULK_SHARE));
  const headers = [`authorization: Bearer ${api.key}`];
  const http = (bodies: readonly string[], atOnce: number) =>
    runHttpLoad({
      host: '127.0.0.1',
      port: api.port,
      connections: atOnce,
      requests: bodies.map((body) => jsonRequest('/v1/messages', body, headers)),
    }).then(accepted);
  const ways: Readonly<Record<Way, () => Promise<{ ms: number; latencies: Float64Array }>>> = {
    single: () =>
      http(
        messages.map((message) => JSON.stringify(message)),
        connections,
      ),
    bulk: () =>
      http(
        chunks(messages, bulk).map((some) => JSON.stringify({ messages: some })),
        bulkAtOnce,
      ),
    bareSingle: () => bareSingles(producer, messages, connections),
    bareBulk: () => bareBulk(producer, messages, bulk, bulkAtOnce),
  };
  const bare = way === 'bareSingle' || way === 'bareBulk';
  const cpu = async () =>
    bare ? process.cpuUsage().user + process.cpuUsage().system : (await api.usage()).cpuSeconds * 1e6;
  const [redisBefore, cpuBefore] = [await redisUsage(redis), await cpu()];
  const { ms, latencies } = await ways[way]();
  const [redisAfter, cpuAfter] = [await redisUsage(redis), await cpu()];
  await redis.flushall();
  return {
    way,
    perSecond: (count * 1_000) / ms,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuMicros: (cpuAfter - cpuBefore) / count,
    redisMicros: (redisAfter.cpuMicros - redisBefore.cpuMicros) / count,
  };
}

/** @throws when not every request was accepted: its figures would be those of refusals */
function accepted(figures: HttpLoadFigures): HttpLoadFigures {
  const others = Object.keys(figures.statuses).filter((status) => status !== '202');
  if (others.length > 0) throw new Error(`the API answered ${JSON.stringify(figures.statuses)}`);
  return figures;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, place) =>
    items.slice(place * size, (place + 1) * size),
  );
}
