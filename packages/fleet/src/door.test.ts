import { describe, expect, it } from '@jest/globals';
import { metaOf, payloadHash } from '@pabal/fate';
import { canonicalMessage } from '@pabal/message';
import type { MessageQueue, PulledJob } from '@pabal/queues';
import { admit, type DoorRules, expiryOf } from './door.js';
import { testMessage } from './testing/entries.js';

const SEND: MessageQueue = { kind: 'send', route: 'default', channel: 'sms' };
const TO_BETA: MessageQueue = { kind: 'to', gateway: 'beta', channel: 'sms' };
const carriesNot = { field: 'channel', rule: 'unsupported-channel', message: 'not carried' };
const tooLong = { field: 'text', rule: 'too-long', message: 'too long for it' };

const rules: DoorRules = {
  replies: new Set(['shop']),
  routes: new Map([
    ['default', ['alpha', 'beta']],
    ['empty', []],
  ]),
  gatewayProblems: () => [],
};

const against = (problems: Readonly<Record<string, readonly (typeof tooLong)[]>>): DoorRules => ({
  ...rules,
  gatewayProblems: (gateway) => problems[gateway] ?? [],
});

function job(data: unknown, change: Partial<PulledJob> = {}): PulledJob {
  return {
    queue: 'send-default-sms',
    id: 'm-m',
    name: 'message',
    data,
    token: 'lock',
    enqueuedAt: 1_000,
    starts: 1,
    ...change,
  };
}

const raw = { id: 'raw-1', channel: 'sms', to: '01012345678', from: '15881234', text: 'x' };

describe('the door', () => {
  it('admits a good message with the gateways of its route, in their order', () => {
    const message = testMessage({ ref: 'r', replyTo: 'shop' });
    expect(admit(job(message), SEND, rules)).toEqual({
      kind: 'admitted',
      message,
      payloadHash: payloadHash(canonicalMessage(message)),
      route: 'default',
      enqueuedAt: 1_000,
      meta: JSON.stringify({ replyTo: 'shop', ref: 'r' }),
      gateways: ['alpha', 'beta'],
      alternatives: ['alpha', 'beta'],
    });
  });

  it('checks what a raw client wrote as the SDK would, and fills in what it left out', () => {
    expect(admit(job({ ...raw, to: '+82 10-1234-5678' }), SEND, rules)).toMatchObject({ kind: 'refused' });
    expect(admit(job({ ...raw, to: '+821012345678' }), SEND, rules)).toMatchObject({
      kind: 'admitted',
      message: { to: '01012345678', priority: 'normal' },
    });
  });

  it('leaves out gateways that have a problem with it', () => {
    expect(admit(job(raw), SEND, against({ alpha: [carriesNot] }))).toMatchObject({ gateways: ['beta'] });
  });

  it('pins a message to the gateway that it names', () => {
    expect(admit(job({ ...raw, gateway: 'beta' }), SEND, rules)).toMatchObject({ gateways: ['beta'] });
  });

  it('lets a gateway’s own queue have its message alone, with its first time of enqueueing and its route', () => {
    const internal = { v: 1, message: testMessage(), enqueuedAt: 5, route: 'default', uncertain: true };
    expect(admit(job(internal), TO_BETA, rules)).toMatchObject({
      kind: 'admitted',
      gateways: ['beta'],
      alternatives: ['alpha', 'beta'],
      enqueuedAt: 5,
      route: 'default',
      internal: { uncertain: true },
    });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'job-send-default-sms-m-m'],
    ['a text', 'hello', 'job-send-default-sms-m-m'],
    ['an id that no key may hold', { ...raw, id: 'a:b' }, 'job-send-default-sms-m-m'],
    ['letters in a number', { ...raw, to: '010abc' }, 'raw-1'],
    ['a message of another channel', { ...raw, channel: 'lms', subject: 's' }, 'raw-1'],
  ])('refuses %s under an id that can be used', (_name, data, id) => {
    expect(admit(job(data), SEND, rules)).toMatchObject({ kind: 'refused', id, reason: 'invalid-message' });
  });

  it('makes different ids for jobs that have none, however long or strange their names are', () => {
    const route = 'r'.repeat(60);
    const ids = ['1', '2', 'a/b', 'a_b'].map((id) => {
      const refused = admit(job('bad', { queue: `send-${route}-sms`, id }), SEND, rules);
      return refused.kind === 'refused' ? refused.id : '';
    });
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  it('gives a refused message back what it came with, where it asked for it', () => {
    const bad = { ...raw, to: 'x', replyTo: 'shop', ref: 'r', userData: 'u' };
    expect(admit(job(bad), SEND, rules)).toMatchObject({
      meta: metaOf({ replyTo: 'shop', ref: 'r', userData: 'u' }),
    });
    const huge = { ...raw, to: 'x', ref: 'r'.repeat(101), userData: 'u'.repeat(1_001), replyTo: 7 };
    expect(admit(job(huge), SEND, rules)).toMatchObject({ meta: '' });
  });

  it('refuses a reply queue that nobody declared, and answers in the common one', () => {
    expect(admit(job({ ...raw, replyTo: 'other', ref: 'r' }), SEND, rules)).toMatchObject({
      kind: 'refused',
      problems: [{ field: 'replyTo', rule: 'undeclared-reply' }],
      meta: metaOf({ ref: 'r' }),
    });
  });

  it('knows a well-formed message again although it is refused now', () => {
    const message = testMessage();
    const admitted = admit(job(message), SEND, rules);
    const refused = admit(job(message), SEND, against({ alpha: [tooLong], beta: [tooLong] }));
    expect([admitted.kind, refused.kind]).toEqual(['admitted', 'refused']);
    expect(refused.payloadHash).toBe(admitted.payloadHash);
  });

  it.each([
    ['no gateway carries its channel', { alpha: [carriesNot], beta: [carriesNot] }, 'unsupported-channel'],
    [
      'one carries its channel, but not this message',
      { alpha: [carriesNot], beta: [tooLong] },
      'invalid-message',
    ],
  ] as const)('says %s', (_name, problems, reason) => {
    const refused = admit(job(raw), SEND, against(problems));
    expect(refused).toMatchObject({ kind: 'refused', reason });
    expect(refused.kind === 'refused' && refused.problems).toHaveLength(2);
  });

  it('refuses on a route without gateways', () => {
    expect(admit(job(raw), { kind: 'send', route: 'empty', channel: 'sms' }, rules)).toMatchObject({
      kind: 'refused',
      reason: 'no-route',
      problems: [{ rule: 'no-gateway' }],
    });
  });

  it('never lets content into its refusals', () => {
    const refused = admit(
      job({ ...raw, to: '0101234SECRET', text: `SECRET${'가'.repeat(100)}` }),
      SEND,
      rules,
    );
    expect(JSON.stringify(refused)).not.toMatch(/SECRET|가/);
  });
});

describe('the expiry of a message', () => {
  const sendAt = '2026-12-01T00:00:00.000Z';
  const expiresAt = '2026-12-02T00:00:00.000Z';

  it.each([
    ['none', {}, undefined],
    ['its expiresAt', { expiresAt }, Date.parse(expiresAt)],
    ['its time to live after enqueueing', { ttlSeconds: 60 }, 61_000],
    ['its time to live after sendAt', { ttlSeconds: 60, sendAt }, Date.parse(sendAt) + 60_000],
  ])('is %s', (_name, change, at) => {
    expect(expiryOf(testMessage(change), 1_000)).toBe(at);
  });
});
