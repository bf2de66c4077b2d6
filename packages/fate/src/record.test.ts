import { describe, expect, it } from '@jest/globals';
import {
  awaitsItsQueue,
  compactJob,
  encodeNext,
  encodeOutcome,
  fieldsOf,
  type Outcome,
  type RecordFields,
  readRecord,
  stateOf,
} from './record.js';

describe('readRecord', () => {
  it('reads every field', () => {
    const fields: Required<RecordFields> = {
      s: 'c',
      v: '7',
      h: 'hash',
      ch: 'lms',
      p: '1',
      n: '3',
      g: 'smtnt',
      k: 'test001',
      ag: 'test001',
      w: '00000000000000000007',
      e: 'session-1',
      tk: 'token',
      pb: '1764000000001',
      np: '1',
      o: '2',
      t0: '1',
      tf: '2',
      tc: '3',
      ta: '4',
      ts: '5',
      d: '6',
      j: 'to-smtnt-lms:m-*',
      m: '{"replyTo":"shop","ref":"r","userData":"u"}',
      c: '01012345678/0801234567',
      at: '[{"channel":"lms","gateway":"hellovision","wireId":"1","at":9}]',
      f: '2 sms s send-default-sms:m2-* {"route":"default"}',
      fu: 'no-report',
      ew: 'alimtalk=hellovision/demo:00000000000000000001',
      ej: 'send-default-alimtalk:m-*',
      r: '["f","handset-off","r","8","SKT",10]',
    };
    expect(readRecord('id-1', fields)).toEqual({
      id: 'id-1',
      state: 'claimed',
      version: 7,
      payloadHash: 'hash',
      channel: 'lms',
      step: 1,
      attempt: 3,
      gateway: 'smtnt',
      account: 'test001',
      agent: 'test001',
      wireId: '00000000000000000007',
      sessionId: 'session-1',
      claimToken: 'token',
      probing: true,
      probeEnded: true,
      tooOften: 2,
      enqueuedAt: 1,
      firstClaimedAt: 2,
      claimedAt: 3,
      acceptedAt: 4,
      settledAt: 5,
      job: 'to-smtnt-lms:m-id-1',
      commercial: { recipient: '01012345678', optOutNumber: '0801234567' },
      meta: { replyTo: 'shop', ref: 'r', userData: 'u' },
      attempts: [{ channel: 'lms', gateway: 'hellovision', wireId: '1', at: 9 }],
      next: {
        step: 2,
        channel: 'sms',
        onUnknown: 'send',
        job: 'send-default-sms:m2-id-1',
        payload: '{"route":"default"}',
      },
      outcome: {
        // A later step failed; of an earlier one nobody knows.
        status: 'unknown',
        reason: 'no-report',
        by: 'report',
        code: '8',
        carrier: 'SKT',
        deliveredAt: 10,
      },
    });
  });

  it('has what is absent absent', () => {
    expect(readRecord('id-1', { s: 'q', v: '1', h: 'hash', ch: 'sms' })).toEqual({
      id: 'id-1',
      state: 'queued',
      version: 1,
      payloadHash: 'hash',
      channel: 'sms',
      step: 0,
      attempt: 1,
      probing: false,
      probeEnded: false,
      tooOften: 0,
      meta: {},
      attempts: [],
    });
  });

  it.each<[string, RecordFields | undefined]>([
    ['no fields', undefined],
    ['no state', { v: '1' }],
    ['a state of no version of ours', { s: 'z' }],
  ])('finds no record in %s', (_name, fields) => {
    expect(readRecord('id-1', fields)).toBeUndefined();
  });
});

describe('the outcome of a record', () => {
  it.each<[Outcome, string]>([
    [
      {
        status: 'delivered',
        reason: 'delivered',
        by: 'report',
        code: '0000',
        carrier: 'SKT',
        deliveredAt: 17,
      },
      '["d",0,"r","0000","SKT",17]',
    ],
    [{ status: 'failed', reason: 'invalid-number', by: 'ack', code: '3' }, '["f","invalid-number","a","3"]'],
    [{ status: 'expired', reason: 'expired', by: 'expiry' }, '["e",0,"e"]'],
    [{ status: 'cancelled', reason: 'cancelled', by: 'cancel' }, '["c",0,"c"]'],
    [{ status: 'unknown', reason: 'no-report', by: 'deadline' }, '["u","no-report","d"]'],
    [
      {
        status: 'failed',
        reason: 'invalid-message',
        by: 'refusal',
        problems: [{ field: 'to', rule: 'digits', message: 'must be digits' }],
      },
      '["f","invalid-message","f",null,null,null,[{"field":"to","rule":"digits","message":"must be digits"}]]',
    ],
    [{ status: 'delivered', reason: 'delivered', by: 'report', deliveredAt: 0 }, '["d",0,"r",null,null,0]'],
  ])('%j is kept small and read back', (outcome, text) => {
    expect(encodeOutcome(outcome)).toBe(text);
    expect(readRecord('id', { s: 'x', r: text })?.outcome).toEqual(outcome);
  });

  it('of an unknown letter is not taken for another', () => {
    expect(() => readRecord('id', { s: 'x', r: '["z",0,"r"]' })).toThrow('no version');
  });
});

describe('the job of a record', () => {
  it.each([
    ['order-1', 'send-default-sms:m-order-1', 'send-default-sms:m-*'],
    ['order-1', 'send-default-sms:raw-7', 'send-default-sms:raw-7'],
    ['m', 'send-default-sms:m-m', 'send-default-sms:m-*'],
  ])('of %s, %s, is kept as %s', (id, job, kept) => {
    expect(compactJob(id, job)).toBe(kept);
    expect(readRecord(id, { s: 'q', j: kept })?.job).toBe(job);
  });
});

describe('fieldsOf', () => {
  it('reads the flat answer of a step', () => {
    expect(fieldsOf(['s', 'q', 'v', 3])).toEqual({ s: 'q', v: '3' });
    expect(fieldsOf([])).toBeUndefined();
  });
});

describe('stateOf', () => {
  it.each([
    ['q', 'queued'],
    ['c', 'claimed'],
    ['u', 'uncertain'],
    ['a', 'accepted'],
    ['x', 'settled'],
    ['', undefined],
    ['toString', undefined],
    [undefined, undefined],
  ])('of %j is %j', (letter, state) => {
    expect(stateOf(letter)).toBe(state);
  });
});

describe('the next step of a record', () => {
  const next = {
    step: 1,
    channel: 'lms',
    onUnknown: 'stop',
    job: 'send-default-lms:m1-id-1',
    payload: '{"message":{"text":"두 줄\\n과 빈칸"}}',
  } as const;

  it('is read as it was written, and its job is as short as it can be', () => {
    const text = encodeNext('id-1', next);
    expect(text).toBe(`1 lms n send-default-lms:m1-* ${next.payload}`);
    expect(readRecord('id-1', { s: 'c', f: text })?.next).toEqual(next);
    expect(encodeNext('id-1', undefined)).toBe('');
  });

  it('waits for its queue until its claim writes down the step after it', () => {
    const awaits = (s: string, p: string) => {
      const record = readRecord('id-1', { s, p, f: encodeNext('id-1', next) });
      return record && awaitsItsQueue(record);
    };
    expect(awaits('q', '1')).toBe(true);
    expect(awaits('q', '0')).toBe(false);
    expect(awaits('c', '1')).toBe(false);
  });
});

describe('the outcome after a step that ended unknown', () => {
  it.each(['failed', 'expired', 'cancelled'] as const)(
    'is unknown, not %s, for the reason of that step',
    (status) => {
      const r = encodeOutcome({ status, reason: 'handset-off', by: 'report', code: '8' });
      expect(readRecord('id-1', { s: 'x', r, fu: 'kakao-unconfirmed' })?.outcome).toEqual({
        status: 'unknown',
        reason: 'kakao-unconfirmed',
        by: 'report',
        code: '8',
      });
    },
  );

  it.each(['delivered', 'unknown'] as const)('is %s where the later step says so', (status) => {
    const outcome: Outcome = { status, reason: status === 'unknown' ? 'no-report' : status, by: 'report' };
    const r = encodeOutcome(outcome);
    expect(readRecord('id-1', { s: 'x', r, fu: 'kakao-unconfirmed' })?.outcome).toEqual(outcome);
  });
});
