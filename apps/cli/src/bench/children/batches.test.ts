import { describe, expect, it } from '@jest/globals';
import { batches } from './batches.js';

function machine() {
  let time = 0;
  return {
    now: () => time,
    wait: async (ms: number) => {
      time += ms;
    },
  };
}

describe('batches', () => {
  it('covers everything once, the last range being what is left', async () => {
    const ranges: [number, number][] = [];
    await batches({ count: 450, ...machine() }, async (from, to) => ranges.push([from, to]));
    expect(ranges).toEqual([
      [0, 200],
      [200, 400],
      [400, 450],
    ]);
  });

  it('has two on their way, and not a third before one of them has ended', async () => {
    let flying = 0;
    let most = 0;
    await batches({ count: 2_000, ...machine() }, async () => {
      most = Math.max(most, ++flying);
      await Promise.resolve();
      flying--;
    });
    expect(most).toBe(2);
  });

  it('spreads what a rate asks for over the time', async () => {
    const clock = machine();
    const at: number[] = [];
    await batches({ count: 500, ratePerSecond: 1_000, ...clock }, async (from) => {
      at.push(clock.now() - from);
    });
    expect(at).toHaveLength(25); // 20 messages every 20 ms
    expect(new Set(at)).toEqual(new Set([0])); // message n at millisecond n
  });

  it('tells of a put that failed', async () => {
    const failing = batches({ count: 1_000, ...machine() }, async (from) => {
      if (from === 400) throw new Error('not taken');
    });
    await expect(failing).rejects.toThrow('not taken');
  });
});
