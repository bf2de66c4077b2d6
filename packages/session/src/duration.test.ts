import { describe, expect, it } from '@jest/globals';
import { durationSchema } from './duration.js';

describe('duration', () => {
  it.each([
    [1500, 1500],
    [0, 0],
    ['250ms', 250],
    ['30s', 30_000],
    ['10m', 600_000],
    ['72h', 259_200_000],
    ['1.5d', 129_600_000],
    [' 5s ', 5000],
  ])('reads %p as %d ms', (input, ms) => {
    expect(durationSchema.parse(input)).toBe(ms);
  });

  it.each(['', '5', 's', '5 s', '-5s', '5w', '1e3s', -1, 1.5, null])('refuses %p', (input) => {
    expect(durationSchema.safeParse(input).success).toBe(false);
  });
});
