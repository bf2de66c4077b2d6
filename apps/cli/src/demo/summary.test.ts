import { describe, expect, it } from '@jest/globals';
import type { Stats } from './simulator-admin.js';
import { summarise } from './summary.js';
import { delivered, journey } from './testing/journeys.js';

const COUNTS = {
  submits: 3,
  accepted: 2,
  refused: 1,
  dropped: 0,
  duplicates: 0,
  acks: 3,
  reports: 2,
  reportsAcked: 2,
  codes: {},
  reportCodes: {},
};

function stats(largestSecond: number, violations = 0): Stats {
  return {
    gateway: 'any',
    startedAt: 0,
    now: 0,
    counts: COUNTS,
    rates: [
      {
        domain: 'demo/S1/sms',
        grant: 50,
        count: 3,
        firstAt: 0,
        lastAt: 1,
        largestSecond,
        largestSecondLagMs: 12.3,
        largestCertainSecond: 50,
        usedShare: 1,
      },
    ],
    lag: { largestMs: 0, stalls: 0 },
    violations,
    notes: {},
    details: {},
    ledgerForgotten: 0,
    cpuMs: 0,
  };
}

const TIMES = { enqueued: 1_000, lastResult: 3_500, now: 6_040 };

describe('the summary', () => {
  it('counts messages, results and reasons, the most frequent first', () => {
    const dead = { ...delivered('c', 'smtnt', '1'), status: 'failed' as const };
    const failed = { ...dead, reason: { code: 'dead-number' as const, message: { ko: '', en: '' } } };
    const lines = summarise(
      [journey('a'), journey('b'), journey('c', { results: [failed] }), journey('d', { results: [] })],
      { hellovision: stats(50), smtnt: stats(49) },
      TIMES,
    );
    expect(lines.slice(0, 3)).toEqual([
      'Messages     4, of which 3 have exactly one result',
      'Results      delivered 2 · failed 1',
      'Failed for   dead-number 1',
    ]);
    expect(lines.at(-1)).toBe(
      'Time         2.5 s from the first message enqueued to the last result, 6.0 s in all',
    );
  });

  it('sets the largest second of each gateway beside its grant, and explains what lies above', () => {
    const lines = summarise([], { hellovision: stats(50), smtnt: stats(52, 1) }, TIMES);
    expect(lines.slice(3, 7)).toEqual([
      'hellovision  3 submits, 2 accepted, 2 reports, 0 violations',
      '             demo/S1/sms: at most 50 in any second, 50 granted',
      'smtnt        3 submits, 2 accepted, 2 reports, 1 VIOLATIONS',
      '             demo/S1/sms: at most 52 in any second, 50 granted ' +
        '(the simulator stood still for 12 ms; 50 came within a second for certain)',
    ]);
  });

  it('breaks many reasons into lines, between two of them', () => {
    const failed = (id: string) => ({ ...delivered(id, 'smtnt', id), status: 'failed' as const });
    const codes = [
      'dead-number',
      'handset-off',
      'spam-blocked',
      'handset-full',
      'no-coverage',
      'duplicate',
      'file-error',
    ];
    const journeys = codes.map((code) => {
      const reason = { code: code as 'duplicate', message: { ko: '', en: '' } };
      return journey(code, { results: [{ ...failed(code), reason }] });
    });
    const lines = summarise(journeys, { hellovision: stats(1), smtnt: stats(1) }, TIMES);
    expect(lines.slice(2, 4)).toEqual([
      'Failed for   dead-number 1 · handset-off 1 · spam-blocked 1 · handset-full 1 · no-coverage 1',
      '             duplicate 1 · file-error 1',
    ]);
  });

  it('says how many images went by their names alone', () => {
    const reusing = { ...stats(1), notes: { 'image-reused': 7 } };
    expect(summarise([], { hellovision: reusing, smtnt: stats(1) }, TIMES)[5]).toBe(
      '             7 images by name alone: the gateway had them from a message before',
    );
  });
});
