import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock, type GatewayKind, type RecipientBurstLimits } from '@pabal/session';
import { AccountBurst, AccountBursts } from './account-burst.js';
import { CLAIM_FRESH_MS } from './claim-fresh.js';
import type { Gateway } from './fleet-config.js';

const A = '01000000001';
const B = '01000000002';
const LIMITS: RecipientBurstLimits = { limit: 3, windowMs: 5_000 };
const QUIET_MS = 10_000;

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

describe('a recipient of an account whose agents count together', () => {
  it('is asked about for longer than the gateway looks back: a write may come late after its claim', () => {
    const { limit, windowMs, recipient } = new AccountBurst(clock, LIMITS, QUIET_MS).check(A, false);
    expect({ limit, recipient }).toEqual({ limit: 3, recipient: A });
    expect(windowMs).toBeGreaterThan(LIMITS.windowMs + CLAIM_FRESH_MS);
  });

  it('had a whole rest before a probe, and at least the window where none is needed', () => {
    const burst = new AccountBurst(clock, LIMITS, QUIET_MS);
    const { limit, windowMs, keepMs } = burst.check(A, true);
    expect(limit).toBe(1);
    expect(windowMs).toBeGreaterThan(QUIET_MS + CLAIM_FRESH_MS);
    expect(keepMs).toBe(windowMs);
    expect(burst.check(A, false).keepMs).toBe(keepMs);
    expect(new AccountBurst(clock, LIMITS, 0).check(A, true).windowMs).toBe(burst.check(A, false).windowMs);
  });

  it('is not asked about again before the time that a claim was told', () => {
    const burst = new AccountBurst(clock, LIMITS, QUIET_MS);
    expect(burst.freeAt(A)).toBe(0);
    burst.busy(A, 1_000);
    expect(burst.freeAt(A)).toBe(clock.now() + 1_000);
    expect(burst.freeAt(B)).toBe(0);
  });

  it('is forgotten once it may be asked about again', () => {
    const burst = new AccountBurst(clock, LIMITS, QUIET_MS);
    for (let i = 0; i < 1_000; i++) {
      burst.busy(`0100000${1_000 + i}`, 100);
      clock.advance(10);
    }
    expect(burst.size).toBeLessThanOrEqual(11);
  });
});

describe('the accounts of a process', () => {
  function gateway(agents: number, limits: RecipientBurstLimits | undefined): Gateway {
    const kind = { recipientBurst: () => limits, probeQuietMs: QUIET_MS } as unknown as GatewayKind;
    const identities = Array.from({ length: agents }, (_, i) => ({
      gateway: 'alpha',
      account: 'demo',
      agent: `S${i + 1}`,
    }));
    return { name: 'alpha', kind, config: {}, agents: identities, channels: ['sms'] };
  }

  it.each([
    ['have a part of the limit each', 3, LIMITS],
    ['have no limit', 5, undefined],
  ])('need not ask where the agents %s', (_, agents, limits) => {
    expect(new AccountBursts(clock).of(gateway(agents, limits), 'demo')).toBeUndefined();
  });

  it('need not ask where the gateway does not say how often', () => {
    const { kind, ...rest } = gateway(5, LIMITS);
    const silent = { probeQuietMs: kind.probeQuietMs } as unknown as GatewayKind;
    expect(new AccountBursts(clock).of({ ...rest, kind: silent }, 'demo')).toBeUndefined();
  });

  it('have one memory for all their agents here', () => {
    const bursts = new AccountBursts(clock);
    const five = gateway(5, LIMITS);
    const burst = bursts.of(five, 'demo');
    expect(burst).toBeInstanceOf(AccountBurst);
    expect(bursts.of(five, 'demo')).toBe(burst);
  });
});
