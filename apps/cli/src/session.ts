import { PabalClient, RedisUnavailable } from '@pabal/client';
import { Store, storeConnectionOptions } from '@pabal/fate';
import { GATEWAY_KINDS } from '@pabal/fleet';
import { connectRedis, redisReady } from '@pabal/queues';
import { loadConfig, type PabalConfig } from '@pabal/runtime';
import type { Given, Io } from './command.js';
import { textFlag } from './command.js';

/**
 * The configuration that a command line names.
 * @throws ConfigError
 */
export function configOf(given: Given, io: Io): PabalConfig {
  const path = textFlag(given, 'config');
  return loadConfig({ env: io.env, kinds: GATEWAY_KINDS, ...(path === undefined ? {} : { path }) });
}

/** Connects a client to the configuration's Redis, uses it, and closes it whatever happens. */
export async function withClient<T>(
  config: PabalConfig,
  use: (client: PabalClient) => Promise<T>,
): Promise<T> {
  const { prefix, ...location } = config.redis;
  const client = await PabalClient.connect({ redis: location, prefix }).catch((error: unknown) => {
    if (!(error instanceof RedisUnavailable)) throw error;
    throw error.cause instanceof Error ? error.cause : error; // the cause says where Redis was looked for
  });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const REDIS_LIMIT_MS = 5_000;

/** Opens the records in the configuration's Redis, uses them, and closes them whatever happens. */
export async function withStore<T>(config: PabalConfig, use: (store: Store) => Promise<T>): Promise<T> {
  const redis = connectRedis(config.redis, 'producer', storeConnectionOptions);
  redis.on('error', () => {}); // told by redisReady, or by the command that fails
  try {
    await redisReady(redis, REDIS_LIMIT_MS);
    const store = new Store({ redis, prefix: config.redis.prefix });
    await store.opened();
    const result = await use(store);
    await store.close();
    return result;
  } finally {
    redis.disconnect();
  }
}
