import { describe, expect, it } from '@jest/globals';
import type { KakaoPart, MessageV1 } from '@pabal/message';
import { encodeText } from '@pabal/wire';
import type { ImagePart } from './mapping-mms.js';
import { messageOf, packetOf, textOptions } from './testing/values.js';

const TEXT = '홍길동님 반갑습니다.';
const bytesOf = (text: string) => encodeText(text, textOptions);
const jpeg: ImagePart = {
  dataType: 'i',
  fileName: 'a.jpg',
  fileKey: '12300012345',
  bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
};
const BUTTONS = [
  { name: '웹링크', type: 'WL', url_pc: 'http://www.google.com', url_mobile: 'http://www.naver.com' },
  { name: '메시지전달', type: 'MD' },
] as const;
/** As LGHV 2.2.7 prints it. */
const BTN_DATA =
  '"button":[{"name":"웹링크","type":"WL","url_pc":"http://www.google.com","url_mobile":"http://www.naver.com"},' +
  '{"name":"메시지전달","type":"MD"}]';

const common = {
  encode: '0',
  msgId: '00000000000000000042',
  destAddr: '01012345678',
  callback: '0212345678',
};

function alimtalk(kakao: KakaoPart = {}, change: Partial<MessageV1> = {}): MessageV1 {
  const keys = { senderKey: 'sender-key', templateCode: 'T01' };
  return messageOf({ channel: 'alimtalk', text: TEXT, kakao: { ...keys, ...kakao }, ...change });
}

function friendtalk(kakao: KakaoPart = {}, change: Partial<MessageV1> = {}): MessageV1 {
  return messageOf({
    channel: 'friendtalk',
    text: TEXT,
    kakao: { senderKey: 'sender-key', ...kakao },
    ...change,
  });
}

describe('an Alimtalk', () => {
  it('is a KKT, with empty places for what is not given', () => {
    expect(packetOf(alimtalk())).toEqual({
      type: 'deliverKakao',
      values: {
        ...common,
        deliverType: 'KKT',
        gubun: 'r',
        senderKey: 'sender-key',
        templateCode: 'T01',
        text: TEXT,
        btnData: '',
        extend: '',
      },
    });
  });

  it('carries buttons as a member without braces, and everything else in one object', () => {
    const packet = packetOf(
      alimtalk({
        buttons: BUTTONS,
        adFlag: true,
        timeoutSeconds: 10,
        title: '강조',
        price: 100_000,
        currency: 'KRW',
        header: '아이템리스트',
        highlight: { title: '아이템하이라이트', description: '설명' },
        items: {
          list: [
            { title: 'ITEM1', description: 'ITEM1_CONTENT' },
            { title: 'ITEM2', description: 'ITEM2_CONTENT' },
          ],
          summary: { title: 'ITEMSU', description: '1,000원' },
        },
        quickReplies: [{ name: '소개', type: 'WL', url_pc: 'http://a.kr/', url_mobile: 'http://a.kr/' }],
      }),
    );
    expect(packet).toMatchObject({ values: { deliverType: 'KKT', btnData: BTN_DATA } });
    expect(packet).toMatchObject({
      values: {
        extend:
          '{"ad_flag":"Y","timeout":"10","title":"강조","price":"100000","currency_type":"KRW",' +
          '"header":"아이템리스트","item_highlight":{"title":"아이템하이라이트","description":"설명"},' +
          '"item":{"list":[{"title":"ITEM1","description":"ITEM1_CONTENT"},{"title":"ITEM2","description":"ITEM2_CONTENT"}],' +
          '"summary":{"title":"ITEMSU","description":"1,000원"}},' +
          '"supplement":{"quick_reply":[{"name":"소개","type":"WL","url_pc":"http://a.kr/","url_mobile":"http://a.kr/"}]}}',
      },
    });
  });

  it.each<[KakaoPart, string]>([
    [{ adFlag: false }, '{"ad_flag":"N"}'],
    [{ price: 0 }, '{"price":"0"}'],
    [{ quickReplies: [], buttons: [] }, ''],
  ])('with %j has the EXTEND %s', (kakao, extend) => {
    expect(packetOf(alimtalk(kakao))).toMatchObject({ values: { extend, btnData: '' } });
  });

  it.each([
    ['realtime', 'r'],
    ['push', 'u'],
    ['polling', 'p'],
  ] as const)('of delivery %s has the GUBUN %s', (delivery, gubun) => {
    expect(packetOf(alimtalk({ delivery }))).toMatchObject({ values: { gubun } });
  });

  it('is a KKM where its template has an image, but a KKT where it lists items', () => {
    const item = { items: { list: [] } };
    const highlight = { highlight: { title: 'a', description: 'b' } };
    const typeOf = (kakao: KakaoPart, change: object = {}) => {
      const packet = packetOf(alimtalk(kakao), change);
      return packet.type === 'deliverKakao' ? packet.values.deliverType : packet.type;
    };
    expect(typeOf({ image: {} })).toBe('KKM');
    expect(typeOf({ image: {} }, { alimtalkType: 'KKO' })).toBe('KKM');
    expect(typeOf({ image: {}, ...item })).toBe('KKT');
    expect(typeOf({ image: {}, ...highlight })).toBe('KKT');
    expect(typeOf({ image: {}, header: 'a' })).toBe('KKT');
  });

  it('is a KKO where the option says so, which never falls back by itself', () => {
    expect(packetOf(alimtalk(), { alimtalkType: 'KKO' })).toEqual({
      type: 'deliverKko',
      values: {
        ...common,
        gubun: '0',
        senderKey: 'sender-key',
        templateCode: 'T01',
        fallbackType: 'NON',
        smsMsg: '',
        text: TEXT,
      },
    });
  });
});

describe('a FriendTalk', () => {
  it('is a KFT without an image, with or without a template', () => {
    expect(packetOf(friendtalk({ buttons: BUTTONS, adFlag: true }))).toEqual({
      type: 'deliverKakao',
      values: {
        ...common,
        deliverType: 'KFT',
        gubun: 'r',
        senderKey: 'sender-key',
        templateCode: '',
        text: TEXT,
        btnData: BTN_DATA,
        extend: '{"ad_flag":"Y"}',
      },
    });
    expect(packetOf(friendtalk({ templateCode: 'T9' }))).toMatchObject({ values: { templateCode: 'T9' } });
  });

  it('is a KFI with an image: text, image, buttons', () => {
    const message = friendtalk(
      { buttons: BUTTONS, adFlag: true, delivery: 'polling' },
      { files: ['a'], subject: '친구톡 제목' },
    );
    expect(packetOf(message, {}, [jpeg])).toEqual({
      type: 'deliverKakaoImage',
      values: {
        ...common,
        deliverType: 'KFI',
        gubun: 'p',
        contentsType: 'IMT',
        senderKey: 'sender-key',
        adFlag: 'Y',
        kSubject: '친구톡 제목',
        parts: [
          { dataType: 't', fileName: '', fileKey: '', fileSize: 0, data: bytesOf(TEXT) },
          { dataType: 'i', fileName: 'a.jpg', fileKey: '12300012345', fileSize: 4, data: jpeg.bytes },
          { dataType: 'z', fileName: '', fileKey: '', fileSize: 0, data: bytesOf(BTN_DATA) },
        ],
      },
    });
  });

  it('is a KFW where the image is wide', () => {
    expect(packetOf(friendtalk({ wide: true }, { files: ['a'] }), {}, [jpeg])).toMatchObject({
      values: { deliverType: 'KFW', adFlag: 'N', kSubject: '', parts: [{}, { dataType: 'i' }] },
    });
  });

  it('tells Kakao where its image is, in a part of the kind that the option says', () => {
    const image = { url: 'https://mud-kage.kakao.com/dn/xx/img.jpg', link: 'https://www.google.co.kr/' };
    /** As LGHV 2.2.5 prints it. */
    const data =
      '"image":{"img_url":"https://mud-kage.kakao.com/dn/xx/img.jpg","img_link":"https://www.google.co.kr/"}';
    const bare = { dataType: 'z', fileName: '', fileKey: '', fileSize: 0, data: bytesOf(data) };
    expect(packetOf(friendtalk({ image }))).toMatchObject({
      values: { deliverType: 'KFI', contentsType: 'IMT', parts: [{ dataType: 't' }, bare] },
    });
    expect(packetOf(friendtalk({ image, buttons: BUTTONS }), { kakaoUrlImage: 'i' })).toMatchObject({
      values: {
        contentsType: 'IMT',
        parts: [
          { dataType: 't' },
          { dataType: 'i', fileName: 'image.jpg', fileKey: '', fileSize: data.length, data: bytesOf(data) },
          { dataType: 'z' },
        ],
      },
    });
    expect(packetOf(friendtalk({ image: { url: 'http://a.kr/a.jpg' } }))).toMatchObject({
      values: { parts: [{}, { data: bytesOf('"image":{"img_url":"http://a.kr/a.jpg"}') }] },
    });
  });
});
