import type { DurabilityFinding } from '@pabal/fate';
import { judgeDurability, readRedisSettings, Store, storeConnectionOptions } from '@pabal/fate';
import { FileStore, WarmFiles } from '@pabal/files';
import type { RedisConnection, RedisLocation } from '@pabal/queues';
import { connectRedis, Producer, redisReady } from '@pabal/queues';
import type { Logger, PabalConfig } from '@pabal/runtime';
import { systemClock } from '@pabal/session';
import { publishCatalogue } from './catalogue.js';
import type { FleetConfig } from './fleet-config.js';
import { bindGateway } from './fleet-config.js';
import type { Member } from './member.js';
import { makeMember, ownerName } from './member.js';

/** How long a starting process waits for Redis before it says that there is none. */
const REDIS_LIMIT_MS = 15_000;
const RESULTS_PREFIX = 'results-';

/** A member of the fleet with the connections that it stands on. */
export interface BootedMember {
  readonly member: Member;
  /** What could be lost with this Redis, for the start-up words. */
  readonly durability: readonly DurabilityFinding[];
  /** A connection for pullers, opened when first asked for. */
  workers(): RedisConnection;
  /** Closes every connection. The roles must have stopped. */
  close(): Promise<void>;
}

/** What the fleet takes from a configuration. */
export function fleetConfigOf(config: PabalConfig): FleetConfig {
  return {
    prefix: config.redis.prefix,
    gateways: new Map(
      Object.values(config.gateways).map(({ name, kind, config: block }) => [
        name,
        bindGateway(name, kind, block),
      ]),
    ),
    routes: new Map(Object.entries(config.routes)),
    replies: config.replies
      .filter((queue) => queue.startsWith(RESULTS_PREFIX))
      .map((queue) => queue.slice(RESULTS_PREFIX.length)),
    webhooks: Object.keys(config.webhooks),
    idempotencyWindowMs: config.fleet.idempotencyWindow,
    reportGraceMs: config.fleet.reportGrace,
    drainLimitMs: config.fleet.drainLimit,
    filesKeepMs: config.files.keep,
    durability: config.durability,
  };
}

/** Connects a process of the fleet to its Redis, checks what that Redis promises, and tells producers the catalogue. */
export async function bootMember(
  config: PabalConfig,
  role: 'sender' | 'receiver',
  log: Logger,
): Promise<BootedMember> {
  const location: RedisLocation = config.redis;
  const fleet = fleetConfigOf(config);
  const opened: RedisConnection[] = [];
  const connect = (...args: Parameters<typeof connectRedis>) => {
    const connection = connectRedis(...args);
    connection.on('error', (error) => log.debug({ error: error.message }, 'redis.error'));
    opened.push(connection);
    return connection;
  };
  const closeAll = () => {
    for (const connection of opened) connection.disconnect();
  };
  try {
    const storeConnection = connect(location, 'producer', storeConnectionOptions);
    const producerConnection = connect(location, 'producer');
    await Promise.all([
      redisReady(storeConnection, REDIS_LIMIT_MS),
      redisReady(producerConnection, REDIS_LIMIT_MS),
    ]);
    const settings = await readRedisSettings(producerConnection);
    const failsOver = location.sentinels !== undefined || location.cluster !== undefined;
    const durability = judgeDurability(config.durability, settings, failsOver);
    for (const finding of durability)
      log[finding.blocking ? 'warn' : 'info']({ finding: finding.text }, 'redis.durability');
    const store = new Store({
      redis: storeConnection,
      prefix: fleet.prefix,
      waitReplicas: config.durability === 'replica' ? 1 : 0,
      onEvent: (event) => log[event.kind === 'open' ? 'info' : 'warn']({ ...event }, `store.${event.kind}`),
    });
    await store.opened();
    await publishCatalogue(store, fleet);
    const producer = new Producer({ connection: producerConnection, prefix: fleet.prefix });
    const owner = ownerName(role);
    let fileStore: FileStore | undefined;
    const readFile = (id: string) => {
      // A connection of its own: a megabyte on its way must not stand before a claim.
      fileStore ??= new FileStore({ redis: connect(location, 'producer'), prefix: fleet.prefix });
      return fileStore.get(id);
    };
    const member = makeMember({
      owner,
      files: new WarmFiles((id) => store.keepTrying(() => readFile(id))),
      config: fleet,
      store,
      producer,
      clock: systemClock,
      random: Math.random,
      log: log.child({ owner }),
    });
    let workers: RedisConnection | undefined;
    return {
      member,
      durability,
      workers: () => {
        workers ??= connect(location, 'worker');
        return workers;
      },
      close: async () => {
        const closing = producer.close();
        // Queues wait for a connection that is not there.
        if (store.state !== 'open') closeAll();
        await closing;
        await store.close();
        closeAll();
      },
    };
  } catch (error) {
    closeAll();
    throw error;
  }
}
