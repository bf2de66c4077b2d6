import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { imagePart, jpeg, kakaoBody, kkoBody, mmsBody, part, submit, textPart } from './testing/bodies.js';
import { aes, type RawClient } from './testing/raw-client.js';
import { World } from './testing/world.js';

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');
/** 한글 in EUC-KR: C7 D1 B1 DB. */
const HANGUL = Buffer.from('c7d1b1db', 'hex');
const many = (bytes: Uint8Array, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes));
const hidden = { to: aes('01012345678'), from: aes('0212345678') };

describe('the LMS/MMS server', () => {
  let world: World;

  afterEach(() => world.stop());

  const bound = async (): Promise<RawClient> => {
    world = await World.start();
    return world.sender('mms');
  };

  const expectAccepted = async (client: RawClient, body: Buffer, declared?: number) => {
    const ack = await submit(client, body, declared);
    expect([ack.code, world.broken]).toEqual(['0', {}]);
    return world.sim.submits().at(-1);
  };

  it('takes an MMS whose parts follow a MSGLEN of 281', async () => {
    const client = await bound();
    const body = mmsBody({
      subject: many(HANGUL, 12),
      reseller: '123456789',
      parts: [textPart(many(HANGUL, 500)), imagePart()],
    });
    expect(await expectAccepted(client, body)).toMatchObject({
      type: 'MMS',
      subject: '한글'.repeat(12),
      text: '한글'.repeat(500),
      files: [sha256(jpeg())],
      extra: {
        ENCODE: '0',
        GUBUN: '0',
        CONTENTS_TYPE: 'IMT',
        RESELLER: '123456789',
        MSGLEN: 'fixed',
        PARTS: [
          { DATATYPE: 't', FILE_NAME: '', FILE_KEY: '', DATA_SIZE: 2000, FILE_SIZE: '' },
          {
            DATATYPE: 'i',
            FILE_NAME: 'test.jpg',
            FILE_KEY: '12300012345',
            DATA_SIZE: jpeg().length,
            FILE_SIZE: String(jpeg().length),
            sha256: sha256(jpeg()),
          },
        ],
      },
    });
  });

  it('takes an MMS whose MSGLEN counts its parts too', async () => {
    const client = await bound();
    const body = mmsBody();
    expect((await expectAccepted(client, body, body.length))?.extra.MSGLEN).toBe('total');
  });

  it('takes a picture of exactly 300 KB, and what follows it', async () => {
    const client = await bound();
    const picture = jpeg(0, 307_200 - jpeg().length);
    expect(picture).toHaveLength(307_200);
    const body = mmsBody({ parts: [textPart(), imagePart({ data: picture })] });
    expect((await expectAccepted(client, body))?.files).toEqual([sha256(picture)]);
    await expectAccepted(client, mmsBody({ msgId: '2', contents: 'TXT', parts: [textPart()] }));
  });

  it.each([
    ['TXT', [textPart()]],
    ['IMG', [imagePart({ fileKey: '' })]],
    ['ADO', [part({ dataType: 'e', fileName: 'a.mmf', data: 'sound' })]],
    ['MOV', [part({ dataType: 'e', fileName: 'a.k3g', data: 'film' })]],
    ['IMT', [imagePart(), textPart()]],
    ['IMA', [imagePart(), part({ dataType: 'e', fileName: 'a.mmf', data: 'sound' })]],
    ['TXA', [textPart(), part({ dataType: 'e', fileName: 'a.mmf', data: 'sound' })]],
    ['MOT', [textPart(), part({ dataType: 'e', fileName: 'film', data: 'film' })]],
    [
      'ITA',
      [
        textPart(),
        imagePart({ fileKey: 'a' }),
        imagePart({ fileKey: 'b', data: jpeg(1) }),
        part({ dataType: 'e', fileName: 'a.mmf', data: 'sound' }),
      ],
    ],
  ])('takes the contents type %s with its parts', async (contents, parts) => {
    await expectAccepted(await bound(), mmsBody({ contents, parts }));
  });

  it.each(['1', '2', '9'])('opens an MMS with ENCODE %s', async (encode) => {
    const client = await bound();
    const body = mmsBody({
      ...hidden,
      encode,
      subject: encode === '1' ? HANGUL : aes(HANGUL),
      parts: [textPart(encode === '9' ? aes(many(HANGUL, 500)) : HANGUL), imagePart()],
    });
    expect(await expectAccepted(client, body)).toMatchObject({
      to: '01012345678',
      from: '0212345678',
      subject: '한글',
      text: '한글'.repeat(encode === '9' ? 500 : 1),
    });
  });

  it.each(['KFI', 'KFW'])('takes a %s with text, picture and buttons', async (type) => {
    const client = await bound();
    const buttons = part({
      dataType: 'z',
      data: '"button":[{"name":"open","type":"WL","url_mobile":"https://m.example.kr"}]',
    });
    const body = mmsBody({
      type,
      gubun: 'p',
      adFlag: 'Y',
      kSubject: many(HANGUL, 5),
      parts: [textPart(HANGUL), imagePart(), buttons],
    });
    expect(await expectAccepted(client, body)).toMatchObject({
      subject: '한글'.repeat(5),
      text: '한글',
      files: [sha256(jpeg())],
      extra: {
        GUBUN: 'p',
        AD_FLAG: 'Y',
        SENDER_KEY: '0123456789abcdef0123456789abcdef01234567',
        BTN_DATA: [{ name: 'open', type: 'WL', url_mobile: 'https://m.example.kr' }],
      },
    });
  });

  it('opens a KFI with ENCODE 9, whose buttons are left as they are', async () => {
    const client = await bound();
    const body = mmsBody({
      ...hidden,
      type: 'KFI',
      encode: '9',
      senderKey: aes('key'),
      parts: [
        textPart(aes(HANGUL)),
        imagePart(),
        part({ dataType: 'z', data: '"button":[{"name":"a","type":"MD"}]' }),
      ],
    });
    expect(await expectAccepted(client, body)).toMatchObject({ text: '한글', extra: { SENDER_KEY: 'key' } });
  });

  it.each(['z', 'i', 'e'])('takes a KFI with an image by its address as a part %s', async (dataType) => {
    const client = await bound();
    const data = '"image":{"img_url":"https://x.kr/a.jpg","img_link":"https://x.kr"}';
    const address = part({ dataType, data, fileName: '' });
    const entry = await expectAccepted(client, mmsBody({ type: 'KFI', parts: [textPart(), address] }));
    expect(entry?.extra.IMAGE).toEqual({ img_url: 'https://x.kr/a.jpg', img_link: 'https://x.kr' });
    expect(entry?.files).toEqual([]);
  });

  it('takes a KKO of a thousand Hangul, and one with its SMS', async () => {
    const client = await bound();
    expect(await expectAccepted(client, kkoBody({ text: many(HANGUL, 500) }))).toMatchObject({
      text: '한글'.repeat(500),
      extra: { TEMPLATE_CODE: 'T1', FALLBACK_TYPE: 'NON', SMSMSG: '' },
    });
    const sms = { msgId: '2', fallback: 'SMS', smsMsg: 'short', text: many(HANGUL, 50) };
    expect(await expectAccepted(client, kkoBody(sms))).toMatchObject({
      extra: { FALLBACK_TYPE: 'SMS', SMSMSG: 'short' },
    });
    const cut = { msgId: '3', fallback: 'SMS', text: 'a'.repeat(90) };
    await expectAccepted(client, kkoBody(cut));
  });

  it.each(['1', '2', '9'])('opens a KKO and a KKT with ENCODE %s', async (encode) => {
    const client = await bound();
    const names = encode === '1' ? {} : { senderKey: aes('key'), templateCode: aes('T2') };
    const text = encode === '9' ? aes(HANGUL) : HANGUL;
    const expected = encode === '1' ? 'T1' : 'T2';
    for (const body of [
      kkoBody({ ...hidden, ...names, encode, text }),
      kakaoBody({ ...hidden, ...names, encode, text, msgId: '2' }),
    ]) {
      expect(await expectAccepted(client, body)).toMatchObject({
        to: '01012345678',
        text: '한글',
        extra: { TEMPLATE_CODE: expected },
      });
    }
  });

  it('takes a KKT with every member of EXTEND at its limit', async () => {
    const client = await bound();
    const item = { title: '123456', description: '12345678901234567890123' };
    const extend = {
      ad_flag: 'Y',
      timeout: '30',
      title: 'a'.repeat(50),
      price: '100000',
      currency_type: 'KRW',
      header: '1234567890123456',
      item_highlight: { title: 't'.repeat(30), description: 'd'.repeat(19) },
      item: {
        list: Array.from({ length: 10 }, () => item),
        summary: { title: '123456', description: '12345678901234' },
      },
      supplement: { quick_reply: [{ name: 'reply', type: 'WL', url_mobile: 'https://m.example.kr' }] },
    };
    const button = [
      { name: 'page', type: 'WL', url_mobile: 'https://m.example.kr', url_pc: 'http://example.kr' },
      { name: 'app', type: 'AL', scheme_android: 'x://a', scheme_ios: 'x://a' },
      { name: 'parcel', type: 'DS' },
      { name: 'talk', type: 'BC', chat_extra: 'extra' },
      { name: 'add', type: 'AC' },
    ];
    const body = kakaoBody({
      text: many(HANGUL, 500),
      buttons: JSON.stringify({ button }).slice(1, -1),
      extend: JSON.stringify(extend),
    });
    expect(await expectAccepted(client, body)).toMatchObject({
      text: '한글'.repeat(500),
      extra: { BTN_DATA: button, EXTEND: extend },
    });
  });

  it.each([
    ['KKM', 'r'],
    ['KFT', 'u'],
    ['KFT', 'p'],
  ])('takes a %s with GUBUN %s', async (type, gubun) => {
    const client = await bound();
    const body = kakaoBody({ type, gubun, templateCode: type === 'KFT' ? '' : 'T1', text: HANGUL });
    expect(await expectAccepted(client, body)).toMatchObject({ type, text: '한글', extra: { GUBUN: gubun } });
  });

  it('counts each family of types towards its own rate', async () => {
    world = await World.start({ tps: { mms: 1, kko: 2, kkf: 3 } });
    const client = await world.sender('mms');
    const bodies = [
      mmsBody({ msgId: '1' }),
      kkoBody({ msgId: '2' }),
      kakaoBody({ msgId: '3', to: '01012345679' }),
      kakaoBody({ msgId: '4', to: '01012345670', type: 'KFT' }),
      mmsBody({ msgId: '5', to: '01012345671', type: 'KFI' }),
      mmsBody({ msgId: '6', to: '01012345672', type: 'KFW' }),
    ];
    for (const body of bodies) expect((await submit(client, body)).code).toBe('0');
    const over = [
      mmsBody({ msgId: '7' }),
      kakaoBody({ msgId: '8', type: 'KKM' }),
      kakaoBody({ type: 'KFT' }),
    ];
    for (const body of over)
      expect(await submit(client, body)).toMatchObject({ code: '15', microseconds: 1e6 });
    expect(world.sim.stats().rates.map(({ domain, grant, count }) => [domain, grant, count])).toEqual([
      ['demo/S1/mms', 1, 2],
      ['demo/S1/kko', 2, 3],
      ['demo/S1/kkf', 3, 4],
    ]);
  });
});

describe('a Kakao type', () => {
  it('goes to the server that the gateway takes it at', async () => {
    const world = await World.start({ kakaoServer: 'any' });
    expect((await submit(await world.sender('sms'), kakaoBody())).code).toBe('0');
    expect((await submit(await world.sender('mms'), kakaoBody({ msgId: '2' }))).code).toBe('0');
    expect(world.broken).toEqual({});
    await world.stop();
  });
});
