import { describe, expect, it } from '@jest/globals';
import { aimsOf, MEASURED, ratesLines } from './report.js';
import type { RateRow } from './run.js';

const good: RateRow = {
  gateway: 'lghv',
  agent: 'S1',
  grant: 100,
  happening: 'steady',
  ackDelayMs: 10,
  submits: 1_000,
  largestSecond: 103,
  lagMs: 12.3,
  largestCertain: 100,
  usedShare: 0.995,
  broken: [],
};
const killed: RateRow = { ...good, happening: 'killed', usedShare: 0.97, silentMs: 9_400, takeOverMs: 9_300 };

describe('aimsOf', () => {
  const missed = (row: Partial<RateRow>) => aimsOf([{ ...good, ...row }]).flatMap((aim) => aim.missed);

  it('are met by seconds that only the simulator made too full, and by any share after a take-over', () => {
    expect(aimsOf([good, killed]).every(({ met }) => met)).toBe(true);
  });

  it.each([
    ['more than granted within a second for certain', { largestCertain: 101 }],
    ['a broken rule', { broken: ['over-rate × 1'] }],
    ['less than 99% of 100 a second', { usedShare: 0.98 }],
    ['a share that is no number', { usedShare: Number.NaN }],
  ])('are missed by %s', (_what, row) => {
    expect(missed(row)).toEqual(['lghv S1, 100 a second, steady, answers after 10 ms']);
  });

  it('ask no share of a grant of 10', () => {
    expect(missed({ grant: 10, largestCertain: 10, usedShare: 0.9 })).toEqual([]);
  });
});

describe('ratesLines', () => {
  it('show each row, and each aim with what misses it', () => {
    const rows = [good, { ...killed, largestCertain: 101 }];
    const text = ratesLines({
      measured: MEASURED,
      command: {
        gateways: ['lghv'],
        grants: [100],
        ackDelaysMs: [10],
        seconds: 10,
        steady: true,
        takeOver: true,
        seed: 1,
      },
      machine: { cores: 2, model: 'a CPU', node: '22.1.0', redis: '7.4.0' },
      load: [0.5, 1.5],
      rows,
      aims: aimsOf(rows),
    }).join('\n');
    expect(text).toContain('lghv     100    S1     steady  10      1000     103 (12.3 ms)');
    expect(text).toMatch(/killed .* 97\.00% +9\.4 +9\.3/);
    expect(text).toContain('missed  never more than granted');
    expect(text).toContain('met     at least 99%');
    expect(text).toContain('load 0.5 before, 1.5 after');
  });
});
