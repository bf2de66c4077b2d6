/** Messages as producers write them, of every channel, near every limit; most of them pass the door. */
import { jpegBytes } from '@pabal/files/testing';
import type { AttachedFile } from '@pabal/session';
import fc from 'fast-check';

/** What CP949 holds: Hangul of both tables, Latin, signs of two bytes, breaks. */
const KOREAN = [...'가나다라 마바사뷁힣똠 abcXYZ 019.,!?()[]{}"\\/:#·①㈜℃—“”'];
/** What it lacks. */
const STRANGE = [...'🎉é€한ﬁ​'];

const of = (characters: readonly string[], min: number, max: number) =>
  fc
    .array(fc.constantFrom(...characters), { minLength: min, maxLength: max, size: 'max' })
    .map((drawn) => drawn.join(''));

/** One line: short as a rule, now and then as long as it may be, now and then in characters that CP949 lacks. */
const line = (max: number) =>
  fc.oneof(
    { weight: 12, arbitrary: of(KOREAN, 1, Math.min(max, 12)) },
    { weight: 3, arbitrary: of(KOREAN, max, max) },
    { weight: 1, arbitrary: of([...KOREAN, ...STRANGE], 1, Math.min(max, 30)) },
  );

const text = (max: number) =>
  fc.oneof(
    { weight: 12, arbitrary: of([...KOREAN, '\n', '\r\n', '\t'], 1, Math.min(max, 40)) },
    { weight: 3, arbitrary: of(KOREAN, Math.max(1, max - 3), max) },
    { weight: 1, arbitrary: of(['a'], max, max) },
    { weight: 1, arbitrary: of([...KOREAN, ...STRANGE], 1, Math.min(max, 30)) },
  );

/** These fields, and each of those or not. */
const some = (
  always: Record<string, fc.Arbitrary<unknown>>,
  perhaps: Record<string, fc.Arbitrary<unknown>>,
) => fc.record({ ...always, ...perhaps }, { requiredKeys: Object.keys(always) });

const web = fc.constantFrom(
  'http://www.google.com',
  'HTTPS://shop.example/주문?id=1&x="a"#z',
  `https://a.kr/${'x'.repeat(200)}`,
  'https://a.kr',
);
const app = fc.constantFrom('shop://order/1', 'intent:open', 'kakaotalk://x?y=1#z');
const name = line(14);

const quickReply = fc.oneof(
  some({ type: fc.constant('WL'), name, url_mobile: web }, { url_pc: web, target: fc.constant('out') }),
  some(
    { type: fc.constant('AL'), name, scheme_android: app, url_mobile: web },
    { scheme_ios: app, url_pc: web },
  ),
  some({ type: fc.constantFrom('BC', 'BT'), name }, { chat_extra: line(50), chat_event: line(50) }),
  some({ type: fc.constant('BF'), name }, { biz_form_id: fc.nat(), biz_form_key: line(20) }),
  fc.record({ type: fc.constantFrom('BK', 'MD'), name }),
);
const templateButton = fc.oneof(
  fc.record({ type: fc.constantFrom('DS', 'AC'), name }),
  some(
    { type: fc.constantFrom('P1', 'P2', 'P3'), name, plugin_id: line(24) },
    { relay_id: line(20), oneclick_id: line(20), product_id: line(20) },
  ),
  fc.record({
    type: fc.constant('TN'),
    name,
    tel_number: fc.constantFrom('112', '1588-1234', '+82212345678'),
  }),
);
const friendButton = fc.oneof(quickReply, fc.record({ type: fc.constant('AC'), name }));
const item = (title: number, description: number) =>
  fc.record({ title: line(title), description: line(description) });

const files = (max: number) =>
  fc.uniqueArray(fc.constantFrom('small', 'other', 'large'), { minLength: 1, maxLength: max });

const senderKey = fc.oneof(
  { weight: 4, arbitrary: fc.constant('a'.repeat(40)) },
  { weight: 1, arbitrary: of(['k'], 1, 100) },
);
const templateCode = fc.oneof(
  { weight: 4, arbitrary: of([...'T-_09'], 1, 30) },
  { weight: 1, arbitrary: line(50) },
);
const kakaoCommon = {
  adFlag: fc.boolean(),
  delivery: fc.constantFrom('realtime', 'polling', 'push'),
  timeoutSeconds: fc.constantFrom(5, 10, 30, 86_400),
  nationCode: fc.constantFrom('82', '82', '82', '1'),
  wide: fc.boolean(),
};

/** Few of the optional parts at once: most places take only some of them. */
const alimtalk = fc.record({
  channel: fc.constant('alimtalk'),
  text: text(1000),
  kakao: fc
    .tuple(
      fc.record({ senderKey, templateCode }),
      some(
        {},
        {
          ...kakaoCommon,
          title: line(50),
          buttons: fc.array(fc.oneof(quickReply, templateButton), { maxLength: 5 }),
          quickReplies: fc.array(quickReply, { maxLength: 10 }),
          header: line(16),
          items: some(
            { list: fc.array(item(6, 23), { minLength: 2, maxLength: 10 }) },
            { summary: item(6, 14) },
          ),
          highlight: item(30, 19),
          image: fc.constant({}),
          price: fc.maxSafeNat(),
          currency: fc.constantFrom('KRW', 'USD'),
          userKey: line(20),
        },
      ),
      fc.subarray([
        ...['title', 'buttons', 'quickReplies', 'header', 'items', 'highlight', 'image', 'price', 'currency'],
        ...['adFlag', 'delivery', 'timeoutSeconds', 'nationCode', 'wide'],
      ]),
    )
    .map(([keys, rich, kept]) => ({
      ...keys,
      ...Object.fromEntries(Object.entries(rich).filter(([key]) => kept.includes(key))),
    })),
});

const friendtalk = fc
  .tuple(
    fc.oneof(
      some({}, {}),
      some({ image: some({ url: web }, { link: web }) }, {}),
      some({ files: files(1) }, { subject: line(20) }),
      some({ files: files(1), image: some({}, { link: web }) }, {}),
    ),
    some(
      { senderKey },
      {
        ...kakaoCommon,
        templateCode,
        buttons: fc.array(friendButton, { maxLength: 5 }),
        userKey: line(20),
      },
    ),
    fc.subarray(['adFlag', 'delivery', 'timeoutSeconds', 'templateCode', 'buttons', 'userKey', 'wide']),
    text(400),
  )
  .map(([{ image, ...rest }, rich, kept, words]) => ({
    channel: 'friendtalk',
    text: words,
    ...rest,
    kakao: {
      ...Object.fromEntries(
        Object.entries(rich).filter(([key]) => key === 'senderKey' || kept.includes(key)),
      ),
      ...(image === undefined ? {} : { image }),
    },
  }));

const suggestion = fc.oneof(
  fc.record({ action: fc.record({ displayText: line(25), urlAction: fc.record({ url: web }) }) }),
  fc.record({ reply: fc.record({ displayText: line(25) }) }),
);
const rcs = fc
  .tuple(
    some({ text: text(300) }, { subject: line(25), files: files(3) }),
    some(
      { messageBaseId: fc.constantFrom('SS000000', 'SL000000', 'SMwThT00', 'CMwMhM0300', 'UBR.1') },
      {
        type: fc.constantFrom('sms', 'lms', 'mms', 'template'),
        buttons: fc.array(
          fc.oneof(
            fc.record({ suggestions: fc.array(suggestion, { maxLength: 4 }) }),
            fc.constant({}),
            fc.dictionary(line(5), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }),
          ),
          { maxLength: 4 },
        ),
        header: fc.boolean(),
        footer: fc.constant('0801234567'),
        copyAllowed: fc.boolean(),
        agencyId: line(20),
        brandKey: line(100),
        agencyKey: line(20),
      },
    ),
  )
  .map(([content, part]) => ({ channel: 'rcs', ...content, rcs: part }));

const textual = fc.oneof(
  some({ channel: fc.constant('sms'), text: text(45) }, { urlCallback: fc.boolean() }),
  some(
    {
      channel: fc.constant('sms'),
      text: fc.oneof(text(99), of(STRANGE, 1, 40)),
      to: fc.constant('8613800001111'),
    },
    {},
  ),
  some({ channel: fc.constant('lms'), text: text(1000) }, { subject: line(25) }),
  some({ channel: fc.constant('mms'), files: files(3) }, { subject: line(25), text: text(1000) }),
);

/** Numbers of either length, of mobile and other lines, national and with a country code. */
const numbers = some(
  {
    to: fc.constantFrom('01012345678', '+821012345678', '0111234567', '07012345678'),
    from: fc.constantFrom('15881234', '0212345678', '01098765432', '16001234', '0801234567'),
  },
  {
    reseller: fc.constant('123456789'),
    userData: fc.oneof(line(50), of(['u'], 1000, 1000)),
    smtnt: some({}, { tranId: line(100), userMsgSubId: line(100) }),
    ad: fc.constant({ optOutNumber: '0801234567' }),
  },
);

/** A message v1 as JSON, which the door may still refuse. */
export const anyMessage: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .tuple(numbers, fc.oneof(textual, alimtalk, friendtalk, rcs))
  .map(([shared, content]) => ({ id: 'm', ...shared, ...content }));

const jpeg = (id: string, bytes: number, width: number, height: number): AttachedFile => ({
  id,
  bytes: jpegBytes(width, height, { bytes, comment: id }),
  width,
  height,
});

/** The files that such messages name: together within the 1 MByte of SMTNT, each within the 300 KB of LGHV. */
export const FILES: ReadonlyMap<string, AttachedFile> = new Map(
  [jpeg('small', 0, 176, 144), jpeg('other', 2000, 640, 480), jpeg('large', 40_000, 1024, 768)].map(
    (file) => [file.id, file],
  ),
);
