import { describe, expect, it } from '@jest/globals';
import { afterReady, type BackoffPolicy, backoff, freshHistory, type Setback } from './backoff.js';

const policy: BackoffPolicy = {
  lost: { firstMs: 200, capMs: 10_000 },
  refused: { minMs: 10_000, capMs: 300_000, takeOverMs: 600_000 },
  keepAliveLostMs: 30_000,
  stableMs: 30_000,
};
const refused: Setback = { kind: 'refused', alreadyConnected: false };
const takenOver: Setback = { kind: 'refused', alreadyConnected: true };

/** Delays of the same setback again and again, `everyMs` apart. */
function delays(setback: Setback, times: number, chance: number, everyMs = 0): number[] {
  let history = freshHistory;
  return Array.from({ length: times }, (_, i) => {
    const next = backoff(history, policy, setback, i * everyMs, chance);
    history = next.history;
    return next.delayMs;
  });
}

describe('backoff', () => {
  it('tries a lost link again quickly, then doubles up to the cap', () => {
    expect(delays({ kind: 'lost' }, 8, 0)).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  });

  it('shortens a lost link wait by up to half by chance, so that many do not come at once', () => {
    expect(delays({ kind: 'lost' }, 2, 0.5)).toEqual([150, 300]);
  });

  it('waits at least the minimum of the protocol after a refusal, and longer while it repeats', () => {
    expect(delays(refused, 6, 0)).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000]);
    for (const delay of delays(refused, 1, 0.999)) expect(delay).toBeGreaterThanOrEqual(10_000);
  });

  it('does not wait longer for refusals that a take-over expects, until they go on too long', () => {
    expect(delays(takenOver, 4, 0, 10_000)).toEqual([10_000, 10_000, 10_000, 10_000]);
    expect(delays(takenOver, 4, 0, 300_000)).toEqual([10_000, 10_000, 10_000, 20_000]);
  });

  it('gives a lost keepalive the wait that the protocol asks for', () => {
    expect(delays({ kind: 'keepAliveLost' }, 1, 0.9)).toEqual([30_000]);
  });

  it('starts anew only after the session stayed ready for a while', () => {
    const { history } = backoff(freshHistory, policy, { kind: 'lost' }, 0, 0);
    expect(afterReady(history, policy, 1000, 30_999)).toBe(history);
    expect(afterReady(history, policy, 1000, 31_000)).toBe(freshHistory);
  });

  it('stays finite after very many attempts', () => {
    expect(delays({ kind: 'lost' }, 2000, 0).at(-1)).toBe(10_000);
  });
});
