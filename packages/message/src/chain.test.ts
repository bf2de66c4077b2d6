import { describe, expect, it } from '@jest/globals';
import { nextStep, stepsOf } from './chain.js';
import type { MessageInput, MessageV1 } from './message.js';
import { parseMessage } from './parse-message.js';

function parsed(change: Partial<MessageInput> = {}): MessageV1 {
  const result = parseMessage({
    id: 'chain-1',
    channel: 'alimtalk',
    to: '01012345678',
    from: '15881234',
    text: '주문하신 상품이 발송되었습니다',
    kakao: { senderKey: 'key', templateCode: 'T1' },
    ad: { optOutNumber: '0801234567' },
    gateway: 'hellovision',
    fallback: [
      { channel: 'lms', text: '긴 안내', subject: '안내', onUnknown: 'send' },
      { channel: 'sms', text: '짧은 안내', gateway: 'smtnt' },
    ],
    ...change,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.message;
}

describe('the next step of a message', () => {
  it('has the content of the step and nothing of the one before it', () => {
    expect(nextStep(parsed(), undefined)).toEqual({
      onUnknown: 'send',
      message: {
        v: 1,
        id: 'chain-1',
        to: '01012345678',
        from: '15881234',
        priority: 'normal',
        channel: 'lms',
        text: '긴 안내',
        subject: '안내',
        fallback: [{ channel: 'sms', text: '짧은 안내', gateway: 'smtnt', onUnknown: 'stop' }],
      },
    });
  });

  it('leads to the step after it, and there it ends', () => {
    const second = nextStep(parsed(), undefined);
    const third = second && nextStep(second.message, undefined);
    expect(third).toMatchObject({
      onUnknown: 'stop',
      message: { channel: 'sms', text: '짧은 안내', gateway: 'smtnt' },
    });
    expect(third?.message).not.toHaveProperty('fallback');
    expect(third && nextStep(third.message, undefined)).toBeUndefined();
    expect(stepsOf(parsed())).toEqual([second?.message, third?.message]);
  });

  it('keeps reseller, priority and the gateway’s opaque values, for they are of the whole message', () => {
    const whole = parsed({ reseller: '123456789', priority: 'urgent', smtnt: { tranId: 't' } });
    expect(nextStep(whole, undefined)?.message).toMatchObject({
      reseller: '123456789',
      priority: 'urgent',
      smtnt: { tranId: 't' },
    });
  });

  it('ends when the whole message does, and does not wait for its time to begin', () => {
    const whole = parsed({ sendAt: '2026-01-31T09:00:00+09:00', ttlSeconds: 60 });
    const step = nextStep(whole, Date.parse('2026-01-31T00:01:00.000Z'))?.message;
    expect(step).toMatchObject({ expiresAt: '2026-01-31T00:01:00.000Z' });
    expect(step).not.toHaveProperty('sendAt');
    expect(step).not.toHaveProperty('ttlSeconds');
  });

  it('leaves out what only the result brings back', () => {
    const step = nextStep(parsed({ ref: 'r', userData: 'u', replyTo: 'shop' }), undefined)?.message;
    for (const left of ['ref', 'userData', 'replyTo']) expect(step).not.toHaveProperty(left);
    expect(nextStep(parsed({ webhook: { name: 'shop' } }), undefined)?.message).not.toHaveProperty('webhook');
  });

  it('is a message that passes the door unchanged', () => {
    for (const step of stepsOf(parsed())) {
      expect(parseMessage(step, { channel: step.channel })).toEqual({ ok: true, message: step });
    }
  });

  it('is none without a fallback', () => {
    const { fallback: _, ...plain } = parsed();
    expect(nextStep(plain, undefined)).toBeUndefined();
    expect(stepsOf(plain)).toEqual([]);
  });
});
