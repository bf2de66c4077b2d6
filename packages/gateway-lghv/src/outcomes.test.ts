import { describe, expect, it } from '@jest/globals';
import { ackOutcome, deliveryReport, grantsOf } from './outcomes.js';

const ack = (result: string, msgMsec = 0, deliverType = 'SMS') =>
  ackOutcome({ result, deliverType, msgId: '1', msgMsec, destAddr: '' });
const report = (change: object) =>
  deliveryReport({
    result: '6',
    deliverType: 'SMS',
    rtnType: 'SMS',
    msgId: '42',
    deliverTime: '20251122103000',
    netId: 'SKT',
    ...change,
  });

describe('a DELIVER_ACK', () => {
  it.each([
    ['0', { kind: 'accepted', code: '0' }],
    ['17', { kind: 'duplicate', code: '17', mayMeanTooOften: true }],
    [
      '1',
      { kind: 'refused', code: '1', certainty: 'notDelivered', reason: 'gateway-error', advice: 'retry' },
    ],
    ['12', { kind: 'refused', certainty: 'notDelivered', reason: 'insufficient-credit', advice: 'alert' }],
    ['28', { kind: 'refused', certainty: 'notDelivered', reason: 'sender-not-registered', advice: 'alert' }],
    ['77', { kind: 'refused', code: '77', certainty: 'uncertain', reason: 'unknown-code', advice: 'alert' }],
  ])('with RESULT %s means %j', (result, outcome) => {
    expect(ack(result)).toMatchObject(outcome);
  });

  it.each([
    ['17', { kind: 'duplicate', code: '17', mayMeanTooOften: true }],
    ['120', { kind: 'duplicate', code: '120', mayMeanTooOften: false }],
    ['103', { kind: 'refused', code: '103', certainty: 'notDelivered', reason: 'kakao-sender-key' }],
    ['113', { kind: 'refused', certainty: 'notDelivered', reason: 'kakao-template-mismatch' }],
    ['16', { kind: 'refused', certainty: 'notDelivered', reason: 'file-error' }],
  ])('of a Kakao type with RESULT %s means %j', (result, outcome) => {
    expect(ack(result, 0, 'KFI')).toMatchObject(outcome);
  });

  it('of another type has none of Kakao’s codes', () => {
    expect(ack('120', 0, 'MMS')).toMatchObject({ kind: 'refused', certainty: 'uncertain' });
  });

  it('over the rate pauses for MSG_MSEC, which are microseconds', () => {
    expect(ack('15', 250_000)).toEqual({ kind: 'throttled', code: '15', pauseMs: 250 });
    expect(ack('15', 1)).toEqual({ kind: 'throttled', code: '15', pauseMs: 1 });
    expect(ack('15', 0)).toEqual({ kind: 'throttled', code: '15', pauseMs: 1000 });
  });

  it('that accepts with another MSG_MSEC than 0 says that this type must pause all the same', () => {
    expect(ack('0', 250_000)).toEqual({ kind: 'accepted', code: '0', pauseMs: 250 });
    expect(ack('0', 0)).not.toHaveProperty('pauseMs');
  });
});

describe('a REPORT', () => {
  it('tells carrier and time of a delivery', () => {
    expect(report({})).toEqual({
      wireId: '42',
      code: '6',
      certainty: 'delivered',
      reason: 'delivered',
      carrier: 'SKT',
      deliveredAt: Date.UTC(2025, 10, 22, 1, 30, 0),
    });
  });

  it('tells no time of delivery where there was none, or none that can be read', () => {
    expect(report({ result: '7', netId: '' })).toEqual({
      wireId: '42',
      code: '7',
      certainty: 'notDelivered',
      reason: 'dead-number',
    });
    expect(report({ deliverTime: 'soon' })).not.toHaveProperty('deliveredAt');
  });

  it('with all fields tells whose it is', () => {
    const all = { userId: 'demo', sid: 'S1', destAddr: '01012345678', billId: 'CJH' };
    expect(report(all)).toMatchObject({ wireId: '42', recipient: '01012345678' });
    expect(report({ ...all, destAddr: '' })).not.toHaveProperty('recipient');
    expect(report({})).not.toHaveProperty('recipient');
  });

  it('of a Kakao type has codes of its own', () => {
    const kakao = { deliverType: 'KFI', rtnType: 'KKF', netId: '' };
    expect(report({ ...kakao, result: '117' })).toMatchObject({
      code: '117',
      certainty: 'notDelivered',
      reason: 'kakao-not-friend',
    });
    expect(report({ ...kakao, result: '6' })).toMatchObject({ certainty: 'delivered' });
  });

  it('of another type than Kakao’s has none of those codes', () => {
    expect(report({ deliverType: 'LMS', result: '117' })).toMatchObject({ reason: 'unknown-code' });
  });

  it('with an unlisted code decides nothing', () => {
    expect(report({ result: '98' })).toMatchObject({
      code: '98',
      certainty: 'uncertain',
      reason: 'unknown-code',
    });
  });
});

describe('a BIND_ACK', () => {
  it('grants five rates', () => {
    expect(grantsOf({ result: '0', tpsSms: 1, tpsLms: 2, tpsMms: 3, tpsKko: 4, tpsKkf: 5 })).toEqual({
      sms: 1,
      lms: 2,
      mms: 3,
      kko: 4,
      kkf: 5,
    });
  });
});
