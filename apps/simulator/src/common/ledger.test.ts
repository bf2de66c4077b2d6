import { describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';

describe('ledger', () => {
  it('counts a submit as dropped until it is judged', () => {
    const ledger = new Ledger();
    const entry = ledger.open(1.5, 2, 'sms1', 'demo', 'S1');
    expect(ledger.counts).toMatchObject({ submits: 1, dropped: 1, accepted: 0 });
    ledger.judge(entry, 'refused', '17', true);
    expect(ledger.counts).toMatchObject({
      submits: 1,
      dropped: 0,
      refused: 1,
      duplicates: 1,
      codes: { 17: 1 },
    });
  });

  it('counts repeated reports, but an acknowledged submit once', () => {
    const ledger = new Ledger();
    const entry = ledger.open(0, 1, 'sms1', 'demo', 'S1');
    ledger.judge(entry, 'accepted', '0');
    entry.reportCode = '6';
    ledger.reported(entry, 10);
    ledger.reported(entry, 20);
    ledger.reportAcked(entry, 30);
    ledger.reportAcked(entry, 40);
    expect(entry).toMatchObject({ reportedAt: 10, reports: 2, reportAckedAt: 30 });
    expect(ledger.counts).toMatchObject({ reports: 2, reportsAcked: 1, reportCodes: { 6: 1 } });
  });

  it('filters by equality, by a part of the text and by number', () => {
    const ledger = new Ledger();
    for (const text of ['alpha', 'beta', 'alphabet']) ledger.open(0, 1, 's', 'demo', 'S1').text = text;
    const texts = (filter: Parameters<Ledger['entries']>[0]) =>
      [...ledger.entries(filter)].map((e) => e.text);
    expect(texts({ textIncludes: 'alpha' })).toEqual(['alpha', 'alphabet']);
    expect(texts({ from: 1, account: 'demo' })).toEqual(['beta', 'alphabet']);
    expect(texts({ account: 'other' })).toEqual([]);
  });

  it('forgets the oldest tenth at its limit and says how many', () => {
    const ledger = new Ledger(10);
    for (let i = 0; i < 11; i++) ledger.open(i, 1, 's', 'a', 'b');
    expect([ledger.length, ledger.forgotten, [...ledger.entries()][0]?.n]).toEqual([10, 1, 1]);
    expect(ledger.counts.submits).toBe(11);
  });
});
