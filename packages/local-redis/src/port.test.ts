import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort } from './port.js';

describe('freePort', () => {
  it('stays below the ports of outgoing connections', async () => {
    expect(await freePort(() => 0.999999)).toBeLessThan(32_768);
  });

  it('passes over a port that somebody listens on', async () => {
    const taken = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
    const share = (taken - 20_000 + 0.5) / 12_000;
    const draws = [share, share];
    expect(await freePort(() => draws.shift() ?? Math.random())).not.toBe(taken);
    expect(draws).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});
