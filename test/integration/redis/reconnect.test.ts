import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type PrivateRedis, startPrivateRedis } from '@pabal/local-redis';
import { measureReturn } from '../../support/returning.js';

jest.setTimeout(60_000);

/** Every connection must work again so soon after Redis has come back. */
const LIMIT_MS = 2_000;

const servers: PrivateRedis[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

describe('a Redis that comes back', () => {
  it.each([
    ['killed', 3_000],
    ['frozen', 6_500],
  ] as const)('after it was %s for %d ms has every connection again within two seconds', async (how, ms) => {
    const redis = await startPrivateRedis();
    servers.push(redis);
    const returned = await measureReturn(redis, how, ms);
    expect([...returned.keys()].sort()).toEqual(['board', 'client', 'files', 'producer', 'store', 'worker']);
    for (const [name, tookMs] of returned)
      expect({ name, soon: tookMs < LIMIT_MS }).toEqual({ name, soon: true });
  });
});
