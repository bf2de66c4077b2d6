import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@pabal/session';
import { ADDRESS_POLICY, LoginGate, waitAfter } from './login-gate.js';

describe('waitAfter', () => {
  it('doubles after three free failures, up to a minute', () => {
    const waits = [0, 3, 4, 5, 6, 10, 40].map((failures) => waitAfter(failures, ADDRESS_POLICY));
    expect(waits).toEqual([0, 0, 1_000, 2_000, 4_000, 60_000, 60_000]);
  });
});

describe('the login gate', () => {
  it('makes an address wait longer with each failure, and no other address', () => {
    const clock = new FakeClock();
    const gate = new LoginGate(clock);
    for (let i = 0; i < 4; i++) expect(gate.begin('a')).toBe(0);
    expect(gate.begin('a')).toBe(1_000);
    expect(gate.begin('b')).toBe(0);
    clock.advance(1_000);
    expect(gate.begin('a')).toBe(0);
    expect(gate.begin('a')).toBe(2_000);
  });

  it('counts attempts from their beginning, so that many at once gain nothing', () => {
    const gate = new LoginGate(new FakeClock());
    const admitted = Array.from({ length: 100 }, () => gate.begin('a')).filter((wait) => wait === 0);
    expect(admitted).toHaveLength(4);
  });

  it('forgets the failures of an address that gets in, or stays away for 15 minutes', () => {
    const clock = new FakeClock();
    const gate = new LoginGate(clock);
    for (let i = 0; i < 3; i++) gate.begin('a');
    gate.begin('a');
    gate.succeeded('a');
    for (let i = 0; i < 4; i++) expect(gate.begin('a')).toBe(0);
    clock.advance(ADDRESS_POLICY.forgetMs);
    for (let i = 0; i < 4; i++) expect(gate.begin('a')).toBe(0);
  });

  it('slows down guesses that come from many addresses', () => {
    const gate = new LoginGate(new FakeClock());
    const admitted = Array.from({ length: 200 }, (_, i) => gate.begin(`10.0.0.${i}`)).filter(
      (wait) => wait === 0,
    );
    expect(admitted).toHaveLength(51);
  });
});
