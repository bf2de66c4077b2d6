import { describe, expect, it } from '@jest/globals';
import { canonicalMessage } from './canonical.js';
import type { MessageV1 } from './message.js';
import { parseMessage } from './parse-message.js';

function canonical(change: object): string {
  const parsed = parseMessage({
    id: 'a',
    channel: 'sms',
    to: '01012345678',
    from: '15881234',
    text: 'x',
    ...change,
  });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join());
  return canonicalMessage(parsed.message);
}

const part = { senderKey: 'k', templateCode: 't' };

describe('canonicalMessage', () => {
  it('is JSON with its keys in order', () => {
    expect(canonical({ ref: 'r' })).toBe(
      '{"channel":"sms","from":"15881234","ref":"r","text":"x","to":"01012345678"}',
    );
  });

  it.each<[string, object, object]>([
    ['another spelling of the recipient', { to: '+821012345678' }, {}],
    ['a default written out', { v: 1, priority: 'normal', urlCallback: false }, {}],
    ['another priority', { priority: 'bulk' }, {}],
    ['another id', { id: 'b' }, {}],
    [
      'another offset of the same time',
      { sendAt: '2026-12-01T09:00:00+09:00' },
      { sendAt: '2026-12-01T00:00:00Z' },
    ],
    [
      'another order of nested keys',
      { channel: 'rcs', rcs: { messageBaseId: 'm', buttons: [{ b: [{ d: 1, c: 2 }], a: 1 }] } },
      { rcs: { buttons: [{ a: 1, b: [{ c: 2, d: 1 }] }], messageBaseId: 'm' }, channel: 'rcs' },
    ],
  ])('is equal for %s', (_name, one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  it.each<[string, object]>([
    ['text', { text: 'y' }],
    ['to', { to: '01012345679' }],
    ['from', { from: '15881235' }],
    ['sendAt', { sendAt: '2026-12-01T00:00:00Z' }],
    ['expiresAt', { expiresAt: '2026-12-01T00:00:00Z' }],
    ['ttlSeconds', { ttlSeconds: 60 }],
    ['ref', { ref: 'r' }],
    ['userData', { userData: 'u' }],
    ['replyTo', { replyTo: 'shop' }],
    ['webhook', { webhook: { name: 'shop' } }],
    ['reseller', { reseller: '123456789' }],
    ['gateway', { gateway: 'smtnt' }],
    ['urlCallback', { urlCallback: true }],
    ['ad', { ad: { nightConsent: true } }],
    ['smtnt', { smtnt: { tranId: 't' } }],
    ['fallback', { fallback: [{ channel: 'lms', text: 'x' }] }],
    ['channel', { channel: 'lms' }],
    ['subject', { channel: 'lms', subject: 's' }],
    ['files', { channel: 'mms', files: ['f'] }],
    ['kakao', { channel: 'alimtalk', kakao: part }],
    ['rcs', { channel: 'rcs', rcs: { messageBaseId: 'm' } }],
  ] satisfies readonly (readonly [keyof MessageV1, object])[])('differs by %s', (_field, change) => {
    const without = Object.keys(change).includes('channel') ? { channel: 'sms' } : {};
    expect(canonical(change)).not.toBe(canonical(without));
  });
});
