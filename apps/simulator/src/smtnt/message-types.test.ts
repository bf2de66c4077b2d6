import { afterEach, describe, expect, it } from '@jest/globals';
import type { RawClient } from './testing/raw-client.js';
import { jpeg, uploaded } from './testing/uploads.js';
import { World } from './testing/world.js';

const EMPTY_FILES =
  '"FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":""';
const NO_KAKAO =
  '"KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,"KakaoButton":""';
const BUTTON =
  '[{\\"name\\":\\"배송 조회\\",\\"type\\":\\"WL\\",\\"url_mobile\\":\\"https://example.com/7\\"}]';

interface Parts {
  readonly type: number;
  readonly subject?: string;
  readonly text?: string;
  readonly kakao?: string;
  readonly files?: string;
  /** The fields behind UserData, each followed by a comma. */
  readonly later?: string;
}

/** A MsgSendReq as it stands on the wire, written out by hand in the order of SMTNT 3.3.6. */
const packet = ({
  type,
  subject = '',
  text = '주문하신 상품',
  kakao = NO_KAKAO,
  files = EMPTY_FILES,
  later = '',
}: Parts) =>
  `{"Header":{"Method":"MsgSendReq"},"Body":{"UserMsgId":"81","UserMsgSubId":"","MsgType":${type},` +
  `"PhoneNo":"01091874302","CallbackNo":"15666639","TranId":"shop-7","Subject":"${subject}","Message":"${text}",` +
  `${kakao},${files},"UserData":"u-1",${later}"ResellerCode":"123456789"}}`;

const alimtalk = (timeout: number, button: string) =>
  '"KakaoAdFlag":"N","KakaoNationCode":"82","KakaoSenderKey":"0a1b2c","KakaoTemplateCode":"ORDER_01",' +
  `"KakaoTimeout":${timeout},"KakaoButton":"${button}"`;
const friendtalk =
  '"KakaoAdFlag":"Y","KakaoNationCode":"82","KakaoSenderKey":"0a1b2c","KakaoTemplateCode":"",' +
  `"KakaoTimeout":0,"KakaoButton":"{\\"button\\":${BUTTON}}"`;
const RCS =
  '"rcsMessageBaseId":"SL000000","rcsButton":"[{\\"suggestions\\":[]}]","rcsHeader":1,"rcsFooter":"0801234567",' +
  '"rcsCopyAllowed":"Y","rcsAgencyId":"agency","rcsBrandKey":"BR.1","rcsAgencyKey":"AK.1",';

const oneFile = (name: string) =>
  `"FileCount":1,"FileType1":"IMG","FileName1":"${name}","FileType2":"","FileName2":"","FileType3":"","FileName3":""`;

describe('SMTNT message types', () => {
  let world: World;
  let client: RawClient;
  const start = async () => {
    world = await World.start();
    client = await world.login();
  };
  afterEach(() => world.stop());

  /** Sends a packet and waits for its acknowledgement and its report. */
  const carried = async (text: string) => {
    client.text(text);
    await client.settled();
    world.clock.advance(10);
    const ack = await client.expect('MsgSendRes');
    const report = await client.expect('ReportReq');
    return { ack, report };
  };

  it.each<[string, Parts, Record<string, unknown>]>([
    ['SMS', { type: 4 }, {}],
    ['LMS', { type: 6, subject: '안내' }, {}],
    [
      'Alimtalk with button, title and quick links',
      { type: 7, kakao: alimtalk(30, BUTTON), later: `"kakaoTitle":"12,000원","kakaoQuick":"${BUTTON}",` },
      {
        KakaoAdFlag: 'N',
        KakaoNationCode: '82',
        KakaoSenderKey: '0a1b2c',
        KakaoTemplateCode: 'ORDER_01',
        KakaoTimeout: 30,
        KakaoButton: '[{"name":"배송 조회","type":"WL","url_mobile":"https://example.com/7"}]',
        kakaoTitle: '12,000원',
        kakaoQuick: '[{"name":"배송 조회","type":"WL","url_mobile":"https://example.com/7"}]',
      },
    ],
    [
      'Alimtalk with image',
      { type: 71, kakao: alimtalk(0, '') },
      { KakaoAdFlag: 'N', KakaoNationCode: '82', KakaoSenderKey: '0a1b2c', KakaoTemplateCode: 'ORDER_01' },
    ],
    [
      'FriendTalk',
      {
        type: 8,
        text: '(광고) 새 소식 🎂',
        kakao: friendtalk,
        later: '"kakaoImageLink":"https://example.com/","kakaoUserKey":"user-1","kakaoWide":"Y",',
      },
      {
        KakaoAdFlag: 'Y',
        KakaoNationCode: '82',
        KakaoSenderKey: '0a1b2c',
        KakaoButton: '{"button":[{"name":"배송 조회","type":"WL","url_mobile":"https://example.com/7"}]}',
        kakaoImageLink: 'https://example.com/',
        kakaoUserKey: 'user-1',
        kakaoWide: 'Y',
      },
    ],
    ['RCS SMS', { type: 9, later: '"rcsMessageBaseId":"SS000000",' }, { rcsMessageBaseId: 'SS000000' }],
    [
      'RCS LMS with every field',
      { type: 10, subject: '안내', later: RCS },
      {
        rcsMessageBaseId: 'SL000000',
        rcsButton: '[{"suggestions":[]}]',
        rcsHeader: 1,
        rcsFooter: '0801234567',
        rcsCopyAllowed: 'Y',
        rcsAgencyId: 'agency',
        rcsBrandKey: 'BR.1',
        rcsAgencyKey: 'AK.1',
      },
    ],
    [
      'RCS template',
      { type: 12, later: '"rcsMessageBaseId":"UBR.1","rcsHeader":0,' },
      { rcsMessageBaseId: 'UBR.1' },
    ],
  ])('carries %s, and keeps in the ledger what it says', async (_, parts, rich) => {
    await start();
    const { ack, report } = await carried(packet(parts));
    expect(ack).toMatchObject({ Result: 0, MsgType: parts.type, UserData: 'u-1' });
    expect(report).toMatchObject({ Result: 0, MsgType: parts.type, UserMsgId: '81', UserData: 'u-1' });
    expect(world.simulator.submits()).toMatchObject([
      {
        type: String(parts.type),
        text: parts.text ?? '주문하신 상품',
        subject: parts.subject ?? '',
        files: [],
      },
    ]);
    expect(world.simulator.submits()[0]?.extra).toEqual({
      ...rich,
      TranId: 'shop-7',
      ResellerCode: '123456789',
    });
    expect(world.broken()).toEqual({});
  });

  it.each<[string, Parts]>([
    ['MMS', { type: 6, subject: '안내' }],
    ['Alimtalk with image', { type: 71, kakao: alimtalk(0, '') }],
    ['FriendTalk', { type: 8, kakao: friendtalk }],
    ['RCS MMS', { type: 11, subject: '안내', later: '"rcsMessageBaseId":"SMwThM00",' }],
  ])('carries the file of an %s', async (_, parts) => {
    await start();
    const name = await uploaded(client, jpeg({ width: 1024, height: 768, bytes: 100 }));
    const { ack } = await carried(packet({ ...parts, files: oneFile(name) }));
    expect(ack).toMatchObject({ Result: 0, MsgType: parts.type });
    expect(world.simulator.submits()[0]?.files).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(world.broken()).toEqual({});
  });

  it('takes another template under the same UserMsgId for another message', async () => {
    await start();
    await carried(packet({ type: 7, kakao: alimtalk(30, '') }));
    client.text(packet({ type: 7, kakao: alimtalk(30, '').replace('ORDER_01', 'ORDER_02') }));
    await client.settled();
    world.clock.advance(1);
    expect(await client.expect('MsgSendRes')).toMatchObject({ Result: 320 });
    expect(world.broken()).toEqual({ 'message-id-reused': 1 });
  });

  it('keeps one empty list for all the plain texts', async () => {
    await start();
    await carried(packet({ type: 4 }).replace('"shop-7"', '""').replace('"123456789"', '""'));
    expect(world.simulator.submits()[0]).toMatchObject({ files: [], extra: {} });
  });
});
