import { describe, expect, it } from '@jest/globals';
import { median, medians, paceOf, percentile } from './statistics.js';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it('takes the nearest rank, whatever the order of the values', () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
  });

  it('gives the least value for a share of nothing, and no number for no values', () => {
    expect(percentile(hundred, 0)).toBe(1);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('leaves the given values in their order', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('median', () => {
  it('is the middle of an odd number of values, as numbers', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('is the mean of the two middle ones of an even number', () => {
    expect(median([4, 1, 3, 10])).toBe(3.5);
  });

  it('is no number when there are no values', () => {
    expect(median([])).toBeNaN();
  });
});

describe('medians', () => {
  it('takes each figure by itself, and a missing one as 0', () => {
    expect(medians([{ a: 1, b: 5 }, { a: 3 }, { a: 2, b: 7 }])).toEqual({ a: 2, b: 5 });
  });
});

describe('paceOf', () => {
  it('counts from the first enqueue to the last consumption', () => {
    const pace = paceOf({
      enqueuedAt: Float64Array.of(1_000, 1_500, 900),
      consumedAt: Float64Array.of(1_100, 1_900, 2_400),
    });
    expect(pace.perSecond).toBe(2); // three in 1.5 s
  });

  it('leaves the first and the last tenth out of the steady rate', () => {
    // 100 results: one a millisecond, but the first ten took an hour and the last ten another.
    const consumedAt = Float64Array.from({ length: 100 }, (_, i) =>
      i < 10 ? i : i < 90 ? 3_600_000 + i : 7_200_000 + i,
    );
    const pace = paceOf({ enqueuedAt: new Float64Array(100), consumedAt });
    expect(pace.steadyPerSecond).toBe(1_000);
  });

  it('measures each message from its own enqueue', () => {
    const pace = paceOf({
      enqueuedAt: Float64Array.of(0, 100, 200, 300),
      consumedAt: Float64Array.of(10, 120, 230, 800),
    });
    expect(pace.p50Ms).toBe(20);
    expect(pace.p99Ms).toBe(500);
  });
});
