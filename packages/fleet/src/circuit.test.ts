import { describe, expect, it } from '@jest/globals';
import type { SubmitOutcome } from '@pabal/session';
import {
  afterFailedTrial,
  afterSign,
  CIRCUIT_POLICY,
  closedBy,
  HEALTHY,
  hasIdled,
  isBad,
  openedAgain,
  phaseOf,
  type Sign,
  signOf,
  withSession,
} from './circuit.js';

const GOOD: Sign = { kind: 'good' };
const ERROR: Sign = { kind: 'fault', reason: 'system-errors', code: '1' };
const SILENCE: Sign = { kind: 'fault', reason: 'no-answers' };
const { firstRestMs, longestRestMs, idleMs, relapseMs, windowMs, rowEndsAfterMs } = CIRCUIT_POLICY;

/** Signs one after the other, `everyMs` apart; is it bad at the last one? */
function badAfter(signs: readonly Sign[], everyMs = 10): boolean {
  let now = 1_000;
  let health = HEALTHY;
  for (const sign of signs) {
    now += everyMs;
    health = afterSign(health, sign, now);
  }
  return isBad(health, now);
}

const refused = (reason: 'gateway-error' | 'gateway-busy' | 'gateway-refused' | 'invalid-number') =>
  ({ kind: 'refused', code: '1', certainty: 'notDelivered', reason, advice: 'retry' }) as const;

describe('what an answer says of its gateway', () => {
  it.each<[SubmitOutcome, string | undefined]>([
    [{ kind: 'accepted', code: '0' }, 'good'],
    [{ kind: 'duplicate', code: '17', mayMeanTooOften: true }, 'good'],
    [{ kind: 'incomplete', code: '16' }, 'good'],
    [refused('invalid-number'), 'good'],
    [refused('gateway-error'), 'fault'],
    [refused('gateway-busy'), 'fault'],
    [refused('gateway-refused'), 'fault'],
    [{ kind: 'unknown', why: 'ackTimeout' }, 'fault'],
    [{ kind: 'unknown', why: 'connectionLost' }, 'fault'],
    [{ kind: 'throttled', code: '15', pauseMs: 500 }, undefined],
    [{ kind: 'notWritten', why: 'buffer' }, undefined],
  ])('%j: %s', (outcome, kind) => {
    expect(signOf(outcome)?.kind).toBe(kind);
  });
});

describe('a gateway is bad', () => {
  it('after five system errors in a row, and not after four', () => {
    expect(badAfter(Array(4).fill(ERROR))).toBe(false);
    expect(badAfter(Array(5).fill(ERROR))).toBe(true);
  });

  it('not when a good answer stands between them', () => {
    expect(badAfter([ERROR, ERROR, ERROR, ERROR, GOOD, ERROR, ERROR, ERROR, ERROR])).toBe(false);
  });

  it('after two missing answers in a row, and not after one', () => {
    expect(badAfter([SILENCE])).toBe(false);
    expect(badAfter([SILENCE, SILENCE])).toBe(true);
  });

  it('not when its faults are minutes apart', () => {
    expect(badAfter(Array(9).fill(ERROR), rowEndsAfterMs)).toBe(false);
    expect(badAfter(Array(9).fill(ERROR), rowEndsAfterMs - 1)).toBe(true);
  });

  it('when half of twenty answers within ten seconds are faults, whatever their order', () => {
    const mixed = (faults: number, goods: number) => [
      ...Array.from({ length: faults }, () => [GOOD, ERROR]).flat(),
      ...(Array(goods - faults).fill(GOOD) as Sign[]),
    ];
    expect(badAfter(mixed(10, 10), 400)).toBe(true);
    expect(badAfter(mixed(9, 9), 400)).toBe(false);
    expect(badAfter(mixed(9, 11), 400)).toBe(false);
  });

  it('no longer once the faults lie outside the window', () => {
    let health = HEALTHY;
    for (let i = 0; i < 20; i++) health = afterSign(health, i % 2 === 0 ? ERROR : GOOD, 1_000 + i);
    expect(isBad(health, 1_000 + windowMs - 1)).toBe(true);
    expect(isBad(health, 1_000 + windowMs)).toBe(false);
  });

  it('by a history that stays small however much it sees', () => {
    let health = HEALTHY;
    for (let i = 0; i < 50_000; i++) health = afterSign(health, GOOD, i);
    expect(health.seconds.length).toBeLessThanOrEqual(windowMs / 1_000 + 1);
  });
});

describe('a circuit', () => {
  const closed = closedBy(undefined, { reason: 'system-errors', code: '1' }, 10_000);

  it('is open while nobody knows of it', () => {
    expect(phaseOf(undefined, 0)).toBe('open');
  });

  it('rests, then lets single messages through', () => {
    expect(phaseOf(closed, 10_000 + firstRestMs - 1)).toBe('closed');
    expect(phaseOf(closed, 10_000 + firstRestMs)).toBe('trial');
  });

  it('rests twice as long after each failed trial, up to a minute, and tells the last reason', () => {
    let circuit = closed;
    const rests: number[] = [];
    for (let i = 0; i < 6; i++) {
      circuit = afterFailedTrial(circuit, SILENCE as Extract<Sign, { kind: 'fault' }>, 20_000);
      rests.push((circuit.trialAt ?? 0) - 20_000);
    }
    expect(rests).toEqual([2, 4, 8, 16, 20, 20].map((times) => times * firstRestMs));
    expect(rests.at(-1)).toBe(longestRestMs);
    expect(circuit).toMatchObject({ state: 'closed', reason: 'no-answers', since: 10_000 });
    expect(circuit).not.toHaveProperty('code');
  });

  it('opens, and goes on resting longer when it closes soon again', () => {
    const opened = openedAgain(closed, 20_000);
    expect(phaseOf(opened, 20_000)).toBe('open');
    const relapse = closedBy(opened, { reason: 'system-errors' }, 20_000 + relapseMs - 1);
    expect(relapse).toMatchObject({ closings: 2, failedTrials: 0 });
    expect((relapse.trialAt ?? 0) - relapse.since).toBe(2 * firstRestMs);
    expect(closedBy(opened, { reason: 'system-errors' }, 20_000 + relapseMs).closings).toBe(1);
  });

  it.each(['no-session', 'login-refused'] as const)(
    'closed for %s waits for a session, not for a time',
    (reason) => {
      const away = closedBy(undefined, { reason }, 10_000);
      expect(phaseOf(away, 10_000_000)).toBe('closed');
      expect(hasIdled(away, 10_000_000)).toBe(false);
      const back = withSession(away, 50_000);
      expect(phaseOf(back, 50_000)).toBe('trial');
      expect(withSession(back, 60_000)).toEqual(back);
    },
  );

  it('opens untried when there is nothing to try it with', () => {
    const from = 10_000 + firstRestMs;
    expect(hasIdled(closed, from + idleMs - 1)).toBe(false);
    expect(hasIdled(closed, from + idleMs)).toBe(true);
    expect(hasIdled(openedAgain(closed, from), from + 2 * idleMs)).toBe(false);
  });
});
