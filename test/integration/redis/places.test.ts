import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import { Store, storeConnectionOptions } from '@pabal/fate';
import { freePort, startPrivateCluster, startPrivateRedis } from '@pabal/local-redis';
import {
  connectRedis,
  Producer,
  Puller,
  type RedisConnection,
  type RedisLocation,
  redisReady,
} from '@pabal/queues';
import { until } from '../../support/child.js';
import { MASTER_NAME, makeCertificates, startWatched, tlsArguments } from '../../support/topologies.js';

jest.setTimeout(60_000);

const PREFIX = 'pabal';
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function connect(...args: Parameters<typeof connectRedis>): RedisConnection {
  const connection = connectRedis(...args);
  connection.on('error', () => {});
  closing.push(() => connection.disconnect());
  return connection;
}

async function refusal(location: RedisLocation, limitMs = 3_000): Promise<unknown> {
  const connection = connect(location, 'producer');
  return redisReady(connection, limitMs).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('sentinels', () => {
  it('lead every connection to the replica that they made master, within two seconds', async () => {
    const watched = await startWatched(6_000);
    closing.push(() => watched.stop());
    const location: RedisLocation = {
      sentinels: { name: MASTER_NAME, nodes: [{ host: '127.0.0.1', port: watched.sentinel.port }] },
    };
    const redis = connect(location, 'producer', storeConnectionOptions);
    await redisReady(redis, 10_000);
    const events: string[] = [];
    const store = new Store({ redis, prefix: PREFIX, onEvent: ({ kind }) => void events.push(kind) });
    closing.push(() => store.close());
    await store.opened();
    const pulled: string[] = [];
    const puller = new Puller({
      queue: 'pulled',
      prefix: PREFIX,
      connection: connect(location, 'worker'),
      concurrency: 2,
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
    closing.push(() => producer.close());
    const { generation } = store;

    // Frozen, not killed: no connection is told that it has ended.
    watched.master.pause();
    await watched.promoted();
    const promoted = performance.now();
    await until(
      'open as another run',
      () => store.state === 'open' && store.generation > generation,
      10_000,
      10,
    );
    await store.keepTrying(() => producer.queue('pulled').add('job', {}, { jobId: 'j-1' }));
    await until('taken', () => pulled.includes('j-1'), 10_000, 10);
    const tookMs = Math.round(performance.now() - promoted);
    expect(tookMs).toBeLessThan(2_000);
    process.stdout.write(`sentinel: a job went through ${tookMs} ms after a frozen master was replaced\n`);
    expect(store.claimsOpen).toBe(false);
    // A process that starts now cannot know what others have yet to assert.
    const late = new Store({ redis: connect(location, 'producer', storeConnectionOptions), prefix: PREFIX });
    closing.push(() => late.close());
    await late.opened();
    expect(late.claimsOpen).toBe(false);
    expect(await store.redis.info('server')).toContain(`tcp_port:${watched.replica.port}`);
  });
});

describe('TLS', () => {
  it('is spoken with the authority, certificate and name of the configuration, and with no other', async () => {
    const certificates = await makeCertificates();
    closing.push(() => certificates.remove());
    const tlsPort = await freePort();
    const redis = await startPrivateRedis({ args: tlsArguments(certificates, tlsPort) });
    closing.push(() => redis.stop());
    const { ca, cert, key } = certificates;
    const url = `rediss://127.0.0.1:${tlsPort}`;
    const tls = { ca, cert, key, servername: 'redis.test' };

    const client = await PabalClient.connect({ redis: { url, tls } });
    closing.push(() => client.close());
    expect(await client.status('nobody')).toBeUndefined();
    const worker = connect({ url, tls }, 'worker').duplicate();
    closing.push(() => worker.disconnect());
    worker.on('error', () => {});
    expect(await worker.ping()).toBe('PONG');

    const code = async (other: RedisLocation['tls']) => String(await refusal({ url, tls: other }, 1_500));
    expect(await code({ ...tls, servername: 'other.test' })).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await code({ cert, key, servername: 'redis.test' })).toMatch(/SELF_SIGNED|UNABLE_TO/);
    expect(await code({ ca, servername: 'redis.test' })).toContain('did not answer');
  });
});

describe('cluster mode that is configured differently than it is', () => {
  it('is said in one line, at once', async () => {
    const [plain, cluster] = await Promise.all([startPrivateRedis(), startPrivateCluster({ masters: 1 })]);
    closing.push(
      () => plain.stop(),
      () => cluster.stop(),
    );
    const [node] = cluster.nodes;
    const missing = await refusal({ url: node?.url });
    expect(missing).toMatchObject({ code: 'redis-mismatch' });
    expect(String(missing)).toContain('redis.cluster is not configured');
    const none = await refusal({ cluster: { nodes: [{ host: '127.0.0.1', port: plain.port }] } });
    expect(none).toMatchObject({ code: 'redis-mismatch' });
    expect(String(none)).toContain('is no cluster node');
    await expect(PabalClient.connect({ redis: node?.url ?? '' })).rejects.toThrow(
      'redis.cluster is not configured',
    );
  });
});
