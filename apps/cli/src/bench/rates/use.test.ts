import { describe, expect, it } from '@jest/globals';
import { grantUse } from './use.js';

const rate = {
  domain: 'demo/S1/sms',
  grant: 10,
  count: 0,
  firstAt: 0,
  lastAt: 0,
  largestSecond: 10,
  largestSecondLagMs: 0,
  largestCertainSecond: 10,
  usedShare: 1,
};

/** Submits every so many ms from a time on, over one login. */
function login(session: number, from: number, count: number, everyMs: number) {
  return Array.from({ length: count }, (_, i) => ({ session, at: from + i * everyMs }));
}

function use(...logins: { session: number; at: number }[][]) {
  const submits = logins.flat();
  return grantUse({
    at: Float64Array.from(submits, ({ at }) => at),
    session: Float64Array.from(submits, ({ session }) => session),
    rate,
  });
}

describe('grantUse', () => {
  it('is 1 where every submit came as soon as the grant allowed, and less by what came later', () => {
    expect(use(login(1, 0, 50, 100))).toEqual({ submits: 50, usedShare: 1 });
    expect(use(login(1, 0, 50, 125)).usedShare).toBeCloseTo(0.8);
  });

  it('leaves out the first second, in which what a pause saved may go at once', () => {
    const burst = login(1, 0, 10, 1);
    expect(use(burst, login(1, 1_000, 41, 125)).usedShare).toBeCloseTo(0.8);
  });

  it('does not count the silence between two logins, and tells how long it was and when it ended', () => {
    const { usedShare, silentMs, resumedAt } = use(login(1, 0, 50, 100), login(4, 15_000, 50, 100));
    expect(usedShare).toBeCloseTo(1);
    expect([silentMs, resumedAt]).toEqual([15_000 - 4_900, 15_000]);
  });

  it('counts what an earlier login left on its way to where it came', () => {
    const { submits, silentMs } = use(login(1, 0, 20, 100), login(2, 3_000, 20, 100), [
      { session: 1, at: 5_000 },
    ]);
    expect([submits, silentMs]).toEqual([41, 1_100]);
  });

  it('is no number for one submit', () => {
    expect(use(login(1, 0, 1, 100)).usedShare).toBeNaN();
  });
});
