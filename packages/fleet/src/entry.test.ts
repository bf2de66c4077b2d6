import { describe, expect, it } from '@jest/globals';
import { type MessageRecord, readRecord } from '@pabal/fate';
import { adopt, homeLane, probeHistory } from './entry.js';
import { testEntry } from './testing/entries.js';

function record(fields: Record<string, string>): MessageRecord {
  const read = readRecord('m', { s: 'u', v: '1', g: 'alpha', k: 'demo', w: '7', tc: '99', ...fields });
  if (!read) throw new Error('not a record');
  return read;
}

describe('the lane of an entry', () => {
  it('is that of its queue, as long as more than one gateway can carry it', () => {
    expect(homeLane(testEntry({ gateways: ['alpha', 'beta'] }))).toEqual({
      kind: 'send',
      route: 'default',
      channel: 'sms',
    });
  });

  it('is its gateway’s where no other one can, so that it stands before nobody', () => {
    expect(homeLane(testEntry({ gateways: ['beta'] }))).toEqual({
      kind: 'to',
      gateway: 'beta',
      channel: 'sms',
    });
    expect(homeLane(testEntry({ gateways: ['beta'], priority: 'urgent' }))).toMatchObject({
      kind: 'to-urgent',
    });
  });

  it('is its queue’s where that is a gateway’s already', () => {
    const queue = { kind: 'to', gateway: 'alpha', channel: 'sms' } as const;
    expect(homeLane(testEntry({ queue, gateways: ['alpha'] }))).toBe(queue);
  });
});

describe('the history of a message', () => {
  it.each(['c', 'u'])('in state %s makes it a probe', (s) => {
    expect(probeHistory(record({ s }))).toEqual({
      gateway: 'alpha',
      account: 'demo',
      wireId: '7',
      claimedAt: 99,
    });
  });

  it.each([
    ['queued', { s: 'q' }],
    ['accepted', { s: 'a' }],
    ['settled', { s: 'x' }],
    ['not to be probed any more', { s: 'u', np: '1' }],
  ])('that is %s makes it none', (_name, fields) => {
    expect(probeHistory(record(fields))).toBeUndefined();
  });

  it('is taken over with its attempts', () => {
    const entry = testEntry();
    const attempts = [{ channel: 'sms', gateway: 'alpha', wireId: '7', at: 1 }];
    adopt(entry, record({ s: 'q', n: '3', o: '2', at: JSON.stringify(attempts) }));
    expect(entry).toMatchObject({ attempt: 3, tooOften: 2, attempts });
  });
});
