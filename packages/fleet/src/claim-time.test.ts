import { describe, expect, it } from '@jest/globals';
import { ClaimTime, MAX_AHEAD_MS } from './claim-time.js';

function after(...claims: number[]): number {
  const time = new ClaimTime();
  for (const ms of claims) time.note(ms);
  return time.aheadMs;
}

const times = (count: number, ms: number) => Array.from({ length: count }, () => ms);

describe('claim time', () => {
  it('reserves nothing ahead before a claim was answered', () => {
    expect(after()).toBe(0);
  });

  it('comes to what even claims take', () => {
    expect(after(...times(100, 4))).toBeCloseTo(4, 1);
  });

  it('covers three of four claims that vary', () => {
    const varied = Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 8 : 4));
    expect(after(...varied)).toBeGreaterThan(5);
    expect(after(...varied)).toBeLessThan(10);
  });

  it('follows Redis into a slow time and out of it', () => {
    expect(after(...times(50, 2), ...times(20, 40))).toBeGreaterThan(40);
    expect(after(...times(50, 2), ...times(20, 40), ...times(60, 2))).toBeLessThan(4);
  });

  it('stays below its limit', () => {
    expect(after(...times(10, 1_000))).toBe(MAX_AHEAD_MS);
  });
});
