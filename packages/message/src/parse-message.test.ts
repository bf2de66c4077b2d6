import { describe, expect, it } from '@jest/globals';
import type { KakaoPart } from './kakao-part.js';
import type { AdPart, FallbackInput, MessageInput, SmtntPart } from './message.js';
import type { FallbackShape, MessageShape } from './message-schema.js';
import { parseMessage } from './parse-message.js';
import type { Problem } from './problem.js';
import type { RcsPart } from './rcs-part.js';

const sms = { id: 'order-1', channel: 'sms', to: '01012345678', from: '0212345678', text: '안녕하세요' };
const lms = { ...sms, channel: 'lms' };
const alimtalk = { ...sms, channel: 'alimtalk', kakao: { senderKey: 'key', templateCode: 'T1' } };
const kakao = alimtalk.kakao;

function problemsOf(input: unknown, options = {}): Problem[] {
  const parsed = parseMessage(input, options);
  return parsed.ok ? [] : parsed.problems;
}

function rulesOf(input: unknown, options = {}): string[] {
  return problemsOf(input, options).map(({ field, rule }) => `${field} ${rule}`);
}

const hook = (url: string) => ({ name: 'shop', url });

describe('a good message', () => {
  it('is normalised: numbers to digits, times to UTC, defaults filled in', () => {
    const parsed = parseMessage({
      ...sms,
      to: '+821012345678',
      sendAt: '2026-12-01T09:00:00+09:00',
      expiresAt: '2026-12-01T00:05:00Z',
      urlCallback: false,
      subject: undefined,
      fallback: [{ channel: 'lms', text: '길게' }],
    });
    expect(parsed).toStrictEqual({
      ok: true,
      message: {
        v: 1,
        ...sms,
        priority: 'normal',
        sendAt: '2026-12-01T00:00:00.000Z',
        expiresAt: '2026-12-01T00:05:00.000Z',
        fallback: [{ channel: 'lms', text: '길게', onUnknown: 'stop' }],
      },
    });
  });

  it.each([
    ['sms', { ...sms, urlCallback: true, ttlSeconds: 180, priority: 'urgent' }],
    ['international sms', { ...sms, to: '+8613800138000', text: '您好 😀' }],
    [
      'lms',
      {
        ...lms,
        subject: '예약 안내',
        ref: 'r',
        userData: '{"a":1}',
        replyTo: 'shop-1',
        reseller: '123456789',
      },
    ],
    ['a webhook', { ...sms, webhook: { name: 'shop' } }],
    [
      'a webhook with a URL of its own',
      { ...sms, webhook: hook('https://a-b.example:8443/results?for=shop&x=1') },
    ],
    ['a webhook at an address', { ...sms, webhook: hook('http://[2001:db8::1]:80') }],
    ['mms without text', { ...lms, channel: 'mms', text: undefined, files: ['f1'] }],
    [
      'alimtalk',
      {
        ...alimtalk,
        kakao: {
          ...kakao,
          buttons: [{ name: '보기', type: 'WL', url_mobile: 'https://shop.example/1' }],
          delivery: 'push',
        },
      },
    ],
    [
      'friendtalk',
      {
        ...alimtalk,
        channel: 'friendtalk',
        kakao: { senderKey: 'key', adFlag: true, image: { url: 'https://k.example/i.jpg' }, wide: true },
      },
    ],
    ['rcs without text', { ...sms, channel: 'rcs', text: undefined, rcs: { messageBaseId: 'UBR.1' } }],
    [
      'ad',
      {
        ...lms,
        ad: { optOutNumber: '0801234567', senderName: '가게' },
        gateway: 'smtnt',
        smtnt: { tranId: 't' },
      },
    ],
  ])('of kind %s passes, and gives the same message when parsed again', (_kind, input) => {
    const once = parseMessage(input);
    expect(once).toMatchObject({ ok: true });
    expect(once.ok && parseMessage(once.message)).toStrictEqual(once);
  });

  it('leaves the input unchanged', () => {
    const input = Object.freeze({ ...sms, to: '+821012345678', id: undefined });
    expect(parseMessage(input, { makeId: () => 'made' })).toMatchObject({
      ok: true,
      message: { id: 'made' },
    });
    expect(input.to).toBe('+821012345678');
  });
});

describe('the text', () => {
  it.each([
    ['sms of 90 bytes', { ...sms, text: '가'.repeat(45) }, undefined],
    ['sms of 91 bytes', { ...sms, text: `${'가'.repeat(45)}a` }, { limit: 90, actual: 91 }],
    ['sms of 40,000 bytes', { ...sms, text: '가'.repeat(20_000) }, { limit: 90, actual: 40_000 }],
    ['lms of 2,000 bytes', { ...lms, text: '가'.repeat(1000) }, undefined],
    ['lms of 2,002 bytes', { ...lms, text: '가'.repeat(1001) }, { limit: 2000, actual: 2002 }],
    ['international sms of 299 bytes', { ...sms, to: '8613800138000', text: 'a'.repeat(299) }, undefined],
    [
      'international sms of 300 bytes',
      { ...sms, to: '8613800138000', text: '中'.repeat(100) },
      { limit: 299, actual: 300 },
    ],
    ['alimtalk of 1,000 characters', { ...alimtalk, text: '😀'.repeat(1000) }, undefined],
    ['alimtalk of 1,001 characters', { ...alimtalk, text: 'a'.repeat(1001) }, { limit: 1000, actual: 1001 }],
  ])('%s is judged by its limit', (_name, input, sizes) => {
    const expected = sizes === undefined ? [] : [{ field: 'text', rule: 'too-long', ...sizes }];
    expect(problemsOf(input)).toMatchObject(expected);
    expect(problemsOf(input)).toHaveLength(expected.length);
  });

  it('names the characters that CP949 lacks by code point and place', () => {
    const [problem] = problemsOf({ ...sms, text: '축하해요 🎉 가나😀' });
    expect(problem).toMatchObject({
      field: 'text',
      rule: 'unmappable',
      actual: 'U+1F389 at 5, U+1F600 at 10',
    });
    expect(problem?.message).not.toContain('축하');
  });

  it('names five of many such characters and counts the rest', () => {
    expect(problemsOf({ ...sms, text: '😀'.repeat(7) })[0]?.message).toMatch(/U\+1F600 at 8, and 2 more$/);
  });

  it('says so when the Hangul is decomposed', () => {
    expect(problemsOf({ ...sms, text: '한글'.normalize('NFD') })[0]?.message).toContain('NFC');
  });

  it('may hold line breaks and tabs, but no other control character', () => {
    expect(rulesOf({ ...sms, text: 'a\r\nb\tc' })).toEqual([]);
    expect(problemsOf({ ...sms, text: 'ab\u0000' })).toMatchObject([
      { field: 'text', rule: 'control-character', actual: 'U+0000 at 2' },
    ]);
  });

  it.each([
    ['sms', { ...sms, text: undefined }],
    ['lms', { ...lms, text: '' }],
    ['alimtalk', { ...alimtalk, text: undefined }],
    ['mms without files', { ...lms, channel: 'mms', text: '' }],
  ])('is required for %s', (_name, input) => {
    expect(rulesOf(input)).toEqual(['text required']);
  });

  it('has a subject of at most 50 bytes in one line', () => {
    expect(rulesOf({ ...lms, subject: '가'.repeat(25) })).toEqual([]);
    expect(problemsOf({ ...lms, subject: '가'.repeat(26) })).toMatchObject([
      { field: 'subject', rule: 'too-long', limit: 50, actual: 52 },
    ]);
    expect(rulesOf({ ...lms, subject: 'a\nb' })).toEqual(['subject one-line']);
    expect(rulesOf({ ...lms, subject: '⛄' })).toEqual(['subject unmappable']);
  });
});

describe('a bad field is refused by name', () => {
  it.each<[string, object, string]>([
    ['a missing sender', { from: undefined }, 'from required'],
    ['a missing recipient', { to: undefined }, 'to required'],
    ['a missing id', { id: undefined }, 'id required'],
    ['an unknown channel', { channel: 'fax' }, 'channel one-of'],
    ['an id with a colon', { id: 'a:b' }, 'id format'],
    ['an id of 65 characters', { id: 'a'.repeat(65) }, 'id format'],
    ['a number as recipient', { to: 1012345678 }, 'to type'],
    ['letters in the recipient', { to: '0101234abcd' }, 'to digits'],
    ['letters in the sender', { from: 'SHOP' }, 'from digits'],
    ['a typo in a field', { txet: 'x' }, 'txet unknown-field'],
    ['another version', { v: 2 }, 'v one-of'],
    ['an unknown priority', { priority: 'high' }, 'priority one-of'],
    ['a local time', { sendAt: '2026-12-01T09:00:00' }, 'sendAt format'],
    ['a day that does not exist', { expiresAt: '2026-02-30T09:00:00Z' }, 'expiresAt format'],
    ['a time to live of none', { ttlSeconds: 0 }, 'ttlSeconds range'],
    ['a time to live over 60 days', { ttlSeconds: 60 * 24 * 3600 + 1 }, 'ttlSeconds range'],
    ['half a second to live', { ttlSeconds: 0.5 }, 'ttlSeconds type'],
    ['both ways to expire', { ttlSeconds: 1, expiresAt: '2026-12-01T09:00:00Z' }, 'ttlSeconds exclusive'],
    [
      'an end before its beginning',
      { sendAt: '2026-12-01T09:00:00Z', expiresAt: '2026-12-01T18:00:00+09:00' },
      'expiresAt order',
    ],
    ['a long ref', { ref: '가'.repeat(34) }, 'ref too-long'],
    ['a long userData', { userData: '가'.repeat(334) }, 'userData too-long'],
    ['userData that is no string', { userData: { a: 1 } }, 'userData type'],
    ['a reply queue in capitals', { replyTo: 'Shop' }, 'replyTo format'],
    ['a webhook without a name', { webhook: { url: 'https://a.example' } }, 'webhook.name required'],
    ['a webhook that is a URL', { webhook: 'https://a.example' }, 'webhook type'],
    ['a webhook beside replyTo', { webhook: { name: 'a' }, replyTo: 'b' }, 'webhook exclusive'],
    ['a long URL', { webhook: hook(`https://a.example/${'a'.repeat(484)}`) }, 'webhook.url too-long'],
    ['a URL of another scheme', { webhook: hook('ftp://a.example') }, 'webhook.url format'],
    ['a URL without a host', { webhook: hook('https:///a') }, 'webhook.url format'],
    ['a URL with Korean letters', { webhook: hook('https://a.example/가') }, 'webhook.url format'],
    ['a URL with a line break', { webhook: hook('https://a.example/\nb') }, 'webhook.url format'],
    ['a URL whose port is none', { webhook: hook('https://a.example:65536/') }, 'webhook.url format'],
    [
      'a URL with a backslash',
      { webhook: hook('https://a.example\\@b.example/') },
      'webhook.url credentials',
    ],
    ['a URL with a password', { webhook: hook('https://u:p@a.example/') }, 'webhook.url credentials'],
    ['a URL with a fragment', { webhook: hook('https://a.example/#b') }, 'webhook.url fragment'],
    ['a reseller code of 8 digits', { reseller: '12345678' }, 'reseller format'],
    ['a subject on sms', { subject: '제목' }, 'subject not-for-channel'],
    ['files on sms', { files: ['f'] }, 'files not-for-channel'],
    ['a kakao part on sms', { kakao }, 'kakao not-for-channel'],
    ['an rcs part on sms', { rcs: {} }, 'rcs not-for-channel'],
    ['a url callback on lms', { channel: 'lms', urlCallback: true }, 'urlCallback not-for-channel'],
    ['a foreign recipient on lms', { channel: 'lms', to: '+8613800138000' }, 'channel not-korean'],
    [
      'a typo inside kakao',
      { ...alimtalk, kakao: { ...kakao, tempalteCode: 'x' } },
      'kakao.tempalteCode unknown-field',
    ],
    [
      'alimtalk without a template',
      { ...alimtalk, kakao: { senderKey: 'k' } },
      'kakao.templateCode required',
    ],
    ['friendtalk without a sender key', { channel: 'friendtalk', kakao: {} }, 'kakao.senderKey required'],
    ['rcs without a message base', { channel: 'rcs' }, 'rcs.messageBaseId required'],
    [
      'a fallback step that is too long',
      { fallback: [{ channel: 'sms', text: 'a'.repeat(91) }] },
      'fallback.0.text too-long',
    ],
    [
      'a fallback step with a recipient',
      { fallback: [{ channel: 'sms', text: 'a', to: '1' }] },
      'fallback.0.to unknown-field',
    ],
    ['no fallback step', { fallback: [] }, 'fallback too-short'],
    ['null for a string', { ref: null }, 'ref type'],
  ])('%s', (_name, change, rule) => {
    expect(rulesOf({ ...sms, ...change })).toEqual([rule]);
  });

  it('and nothing is asked for in place of files that are only malformed', () => {
    expect(rulesOf({ ...lms, channel: 'mms', text: '', files: [] })).toEqual(['files too-short']);
    const wide = { ...alimtalk, channel: 'friendtalk', kakao: { senderKey: 'k', wide: true } };
    expect(rulesOf({ ...wide, files: [1] })).toEqual(['files.0 type']);
  });

  it.each([undefined, null, 5, 'text', [sms]])('a message that is %j', (input) => {
    expect(problemsOf(input)).toMatchObject([{ field: 'message' }]);
  });

  it('and all of its mistakes come out together, of shape and of rules', () => {
    const input = {
      channel: 'sms',
      to: '010-1',
      from: 'x',
      text: 'a'.repeat(91),
      id: ':',
      extra: 1,
      ttlSeconds: '5',
    };
    expect(rulesOf(input).sort()).toEqual([
      'extra unknown-field',
      'from digits',
      'id format',
      'text too-long',
      'to digits',
      'ttlSeconds type',
    ]);
  });

  it('and never by its content', () => {
    const secret = '비밀번호4821';
    const input = {
      ...sms,
      text: secret.repeat(20),
      subject: secret,
      ref: secret.repeat(20),
      [secret]: 1,
      '01099998888': 2,
      to: '0109999888',
    };
    const printed = JSON.stringify(problemsOf(input));
    expect(problemsOf(input).length).toBeGreaterThanOrEqual(5);
    expect(printed).not.toContain('비밀');
    expect(printed).not.toContain('4821');
    expect(printed).not.toContain('0109999');
  });
});

describe('the options', () => {
  it('fill a missing channel from the queue, and refuse another one', () => {
    const { channel: _, ...without } = sms;
    expect(parseMessage(without, { channel: 'sms' })).toMatchObject({
      ok: true,
      message: { channel: 'sms' },
    });
    expect(problemsOf(lms, { channel: 'sms' })).toMatchObject([
      { field: 'channel', rule: 'channel-of-queue', limit: 'sms', actual: 'lms' },
    ]);
  });

  it('make an id only where there is none', () => {
    const makeId = () => 'made-1';
    expect(parseMessage({ ...sms, id: undefined }, { makeId })).toMatchObject({ message: { id: 'made-1' } });
    expect(parseMessage(sms, { makeId })).toMatchObject({ message: { id: 'order-1' } });
  });

  it('refuse a start more than 60 days ahead of now', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const at = (sendAt: string) => rulesOf({ ...sms, sendAt }, { now });
    expect(at('2026-03-02T00:00:00Z')).toEqual([]);
    expect(at('2026-03-02T00:00:00.001Z')).toEqual(['sendAt too-late']);
    expect(at('2025-01-01T00:00:00Z')).toEqual([]);
    expect(rulesOf({ ...sms, sendAt: '2036-01-01T00:00:00Z' })).toEqual([]);
  });
});

/** `true` compiles only where both types have the same keys. */
type SameKeys<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? true : never;

describe('the types and the schema', () => {
  it('name the same fields', () => {
    const same: [
      SameKeys<MessageShape, MessageInput>,
      SameKeys<FallbackShape, FallbackInput>,
      SameKeys<NonNullable<MessageShape['kakao']>, KakaoPart>,
      SameKeys<NonNullable<MessageShape['rcs']>, RcsPart>,
      SameKeys<NonNullable<MessageShape['ad']>, AdPart>,
      SameKeys<NonNullable<MessageShape['smtnt']>, SmtntPart>,
    ] = [true, true, true, true, true, true];
    expect(same).toHaveLength(6);
  });
});

describe('an input with more fields than any message has', () => {
  it('is refused by their number, without naming each', () => {
    const many = Object.fromEntries(Array.from({ length: 60_000 }, (_, place) => [`f${place}`, 1]));
    expect(problemsOf({ ...sms, ...many })).toEqual([
      {
        field: 'message',
        rule: 'too-many',
        message: 'message must have at most 100 fields',
        limit: 100,
        actual: 60_005,
      },
    ]);
  });
});

describe('whatever comes in', () => {
  it('gives a message or problems, and never throws', () => {
    const values = [
      undefined,
      null,
      0,
      -1,
      1.5,
      '',
      'x',
      '😀',
      true,
      [],
      {},
      [null],
      { a: 1 },
      Number.NaN,
      '\ud800',
    ];
    const fields = [
      'v',
      'id',
      'channel',
      'to',
      'from',
      'text',
      'subject',
      'files',
      'kakao',
      'rcs',
      'ad',
      'smtnt',
      'fallback',
    ];
    const more = [
      'priority',
      'sendAt',
      'expiresAt',
      'ttlSeconds',
      'ref',
      'userData',
      'replyTo',
      'webhook',
      'reseller',
      'gateway',
    ];
    for (const field of [...fields, ...more, 'urlCallback', '__proto__', 'constructor']) {
      for (const value of values) {
        const input = Object.defineProperty({ ...lms }, field, { value, enumerable: true });
        const parsed = parseMessage(input, { now: 0 });
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }
    }
  });
});
