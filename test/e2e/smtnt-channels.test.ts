import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, type Picture, picture, until, World } from '../support/index.js';

/** The two ways of SMTNT to talk: `smtnt` encrypts its login alone, `sealed` everything. */
const GATEWAYS = ['smtnt', 'sealed'] as const;
type Gateway = (typeof GATEWAYS)[number];

const PICTURES = {
  small: picture('small', 700),
  // One byte more than whole chunks, so that the last has one.
  odd: picture('odd', 40 * 1024 + 1),
  third: picture('third', 90_000),
  largest: picture('largest', 1_048_576, [1024, 768]),
} as const satisfies Record<string, Picture>;
type Name = keyof typeof PICTURES;

const KAKAO = { senderKey: 'a1b2c3d4e5f60718', templateCode: 'order_01' };
const WEB = { type: 'WL', name: '주문 보기', url_mobile: 'https://m.example.com/1' } as const;
const APP = { type: 'AL', name: '앱 열기', scheme_android: 'shop://1', scheme_ios: 'shop://1' } as const;
const WORD = { type: 'BK', name: '상담' } as const;
const CARD = {
  suggestions: [{ action: { displayText: '열기', urlAction: { openUrl: { url: 'https://a.kr' } } } }],
};
const RCS = { agencyId: 'agency', brandKey: 'BR.a1B2', agencyKey: 'AK.c3D4' };
/** What every Kakao message shows that does not say otherwise. */
const FROM_KOREA = { KakaoNationCode: '82', KakaoSenderKey: KAKAO.senderKey };
const OF_TEMPLATE = { ...FROM_KOREA, KakaoTemplateCode: KAKAO.templateCode };

interface Case {
  readonly what: string;
  readonly type: string;
  readonly message: Partial<MessageInput> & Pick<MessageInput, 'channel'>;
  readonly files?: readonly Name[];
  readonly extra?: object;
}

const CASES: readonly Case[] = [
  { what: 'SMS', type: '4', message: { channel: 'sms' } },
  {
    what: 'SMS with what only SMTNT stores',
    type: '4',
    message: { channel: 'sms', reseller: '123456789', smtnt: { tranId: 'shop-7', userMsgSubId: 'sub-1' } },
    extra: { TranId: 'shop-7', ResellerCode: '123456789' },
  },
  { what: 'LMS', type: '6', message: { channel: 'lms', subject: '뷁 소식' } },
  { what: 'MMS with one file', type: '6', message: { channel: 'mms', subject: '사진' }, files: ['small'] },
  {
    what: 'MMS with three files, in their order',
    type: '6',
    message: { channel: 'mms' },
    files: ['third', 'small', 'odd'],
  },
  { what: 'MMS with the largest file', type: '6', message: { channel: 'mms' }, files: ['largest'] },
  {
    what: 'Alimtalk with buttons',
    type: '7',
    message: {
      channel: 'alimtalk',
      kakao: {
        ...KAKAO,
        title: '결제 완료',
        buttons: [WEB, APP, { type: 'DS', name: '배송' }],
        timeoutSeconds: 30,
      },
    },
    extra: {
      ...OF_TEMPLATE,
      KakaoTimeout: 30,
      KakaoButton: JSON.stringify([WEB, APP, { type: 'DS', name: '배송' }]),
      kakaoTitle: '결제 완료',
    },
  },
  {
    what: 'Alimtalk with quick replies',
    type: '7',
    message: { channel: 'alimtalk', kakao: { ...KAKAO, quickReplies: [WORD, WEB], nationCode: '81' } },
    extra: { ...OF_TEMPLATE, KakaoNationCode: '81', kakaoQuick: JSON.stringify([WORD, WEB]) },
  },
  {
    what: 'Alimtalk whose template has an image',
    type: '71',
    message: { channel: 'alimtalk', kakao: { ...KAKAO, image: {}, buttons: [WEB] } },
    extra: { ...OF_TEMPLATE, KakaoButton: JSON.stringify([WEB]) },
  },
  {
    what: 'FriendTalk of text',
    type: '8',
    message: {
      channel: 'friendtalk',
      kakao: { senderKey: KAKAO.senderKey, adFlag: true, userKey: 'user-1', buttons: [WEB] },
    },
    extra: { ...FROM_KOREA, KakaoAdFlag: 'Y', KakaoButton: JSON.stringify([WEB]), kakaoUserKey: 'user-1' },
  },
  {
    what: 'FriendTalk with an image',
    type: '8',
    message: { channel: 'friendtalk', kakao: { senderKey: KAKAO.senderKey, adFlag: false } },
    files: ['odd'],
    extra: { ...FROM_KOREA, KakaoAdFlag: 'N' },
  },
  {
    what: 'FriendTalk with an image that opens a page',
    type: '8',
    message: {
      channel: 'friendtalk',
      kakao: { senderKey: KAKAO.senderKey, image: { link: 'https://m.example.com/sale' } },
    },
    files: ['small'],
    extra: { ...FROM_KOREA, kakaoImageLink: 'https://m.example.com/sale' },
  },
  {
    what: 'FriendTalk with a wide image',
    type: '8',
    message: { channel: 'friendtalk', kakao: { senderKey: KAKAO.senderKey, wide: true } },
    files: ['third'],
    extra: { ...FROM_KOREA, kakaoWide: 'Y' },
  },
  {
    what: 'RCS SMS',
    type: '9',
    message: { channel: 'rcs', rcs: { ...RCS, messageBaseId: 'SS000000', copyAllowed: true } },
    extra: { ...wireRcs('SS000000'), rcsCopyAllowed: 'Y' },
  },
  {
    what: 'RCS LMS, a commercial one',
    type: '10',
    message: {
      channel: 'rcs',
      subject: '여름 세일',
      rcs: { ...RCS, messageBaseId: 'SL000000', header: true, footer: '0801234567', copyAllowed: false },
    },
    extra: { ...wireRcs('SL000000'), rcsHeader: 1, rcsFooter: '0801234567', rcsCopyAllowed: 'N' },
  },
  {
    what: 'RCS MMS with a file and a button',
    type: '11',
    message: { channel: 'rcs', rcs: { ...RCS, messageBaseId: 'SMwThM00', buttons: [CARD] } },
    files: ['small'],
    extra: { ...wireRcs('SMwThM00'), rcsButton: JSON.stringify([CARD]) },
  },
  {
    what: 'RCS template',
    type: '12',
    message: { channel: 'rcs', rcs: { ...RCS, messageBaseId: 'UBR.template-1', buttons: [CARD] } },
    extra: { ...wireRcs('UBR.template-1'), rcsButton: JSON.stringify([CARD]) },
  },
];

function wireRcs(rcsMessageBaseId: string): object {
  return {
    rcsMessageBaseId,
    rcsAgencyId: RCS.agencyId,
    rcsBrandKey: RCS.brandKey,
    rcsAgencyKey: RCS.agencyKey,
  };
}

let world: World;
const fileIds = new Map<Name, string>();
/** Every id that was enqueued, for the ledger at the end. */
const ids: string[] = [];

beforeAll(async () => {
  const accounts = ['test001', 'test002', 'test003'].flatMap((bindId) => [
    '--account',
    `${bindId}:demo-password`,
  ]);
  const sealed = [
    'crypto: { iv: "pabal-demo-iv-01", mode: encrypted }',
    'aliveAfter: 1000',
    'loginRetry: 3000',
  ];
  world = await World.open({
    smtnt: [
      ...accounts,
      ...['--encrypted-port', '0', '--private-key-field', 'AgreedKey', '--upload-method', 'UploadFileReq'],
      ...['--time-scale', '0.1', '--report-repeat', '2000'],
    ],
    smtntBlock: ['    aliveAfter: 1000'],
    smtntGateways: {
      sealed: ['bindId: test002', ...sealed, 'uploadMethod: UploadFileDataReq', 'uploadReuse: 600000'],
      named: ['bindId: test003', ...sealed, 'privateKeyField: AgreedKey'],
    },
    gateways: ['smtnt'],
  });
  for (const [name, { bytes }] of Object.entries(PICTURES)) {
    fileIds.set(name as Name, (await world.files.put(bytes)).id);
  }
  const sender = world.start('sender');
  for (const gateway of [...GATEWAYS, 'named']) await sender.line(ready(gateway));
}, 60_000);

afterAll(() => world.close());

/** The log line that tells of a login. */
function ready(gateway: string): RegExp {
  return new RegExp(`^(?=.*"gateway":"${gateway}")(?=.*"to":"ready")`);
}

const idOf = (gateway: string, index: number) => `${gateway}-${index}`;

/** Enqueues every case over one gateway, and waits until all are through. */
async function sendAll(gateway: Gateway): Promise<void> {
  const messages = CASES.map(({ message, files }, i): MessageInput => {
    const id = idOf(gateway, i);
    const images = files?.map((name) => fileIds.get(name) ?? '');
    return { ...ordinary(id, i), gateway, ...message, ...(images && { files: images }) };
  });
  ids.push(...messages.map(({ id }) => id ?? ''));
  await world.enqueue(messages);
  await world.settled(
    messages.map(({ id }) => id ?? ''),
    40_000,
  );
}

const textOf = (id: string) => `[${id}] 주문하신 상품이 출고되었습니다.`;

function ordinary(id: string, i: number): MessageInput {
  const from = '15881234';
  return {
    id,
    channel: 'sms',
    to: `01044${String(i).padStart(2, '0')}${1000 + i}`,
    from,
    text: textOf(id),
    userData: `u-${i}`,
  };
}

async function submitsOf(id: string): Promise<LedgerEntry[]> {
  return world.smtnt.ledger(`?textIncludes=${encodeURIComponent(`[${id}]`)}`);
}

/** How many files the account of a gateway has brought. */
async function uploads(bindId: string): Promise<number> {
  const { accounts } = (await world.smtnt.stats()).details as {
    accounts: Record<string, { files: number }>;
  };
  return accounts[bindId]?.files ?? 0;
}

describe.each(GATEWAYS)('every channel over %s', (gateway) => {
  beforeAll(async () => {
    // Each connection is held to its own form of everything that the document leaves open.
    if (gateway === 'sealed') {
      await world.smtnt.configure({
        uploadMethod: 'UploadFileDataReq',
        answerChunks: true,
        headerForm: 'mixed',
        zlibLevel: 'mixed',
        numbersAsStrings: true,
      });
    }
    await sendAll(gateway);
  }, 60_000);

  it.each(CASES.map((each, index) => ({ ...each, index })))(
    '$what is type $type, and arrives as it was sent',
    async ({ index, type, message, files = [], extra = {} }) => {
      const id = idOf(gateway, index);
      const { to, from } = ordinary(id, index);
      expect(await submitsOf(id)).toMatchObject([
        {
          type,
          to,
          from,
          subject: message.subject ?? '',
          text: textOf(id),
          files: files.map((name) => PICTURES[name].sha256),
          verdict: 'accepted',
          reportCode: '0',
        },
      ]);
      expect((await submitsOf(id))[0]?.extra).toEqual(extra);
      expect(world.results.ids.get(id)).toMatchObject([
        { status: 'delivered', channel: message.channel, gateway, gatewayCode: '0', userData: `u-${index}` },
      ]);
    },
  );

  it(
    gateway === 'smtnt' ? 'every message brings its own files' : 'a file is brought once a login',
    async () => {
      const named = CASES.flatMap(({ files = [] }) => files);
      const [bindId, count] =
        gateway === 'smtnt' ? ['test001', named.length] : ['test002', new Set(named).size];
      expect(await uploads(bindId)).toBe(count);
    },
  );
});

// As its only text, under whatever name, `sealed` has found it from the start.
describe('a key that PrivateKeyRes holds', () => {
  const FORMS = [
    { form: 'as the Body itself', gateway: 'sealed', privateKeyField: 'bare', extraKeys: false },
    {
      form: 'under PrivateKey among others',
      gateway: 'sealed',
      privateKeyField: 'PrivateKey',
      extraKeys: true,
    },
    { form: 'under Key among others', gateway: 'sealed', privateKeyField: 'Key', extraKeys: true },
    { form: 'under the configured name', gateway: 'named', privateKeyField: 'AgreedKey', extraKeys: true },
  ] as const;

  it.each(FORMS)(
    '$form opens the connection',
    async ({ gateway, privateKeyField, extraKeys }) => {
      const id = `key-${privateKeyField}`;
      ids.push(id);
      await world.smtnt.configure({ privateKeyField, extraKeys });
      await world.smtnt.dropConnections();
      await world.enqueue([{ ...ordinary(id, 90), gateway }]);
      await world.settled([id], 20_000);
      expect(world.results.ids.get(id)).toMatchObject([{ status: 'delivered', gateway }]);
    },
    30_000,
  );

  it('a name is not used again after the login under which it was given', async () => {
    const before = await uploads('test002');
    await world.smtnt.configure({ privateKeyField: 'PrivateKey', extraKeys: false });
    const messages = ['first', 'second'].map((name, i): MessageInput => {
      const files = [fileIds.get('small') ?? ''];
      return { ...ordinary(`again-${name}`, 80 + i), channel: 'mms', files, gateway: 'sealed' };
    });
    ids.push(...messages.map(({ id }) => id ?? ''));
    await world.enqueue(messages);
    await world.settled(['again-first', 'again-second'], 20_000);
    expect(await uploads('test002')).toBe(before + 1);
  }, 30_000);
});

describe('the end of it all', () => {
  it('the ledger: one result each, none accepted twice, no rule of the gateway broken', async () => {
    await until('every report acknowledged', async () =>
      (await world.smtnt.ledger()).every(({ reportAckedAt }) => reportAckedAt > 0),
    );
    const ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger smtnt-channels: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
    expect(ledger.summary).toMatchObject({ delivered: ids.length, 'accepted 1×': ids.length });
  });
});
