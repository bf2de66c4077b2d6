import { PabalClient, RedisUnavailable } from '@pabal/client';
import { Store, storeConnectionOptions } from '@pabal/fate';
import { fleetConfigOf, publishCatalogue } from '@pabal/fleet';
import { connectRedis } from '@pabal/queues';
import { ConfigError, isLoopback, type Logger, type PabalConfig } from '@pabal/runtime';
import { type Clock, systemClock } from '@pabal/session';
import { ApiMetrics } from './api-metrics.js';
import { KeyRing } from './caller.js';
import { openDeliveries } from './deliveries.js';
import { FleetReader } from './fleet-reader.js';
import { Idempotency } from './idempotency.js';
import { OPERATIONS } from './operations/index.js';
import { RateLimit } from './rate-limit.js';
import { readinessOf } from './readiness.js';
import { makeServer } from './server.js';

/** How long a starting process waits for Redis before it says that there is none. */
const REDIS_LIMIT_MS = 15_000;
/** How long a request waits for Redis. */
const ANSWER_LIMIT_MS = 5_000;
/** How long a stopping process waits for requests under way, those included that never come to their end. */
const FINISH_LIMIT_MS = ANSWER_LIMIT_MS + 1_000;

export interface ApiOptions {
  readonly config: PabalConfig;
  readonly log: Logger;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** An API that answers. */
export interface RunningApi {
  /** `http://127.0.0.1:8080`, with the port that it got. */
  readonly url: string;
  /** Takes no more requests, answers those under way, lets go of Redis. */
  close(signal?: AbortSignal): Promise<void>;
}

/**
 * Starts the HTTP API.
 * @throws ConfigError where it would be open to others without a key
 */
export async function startApi({ config, log, clock = systemClock }: ApiOptions): Promise<RunningApi> {
  const { api } = config;
  if (api.keys.length === 0 && !isLoopback(api.host)) {
    throw new ConfigError('the configuration', [
      { path: 'api.keys', message: 'is required unless api.host is a loopback address' },
    ]);
  }
  const client = await connect(config);
  // Beside the client's, so that looking at the fleet never stands before a message.
  const redis = connectRedis(config.redis, 'producer', storeConnectionOptions);
  redis.on('error', (error) => log.debug({ error: error.message }, 'redis.error'));
  const store = new Store({ redis, prefix: config.redis.prefix });
  const deliveries = openDeliveries(config, { log, clock });
  const release = async () => {
    await client.close();
    await store.close();
  };
  const fleet = fleetConfigOf(config);
  let stopping = false;
  try {
    // Also where no process of the fleet has started yet: routes and reply queues are known from the first request on.
    await store.opened();
    await publishCatalogue(store, fleet);
    const keys = new KeyRing(api.keys);
    if (keys.isEmpty) {
      log.warn({ host: api.host, note: 'no key is configured: only this machine may ask' }, 'api.open');
    }
    const metrics = new ApiMetrics();
    const app = makeServer({
      operations: OPERATIONS,
      keys,
      services: {
        client,
        fleet: new FleetReader(store, fleet, () => clock.now()),
        idempotency: new Idempotency(store, config.fleet.idempotencyWindow),
        rateLimit: new RateLimit(store),
        webhooks: deliveries,
        metrics,
        clock,
        readiness: () => readinessOf(client, stopping),
        stopping: () => stopping,
      },
      limits: api,
      onAnswered: (answered) => metrics.answered(answered),
      clock,
      log,
    });
    const url = await app.listen({ host: api.host, port: api.port });
    deliveries.start();
    log.info({ url, keys: api.keys.length }, 'api.listening');
    return {
      url,
      close: async (signal) => {
        stopping = true;
        // Who does not come to an end of its request does not hold up the others for ever.
        signal?.addEventListener('abort', () => app.server.closeAllConnections(), { once: true });
        const giveUp = clock.after(FINISH_LIMIT_MS, () => app.server.closeAllConnections());
        await Promise.all([app.close(), deliveries.stop(signal)]);
        giveUp();
        await release();
      },
    };
  } catch (error) {
    await deliveries.stop();
    await release();
    throw error;
  }
}

async function connect({ redis: { prefix, ...location }, durability }: PabalConfig): Promise<PabalClient> {
  const options = { redis: location, prefix, durability, timeoutMs: ANSWER_LIMIT_MS };
  try {
    return await PabalClient.connect({ ...options, connectMs: REDIS_LIMIT_MS });
  } catch (error) {
    if (error instanceof RedisUnavailable && error.cause instanceof Error) throw error.cause; // says where it was looked for
    throw error;
  }
}
