import { describe, expect, it } from '@jest/globals';
import { mask, maskName, note } from './mask.js';
import { FLEET_RULES, MESSAGE_RULES, OPTION_RULES } from './show-rules.js';

const message = {
  v: 1,
  id: 'order-20261122-7',
  channel: 'lms',
  to: '01012345678',
  from: '0212345678',
  text: '인증번호 482913',
  subject: '안내',
  priority: 'normal',
  sendAt: '2026-11-22T00:00:00.000Z',
  ttlSeconds: 180,
  ref: 'Kim 01012345678',
  userData: '{"name":"홍길동"}',
  replyTo: 'crm',
  kakao: { templateCode: 'T_01', title: '주문', buttons: [{ id: 'a', name: '열기' }], header: '머리' },
  ad: { optOutNumber: '0801234567', senderName: '상점', nightConsent: true },
  fallback: [{ channel: 'sms', text: '둘째', onUnknown: 'stop' }],
};

const masked = {
  v: 1,
  id: 'order-20261122-7',
  channel: 'lms',
  to: '010****5678',
  from: '021***5678',
  text: '«19 bytes»',
  subject: '«6 bytes»',
  priority: 'normal',
  sendAt: '2026-11-22T00:00:00.000Z',
  ttlSeconds: 180,
  ref: '«15 bytes»',
  userData: '«20 bytes»',
  replyTo: 'crm',
  kakao: { templateCode: 'T_01', title: '«6 bytes»', buttons: '«28 bytes»', header: '«6 bytes»' },
  ad: { optOutNumber: '080***4567', senderName: '«6 bytes»', nightConsent: true },
  fallback: [{ channel: 'sms', text: '«6 bytes»', onUnknown: 'stop' }],
};

describe('masking a message', () => {
  it('leaves structure, ids and times, and hides numbers and everything that somebody wrote', () => {
    expect(mask(message, MESSAGE_RULES)).toEqual(masked);
  });

  it('reaches into internal jobs and batches', () => {
    const internal = { v: 1, message, enqueuedAt: 1_795_000_000_000, route: 'default', uncertain: true };
    expect(mask(internal, MESSAGE_RULES)).toEqual({ ...internal, message: masked });
    expect(mask({ v: 1, messages: [message, message] }, MESSAGE_RULES)).toEqual({
      v: 1,
      messages: [masked, masked],
    });
  });

  it('shows the first twenty of many and says how many more there are', () => {
    const list = mask(
      Array.from({ length: 1_000 }, () => ({ v: 1 })),
      MESSAGE_RULES,
    );
    expect(list).toHaveLength(21);
    expect(list).toContain('«980 more»');
  });

  it.each([
    ['a name with its text in it', { '홍길동 01012345678': 1 }, { '«21 bytes» 1': '«number»' }],
    [
      'a number that is a JSON number',
      { to: 1_012_345_678, pin: 4829 },
      { to: '101***5678', pin: '«number»' },
    ],
    ['a number among separators', { phone: '+82 10-1234-5678' }, { phone: '821*****5678' }],
    ['a text where a number belongs', { to: 'call me at noon' }, { to: '«15 bytes»' }],
    ['a list of numbers', { to: ['01012345678'] }, { to: ['010****5678'] }],
    ['a number in an id', { id: 'sms-01012345678' }, { id: 'sms-010****5678' }],
    ['a word where a channel belongs', { channel: 'Hello' }, { channel: '«5 bytes»' }],
    ['a telephone number where a limit belongs', { ttlSeconds: 1_012_345_678 }, { ttlSeconds: '«number»' }],
    ['a short secret in a field that nobody knows', { code: '482913' }, { code: '«6 bytes»' }],
    ['a known field inside content', { buttons: { id: 'secret' } }, { buttons: '«15 bytes»' }],
    ['an own field called __proto__', JSON.parse('{"__proto__":"secret"}'), { '«9 bytes» 1': '«6 bytes»' }],
  ])('hides %s', (_what, job, expected) => {
    expect(mask(job, MESSAGE_RULES)).toEqual(expected);
  });

  it.each([['secret'], [['secret']], [{ a: { b: { c: { d: { e: { f: { g: { h: 'secret' } } } } } } } }]])(
    'hides the text of a job that is no message: %j',
    (job) => {
      expect(JSON.stringify(mask(job, MESSAGE_RULES))).not.toContain('secret');
    },
  );

  it('bounds what it shows of a job with very many fields', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f_${i % 1000}_${i}`, true]));
    expect(Object.keys(mask(many, MESSAGE_RULES) as object).length).toBeLessThanOrEqual(101);
  });
});

describe('masking what the fleet itself wrote', () => {
  it('shows why a message failed, but no wording that is not ours', () => {
    const result = {
      v: 1,
      id: 'order-1',
      status: 'failed',
      reason: {
        code: 'invalid-message',
        message: { ko: '지어낸 말', en: 'The message breaks a rule of its fields' },
      },
      problems: [
        { field: 'text', rule: 'too-long', message: 'must have at most 90 bytes', limit: 90, actual: 91 },
      ],
      attempts: [{ wireId: '12345678901234567890', gatewayCode: '44', at: '2026-11-22T00:00:00.000Z' }],
    };
    expect(mask(result, FLEET_RULES)).toEqual({
      ...result,
      reason: { ...result.reason, message: { ...result.reason.message, ko: '«13 bytes»' } },
    });
  });

  it('hides numbers and raw reports of events, and leaves the states of sessions', () => {
    expect(mask({ gateway: 'lghv', recipient: '01012345678', raw: 'AAECAw==' }, FLEET_RULES)).toEqual({
      gateway: 'lghv',
      recipient: '010****5678',
      raw: '«8 bytes»',
    });
    expect(mask({ from: 'loggingIn', to: 'ready' }, FLEET_RULES)).toEqual({ from: 'loggingIn', to: 'ready' });
    expect(mask({ from: '01012345678', to: '01087654321' }, FLEET_RULES)).toEqual({
      from: '010****5678',
      to: '010****4321',
    });
  });

  it('hides a sentence with a telephone number in it', () => {
    expect(mask({ problem: 'no field for 01012345678' }, FLEET_RULES)).toEqual({ problem: '«24 bytes»' });
  });
});

describe('masking options', () => {
  it('leaves what BullMQ goes by and hides what a producer added', () => {
    const options = { attempts: 1, jobId: 'm-order-1', delay: 5_184_000_000, removeOnFail: { age: 604_800 } };
    expect(mask({ ...options, note: 'for Kim' }, OPTION_RULES)).toEqual({ ...options, note: '«7 bytes»' });
  });
});

describe('notes and names', () => {
  it('counts bytes of UTF-8', () => {
    expect(note('가')).toBe('«3 bytes»');
    expect(note('a')).toBe('«1 byte»');
    expect(note({ a: 1 })).toBe('«7 bytes»');
  });

  it('keeps what looks like the name of a field or job', () => {
    expect(maskName('number-changed')).toBe('number-changed');
    expect(maskName('pin4829')).toBe('«7 bytes»');
    expect(maskName('For Kim')).toBe('«7 bytes»');
  });
});
