import { describe, expect, it } from '@jest/globals';
import {
  GIVE_UP_AFTER_MS,
  MAX_RETRY_AFTER_MS,
  parseRetryAfter,
  RETRY_DELAYS_MS,
  retryDelay,
} from './retry.js';

const HOUR_MS = 3_600_000;

describe('the next try of a delivery', () => {
  it('comes ever later, a little under three days in all', () => {
    const sorted = [...RETRY_DELAYS_MS].sort((a, b) => a - b);
    expect(RETRY_DELAYS_MS).toEqual(sorted);
    const all = RETRY_DELAYS_MS.reduce((sum, delay) => sum + delay, 0);
    expect(all).toBeLessThan(GIVE_UP_AFTER_MS);
    expect(all).toBeGreaterThan(71 * HOUR_MS);
  });

  it('is moved by chance, by a tenth to either side', () => {
    expect([0, 0.5, 1].map((random) => retryDelay(1, undefined, random))).toEqual([4_500, 5_000, 5_500]);
  });

  it('is the last after as many failures as there are delays', () => {
    expect(retryDelay(RETRY_DELAYS_MS.length, undefined, 0.5)).toBe(8 * HOUR_MS);
    expect(retryDelay(RETRY_DELAYS_MS.length + 1, undefined, 0.5)).toBeUndefined();
  });

  it('is not before what the receiver asked for, up to an hour', () => {
    expect(retryDelay(1, 20_000, 0.5)).toBe(20_000);
    expect(retryDelay(1, 1_000, 0.5)).toBe(5_000);
    expect(retryDelay(1, 999 * HOUR_MS, 0.5)).toBe(MAX_RETRY_AFTER_MS);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-31T00:00:00Z');
  it.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['120', 120_000],
    [' 0 ', 0],
    ['Sat, 31 Jan 2026 00:01:00 GMT', 60_000],
    ['Fri, 30 Jan 2026 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1e9', undefined],
    ['99999999999999999999', undefined],
    ['2026', 2_026_000],
  ])('%s means %s ms', (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});
