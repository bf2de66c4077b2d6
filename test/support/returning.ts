import { type RunningBoard, startBoard } from '@pabal/board';
import { PabalClient } from '@pabal/client';
import { readMessage, Store, storeConnectionOptions } from '@pabal/fate';
import { FileStore } from '@pabal/files';
import type { PrivateRedis } from '@pabal/local-redis';
import { connectRedis, Producer, Puller, type RedisConnection, redisReady } from '@pabal/queues';
import { createLogger } from '@pabal/runtime';
import { pause } from './child.js';
import { picture } from './pictures.js';

const PREFIX = 'pabal';
const READY_MS = 10_000;
const GIVE_UP_MS = 15_000;

/** Every kind of connection that a fleet and its clients have, on one server. */
export class Connections {
  readonly #redis: PrivateRedis;
  readonly #closing: (() => unknown)[] = [];
  readonly #uses = new Map<string, () => Promise<unknown>>();
  readonly #taken = new Set<string>();

  private constructor(redis: PrivateRedis) {
    this.#redis = redis;
  }

  static async open(redis: PrivateRedis): Promise<Connections> {
    const all = new Connections(redis);
    await all.#openEach();
    return all;
  }

  async #openEach(): Promise<void> {
    const store = new Store({ redis: await this.#connect('store'), prefix: PREFIX });
    await store.opened();
    this.#closing.push(() => store.close());
    this.#uses.set('store', () => readMessage(store, 'nobody'));

    const producer = new Producer({ connection: await this.#connect('producer'), prefix: PREFIX });
    this.#closing.push(() => producer.close());
    let jobs = 0;
    const put = async () => {
      const jobId = `j-${++jobs}`;
      await producer.queue('jobs').add('job', {}, { jobId });
      return jobId;
    };
    this.#uses.set('producer', put);

    const puller = new Puller({
      queue: 'jobs',
      prefix: PREFIX,
      connection: await this.#connect('worker'),
      concurrency: 4,
      name: 'test',
      handle: async (job) => {
        this.#taken.add(job.id);
        return { kind: 'done' };
      },
      onError: () => {},
    });
    this.#closing.push(() => puller.close());
    let awaited: string | undefined;
    this.#uses.set('worker', async () => {
      awaited ??= await put();
      if (!this.#taken.has(awaited)) throw new Error('not taken yet');
      awaited = undefined;
    });

    const files = new FileStore({ redis: await this.#connect('producer'), prefix: PREFIX });
    const { id } = await files.put(picture('returning', 10 * 1024).bytes);
    this.#uses.set('files', () => files.get(id));

    const client = await PabalClient.connect({ redis: this.#redis.url });
    this.#closing.push(() => client.close());
    this.#uses.set('client', () => client.status('nobody'));

    const board = await this.#board();
    this.#closing.push(() => board.close());
    this.#uses.set('board', async () => {
      const answer = await fetch(`${board.url}/healthz`);
      if (!answer.ok) throw new Error(`answers ${answer.status}`);
    });
  }

  async #connect(role: 'store' | 'producer' | 'worker'): Promise<RedisConnection> {
    const location = { url: this.#redis.url };
    const connection =
      role === 'store'
        ? connectRedis(location, 'producer', storeConnectionOptions)
        : connectRedis(location, role);
    connection.on('error', () => {});
    this.#closing.push(() => connection.disconnect());
    await redisReady(connection, READY_MS);
    return connection;
  }

  #board(): Promise<RunningBoard> {
    return startBoard({
      config: {
        routes: { default: {} },
        gateways: {},
        replies: ['results'],
        redis: { url: this.#redis.url, prefix: PREFIX },
        board: { host: '127.0.0.1', port: 0, user: 'pabal' },
      },
      log: createLogger({ level: 'silent', name: 'board' }),
    });
  }

  /** Ms from now until each of them does its work again, looked at every 25 ms. */
  async returns(): Promise<ReadonlyMap<string, number>> {
    const from = performance.now();
    const waits = [...this.#uses].map(
      async ([name, use]) => [name, await comesBack(name, use, from)] as const,
    );
    return new Map(await Promise.all(waits));
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
  }
}

async function comesBack(name: string, use: () => Promise<unknown>, from: number): Promise<number> {
  for (;;) {
    try {
      await use();
      return Math.round(performance.now() - from);
    } catch (error) {
      if (performance.now() - from > GIVE_UP_MS)
        throw new Error(`${name} did not come back`, { cause: error });
      await pause(25);
    }
  }
}

/** Takes a Redis away for a while, and tells how long after its return each connection works again. */
export async function measureReturn(
  redis: PrivateRedis,
  how: 'killed' | 'frozen',
  awayMs: number,
): Promise<ReadonlyMap<string, number>> {
  const all = await Connections.open(redis);
  try {
    await all.returns();
    if (how === 'killed') await redis.kill();
    else redis.pause();
    await pause(awayMs);
    if (how === 'killed') await redis.start();
    else redis.resume();
    const returned = await all.returns();
    process.stdout.write(`${how} for ${awayMs} ms: ${JSON.stringify(Object.fromEntries(returned))}\n`);
    return returned;
  } finally {
    await all.close();
  }
}
