import { describe, expect, it } from '@jest/globals';
import { ResultCounts, sumResults } from './result-counts.js';

function counting() {
  let now = 0;
  const counts = new ResultCounts(() => now);
  return {
    counts,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('the counts of results', () => {
  it('are by status and gateway, and one that never had a gateway counts by its status alone', () => {
    const { counts } = counting();
    counts.add({ status: 'delivered', gateway: 'smtnt' });
    counts.add({ status: 'expired' });
    counts.add({ status: 'delivered', gateway: 'hellovision' });
    counts.add({ status: 'delivered', gateway: 'smtnt' });
    expect(counts.list()).toEqual([
      { status: 'delivered', gateway: 'smtnt', count: 2, lastMinute: 2 },
      { status: 'expired', count: 1, lastMinute: 1 },
      { status: 'delivered', gateway: 'hellovision', count: 1, lastMinute: 1 },
    ]);
    expect(counts.total).toBe(4);
  });

  it('tell of the last minute what came in it, second by second', () => {
    const { counts, pass } = counting();
    const lastMinute = () => counts.list()[0]?.lastMinute;
    counts.add({ status: 'failed', gateway: 'smtnt' });
    pass(30_000);
    counts.add({ status: 'failed', gateway: 'smtnt' });
    counts.add({ status: 'failed', gateway: 'smtnt' });
    expect(lastMinute()).toBe(3);
    pass(29_999);
    expect(lastMinute()).toBe(3);
    pass(1);
    expect(lastMinute()).toBe(2);
    counts.add({ status: 'failed', gateway: 'smtnt' });
    expect(lastMinute()).toBe(3);
    pass(600_000);
    expect(counts.list()).toEqual([{ status: 'failed', gateway: 'smtnt', count: 4, lastMinute: 0 }]);
  });

  it('of several processes add up, the most frequent first', () => {
    const one = { status: 'delivered', gateway: 'smtnt', count: 2, lastMinute: 1 } as const;
    const two = { status: 'failed', gateway: 'smtnt', count: 3, lastMinute: 0 } as const;
    expect(sumResults([[one, two], [], [one, { ...one, count: 9, lastMinute: 4 }]])).toEqual([
      { ...one, count: 13, lastMinute: 6 },
      two,
    ]);
  });
});
