import { describe, expect, it } from '@jest/globals';
import type { KakaoPart, MessageV1 } from '@pabal/message';
import { contentProblems, toMsgSendReq } from './mapping.js';
import { config } from './testing/config.js';
import { message } from './testing/message.js';

const button = { type: 'WL', name: '배송 조회', url_mobile: 'https://example.com' } as const;
const alimtalk = (kakao: KakaoPart = {}, change: Partial<MessageV1> = {}) =>
  message({ channel: 'alimtalk', kakao: { senderKey: 'key', templateCode: 't1', ...kakao }, ...change });
const friendtalk = (kakao: KakaoPart = {}, change: Partial<MessageV1> = {}) =>
  message({ channel: 'friendtalk', kakao: { senderKey: 'key', ...kakao }, ...change });
const body = (of: MessageV1, own: object = {}, names: readonly string[] = []) =>
  toMsgSendReq(of, '1', config(own), names);
const fields = (of: MessageV1) => contentProblems(of).map(({ field, rule }) => [field, rule]);

describe('an Alimtalk on the wire', () => {
  it('is of type 7, to Korea, with no field that it does not use', () => {
    const plain = body(alimtalk());
    expect(plain).toMatchObject({
      MsgType: 7,
      KakaoAdFlag: '',
      KakaoNationCode: '82',
      KakaoSenderKey: 'key',
      KakaoTemplateCode: 't1',
      KakaoTimeout: 0,
      KakaoButton: '',
      FileCount: 0,
    });
    expect(Object.keys(plain).filter((key) => /^(kakao|rcs)/.test(key))).toEqual([]);
  });

  it('is of type 71 when its template has an image', () => {
    expect(body(alimtalk({ image: {} })).MsgType).toBe(71);
  });

  it('carries title, buttons, quick replies, timeout, country and advertising mark', () => {
    const full = alimtalk({
      title: '강조',
      buttons: [button],
      quickReplies: [{ type: 'BK', name: '문의' }],
      timeoutSeconds: 30,
      nationCode: '1',
      adFlag: true,
    });
    expect(body(full)).toMatchObject({
      kakaoTitle: '강조',
      KakaoButton: '[{"type":"WL","name":"배송 조회","url_mobile":"https://example.com"}]',
      kakaoQuick: '[{"type":"BK","name":"문의"}]',
      KakaoTimeout: 30,
      KakaoNationCode: '1',
      KakaoAdFlag: 'Y',
    });
    expect(fields(full)).toEqual([]);
  });

  it('holds its lists in objects where that is configured', () => {
    const full = alimtalk({ buttons: [button], quickReplies: [{ type: 'BK', name: '문의' }] });
    expect(body(full, { kakaoButtonForm: 'object' })).toMatchObject({
      KakaoButton: '{"button":[{"type":"WL","name":"배송 조회","url_mobile":"https://example.com"}]}',
      kakaoQuick: '{"quick_reply":[{"type":"BK","name":"문의"}]}',
    });
    expect(body(alimtalk(), { kakaoButtonForm: 'object' }).KakaoButton).toBe('');
  });

  it.each([
    ['delivery', { delivery: 'polling' }],
    ['price', { price: 1000 }],
    ['currency', { currency: 'KRW' }],
    ['header', { header: '제목' }],
    ['items', { items: { list: [{ title: 'a', description: 'b' }] } }],
    ['highlight', { highlight: { title: 'a', description: 'b' } }],
    ['wide', { wide: true }],
    ['userKey', { userKey: 'k' }],
    ['image.url', { image: { url: 'https://example.com/a.jpg' } }],
    ['image.link', { image: { link: 'https://example.com' } }],
  ] satisfies [string, KakaoPart][])(
    'is refused with kakao.%s, for which there is no field',
    (name, kakao) => {
      expect(fields(alimtalk(kakao))).toEqual([[`kakao.${name}`, 'not-for-gateway']]);
    },
  );

  it('is refused with files: its image is its template’s', () => {
    expect(fields(alimtalk({}, { files: ['f'] }))).toEqual([['files', 'not-for-gateway']]);
  });

  it('has no width, also where it says that it is not wide', () => {
    expect(fields(alimtalk({ wide: false }))).toEqual([]);
    expect(body(alimtalk({ wide: false }))).not.toHaveProperty('kakaoWide');
  });

  it('needs a sender key and a template', () => {
    expect(fields(message({ channel: 'alimtalk' }))).toEqual([
      ['kakao.senderKey', 'required'],
      ['kakao.templateCode', 'required'],
    ]);
  });

  it('has at most 1,000 characters of any kind', () => {
    expect(fields(alimtalk({}, { text: '😀'.repeat(1000) }))).toEqual([]);
    expect(contentProblems(alimtalk({}, { text: 'a'.repeat(1001) }))).toMatchObject([
      { field: 'text', rule: 'too-long', limit: 1000, actual: 1001 },
    ]);
  });
});

describe('a FriendTalk on the wire', () => {
  it('is of type 8, without a template', () => {
    expect(body(friendtalk())).toMatchObject({ MsgType: 8, KakaoTemplateCode: '', KakaoNationCode: '82' });
    expect(fields(friendtalk())).toEqual([]);
  });

  it('carries an uploaded image, its link, its width, and the user key', () => {
    const image = friendtalk(
      { image: { link: 'https://example.com' }, wide: true, userKey: 'u1', adFlag: false, buttons: [button] },
      { files: ['f'] },
    );
    expect(body(image, {}, ['a.jpg'])).toMatchObject({
      MsgType: 8,
      kakaoImageLink: 'https://example.com',
      kakaoWide: 'Y',
      kakaoUserKey: 'u1',
      KakaoAdFlag: 'N',
      FileCount: 1,
      FileName1: 'a.jpg',
    });
    expect(fields(image)).toEqual([]);
    expect(body(friendtalk({ wide: false }))).toMatchObject({ kakaoWide: 'N' });
  });

  it.each([
    ['kakao.title', { title: 'a' }],
    ['kakao.quickReplies', { quickReplies: [{ type: 'BK', name: 'a' }] }],
    ['kakao.image.url', { image: { url: 'https://example.com/a.jpg' } }],
    ['kakao.delivery', { delivery: 'realtime' }],
    ['kakao.templateCode', { templateCode: 't1' }],
  ] satisfies [string, KakaoPart][])('is refused with %s, for which there is no field', (name, kakao) => {
    expect(fields(friendtalk(kakao))).toEqual([[name, 'not-for-gateway']]);
  });

  it('is refused with a subject', () => {
    expect(fields(friendtalk({}, { subject: '제목' }))).toEqual([['subject', 'not-for-gateway']]);
  });
});
