import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import { Store, storeConnectionOptions } from '@pabal/fate';
import { FileStore } from '@pabal/files';
import { type PrivateCluster, startPrivateCluster } from '@pabal/local-redis';
import {
  connectRedis,
  Producer,
  Puller,
  type RedisConnection,
  type RedisLocation,
  redisReady,
} from '@pabal/queues';
import { Queue, Worker } from 'bullmq';
import { Cluster } from 'ioredis';
import { until } from '../../support/child.js';
import { picture } from '../../support/index.js';

jest.setTimeout(60_000);

const PREFIX = '{pabal}';

let cluster: PrivateCluster;
let location: RedisLocation;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  cluster = await startPrivateCluster({ masters: 3, replicas: 1 });
  // A node that owns other slots: the owner is found by asking it.
  const owner = await cluster.ownerOf(`${PREFIX}:`);
  const other = cluster.nodes.slice(0, 3).find((node) => node !== owner);
  location = { cluster: { nodes: [{ host: '127.0.0.1', port: other?.port ?? 0 }] }, prefix: PREFIX };
});

afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await cluster.stop();
});

function connect(...args: Parameters<typeof connectRedis>): RedisConnection {
  const connection = connectRedis(...args);
  connection.on('error', () => {});
  closing.push(() => connection.disconnect());
  return connection;
}

describe('a cluster of three masters, each with a replica', () => {
  it('is served by the node that owns the fleet, whichever node is named', async () => {
    const connection = connect(location, 'producer');
    await redisReady(connection, 10_000);
    const owner = await cluster.ownerOf(`${PREFIX}:`);
    expect(await connection.info('server')).toContain(`tcp_port:${owner.port}`);
    await connection.set(`${PREFIX}:something`, '1');
    expect(await connection.get(`${PREFIX}:something`)).toBe('1');
  });

  it('takes messages and files from clients, and holds them where raw BullMQ finds them', async () => {
    const client = await PabalClient.connect({ redis: { cluster: location.cluster } });
    closing.push(() => client.close());
    const file = await client.putFile(picture('cluster', 20 * 1024).bytes);
    const { id } = await client.send({ channel: 'sms', to: '01012345678', from: '15880000', text: 'hello' });
    expect((await client.status(id))?.state).toBe('queued');
    const files = new FileStore({ redis: connect(location, 'worker'), prefix: PREFIX });
    expect((await files.get(file.id))?.bytes.length).toBe(file.size);

    const nodes = [{ host: '127.0.0.1', port: cluster.nodes[0]?.port ?? 0 }];
    const raw = new Cluster(nodes, { redisOptions: { maxRetriesPerRequest: null } });
    closing.push(() => raw.disconnect());
    const queue = new Queue('send-default-sms', { connection: raw, prefix: PREFIX });
    closing.push(() => queue.close());
    expect((await queue.getJob(`m-${id}`))?.data).toMatchObject({ id, text: 'hello' });
    expect(await client.cancel(id)).toMatchObject({ kind: 'cancelled' });
  });

  it('gives jobs to pullers, and results to raw workers', async () => {
    const producer = new Producer({ connection: connect(location, 'producer'), prefix: PREFIX });
    await redisReady(connect(location, 'producer'), 10_000);
    const taken: string[] = [];
    const puller = new Puller({
      queue: 'pulled',
      prefix: PREFIX,
      connection: connect(location, 'worker'),
      concurrency: 5,
      name: 'test',
      handle: async (job) => {
        taken.push(job.id);
        return { kind: 'done' };
      },
      onError: () => {},
    });
    closing.push(() => puller.close());
    const seen: string[] = [];
    const nodes = [{ host: '127.0.0.1', port: cluster.nodes[1]?.port ?? 0 }];
    const raw = new Cluster(nodes, { redisOptions: { maxRetriesPerRequest: null } });
    closing.push(() => raw.disconnect());
    const worker = new Worker(
      'results',
      async (job) => {
        seen.push(job.id ?? '');
      },
      { connection: raw, prefix: PREFIX },
    );
    worker.on('error', () => {});
    closing.push(() => worker.close());
    await producer.queue('pulled').add('job', {}, { jobId: 'j-1' });
    await producer.queue('results').add('result', {}, { jobId: 'r-1' });
    await until('both are taken', () => taken.includes('j-1') && seen.includes('r-1'), 10_000);
    await producer.close();
  });

  it('is another run once a replica took over: what was stored is asserted, and nobody claims at first', async () => {
    const events: string[] = [];
    const connection = connect(location, 'producer', storeConnectionOptions);
    await redisReady(connection, 10_000);
    const store = new Store({
      redis: connection,
      prefix: PREFIX,
      onEvent: (event) => void events.push(event.kind === 'open' ? `open ${event.restarted}` : event.kind),
    });
    closing.push(() => store.close());
    await store.opened();
    const pulled: string[] = [];
    const puller = new Puller({
      queue: 'after',
      prefix: PREFIX,
      connection: connect(location, 'worker'),
      concurrency: 5,
      name: 'test',
      handle: async (job) => {
        pulled.push(job.id);
        return { kind: 'done' };
      },
      onError: () => {},
    });
    closing.push(() => puller.close());
    const producing = connect(location, 'producer');
    await redisReady(producing, 10_000);
    const producer = new Producer({ connection: producing, prefix: PREFIX });

    const owner = await cluster.ownerOf(`${PREFIX}:`);
    await owner.kill();
    await until('away', () => store.state === 'away', 5_000);
    await until(
      'another node owns the slot',
      () => cluster.ownerOf(`${PREFIX}:`).catch(() => undefined),
      20_000,
    );
    const promoted = performance.now();
    await until('open again', () => store.state === 'open', 10_000, 10);
    await store.keepTrying(() => producer.queue('after').add('job', {}, { jobId: 'j-2' }));
    await until('taken', () => pulled.includes('j-2'), 10_000, 10);
    const tookMs = performance.now() - promoted;
    process.stdout.write(`cluster: a job went through ${Math.round(tookMs)} ms after the failover\n`);
    expect(tookMs).toBeLessThan(2_000);
    expect(events).toEqual(['open false', 'away', 'open true']);
    expect(store.claimsOpen).toBe(false);
    await producer.close();
  });
});
