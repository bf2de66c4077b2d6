import { describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { earlyLogins, isOrphaned } from '../storm/judge.js';
import { unheardIn } from '../storm/unheard.js';

const acceptedAt = (...times: number[]) => ({
  id: 'm',
  accepted: times.map((at) => ({ at }) as LedgerEntry),
  submits: [],
  results: [],
});
/** Redis ended at 100,000, without its last second, and was back at 103,000. */
const losses = [{ from: 99_000, until: 100_000, backAt: 103_000 }];
/** A process was ended while Redis was away. */
const absences = [{ from: 101_000, until: 140_000 }];

describe('a second acceptance is laid to Redis', () => {
  it('where it lost the first one, and a process was away that could have put it again', () => {
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences })).toBe(true);
  });

  it('not where the first one was long stored, or came after', () => {
    expect(isOrphaned(acceptedAt(96_000, 120_000), { losses, absences })).toBe(false);
    expect(isOrphaned(acceptedAt(103_000, 120_000), { losses, absences })).toBe(false);
  });

  it('not where every process was there', () => {
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences: [] })).toBe(false);
    const long = [{ from: 50_000, until: 98_000 }];
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences: long })).toBe(false);
    const later = [{ from: 111_000, until: 140_000 }];
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences: later })).toBe(false);
  });

  it('not where nothing was lost, nor for a third', () => {
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses: [], absences })).toBe(false);
    expect(isOrphaned(acceptedAt(99_500, 110_000, 120_000), { losses, absences })).toBe(false);
  });
});

describe('a login that came too soon is laid to a process that could not tell of it', () => {
  const at = (second: number, change: object) =>
    JSON.stringify({ time: new Date(1_796_000_000_000 + second * 1_000).toISOString(), ...change });
  const moved = (second: number, to: string, reason?: string) =>
    at(second, {
      gateway: 'hellovision',
      agent: 'S1',
      session: 'send@a',
      to,
      reason,
      msg: 'session.changed',
    });
  const count = (lines: readonly string[], hasEnded = true) => unheardIn([{ lines, hasEnded }]);

  it('where it ended, was stopped or lost its lease before it heard the answer', () => {
    expect(count([moved(0, 'loggingIn')])).toEqual({ logins: 1, silences: 0 });
    expect(count([moved(0, 'loggingIn')], false)).toEqual({ logins: 0, silences: 0 });
    expect(count([moved(0, 'loggingIn'), moved(1, 'closed', 'login-timeout')])).toEqual({
      logins: 1,
      silences: 0,
    });
    const lost = [moved(0, 'loggingIn'), moved(1, 'ready'), moved(9, 'closed', 'leaseNotRenewed')];
    expect(count(lost)).toEqual({ logins: 0, silences: 1 });
  });

  it('where it heard a refusal and Redis was away until the process was gone', () => {
    const refused = [moved(0, 'loggingIn'), moved(1, 'backingOff', 'login-refused')];
    const away = at(3, { msg: 'store.away' });
    const back = at(4, { msg: 'store.open' });
    expect(count([...refused, away])).toEqual({ logins: 1, silences: 0 });
    expect(count([...refused, away, moved(6, 'closed', 'leaseNotRenewed')])).toEqual({
      logins: 1,
      silences: 0,
    });
    expect(count([...refused, away, back])).toEqual({ logins: 0, silences: 0 });
    expect(count(refused)).toEqual({ logins: 0, silences: 0 });
    expect(count([...refused, moved(2, 'closed', 'drained')])).toEqual({ logins: 0, silences: 0 });
  });

  it('where a login went well, or was only lost, not at all', () => {
    const well = [
      moved(0, 'loggingIn'),
      moved(1, 'ready'),
      moved(2, 'draining'),
      moved(3, 'closed', 'drained'),
    ];
    expect(count(well)).toEqual({ logins: 0, silences: 0 });
    expect(count([moved(0, 'loggingIn'), moved(1, 'backingOff', 'peer-closed')])).toEqual({
      logins: 0,
      silences: 0,
    });
  });

  it('as often as the simulators counted it, by kind', () => {
    expect(
      earlyLogins([
        'lghv counted login-too-soon × 7',
        'smtnt counted reconnect-too-soon × 2',
        'smtnt counted reconnect-after-silence × 1',
        'smtnt counted over-rate × 5',
      ]),
    ).toEqual({ logins: 9, silences: 1 });
  });
});
