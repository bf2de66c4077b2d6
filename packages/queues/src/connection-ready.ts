import type { Redis } from 'ioredis';
import { NoCluster } from './connection-slot-owner.js';

/** Redis did not answer in time, or answered and did not let us in. */
export class RedisUnreachable extends Error {
  readonly code = 'redis-unreachable';
  override readonly name = 'RedisUnreachable';

  /** It is there, but refuses user and password, or their absence. */
  get loginRefused(): boolean {
    return refusalOf(this.cause) !== undefined;
  }
}

/** The configuration and the server disagree about cluster mode: nothing could work. */
export class RedisMismatch extends Error {
  readonly code = 'redis-mismatch';
  override readonly name = 'RedisMismatch';
}

/** The word with which Redis refuses who connects. */
function refusalOf(error: unknown): string | undefined {
  return error instanceof Error ? /^(NOAUTH|WRONGPASS|NOPERM)\b/.exec(error.message)?.[1] : undefined;
}

/**
 * Resolves when the connection can take commands.
 * @throws RedisUnreachable after `limitMs`, with the last error as its cause
 * @throws RedisMismatch at once, when a cluster is found where none is configured, or none where one is
 */
export async function redisReady(redis: Redis, limitMs: number): Promise<void> {
  if (redis.status !== 'ready') await becomesReady(redis, limitMs);
  if (redis.options.Connector !== undefined) return;
  // Who may not ask for INFO is told by the first step that fails.
  const info = String(await redis.info('server').catch(() => ''));
  if (!/^redis_mode:cluster\b/m.test(info)) return;
  throw new RedisMismatch(
    `Redis ${placeOf(redis)} is a cluster node, but redis.cluster is not configured. Name its nodes there; the prefix then gets a hash tag`,
  );
}

async function becomesReady(redis: Redis, limitMs: number): Promise<void> {
  let lastError: Error | undefined;
  await new Promise<void>((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      redis.off('ready', onReady);
      redis.off('error', onError);
    };
    const onReady = () => {
      done();
      resolve();
    };
    const onError = (error: Error) => {
      lastError = error;
      if (!(error instanceof NoCluster)) return;
      done();
      reject(new RedisMismatch(error.message, { cause: error }));
    };
    const timer = setTimeout(() => {
      done();
      reject(new RedisUnreachable(unreachable(redis, limitMs, lastError), { cause: lastError }));
    }, limitMs);
    redis.on('ready', onReady);
    redis.on('error', onError);
  });
}

/** Where, how long, and why as far as the system tells; never the user or password of the connection. */
function unreachable(redis: Redis, limitMs: number, error: Error | undefined): string {
  const place = placeOf(redis);
  const refusal = refusalOf(error);
  if (refusal !== undefined) return `Redis ${place} refuses the login (${refusal})`;
  const why = error && 'code' in error ? ` (${String(error.code)})` : error ? ` (${error.message})` : '';
  return `Redis ${place} did not answer within ${limitMs} ms${why}`;
}

function placeOf({ options: { host, port, sentinels, Connector } }: Redis): string {
  if (Connector !== undefined) return 'behind its cluster nodes';
  return sentinels ? 'behind its sentinels' : `at ${host ?? 'localhost'}:${port ?? 6379}`;
}
