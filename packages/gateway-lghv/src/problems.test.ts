import { describe, expect, it } from '@jest/globals';
import type { KakaoPart, MessageV1 } from '@pabal/message';
import { messageProblems } from './problems.js';
import { cipher, configOf, fileOf, messageOf } from './testing/values.js';

type Row = [change: Partial<MessageV1>, options: object, problems: readonly object[]];

const ABROAD = '8613800000000';
const KEYS = { senderKey: 'sender-key', templateCode: 'T01' };
const alimtalk = (kakao: KakaoPart, change: Partial<MessageV1> = {}): Partial<MessageV1> => ({
  channel: 'alimtalk',
  kakao: { ...KEYS, ...kakao },
  ...change,
});
const friendtalk = (kakao: KakaoPart, change: Partial<MessageV1> = {}): Partial<MessageV1> => ({
  channel: 'friendtalk',
  kakao: { senderKey: 'sender-key', ...kakao },
  ...change,
});
const button = (name: string) => ({ type: 'MD', name }) as const;
const noPlace = (type: string, ...fields: string[]) =>
  fields.map((field) => ({ field, rule: 'not-for-gateway', actual: type }));

function expectProblems([change, options, problems]: Row): void {
  expect(messageProblems(messageOf(change), configOf(options), cipher)).toEqual(
    problems.map((problem) => expect.objectContaining(problem)),
  );
}

describe('a message that this gateway cannot carry, by all its problems', () => {
  it.each<Row>([
    [{}, {}, []],
    [{ channel: 'rcs' }, {}, [{ field: 'channel', rule: 'unsupported-channel', actual: 'rcs' }]],
    [{ channel: 'lms', to: ABROAD }, {}, [{ field: 'to', rule: 'not-korean' }]],
    [{ urlCallback: true, to: ABROAD }, {}, [{ field: 'urlCallback', rule: 'not-for-gateway' }]],
    [{ text: 'a'.repeat(91) }, {}, [{ field: 'text', rule: 'max-bytes', limit: 90, actual: 91 }]],
    [{ text: '안녕😀' }, {}, [{ field: 'text', rule: 'unmappable', limit: 'cp949', actual: 'U+1F600' }]],
    [{ text: '안녕😀' }, { unmappable: 'replace' }, []],
    [{ text: '뷁' }, {}, []],
    [{ text: '뷁' }, { charset: 'euc-kr' }, [{ field: 'text', rule: 'unmappable', actual: 'U+BDC1' }]],
    [
      { from: '1'.repeat(16) },
      { encode: '1' },
      [{ field: 'from', rule: 'max-bytes', limit: 40, actual: 44 }],
    ],
    [
      { channel: 'lms', subject: 'a'.repeat(51), text: '', to: '010-1', from: '' },
      {},
      [
        { field: 'to', rule: 'digits', actual: 'other characters' },
        { field: 'from', rule: 'digits', actual: 'nothing' },
        { field: 'text', rule: 'min-bytes', limit: 1, actual: 0 },
        { field: 'subject', rule: 'max-bytes', limit: 50, actual: 51 },
      ],
    ],
    [{ reseller: '12345678901' }, {}, [{ field: 'reseller', rule: 'max-bytes', limit: 10, actual: 11 }]],
  ])('text: %j with %j', (...row) => expectProblems(row));

  it.each<Row>([
    [{ channel: 'mms', files: ['a'] }, {}, []],
    [{ channel: 'mms', files: ['a', 'b', 'c'], text: '' }, {}, []],
    [{ channel: 'mms', files: ['a'], to: ABROAD }, {}, [{ field: 'to', rule: 'not-korean' }]],
    [{ channel: 'mms', text: '' }, {}, [{ field: 'text', rule: 'required' }]],
    [
      { channel: 'mms', files: ['a', 'b', 'c', 'd'], text: 'a'.repeat(2001), subject: '가'.repeat(26) },
      {},
      [
        { field: 'files', rule: 'max-count', limit: 3, actual: 4 },
        { field: 'subject', rule: 'max-bytes', limit: 50, actual: 52 },
        { field: 'text', rule: 'max-bytes', limit: 2000, actual: 2001 },
      ],
    ],
    [{ channel: 'mms', text: '😀', files: ['a'] }, {}, [{ field: 'text', rule: 'unmappable' }]],
  ])('MMS: %j with %j', (...row) => expectProblems(row));

  it.each<Row>([
    [alimtalk({ nationCode: '82', adFlag: false }, { reseller: '123456789' }), {}, []],
    [alimtalk({}, { to: ABROAD }), {}, [{ field: 'to', rule: 'not-korean' }]],
    [
      alimtalk({ userKey: 'u', nationCode: '86', wide: true }),
      {},
      noPlace('KKT', 'kakao.userKey', 'kakao.nationCode', 'kakao.wide'),
    ],
    [
      alimtalk({ image: { url: 'http://a.kr/a.jpg', link: 'http://a.kr' } }, { files: ['a'] }),
      {},
      ['kakao.image.url', 'kakao.image.link', 'files'].map((field) => ({ field, rule: 'not-for-gateway' })),
    ],
    [alimtalk({}, { subject: '제목' }), {}, noPlace('KKT', 'subject')],
    [
      { channel: 'alimtalk' },
      {},
      ['kakao.templateCode', 'kakao.senderKey'].map((field) => ({ field, rule: 'min-bytes', limit: 1 })),
    ],
    [
      alimtalk({ senderKey: 'k'.repeat(101), templateCode: 't'.repeat(51) }, { text: 'a'.repeat(1001) }),
      {},
      [
        { field: 'text', rule: 'max-characters', limit: 1000, actual: 1001 },
        { field: 'kakao.senderKey', rule: 'max-bytes', limit: 100, actual: 101 },
        { field: 'kakao.templateCode', rule: 'max-bytes', limit: 50, actual: 51 },
      ],
    ],
    // 80 bytes grow to 88 under AES, and to 120 under Base64.
    [
      alimtalk({ senderKey: 'k'.repeat(80) }),
      { encode: '2' },
      [{ field: 'kakao.senderKey', rule: 'max-bytes', limit: 100, actual: 128 }],
    ],
    [
      alimtalk({
        buttons: [button('a'.repeat(2990))],
        items: { list: [{ title: 'a'.repeat(3000), description: '' }] },
      }),
      {},
      [
        { field: 'kakao.buttons', rule: 'max-bytes', limit: 3000, actual: 3024 },
        { field: 'kakao', rule: 'max-bytes', limit: 3000, actual: 3049 },
      ],
    ],
    [alimtalk({ buttons: [button('😀')] }), {}, [{ field: 'kakao.buttons', rule: 'unmappable' }]],
    [alimtalk({ title: '😀' }), {}, [{ field: 'kakao', rule: 'unmappable' }]],
  ])('Alimtalk: %j with %j', (...row) => expectProblems(row));

  it.each<[KakaoPart, object[]]>([
    [{ timeoutSeconds: 5 }, []],
    [{ timeoutSeconds: 30 }, []],
    [{ timeoutSeconds: 4 }, [{ rule: 'range', limit: '5-30', actual: 4 }]],
    [{ timeoutSeconds: 31 }, [{ rule: 'range', limit: '5-30', actual: 31 }]],
    [{ delivery: 'polling', timeoutSeconds: 86_400 }, []],
    [{ delivery: 'polling', timeoutSeconds: 9 }, [{ rule: 'range', limit: '10-86400', actual: 9 }]],
    [{ delivery: 'push', timeoutSeconds: 10 }, [{ rule: 'not-for-gateway', actual: 'push' }]],
  ])('time that Kakao may take: %j', (kakao, problems) => {
    expectProblems([
      alimtalk(kakao),
      {},
      problems.map((problem) => ({ field: 'kakao.timeoutSeconds', ...problem })),
    ]);
  });

  it('KKO takes the bare text of a template', () => {
    const kakao: KakaoPart = {
      title: 'a',
      buttons: [button('a')],
      timeoutSeconds: 4,
      delivery: 'push',
      items: { list: [] },
      image: {},
      quickReplies: [],
      adFlag: true,
    };
    const fields = ['title', 'buttons', 'timeoutSeconds', 'delivery', 'items', 'image', 'adFlag'];
    const option = { alimtalkType: 'KKO' };
    expectProblems([alimtalk(kakao), option, noPlace('KKO', ...fields.map((field) => `kakao.${field}`))]);
    expectProblems([alimtalk({ delivery: 'realtime', adFlag: false, buttons: [] }), option, []]);
  });

  it.each<Row>([
    [friendtalk({ title: '강조', timeoutSeconds: 10, quickReplies: [button('a')] }), {}, []],
    [friendtalk({ wide: true }, { subject: '제목' }), {}, noPlace('KFT', 'kakao.wide', 'subject')],
    [
      friendtalk(
        {
          templateCode: 'T',
          title: 'a',
          price: 1,
          quickReplies: [button('a')],
          timeoutSeconds: 4,
          userKey: 'u',
        },
        { files: ['a'] },
      ),
      {},
      noPlace(
        'KFI',
        'kakao.templateCode',
        'kakao.title',
        'kakao.price',
        'kakao.quickReplies',
        'kakao.timeoutSeconds',
        'kakao.userKey',
      ),
    ],
    [friendtalk({}, { files: ['a', 'b'] }), {}, [{ field: 'files', rule: 'max-count', limit: 1, actual: 2 }]],
    [
      friendtalk({ image: { url: 'http://a.kr/a.jpg' } }, { files: ['a'] }),
      {},
      [{ field: 'kakao.image.url', rule: 'exclusive' }],
    ],
    [friendtalk({ image: {} }), {}, [{ field: 'kakao.image.url', rule: 'required' }]],
    [
      friendtalk({ image: { link: 'http://a.kr' } }, { files: ['a'] }),
      {},
      [{ field: 'kakao.image.link', rule: 'not-for-gateway' }],
    ],
    [
      friendtalk(
        { buttons: [button('😀')] },
        { files: ['a'], subject: '가'.repeat(11), text: 'a'.repeat(1001) },
      ),
      {},
      [
        { field: 'text', rule: 'max-characters', limit: 1000, actual: 1001 },
        { field: 'kakao.buttons', rule: 'unmappable' },
        { field: 'subject', rule: 'max-bytes', limit: 21, actual: 22 },
      ],
    ],
    [friendtalk({ image: { url: 'http://a.kr/😀' } }), {}, [{ field: 'kakao.image', rule: 'unmappable' }]],
  ])('FriendTalk: %j with %j', (...row) => expectProblems(row));

  it('judges files that it is given', () => {
    const message = messageOf({ channel: 'mms', files: ['a', 'b', 'c'] });
    const files = [fileOf(1, 307_200), fileOf(2, 307_201), fileOf(3, 1)];
    expect(messageProblems(message, configOf(), cipher, files)).toEqual([
      expect.objectContaining({ field: 'files.1', rule: 'max-bytes', limit: 307_200, actual: 307_201 }),
    ]);
  });

  it('is shown without its content', () => {
    const [problem] = messageProblems(messageOf({ to: '010-1234-5678' }), configOf(), cipher);
    expect(problem?.message).toBe(
      "to must fit the gateway's field: digits allows digits only, it has other characters",
    );
  });
});
