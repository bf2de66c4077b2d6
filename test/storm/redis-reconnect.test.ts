import { describe, expect, it } from '@jest/globals';
import { startPrivateRedis } from '@pabal/local-redis';
import { measureReturn } from '../support/returning.js';

const AWAY_MS = 30_000;

describe('a Redis that is away for 30 s', () => {
  it.each(['killed', 'frozen'] as const)(
    '%s: every connection works again within two seconds of its return',
    async (how) => {
      const redis = await startPrivateRedis();
      try {
        const returned = await measureReturn(redis, how, AWAY_MS);
        for (const [name, tookMs] of returned)
          expect({ name, soon: tookMs < 2_000 }).toEqual({ name, soon: true });
      } finally {
        await redis.stop();
      }
    },
    120_000,
  );
});
