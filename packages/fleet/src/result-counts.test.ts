import { describe, expect, it } from '@jest/globals';
import { ResultCounts } from './result-counts.js';

describe('the counts of results', () => {
  it('are by status and gateway, and one that never had a gateway counts by its status alone', () => {
    const counts = new ResultCounts();
    counts.add({ status: 'delivered', gateway: 'smtnt' });
    counts.add({ status: 'expired' });
    counts.add({ status: 'delivered', gateway: 'hellovision' });
    counts.add({ status: 'delivered', gateway: 'smtnt' });
    expect(counts.list()).toEqual([
      { status: 'delivered', gateway: 'smtnt', count: 2 },
      { status: 'expired', count: 1 },
      { status: 'delivered', gateway: 'hellovision', count: 1 },
    ]);
    expect(counts.total).toBe(4);
  });

  it('are a copy that goes on by itself no more', () => {
    const counts = new ResultCounts();
    counts.add({ status: 'failed', gateway: 'smtnt' });
    const before = counts.list();
    counts.add({ status: 'failed', gateway: 'smtnt' });
    expect(before).toEqual([{ status: 'failed', gateway: 'smtnt', count: 1 }]);
  });
});
