import { describe, expect, it } from '@jest/globals';
import { metaOf, payloadHash, readRecord } from '@pabal/fate';
import { canonicalMessage } from '@pabal/message';
import type { GatewayJob, MessageQueue, PulledJob } from '@pabal/queues';
import { type AdmittedJob, admit, type DoorRules, expiryOf } from './door.js';
import { jobOfStep } from './next-steps.js';
import { testMessage } from './testing/entries.js';

const SEND: MessageQueue = { kind: 'send', route: 'default', channel: 'sms' };
const TO_BETA: MessageQueue = { kind: 'to', gateway: 'beta', channel: 'sms' };
const carriesNot = { field: 'channel', rule: 'unsupported-channel', message: 'not carried' };
const tooLong = { field: 'text', rule: 'too-long', message: 'too long for it' };

const rules: DoorRules = {
  replies: new Set(['shop']),
  webhooks: new Set(['shop']),
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
      step: 0,
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

  it('refuses a webhook that nobody declared, and answers in the common queue', () => {
    const webhook = { name: 'other', url: 'https://shop.example/results' };
    expect(admit(job({ ...raw, webhook, ref: 'r' }), SEND, rules)).toMatchObject({
      kind: 'refused',
      problems: [{ field: 'webhook.name', rule: 'undeclared-webhook' }],
      meta: metaOf({ ref: 'r' }),
    });
  });

  it('answers a bad message at its webhook, whose own URL counts where that of the message is none', () => {
    const url = 'https://shop.example/results';
    const metaFor = (webhook: unknown) => {
      const refused = admit(job({ ...raw, to: 'x', webhook }), SEND, rules);
      return [refused.kind, refused.meta];
    };
    expect(metaFor({ name: 'shop', url })).toEqual(['refused', metaOf({ webhook: { name: 'shop', url } })]);
    for (const bad of [
      { name: 'shop', url: 'ftp://x' },
      { name: 'shop', url: 7 },
      { name: 'shop', more: 1 },
    ])
      expect(metaFor(bad)).toEqual(['refused', metaOf({ webhook: { name: 'shop' } })]);
    for (const none of [{ name: 'other', url }, { url }, 'shop', null, [], { name: { name: 'shop' } }])
      expect(metaFor(none)).toEqual(['refused', '']);
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

describe('the time of a message', () => {
  const DAYS_60 = 60 * 86_400_000;
  const at = (sendAt: number) => admit(job({ ...raw, sendAt: new Date(sendAt).toISOString() }), SEND, rules);

  it('lies at most 60 days after its enqueueing, to the millisecond, whenever a sender looks at it', () => {
    const { enqueuedAt } = job(raw);
    expect(at(enqueuedAt + DAYS_60)).toMatchObject({ kind: 'admitted' });
    expect(at(enqueuedAt - DAYS_60)).toMatchObject({ kind: 'admitted' });
    expect(at(enqueuedAt + DAYS_60 + 1)).toMatchObject({
      kind: 'refused',
      reason: 'invalid-message',
      problems: [
        {
          field: 'sendAt',
          rule: 'too-late',
          limit: new Date(enqueuedAt + DAYS_60).toISOString(),
          actual: new Date(enqueuedAt + DAYS_60 + 1).toISOString(),
        },
      ],
    });
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

describe('a fallback chain at the door', () => {
  const fallback = [
    { channel: 'lms', text: '긴 안내', onUnknown: 'send' },
    { channel: 'sms', text: '짧은 안내', gateway: 'beta' },
  ] as const;
  const chain = { ...raw, ttlSeconds: 60, ref: 'r', fallback };

  /** The job that the record's next step becomes. */
  function jobAfter(admitted: AdmittedJob, step: number): GatewayJob {
    const record = readRecord(admitted.message.id, {
      s: 'q',
      p: String(step),
      h: admitted.payloadHash,
      t0: String(admitted.enqueuedAt),
      f: `${step} ${admitted.next?.channel} n ${admitted.next?.job} ${admitted.next?.payload}`,
    });
    const following = record && jobOfStep(record);
    if (!following) throw new Error('no step follows');
    return following;
  }

  function admitted(data: unknown, queue: MessageQueue = SEND): AdmittedJob {
    const answer = admit(job(data), queue, rules);
    if (answer.kind === 'refused') throw new Error(JSON.stringify(answer.problems));
    return answer;
  }

  it('goes on from step to step: the same hash, the same time to expire, gateways of its own', () => {
    const first = admitted(chain);
    expect(first).toMatchObject({
      step: 0,
      expiresAt: 61_000,
      next: { step: 1, channel: 'lms', onUnknown: 'send', job: 'send-default-lms:m1-raw-1' },
    });
    const second = admitted(jobAfter(first, 1), { kind: 'send', route: 'default', channel: 'lms' });
    expect(second).toMatchObject({
      step: 1,
      message: { channel: 'lms', text: '긴 안내' },
      payloadHash: first.payloadHash,
      expiresAt: 61_000,
      enqueuedAt: 1_000,
      gateways: ['alpha', 'beta'],
      next: { step: 2, channel: 'sms', onUnknown: 'stop', job: 'to-beta-sms:m2-raw-1' },
    });
    const third = admitted(jobAfter(second, 2), TO_BETA);
    expect(third).toMatchObject({ step: 2, gateways: ['beta'], alternatives: [], expiresAt: 61_000 });
    expect(third).not.toHaveProperty('next');
  });

  it('that came by no route stays with the gateway whose queue it was put into', () => {
    const { next } = admitted({ ...raw, fallback: [{ channel: 'lms', text: '안내' }] }, TO_BETA);
    expect(next).toMatchObject({ job: 'to-beta-lms:m1-raw-1' });
  });

  it('is refused whole, by the path of the field, when a step breaks a rule', () => {
    const broken = [fallback[0], { channel: 'sms', text: 'a'.repeat(91) }];
    expect(admit(job({ ...chain, fallback: broken }), SEND, rules)).toMatchObject({
      kind: 'refused',
      reason: 'invalid-message',
      problems: [{ field: 'fallback.1.text', limit: 90, actual: 91 }],
    });
  });

  it('is refused whole when no gateway could ever carry one of its steps', () => {
    const only: DoorRules = {
      ...rules,
      gatewayProblems: (gateway, { channel }) =>
        channel === 'lms' && gateway !== 'gamma' ? [carriesNot] : [],
    };
    const refused = admit(job(chain), SEND, only);
    expect(refused).toMatchObject({
      kind: 'refused',
      reason: 'unsupported-channel',
      problems: [{ field: 'fallback.0.channel' }, { field: 'fallback.0.channel' }],
    });
    expect(refused).not.toHaveProperty('next');
    const pinned = [{ ...fallback[0], gateway: 'gamma' }];
    expect(admit(job({ ...chain, fallback: pinned }), SEND, only)).toMatchObject({ kind: 'admitted' });
  });

  it('lets the step after it follow one that nobody carries any more when its turn comes', () => {
    const second = jobAfter(admitted(chain), 1);
    const queue: MessageQueue = { kind: 'send', route: 'default', channel: 'lms' };
    expect(admit(job(second), queue, against({ alpha: [tooLong], beta: [carriesNot] }))).toMatchObject({
      kind: 'refused',
      step: 1,
      payloadHash: second.payloadHash,
      next: { step: 2, channel: 'sms' },
    });
  });

  it('is known for what it is only where the fleet says so', () => {
    const { step: _, payloadHash: __, ...forged } = jobAfter(admitted(chain), 1);
    expect(admit(job(forged), { kind: 'send', route: 'default', channel: 'lms' }, rules)).toMatchObject({
      kind: 'refused',
      reason: 'invalid-message',
    });
  });
});
