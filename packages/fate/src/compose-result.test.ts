import { describe, expect, it } from '@jest/globals';
import { REASONS, resultV1 } from '@pabal/message';
import { composeResult } from './compose-result.js';
import { encodeOutcome, type MessageRecord, type Outcome, type RecordFields, readRecord } from './record.js';

const base: RecordFields = {
  s: 'x',
  v: '4',
  h: 'hash',
  ch: 'sms',
  n: '1',
  t0: '1000',
  ts: '5000',
};
const written: RecordFields = {
  ...base,
  g: 'hellovision',
  k: 'demo',
  w: '00000000000000000007',
  tf: '2000',
  ta: '3000',
};

function record(outcome: Outcome, fields: RecordFields = written): MessageRecord {
  const read = readRecord('order-1', { ...fields, r: encodeOutcome(outcome) });
  if (!read) throw new Error('not a record');
  return read;
}

const second = (n: number) => `1970-01-01T00:00:0${n}.000Z`;
const delivered: Outcome = {
  status: 'delivered',
  reason: 'delivered',
  by: 'report',
  code: '0000',
  carrier: 'SKT',
  deliveredAt: 4_000,
};

describe('composeResult', () => {
  it('tells a delivered message with its one attempt and all of its times', () => {
    const fields = { ...written, m: JSON.stringify({ ref: 'r', userData: 'u', replyTo: 'shop' }) };
    expect(composeResult(record(delivered, fields))).toEqual({
      v: 1,
      id: 'order-1',
      ref: 'r',
      userData: 'u',
      status: 'delivered',
      reason: { code: 'delivered', message: { ko: REASONS.delivered.ko, en: REASONS.delivered.en } },
      retryable: false,
      channel: 'sms',
      gateway: 'hellovision',
      gatewayCode: '0000',
      carrier: 'SKT',
      attempts: [
        {
          channel: 'sms',
          gateway: 'hellovision',
          wireId: '00000000000000000007',
          gatewayCode: '0000',
          at: second(2),
          acceptedAt: second(3),
          reportedAt: second(5),
        },
      ],
      times: {
        enqueued: second(1),
        sent: second(2),
        accepted: second(3),
        delivered: second(4),
        reported: second(5),
      },
    });
  });

  it('is the same however often it is composed, and fits its schema', () => {
    const once = composeResult(record(delivered));
    expect(composeResult(record(delivered))).toEqual(once);
    expect(resultV1.safeParse(once).success).toBe(true);
  });

  it('lists earlier attempts before the last one', () => {
    const earlier = { channel: 'sms', gateway: 'smtnt', wireId: '1', gatewayCode: '320', at: 1_500 };
    const { attempts } = composeResult(record(delivered, { ...written, at: JSON.stringify([earlier]) }));
    expect(attempts.map(({ gateway, gatewayCode }) => [gateway, gatewayCode])).toEqual([
      ['smtnt', '320'],
      ['hellovision', '0000'],
    ]);
  });

  it('of a message that was never written has no attempt and was not sent', () => {
    const result = composeResult(record({ status: 'expired', reason: 'expired', by: 'expiry' }, base));
    expect(result).toMatchObject({ status: 'expired', attempts: [], times: { enqueued: second(1) } });
    expect(result.times).not.toHaveProperty('sent');
    expect(result).not.toHaveProperty('gateway');
  });

  it('of a refused message names the rules that it breaks', () => {
    const problems = [{ field: 'to', rule: 'digits', message: 'must be digits' }];
    const outcome: Outcome = { status: 'failed', reason: 'invalid-message', by: 'refusal', problems };
    expect(composeResult(record(outcome, base))).toMatchObject({
      status: 'failed',
      retryable: false,
      problems,
    });
  });

  it('says of a failure alone that it may be worth another try', () => {
    const failed: Outcome = { status: 'failed', reason: 'handset-off', by: 'report', code: '8' };
    expect(composeResult(record(failed)).retryable).toBe(true);
    expect(composeResult(record({ ...failed, status: 'unknown' })).retryable).toBe(false);
  });

  it('gives a reason that it does not know as such', () => {
    const outcome: Outcome = { status: 'failed', reason: 'of-a-later-version', by: 'report' };
    expect(composeResult(record(outcome)).reason.code).toBe('unknown-code');
  });

  it('needs a settled record', () => {
    const open = readRecord('order-1', { ...written, s: 'a' });
    if (!open) throw new Error('not a record');
    expect(() => composeResult(open)).toThrow('settled');
  });

  describe('of a fallback chain', () => {
    const first = {
      channel: 'alimtalk',
      gateway: 'hellovision',
      wireId: '00000000000000000001',
      gatewayCode: '1030',
      reason: 'kakao-not-user',
      at: 1_000,
      acceptedAt: 2_000,
      reportedAt: 3_000,
    };
    const chain: RecordFields = {
      ...written,
      p: '1',
      w: '00000000000000000002',
      at: JSON.stringify([first]),
    };

    it('lists the attempts of all steps, and names the channel that got through', () => {
      const result = composeResult(record(delivered, chain));
      expect(result).toMatchObject({ status: 'delivered', channel: 'sms', gatewayCode: '0000' });
      expect(result.attempts).toEqual([
        {
          ...first,
          at: second(1),
          acceptedAt: second(2),
          reportedAt: second(3),
        },
        {
          channel: 'sms',
          gateway: 'hellovision',
          wireId: '00000000000000000002',
          gatewayCode: '0000',
          at: second(2),
          acceptedAt: second(3),
          reportedAt: second(5),
        },
      ]);
      expect(resultV1.safeParse(result).success).toBe(true);
    });

    it('that an earlier step ended after all shows that step as what it became, and its times', () => {
      const { tf: _, ta: __, ...unclaimed } = chain;
      const fields = { ...unclaimed, ch: 'alimtalk', w: first.wireId };
      const result = composeResult(record({ ...delivered, code: '0' }, fields));
      expect(result).toMatchObject({ status: 'delivered', channel: 'alimtalk', gateway: 'hellovision' });
      expect(result.attempts).toEqual([
        {
          ...first,
          gatewayCode: '0',
          reason: 'delivered',
          at: second(1),
          acceptedAt: second(2),
          reportedAt: second(5),
        },
      ]);
      expect(result.times).toMatchObject({ sent: second(1), accepted: second(2), reported: second(5) });
      expect(resultV1.safeParse(result).success).toBe(true);
    });
  });
});
