import { describe, expect, it } from '@jest/globals';
import { defaultRecipientBurst, mustCountTogether, RecipientBurst, shareOfAgent } from './recipient-burst.js';

const A = '01000000001';
const B = '01000000002';

describe('recipient burst', () => {
  it('holds the fourth message to one recipient until the first is a window and its travel old', () => {
    const burst = new RecipientBurst(defaultRecipientBurst);
    for (const at of [1000, 2000, 3000]) {
      expect(burst.freeAt(A, at)).toBe(at);
      burst.written(A, at);
    }
    expect(burst.freeAt(A, 3000)).toBe(6100);
    burst.written(A, 6100);
    expect(burst.freeAt(A, 6100)).toBe(7100);
  });

  it('keeps recipients apart', () => {
    const burst = new RecipientBurst({ limit: 1, windowMs: 5000 });
    burst.written(A, 0);
    expect(burst.freeAt(B, 10)).toBe(10);
    expect(burst.freeAt(A, 10)).toBe(5100);
  });

  it('tells the last write to a recipient for 10 seconds', () => {
    const burst = new RecipientBurst(undefined);
    expect(burst.lastAt(A, 0)).toBeUndefined();
    burst.written(A, 100);
    burst.written(A, 200);
    expect(burst.lastAt(A, 10_200)).toBe(200);
    expect(burst.lastAt(A, 10_201)).toBeUndefined();
  });

  it('never holds anybody without limits', () => {
    const burst = new RecipientBurst(undefined);
    for (let i = 0; i < 100; i += 1) burst.written(A, i);
    expect(burst.freeAt(A, 100)).toBe(100);
  });

  it('remembers only the recipients of the last seconds', () => {
    const burst = new RecipientBurst(defaultRecipientBurst);
    for (let i = 0; i < 5000; i += 1) burst.written(`0101${i}`, i * 10);
    expect(burst.size).toBeLessThanOrEqual(1051);
    expect(burst.lastAt('01014999', 49_990)).toBe(49_990);
  });

  it.each([
    [3, ['S1'], [3]],
    [3, ['S1', 'S2'], [2, 1]],
    [3, ['S3', 'S1', 'S2'], [1, 1, 1]],
    // By name, in whatever order a configuration has them.
    [5, ['S2', 'S3', 'S1'], [2, 1, 2]],
  ])('of %d is divided whole between the agents %j', (limit, agents, parts) => {
    const limits = { limit, windowMs: 5000 };
    expect(mustCountTogether(limits, agents.length)).toBe(false);
    expect(agents.map((agent) => shareOfAgent(limits, agents, agent).limit)).toEqual(parts);
    expect(parts.reduce((all, one) => all + one, 0)).toBe(limit);
  });

  it('is whole for each of more agents than that, whose claims count together', () => {
    const agents = ['S1', 'S2', 'S3', 'S4'];
    expect(mustCountTogether(defaultRecipientBurst, agents.length)).toBe(true);
    expect(shareOfAgent(defaultRecipientBurst, agents, 'S4')).toEqual(defaultRecipientBurst);
  });
});
