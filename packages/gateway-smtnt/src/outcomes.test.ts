import { describe, expect, it } from '@jest/globals';
import { sendCodes } from '@pabal/protocol-smtnt';
import { ackOutcome, deliveryReport, isLoginLost, kstTime } from './outcomes.js';

describe('the answer to a message', () => {
  it.each([
    [0, { kind: 'accepted', code: '0' }],
    [320, { kind: 'duplicate', code: '320', mayMeanTooOften: false }],
    [11, { kind: 'throttled', code: '11', pauseMs: 500 }],
    [903, { kind: 'throttled', code: '903', pauseMs: 500 }],
    [3, { kind: 'throttled', code: '3', pauseMs: 1000 }],
    [902, { kind: 'throttled', code: '902', pauseMs: 1000 }],
    [
      316,
      {
        kind: 'refused',
        code: '316',
        certainty: 'notDelivered',
        reason: 'sender-not-registered',
        advice: 'alert',
      },
    ],
    [999, { kind: 'refused', code: '999', certainty: 'uncertain', reason: 'gateway-error', advice: 'retry' }],
    [
      4711,
      { kind: 'refused', code: '4711', certainty: 'uncertain', reason: 'unknown-code', advice: 'alert' },
    ],
  ])('with Result %p is told as it is', (result, outcome) => {
    expect(ackOutcome(result, 0)).toEqual(outcome);
  });

  it.each([
    ['a minute while our hours are open', 0, 60_000],
    ['until the hours open when that is sooner', 20_000, 20_000],
    ['a minute at most', 8 * 3_600_000, 60_000],
  ])('with Result 901 pauses %s', (_name, untilOpen, pauseMs) => {
    expect(ackOutcome(901, untilOpen)).toEqual({ kind: 'throttled', code: '901', pauseMs });
  });

  it('is never accepted by any code but 0', () => {
    const accepted = Object.keys(sendCodes).filter((code) => ackOutcome(Number(code), 0).kind === 'accepted');
    expect(accepted).toEqual(['0']);
  });

  it('tells a lost login by both of its codes', () => {
    expect([0, 3, 11, 320, 901, 902, 903].filter(isLoginLost)).toEqual([3, 902]);
  });
});

describe('a report', () => {
  it('of a delivered message has carrier, time and the gateway id', () => {
    expect(
      deliveryReport({
        UserMsgId: '80',
        UserMsgSubId: '',
        ServerMsgId: '781857',
        MsgType: 4,
        PhoneNo: '01091874302',
        Result: 0,
        Telecom: 'KTF',
        DeliveryTime: '2017-07-11 13:43:12.000',
        UserData: '',
      }),
    ).toEqual({
      wireId: '80',
      recipient: '01091874302',
      code: '0',
      certainty: 'delivered',
      reason: 'delivered',
      carrier: 'KTF',
      deliveredAt: Date.parse('2017-07-11T04:43:12Z'),
      gatewayMessageId: '781857',
    });
  });

  it('of a dead number has no delivery time even when one is given', () => {
    const report = deliveryReport({
      UserMsgId: '80',
      Result: 7,
      Telecom: '',
      DeliveryTime: '2017-07-11 13:43:12.000',
    });
    expect(report).toEqual({ wireId: '80', code: '7', certainty: 'notDelivered', reason: 'dead-number' });
  });

  it('that calls the message a repeat leaves its fate open', () => {
    expect(deliveryReport({ UserMsgId: '80', Result: 320 }).certainty).toBe('uncertain');
  });

  it('with a code that no table has leaves its fate open', () => {
    expect(deliveryReport({ UserMsgId: '80', Result: 12345 })).toEqual({
      wireId: '80',
      code: '12345',
      certainty: 'uncertain',
      reason: 'unknown-code',
    });
  });
});

describe('a time in KST', () => {
  const at = Date.parse('2026-01-31T15:00:00Z');
  it.each([
    ['2026-02-01 00:00:00.000', at],
    ['2026-02-01 00:00:00', at],
    ['2026-02-01 00:00:00.5', at + 500],
    ['20260201000000', at],
    [' 2026-02-01 00:00:00 ', at],
    ['', undefined],
    ['yesterday', undefined],
    ['2026-13-01 00:00:00', undefined],
    ['2026-02-01 24:30:00', undefined],
  ])('%p is read', (text, time) => {
    expect(kstTime(text)).toBe(time);
  });
});
