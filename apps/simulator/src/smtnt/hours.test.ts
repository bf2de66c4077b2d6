import { describe, expect, it } from '@jest/globals';
import { isWithinHours, koreanHour, koreanTimestamp } from './hours.js';

/** A time of the day in Korea, which is nine hours ahead of UTC. */
const korea = (hour: number, minute = 0) => Date.UTC(2026, 5, 1, hour - 9, minute);

describe('hours in Korea', () => {
  it('are nine ahead of UTC whatever the zone of the machine', () => {
    expect(koreanHour(Date.UTC(2026, 0, 1, 15))).toBe(0);
    expect(koreanHour(Date.UTC(2026, 0, 1, 14, 59, 59))).toBe(23);
    expect(koreanTimestamp(Date.UTC(2017, 6, 11, 4, 43, 12, 7))).toBe('2017-07-11 13:43:12.007');
  });

  it.each([
    [0, 24, 0, true],
    [0, 24, 23, true],
    [8, 21, 7, false],
    [8, 21, 8, true],
    [8, 21, 20, true],
    [8, 21, 21, false],
    [22, 2, 23, true],
    [22, 2, 1, true],
    [22, 2, 2, false],
    [22, 2, 21, false],
    [9, 9, 9, false],
  ])('from %i to %i, %i o’clock counts: %s', (begin, end, hour, isWithin) => {
    expect(isWithinHours(begin, end, korea(hour, 59))).toBe(isWithin);
  });
});
