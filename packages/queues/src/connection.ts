import type { RedisOptions } from 'ioredis';
import { Redis } from 'ioredis';

/** A connection, as it is handed from here to whoever needs one. */
export type RedisConnection = Redis;

/** Where Redis is. One of url, sentinels or cluster. */
export interface RedisLocation {
  readonly url?: string | undefined;
  readonly sentinels?:
    | { readonly name: string; readonly nodes: readonly { host: string; port: number }[] }
    | undefined;
  readonly tls?: boolean | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Reconnect within two seconds of Redis' return; BullMQ's own strategy waits up to twenty. */
const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 5), 1_000);

/**
 * How a connection behaves while Redis is away. `worker`: waits for it (BullMQ's workers need that).
 * `producer`: fails at once, so that the caller knows, and repeats under the same job id.
 */
export type ConnectionRole = 'worker' | 'producer';

/** ioredis' options as its constructor takes them. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

const ROLE_OPTIONS: Record<ConnectionRole, ConnectionOptions> = {
  worker: { maxRetriesPerRequest: null, retryStrategy },
  producer: {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy,
  },
};

/**
 * Told to disconnect while it waits for its next attempt to reconnect, ioredis drops the attempt and never says that it
 * has ended; BullMQ's workers wait for that, for ever. This one makes the attempt at once and ends with it.
 */
class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    super.disconnect(reconnect);
    if (reconnect || this.status !== 'reconnecting') return;
    // Refused, it ends by itself; connected, it is told once more.
    this.connect().then(
      () => super.disconnect(),
      () => {},
    );
  }

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const options: ConnectionOptions = { ...this.options, ...override };
    return new EndingRedis(options);
  }
}

/** Opens a connection; `options` override the role's. */
export function connectRedis(
  location: RedisLocation,
  role: ConnectionRole,
  options: ConnectionOptions = {},
): Redis {
  const merged: ConnectionOptions = {
    ...ROLE_OPTIONS[role],
    ...(location.username === undefined ? {} : { username: location.username }),
    ...(location.password === undefined ? {} : { password: location.password }),
    ...(location.tls ? { tls: {} } : {}),
    ...options,
  };
  if (location.sentinels) {
    return new EndingRedis({
      ...merged,
      name: location.sentinels.name,
      sentinels: [...location.sentinels.nodes],
    });
  }
  if (location.url === undefined) throw new Error('no Redis url and no sentinels');
  return new EndingRedis(location.url, merged);
}

/** Redis did not answer in time, or answered and did not let us in. */
export class RedisUnreachable extends Error {
  readonly code = 'redis-unreachable';
  override readonly name = 'RedisUnreachable';

  /** It is there, but refuses user and password, or their absence. */
  get loginRefused(): boolean {
    return refusalOf(this.cause) !== undefined;
  }
}

/** The word with which Redis refuses who connects. */
function refusalOf(error: unknown): string | undefined {
  return error instanceof Error ? /^(NOAUTH|WRONGPASS|NOPERM)\b/.exec(error.message)?.[1] : undefined;
}

/**
 * Resolves when the connection can take commands.
 * @throws RedisUnreachable after `limitMs`, with the last error as its cause
 */
export async function redisReady(redis: Redis, limitMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  let lastError: Error | undefined;
  const remember = (error: Error) => {
    lastError = error;
  };
  redis.on('error', remember);
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new RedisUnreachable(unreachable(redis, limitMs, lastError), { cause: lastError })),
        limitMs,
      );
      redis.once('ready', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  } finally {
    redis.off('error', remember);
  }
}

/** Where, how long, and why as far as the system tells; never the user or password of the connection. */
function unreachable(redis: Redis, limitMs: number, error: Error | undefined): string {
  const { host, port, sentinels } = redis.options;
  const place = sentinels ? 'behind its sentinels' : `at ${host ?? 'localhost'}:${port ?? 6379}`;
  const refusal = refusalOf(error);
  if (refusal !== undefined) return `Redis ${place} refuses the login (${refusal})`;
  const why = error && 'code' in error ? ` (${String(error.code)})` : error ? ` (${error.message})` : '';
  return `Redis ${place} did not answer within ${limitMs} ms${why}`;
}
