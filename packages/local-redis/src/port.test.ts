import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort } from './port.js';

describe('freePort', () => {
  it('stays below the ports of outgoing connections', async () => {
    expect(await freePort(() => 0.999999)).toBeLessThan(32_768);
  });

  it('gives no port twice, as its first server may not have bound it yet', async () => {
    const first = await freePort();
    const draws = [(first - 20_000 + 0.5) / 12_000];
    expect(await freePort(() => draws.shift() ?? Math.random())).not.toBe(first);
    expect(draws).toEqual([]);
  });

  it('passes over a port that somebody listens on', async () => {
    const server = createServer();
    const taken = await new Promise<number>((resolve) => {
      const listen = () => server.listen(20_000 + Math.floor(Math.random() * 12_000), '127.0.0.1');
      server.on('error', listen);
      server.on('listening', () => resolve((server.address() as AddressInfo).port));
      listen();
    });
    const share = (taken - 20_000 + 0.5) / 12_000;
    const draws = [share, share];
    expect(await freePort(() => draws.shift() ?? Math.random())).not.toBe(taken);
    expect(draws).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});
