import { describe, expect, it } from '@jest/globals';
import { ALWAYS, sendingHours, untilOpenMs } from './hours.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 2026-03-02 at this time in KST. */
const kst = (time: string) => Date.parse(`2026-03-02T${time}+09:00`);

describe('the hours of a login answer', () => {
  it.each([
    [0, 24],
    [9, 18],
    [22, 6],
  ])('are taken as %p to %p', (begin, end) => {
    expect(sendingHours(begin, end)).toEqual({ begin, end });
  });

  it.each([
    ['are missing', undefined, undefined],
    ['are missing in part', 9, undefined],
    ['are equal', 9, 9],
    ['are no hours', -1, 25],
    ['are fractions', 8.5, 18],
  ])('limit nothing when they %s', (_name, begin, end) => {
    expect(sendingHours(begin, end)).toBe(ALWAYS);
  });
});

describe('the wait for the sending hours', () => {
  it.each([
    [0, 24, '00:00:00.000', 0],
    [0, 24, '23:59:59.999', 0],
    [9, 18, '08:59:59.999', 1],
    [9, 18, '09:00:00.000', 0],
    [9, 18, '17:59:59.999', 0],
    [9, 18, '18:00:00.000', 15 * HOUR],
    [9, 18, '00:00:00.000', 9 * HOUR],
    [22, 6, '21:30:00.000', 30 * MINUTE],
    [22, 6, '22:00:00.000', 0],
    [22, 6, '00:00:00.000', 0],
    [22, 6, '05:59:59.999', 0],
    [22, 6, '06:00:00.000', 16 * HOUR],
    [9, 24, '23:59:00.000', 0],
    [9, 24, '00:00:00.000', 9 * HOUR],
    [22, 0, '23:00:00.000', 0],
    [22, 0, '00:00:00.000', 22 * HOUR],
    [24, 6, '00:30:00.000', 0],
    [24, 6, '06:00:00.000', 18 * HOUR],
  ])('from %p to %p is at %s KST %p ms', (begin, end, time, wait) => {
    expect(untilOpenMs({ begin, end }, kst(time))).toBe(wait);
  });

  it('counts in Korean time wherever the process runs', () => {
    expect(untilOpenMs({ begin: 9, end: 18 }, Date.parse('2026-03-02T00:00:00Z'))).toBe(0);
    expect(untilOpenMs({ begin: 9, end: 18 }, Date.parse('2026-03-01T23:00:00Z'))).toBe(HOUR);
  });
});
