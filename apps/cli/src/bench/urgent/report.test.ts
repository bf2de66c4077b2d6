import { describe, expect, it } from '@jest/globals';
import { aimsOf, MEASURED, urgentLines } from './report.js';
import type { UrgentRow } from './run.js';

const MB = 1024 * 1024;

const alone: UrgentRow = {
  backlog: 'none',
  load: 'full',
  waiting: 0,
  urgent: 9_800,
  p50Ms: 2,
  p99Ms: 8,
  maxMs: 20,
  largestCertain: 1_000,
  usedShare: 0.99,
  senderBytes: 150 * MB,
  receiverBytes: 120 * MB,
};
const behind: UrgentRow = { ...alone, backlog: 'singles', waiting: 1_000_000 };

describe('aimsOf', () => {
  const missed = (row: Partial<UrgentRow>) =>
    aimsOf([alone, { ...behind, ...row }]).flatMap((aim) => aim.missed);

  it('are met by 30 ms at full load and 10 ms at half, and by memory that traffic alone explains', () => {
    expect(missed({ p99Ms: 30, senderBytes: 200 * MB })).toEqual([]);
    expect(missed({ load: 'half', p99Ms: 10 })).toEqual([]);
  });

  it('are met by memory that is as large behind a small backlog', () => {
    const large = { senderBytes: 300 * MB, receiverBytes: 250 * MB };
    const small: UrgentRow = { ...behind, ...large, waiting: 20_000 };
    expect(aimsOf([alone, small, { ...behind, ...large }]).at(-1)?.missed).toEqual([]);
    const larger = aimsOf([alone, small, { ...behind, senderBytes: 365 * MB }]).at(-1);
    expect(larger?.missed).toEqual(['1000000 waiting (singles), full load']);
  });

  it.each([
    ['more than 30 ms at full load', { p99Ms: 30.1 }, 'full'],
    ['more than 10 ms at half load', { load: 'half', p99Ms: 10.1 } as const, 'half'],
    ['a latency that is no number', { p99Ms: Number.NaN }, 'full'],
    ['a sender that holds the backlog', { senderBytes: 215 * MB }, 'full'],
    ['a receiver that holds it', { receiverBytes: 200 * MB }, 'full'],
  ])('are missed by %s', (_what, row, load) => {
    expect(missed(row)).toEqual([`1000000 waiting (singles), ${load} load`]);
  });
});

describe('urgentLines', () => {
  it('show each row and each aim', () => {
    const rows = [alone, { ...behind, p99Ms: 44.4 }];
    const text = urgentLines({
      measured: MEASURED,
      command: {
        gateway: 'lghv',
        waiting: 1_000_000,
        backlogs: ['singles'],
        grant: 1_000,
        seconds: 10,
        seed: 1,
      },
      machine: { cores: 2, model: 'a CPU', node: '22.1.0', redis: '7.4.0' },
      load: [0.5, 1.5],
      rows,
      aims: aimsOf(rows),
    }).join('\n');
    expect(text).toMatch(/^1,000,000 +singles +full +9,800 +2\.0 +44\.4 +20\.0 +1000 +99\.0% +150 +120$/m);
    expect(text).toContain('missed  an urgent message is on the wire within 30 ms at p99 at full load');
    expect(text).toContain('          1000000 waiting (singles), full load');
  });
});
