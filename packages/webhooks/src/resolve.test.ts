import { describe, expect, it } from '@jest/globals';
import { type ResolvedAddress, sharedResolve } from './resolve.js';

describe('looking up a name', () => {
  it('is done once for many that ask, and again after a few seconds', async () => {
    let at = 0;
    const asked: string[] = [];
    const resolve = sharedResolve(
      async (name) => {
        asked.push(name);
        return [{ address: `10.0.0.${asked.length}`, family: 4 }];
      },
      () => at,
    );
    const together = await Promise.all([resolve('a'), resolve('a'), resolve('b')]);
    expect(asked).toEqual(['a', 'b']);
    expect(together[0]).toEqual(together[1]);
    at += 5_000;
    expect(await resolve('a')).toEqual([{ address: '10.0.0.3', family: 4 }]);
  });

  it('that failed is not kept', async () => {
    const answers: (() => Promise<readonly ResolvedAddress[]>)[] = [
      () => Promise.reject(new Error('no')),
      () => Promise.resolve([]),
    ];
    const resolve = sharedResolve(
      () => answers.shift()?.() ?? Promise.reject(new Error('asked too often')),
      () => 0,
    );
    await expect(resolve('a')).rejects.toThrow('no');
    expect(await resolve('a')).toEqual([]);
  });

  it('is not asked for an address', async () => {
    const resolve = sharedResolve(
      () => Promise.reject(new Error('asked')),
      () => 0,
    );
    expect(await resolve('::1')).toEqual([{ address: '::1', family: 6 }]);
    expect(await resolve('127.0.0.1')).toEqual([{ address: '127.0.0.1', family: 4 }]);
  });
});
