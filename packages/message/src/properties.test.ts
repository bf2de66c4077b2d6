import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { canonicalMessage } from './canonical.js';
import { measureText } from './measure.js';
import { parseMessage } from './parse-message.js';

/** Text of Hangul, Latin letters and punctuation, of 1 to `max` characters. */
const text = (max: number) =>
  fc
    .array(fc.constantFrom(...'가나다라마바사 아자차카타파하힣뷁abcXYZ019.,!?()'), {
      minLength: 1,
      maxLength: max,
    })
    .map((characters) => characters.join(''));

/** An object of these fields, the optional ones present or not. */
const some = <T extends object, K extends keyof T>(
  required: { [P in K]: fc.Arbitrary<T[P]> },
  optional: { [P in Exclude<keyof T, K>]: fc.Arbitrary<T[P]> },
) => fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) as never });

const webPage = fc.webUrl({ withQueryParameters: true }).filter((url) => url.length <= 1000);
const app = fc.constantFrom('shop://order/1', 'intent:open', 'kakaotalk://x?y=1#z');
const name = text(14);

const quickReply = fc.oneof(
  some(
    { type: fc.constant('WL'), name, url_mobile: webPage },
    { url_pc: webPage, target: fc.constant('out') },
  ),
  some(
    { type: fc.constant('AL'), name, scheme_android: app, url_mobile: webPage },
    { scheme_ios: app, url_pc: webPage },
  ),
  some({ type: fc.constantFrom('BC', 'BT'), name }, { chat_extra: text(50), chat_event: text(50) }),
  some({ type: fc.constant('BF'), name }, { biz_form_id: fc.nat(), biz_form_key: text(20) }),
  fc.record({ type: fc.constantFrom('BK', 'MD'), name }),
);

const templateButton = fc.oneof(
  fc.record({ type: fc.constantFrom('DS', 'AC'), name }),
  some(
    { type: fc.constantFrom('P1', 'P2', 'P3'), name, plugin_id: text(24) },
    { relay_id: text(20), oneclick_id: text(20), product_id: text(20) },
  ),
  fc.record({
    type: fc.constant('TN'),
    name,
    tel_number: fc.constantFrom('112', '1588-1234', '+82212345678'),
  }),
);

const item = (title: number, description: number) =>
  fc.record({ title: text(title), description: text(description) });

const alimtalk = fc.record({
  channel: fc.constant('alimtalk'),
  text: text(1000),
  kakao: some(
    { senderKey: text(40), templateCode: text(20) },
    {
      title: text(50),
      buttons: fc.array(fc.oneof(quickReply, templateButton), { maxLength: 2 }),
      quickReplies: fc.array(quickReply, { maxLength: 10 }),
      header: text(16),
      items: some({ list: fc.array(item(6, 23), { minLength: 2, maxLength: 10 }) }, { summary: item(6, 14) }),
      highlight: item(21, 14),
      image: fc.constant({}),
      price: fc.nat(),
      currency: fc.constantFrom('KRW', 'USD'),
      adFlag: fc.boolean(),
      delivery: fc.constantFrom('realtime', 'polling', 'push'),
      timeoutSeconds: fc.integer({ min: 10, max: 30 }),
      nationCode: fc.constant('82'),
    },
  ),
});

const friendtalk = fc.record({
  channel: fc.constant('friendtalk'),
  text: text(76),
  kakao: some(
    { senderKey: text(40), image: some({ url: webPage }, { link: webPage }) },
    { buttons: fc.array(quickReply, { maxLength: 2 }), wide: fc.boolean(), userKey: text(40) },
  ),
});

const rcs = fc.record({
  channel: fc.constant('rcs'),
  text: text(100),
  rcs: some(
    { messageBaseId: fc.constantFrom('SS000000', 'SL000000', 'SMwThT00', 'UBR.1') },
    {
      buttons: fc.array(
        fc.dictionary(text(5), fc.jsonValue({ maxDepth: 3, noUnicodeString: true }), { maxKeys: 3 }),
        {
          maxLength: 4,
        },
      ),
      copyAllowed: fc.boolean(),
      footer: fc.constant('0801234567'),
      agencyId: text(20),
    },
  ),
});

const textual = fc.oneof(
  fc.record({ channel: fc.constant('sms'), text: text(45), urlCallback: fc.boolean() }),
  some(
    { channel: fc.constant('lms'), text: text(1000) },
    { subject: text(25), ad: fc.constant({ nightConsent: true }) },
  ),
  some(
    { channel: fc.constant('mms'), files: fc.array(text(10), { minLength: 1, maxLength: 3 }) },
    { subject: text(25), text: text(1000) },
  ),
);

const message = fc
  .tuple(
    fc.oneof(textual, alimtalk, friendtalk, rcs),
    fc.constantFrom('01012345678', '+821012345678', '821012345678'),
  )
  .map(([content, to]) => ({ id: 'a', to, from: '15881234', ...content }));

/** fast-check makes any JSON, of which the door refuses control characters, half characters and labels too long. */
const accepted = (input: unknown) => {
  const parsed = parseMessage(input);
  return parsed.ok ? parsed.message : undefined;
};

describe('a message of any channel', () => {
  it('that passes is left as it is when parsed again, and after JSON', () => {
    let passed = 0;
    fc.assert(
      fc.property(message, (input) => {
        const once = accepted(input);
        if (once === undefined) {
          expect(input).toMatchObject({ channel: 'rcs' });
          return;
        }
        passed += 1;
        expect(accepted(once)).toStrictEqual(once);
        const stored: unknown = JSON.parse(JSON.stringify(once));
        expect(accepted(stored)).toEqual(stored);
        expect(canonicalMessage(once)).toBe(canonicalMessage(accepted(stored) ?? once));
      }),
      { numRuns: 300 },
    );
    expect(passed).toBeGreaterThan(150);
  });

  it('never throws, whatever stands in a part, and says why it is refused', () => {
    const part = fc.constantFrom('kakao', 'rcs', 'files', 'ad', 'fallback', 'text', 'channel');
    fc.assert(
      fc.property(message, part, fc.anything(), (input, field, value) => {
        const parsed = parseMessage({ ...input, [field]: value });
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('measuring', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 200 });

  it('agrees with the length that iconv encodes to, less what CP949 lacks', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, text(200)), (input) => {
        const { bytes, unmappable } = measureText(input, 'cp949');
        const mapped = unmappable.reduceRight(
          (rest, { character, index }) => rest.slice(0, index) + rest.slice(index + character.length),
          input,
        );
        expect(bytes).toBe(iconv.encode(mapped, 'cp949').length);
        expect(iconv.decode(iconv.encode(mapped, 'cp949'), 'cp949')).toBe(mapped);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with UTF-8 for every well-formed text', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        expect(measureText(input, 'utf-8')).toEqual({
          bytes: iconv.encode(input, 'utf-8').length,
          unmappable: [],
        });
      }),
    );
  });
});
