import { Redis } from 'ioredis';
import { RedisStartFailed } from './errors.js';
import { type StartOptions, startPrivateRedis } from './find.js';
import { freeClusterPort } from './port.js';
import type { PrivateRedis } from './private-redis.js';

const SLOTS = 16_384;
const JOIN_MS = 20_000;
const POLL_MS = 50;

export interface ClusterOptions extends StartOptions {
  /** Default: 3. */
  readonly masters?: number;
  /** Replicas of each master. Default: 0. */
  readonly replicas?: number;
  /** After so long without an answer a node counts as gone, ms. Default: 1,000. */
  readonly nodeTimeoutMs?: number;
}

/** A cluster of our own. */
export interface PrivateCluster {
  /** Masters first, then their replicas in the same order. */
  readonly nodes: readonly PrivateRedis[];
  /** The master that owns the slot of a key, as the nodes that still answer say. */
  ownerOf(key: string): Promise<PrivateRedis>;
  /** Stops every node for good. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a cluster on 127.0.0.1 and waits until it serves every slot.
 * @throws RedisStartFailed if it does not come together in time
 */
export async function startPrivateCluster(options: ClusterOptions = {}): Promise<PrivateCluster> {
  const { masters = 3, replicas = 0, nodeTimeoutMs = 1_000, args = [], ...rest } = options;
  const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', String(nodeTimeoutMs)];
  // A replica that lags behind may be elected all the same.
  const election = ['--cluster-replica-validity-factor', '0'];
  const started = await Promise.allSettled(
    Array.from({ length: masters * (1 + replicas) }, async () =>
      startPrivateRedis({
        ...rest,
        port: await freeClusterPort(),
        args: [...cluster, ...election, ...args],
      }),
    ),
  );
  const nodes = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    const failed = started.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    await join(nodes, masters);
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, ownerOf: (key) => ownerOf(nodes, key), stop };
}

async function join(nodes: readonly PrivateRedis[], masters: number): Promise<void> {
  const clients = nodes.map(({ url }) => new Redis(url));
  for (const client of clients) client.on('error', () => {});
  try {
    const share = Math.ceil(SLOTS / masters);
    await Promise.all(
      clients.slice(0, masters).map((client, i) => {
        const count = Math.min(share, SLOTS - i * share);
        return client.cluster('ADDSLOTS', ...Array.from({ length: count }, (_, slot) => i * share + slot));
      }),
    );
    const [first, ...others] = clients;
    const port = nodes[0]?.port ?? 0;
    await Promise.all(others.map((client) => client.cluster('MEET', '127.0.0.1', port)));
    const ids = await Promise.all(clients.map(async (client) => String(await client.cluster('MYID'))));
    const knowsAll = async (client: Redis) => {
      const text = String(await client.call('CLUSTER', 'NODES'));
      return ids.every((id) => text.includes(id)) && !text.includes('handshake');
    };
    await comesTrue('every node knows every other', async () =>
      (await Promise.all(clients.map(knowsAll))).every(Boolean),
    );
    await Promise.all(
      clients
        .slice(masters)
        .map((client, i) => client.cluster('REPLICATE', String(ids[i % masters] ?? ids[0]))),
    );
    await comesTrue('every slot is served', async () => {
      const states = await Promise.all(clients.map(async (client) => String(await client.cluster('INFO'))));
      return states.every((state) => state.includes('cluster_state:ok'));
    });
    if (clients.length === masters) return;
    await comesTrue('every replica follows', async () => {
      const infos = await Promise.all(clients.slice(masters).map((client) => client.info('replication')));
      return first !== undefined && infos.every((info) => info.includes('master_link_status:up'));
    });
  } finally {
    for (const client of clients) client.disconnect();
  }
}

async function comesTrue(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + JOIN_MS;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new RedisStartFailed(`the cluster did not come together: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function ownerOf(nodes: readonly PrivateRedis[], key: string): Promise<PrivateRedis> {
  for (const node of nodes.filter(({ running }) => running)) {
    const client = new Redis(node.url, { maxRetriesPerRequest: 0, commandTimeout: 500 });
    client.on('error', () => {});
    try {
      const slot = Number(await client.cluster('KEYSLOT', key));
      const ranges = await client.cluster('SLOTS');
      const port = ranges.find(([from, to]) => slot >= from && slot <= to)?.[2]?.[1];
      const owner = nodes.find((each) => each.port === port);
      if (owner?.running) return owner;
    } catch {
      // It is frozen, or was killed just now: the next one knows.
    } finally {
      client.disconnect();
    }
  }
  throw new Error(`no node that runs owns ${key}`);
}
