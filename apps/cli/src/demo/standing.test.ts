import { describe, expect, it } from '@jest/globals';
import type { Stats } from './simulator-admin.js';
import { channelStanding, type Standing, standingBlock, standingLine } from './standing.js';

const seen = (submits: number) => ({ counts: { submits, accepted: submits, reports: 1 } }) as Stats;

const STANDING: Standing = {
  total: 4,
  channels: new Map([
    ['sms', { done: 2, total: 3 }],
    ['mms', { done: 0, total: 1 }],
  ]),
  results: new Map([
    ['delivered', 1],
    ['failed', 1],
    ['expired', 0],
  ]),
  gateways: { hellovision: seen(2), smtnt: seen(1) },
  elapsedMs: 1_250,
};

describe('the standing', () => {
  it('is a block with a bar on a terminal', () => {
    expect(standingBlock(STANDING)).toEqual([
      '',
      '  [####################....................] 2 of 4 results   1.3 s',
      '  hellovision 2 submitted    2 accepted     1 reported',
      '  smtnt       1 submitted    1 accepted     1 reported',
      '  channels    sms 2/3 · mms 0/1',
      '  results     delivered 1 · failed 1',
    ]);
  });

  it('is one line elsewhere', () => {
    expect(standingLine(STANDING)).toBe('  1 s  submitted: hellovision 2, smtnt 1; results: 2 of 4');
  });

  it('counts the messages of each channel that have a result', () => {
    const messages = [
      { id: 'b', channel: 'mms' },
      { id: 'a', channel: 'sms' },
      { id: 'c', channel: 'sms' },
    ];
    expect([...channelStanding(messages, new Set(['c']))]).toEqual([
      ['sms', { done: 1, total: 2 }],
      ['mms', { done: 0, total: 1 }],
    ]);
  });

  it('says plainly that there is no result yet', () => {
    expect(standingBlock({ ...STANDING, results: new Map() }).at(-1)).toBe('  results     none yet');
  });
});
