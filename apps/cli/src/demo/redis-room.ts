import { randomBytes } from 'node:crypto';
import { connectRedis, redisReady } from '@pabal/queues';

const CONNECT_MS = 5_000;
const SCAN_COUNT = 1_000;

/** Begins the demo's keys. In a Redis that belongs to somebody they stand apart from all others. */
export function demoPrefix(shared: boolean): string {
  return shared ? `pabal-demo-${randomBytes(4).toString('hex')}` : 'pabal';
}

/** Removes everything under a prefix, in small steps. */
export async function clearKeys(url: string, prefix: string): Promise<void> {
  const redis = connectRedis({ url }, 'worker');
  redis.on('error', () => {}); // shows as a rejected command
  try {
    await redisReady(redis, CONNECT_MS);
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', SCAN_COUNT);
      if (keys.length > 0) await redis.unlink(keys);
      cursor = next;
    } while (cursor !== '0');
  } finally {
    redis.disconnect();
  }
}
