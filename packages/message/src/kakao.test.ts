import { describe, expect, it } from '@jest/globals';
import { kakaoFormOf } from './kakao-form.js';
import { kakaoButtonSchema, kakaoItemsSchema, kakaoQuickReplySchema } from './kakao-schema.js';
import { parseMessage } from './parse-message.js';

const base = { id: 'a', to: '01012345678', from: '15881234', text: '안내' };
const keys = { senderKey: 'k', templateCode: 't' };
const url = 'https://shop.example/1';
const link = { type: 'WL', name: '보기', url_mobile: url };

function problems(message: object) {
  const parsed = parseMessage({ ...base, ...message });
  return parsed.ok
    ? []
    : parsed.problems.map(({ field, rule, limit, actual }) => [field, rule, limit, actual]);
}
const alimtalk = (kakao: object, more: object = {}) =>
  problems({ channel: 'alimtalk', kakao: { ...keys, ...kakao }, ...more });
const friendtalk = (kakao: object, more: object = {}) =>
  problems({ channel: 'friendtalk', kakao: { senderKey: 'k', ...kakao }, ...more });

const items = (count: number, title = 6, description = 23) => ({
  list: Array.from({ length: count }, () => ({
    title: '가'.repeat(title),
    description: '나'.repeat(description),
  })),
});

describe('a Kakao button', () => {
  it.each([
    link,
    { ...link, url_pc: 'http://shop.example', target: 'out' },
    { type: 'AL', name: '열기', scheme_android: 'shop://a', scheme_ios: 'shop://a' },
    { type: 'AL', name: '열기', scheme_ios: 'shop://a', url_mobile: url },
    { type: 'BC', name: '상담', chat_extra: 'x'.repeat(50) },
    { type: 'BT', name: '봇', chat_event: 'e'.repeat(50) },
    { type: 'BF', name: '설문', biz_form_id: 1 },
    { type: 'BK', name: '단어' },
    { type: 'MD', name: '전달' },
    { type: 'DS', name: '배송 조회' },
    { type: 'AC', name: '채널 추가' },
    { type: 'P1', name: '사진', plugin_id: 'p'.repeat(24) },
    { type: 'P3', name: '결제', plugin_id: 'p', oneclick_id: 'o', product_id: 'q', relay_id: 'r' },
    { type: 'TN', name: '전화', tel_number: '1588-1234' },
  ])('of form %j passes unchanged', (button) => {
    expect(kakaoButtonSchema.parse(button)).toEqual(button);
    expect(alimtalk({ buttons: [button] })).toEqual([]);
  });

  it.each<[string, object, unknown[]]>([
    ['without a type', { name: 'a' }, ['type', 'required']],
    ['of an unknown type', { type: 'XX', name: 'a' }, ['type', 'one-of']],
    ['without a name', { type: 'BK' }, ['name', 'required']],
    ['with an empty name', { type: 'BK', name: '' }, ['name', 'too-short', 1, 0]],
    ['with a line break in its name', { type: 'BK', name: 'a\nb' }, ['name', 'control-character', undefined]],
    ['with half a character', { type: 'BK', name: '\ud83d' }, ['name', 'unmappable', undefined]],
    ['with a name of 15', { ...link, name: '😀'.repeat(15) }, ['name', 'too-long', 14, 15]],
    ['with another field', { type: 'BK', name: 'a', url_mobile: url }, ['url_mobile', 'unknown-field']],
    ['without its page', { type: 'WL', name: 'a', url_pc: url }, ['url_mobile', 'required']],
    ['with a page that is none', { ...link, url_mobile: 'shop.example' }, ['url_mobile', 'format']],
    ['with a space in its page', { ...link, url_mobile: 'https://a b' }, ['url_mobile', 'format']],
    ['with a variable left', { ...link, url_mobile: 'https://a/#{order}' }, ['url_mobile', 'variable']],
    [
      'with a page of 1,001 characters',
      { ...link, url_mobile: `https://a/${'b'.repeat(991)}` },
      ['url_mobile', 'too-long', 1000, 1001],
    ],
    ['with a script as page', { ...link, url_mobile: 'javascript:alert(1)' }, ['url_mobile', 'format']],
    [
      'with an extra of 51',
      { type: 'BC', name: 'a', chat_extra: 'x'.repeat(51) },
      ['chat_extra', 'too-long', 50, 51],
    ],
    [
      'with an event of 51',
      { type: 'BT', name: 'a', chat_event: 'x'.repeat(51) },
      ['chat_event', 'too-long', 50, 51],
    ],
    ['without its plugin', { type: 'P2', name: 'a' }, ['plugin_id', 'required']],
    [
      'with a plugin of 25',
      { type: 'P2', name: 'a', plugin_id: 'p'.repeat(25) },
      ['plugin_id', 'too-long', 24, 25],
    ],
    ['with a number that is none', { type: 'TN', name: 'a', tel_number: 'call' }, ['tel_number', 'format']],
  ])('%s is refused by the path of its field', (_name, button, [field, ...rest]) => {
    const [problem] = alimtalk({ buttons: [link, button] });
    expect(problem?.slice(0, 1 + rest.length)).toEqual([`kakao.buttons.1.${String(field)}`, ...rest]);
  });

  it('that opens an app needs two ways to open it', () => {
    const app = { type: 'AL', name: 'a', scheme_android: 'shop://a', url_pc: url };
    expect(alimtalk({ buttons: [app] })).toEqual([['kakao.buttons.0', 'app-links', 2, 1]]);
  });

  it('has a name of 14 characters on Alimtalk and 28 on FriendTalk', () => {
    const named = (length: number) => ({ buttons: [{ ...link, name: '가'.repeat(length) }] });
    expect(alimtalk(named(14))).toEqual([]);
    expect(alimtalk(named(15))).toEqual([['kakao.buttons.0.name', 'too-long', 14, 15]]);
    expect(friendtalk(named(28))).toEqual([]);
    expect(friendtalk(named(29))).toEqual([['kakao.buttons.0.name', 'too-long', 28, 29]]);
  });

  it('that needs a template is refused on FriendTalk', () => {
    const plugin = { type: 'P1', name: 'a', plugin_id: 'p' };
    const buttons = [{ type: 'DS', name: 'a' }, plugin, { type: 'TN', name: 'a', tel_number: '112' }];
    const refused = [0, 1, 2].map((index) => [
      `kakao.buttons.${index}.type`,
      'not-for-channel',
      'alimtalk',
      'friendtalk',
    ]);
    expect(friendtalk({ buttons })).toEqual(refused);
    expect(alimtalk({ buttons })).toEqual([]);
  });

  it('stands among at most five, and two beside quick replies or a wide image', () => {
    const buttons = (length: number) => Array.from({ length }, () => link);
    expect(alimtalk({ buttons: buttons(5) })).toEqual([]);
    expect(alimtalk({ buttons: buttons(6) })).toEqual([['kakao.buttons', 'too-long', 5, 6]]);
    expect(alimtalk({ buttons: buttons(2), quickReplies: [link] })).toEqual([]);
    expect(alimtalk({ buttons: buttons(3), quickReplies: [link] })).toEqual([
      ['kakao.buttons', 'too-long', 2, 3],
    ]);
    const wide = { wide: true, image: { url } };
    expect(friendtalk({ ...wide, buttons: buttons(2) })).toEqual([]);
    expect(friendtalk({ ...wide, buttons: buttons(3) })).toEqual([['kakao.buttons', 'too-long', 2, 3]]);
  });
});

describe('quick replies', () => {
  it('are of fewer types than buttons', () => {
    for (const type of ['BK', 'MD', 'BC', 'BT', 'BF']) {
      expect(kakaoQuickReplySchema.safeParse({ type, name: 'a' }).success).toBe(true);
    }
    expect(alimtalk({ quickReplies: [{ type: 'AC', name: 'a' }] })).toMatchObject([
      ['kakao.quickReplies.0.type', 'one-of', 'WL, AL, BC, BT, BF, BK, MD', undefined],
    ]);
  });

  it('are at most ten, with names of at most 14 characters', () => {
    const replies = (length: number) => ({ quickReplies: Array.from({ length }, () => link) });
    expect(alimtalk(replies(10))).toEqual([]);
    expect(alimtalk(replies(11))).toEqual([['kakao.quickReplies', 'too-long', 10, 11]]);
    expect(alimtalk({ quickReplies: [{ ...link, name: 'a'.repeat(15) }] })).toEqual([
      ['kakao.quickReplies.0.name', 'too-long', 14, 15],
    ]);
  });
});

describe('an item list', () => {
  it('has 2 to 10 rows of 6 and 23 characters', () => {
    expect(kakaoItemsSchema.safeParse(items(2)).success).toBe(true);
    expect(alimtalk({ items: items(10) })).toEqual([]);
    expect(alimtalk({ items: items(1) })).toEqual([['kakao.items.list', 'too-short', 2, 1]]);
    expect(alimtalk({ items: items(11) })).toEqual([['kakao.items.list', 'too-long', 10, 11]]);
    expect(alimtalk({ items: items(2, 7) })[1]).toEqual(['kakao.items.list.1.title', 'too-long', 6, 7]);
    expect(alimtalk({ items: items(2, 6, 24) })[0]).toEqual([
      'kakao.items.list.0.description',
      'too-long',
      23,
      24,
    ]);
  });

  it('has a sum of 6 and 14 characters', () => {
    const summary = (title: number, description: number) => ({
      items: { ...items(2), summary: { title: 'a'.repeat(title), description: '1'.repeat(description) } },
    });
    expect(alimtalk(summary(6, 14))).toEqual([]);
    expect(alimtalk(summary(7, 15))).toEqual([
      ['kakao.items.summary.title', 'too-long', 6, 7],
      ['kakao.items.summary.description', 'too-long', 14, 15],
    ]);
  });

  it('has a highlight of 30 and 19 characters, 21 and 14 beside an image', () => {
    const highlight = (title: number, description: number) => ({
      highlight: { title: 'a'.repeat(title), description: 'b'.repeat(description) },
    });
    expect(alimtalk(highlight(30, 19))).toEqual([]);
    expect(alimtalk(highlight(31, 20))).toEqual([
      ['kakao.highlight.title', 'too-long', 30, 31],
      ['kakao.highlight.description', 'too-long', 19, 20],
    ]);
    expect(alimtalk({ ...highlight(21, 14), image: {} })).toEqual([]);
    expect(alimtalk({ ...highlight(22, 15), image: {} })).toEqual([
      ['kakao.highlight.title', 'too-long', 21, 22],
      ['kakao.highlight.description', 'too-long', 14, 15],
    ]);
  });
});

describe('a field of the Kakao part', () => {
  it.each<[string, number]>([
    ['title', 50],
    ['header', 16],
    ['senderKey', 100],
    ['templateCode', 50],
  ])('%s has at most %d characters', (field, max) => {
    expect(alimtalk({ [field]: 'a'.repeat(max) })).toEqual([]);
    expect(alimtalk({ [field]: 'a'.repeat(max + 1) })).toEqual([
      [`kakao.${field}`, 'too-long', max, max + 1],
    ]);
    expect(alimtalk({ [field]: 'a\u0000' })).toEqual([
      [`kakao.${field}`, 'control-character', undefined, 'U+0000 at 1'],
    ]);
  });

  it.each<[object, boolean]>([
    [{ timeoutSeconds: 5 }, true],
    [{ timeoutSeconds: 4 }, false],
    [{ timeoutSeconds: 30, delivery: 'realtime' }, true],
    [{ timeoutSeconds: 31 }, false],
    [{ timeoutSeconds: 10, delivery: 'polling' }, true],
    [{ timeoutSeconds: 9, delivery: 'polling' }, false],
    [{ timeoutSeconds: 86_400, delivery: 'polling' }, true],
    [{ timeoutSeconds: 86_401, delivery: 'polling' }, false],
    [{ price: 0, currency: 'KRW' }, true],
    [{ price: 1.5 }, false],
    [{ price: -1 }, false],
    [{ currency: 'krw' }, false],
    [{ nationCode: '82' }, true],
    [{ nationCode: '82000' }, false],
  ])('%j passes: %j', (kakao, passes) => {
    expect(alimtalk(kakao)).toHaveLength(passes ? 0 : 1);
  });

  it('names the range of a timeout', () => {
    expect(alimtalk({ timeoutSeconds: 60 })).toEqual([['kakao.timeoutSeconds', 'range', '5-30', 60]]);
  });

  it.each<[string, object]>([
    ['title', { title: 'a' }],
    ['quickReplies', { quickReplies: [link] }],
    ['header', { header: 'a' }],
    ['items', { items: items(2) }],
    ['highlight', { highlight: { title: 'a', description: 'b' } }],
    ['price', { price: 1 }],
    ['currency', { currency: 'KRW' }],
  ])('%s is refused on FriendTalk', (field, kakao) => {
    expect(friendtalk(kakao)).toEqual([[`kakao.${field}`, 'not-for-channel', 'alimtalk', 'friendtalk']]);
  });

  it.each<[string, object]>([
    ['wide', { wide: true }],
    ['userKey', { userKey: 'u' }],
    ['image.url', { image: { url } }],
    ['image.link', { image: { link: url } }],
  ])('%s is refused on Alimtalk', (field, kakao) => {
    expect(alimtalk(kakao)).toEqual([[`kakao.${field}`, 'not-for-channel', 'friendtalk', 'alimtalk']]);
  });

  it('that says nothing, such as wide: false, passes on both', () => {
    expect(alimtalk({ wide: false })).toEqual([]);
    expect(friendtalk({ templateCode: 't', wide: false })).toEqual([]);
  });
});

describe('a FriendTalk', () => {
  const image = { image: { url } };
  it.each<[string, object, number]>([
    ['alone', {}, 1000],
    ['beside an image', image, 400],
    ['beside a wide image', { ...image, wide: true }, 76],
  ])('has room for a text %s', (_name, kakao, max) => {
    expect(friendtalk(kakao, { text: '😀'.repeat(max) })).toEqual([]);
    expect(friendtalk(kakao, { text: '가'.repeat(max + 1) })).toEqual([['text', 'too-long', max, max + 1]]);
  });

  it('has one image: a file or an address', () => {
    expect(friendtalk({}, { files: ['f'] })).toEqual([]);
    expect(friendtalk({ image: { link: url } }, { files: ['f'] })).toEqual([]);
    expect(friendtalk({}, { files: ['f', 'g'] })).toEqual([['files', 'too-long', 1, 2]]);
    expect(friendtalk(image, { files: ['f'] })).toEqual([
      ['kakao.image.url', 'exclusive', undefined, undefined],
    ]);
    expect(friendtalk({ image: {} })).toEqual([['kakao.image.url', 'required', undefined, undefined]]);
    expect(friendtalk({ wide: true })).toEqual([['kakao.image.url', 'required', undefined, undefined]]);
  });
});

describe('kakaoFormOf', () => {
  it('tells text, image and wide image', () => {
    expect(kakaoFormOf({ channel: 'friendtalk' })).toBe('text');
    expect(kakaoFormOf({ channel: 'friendtalk', files: ['f'] })).toBe('image');
    expect(kakaoFormOf({ channel: 'friendtalk', kakao: { image: {}, wide: true } })).toBe('wide');
    expect(kakaoFormOf({ channel: 'alimtalk', kakao: { image: {} } })).toBe('image');
    expect(kakaoFormOf({ channel: 'alimtalk', kakao: { image: {}, header: 'h' } })).toBe('text');
    expect(kakaoFormOf({ channel: 'alimtalk' })).toBe('text');
  });
});
