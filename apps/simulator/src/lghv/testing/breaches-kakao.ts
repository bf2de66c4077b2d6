import { expect } from '@jest/globals';
import type { LghvRule } from '../rules.js';
import { type KakaoValues, kakaoBody, kkoBody, submit } from './bodies.js';
import { type Breach, onBody } from './breach.js';
import { aes } from './raw-client.js';

const kkt = (values: KakaoValues) => onBody(kakaoBody(values));
const kko = (values: KakaoValues) => onBody(kkoBody(values));
const buttons = (...list: unknown[]) => kkt({ buttons: `"button":${JSON.stringify(list)}` });
const extend = (value: unknown, values: KakaoValues = {}) =>
  kkt({ extend: JSON.stringify(value), ...values });

const pair = (title: number, description: number) => ({
  title: 't'.repeat(title),
  description: 'd'.repeat(description),
});
const list = (...items: unknown[]) => extend({ item: { list: items } });
const link = { name: 'open', type: 'WL', url_mobile: 'https://m.example.kr' };
const hidden = { encode: '9', to: aes('01012345678'), from: aes('0212345678'), senderKey: aes('k') };

/** The rules of KKO, KKT, KKM and KFT, each with bytes that break it alone. */
export const KAKAO_BREACHES = {
  'kakao-text-length': kkt({ text: 'a'.repeat(1001) }),
  'sender-key-missing': kkt({ senderKey: '' }),
  'template-code-missing': kkt({ templateCode: '' }),
  'fallback-type': kko({ fallback: 'MMS' }),
  'smsmsg-unused': kko({ fallback: 'LMS', smsMsg: 'short' }),
  'smsmsg-missing': kko({ fallback: 'SMS', text: 'a'.repeat(91) }),
  'kakao-sizes': kkt({ textSize: '4' }),
  'kakao-limits': kkt({ text: '' }),
  'button-json': kkt({ buttons: '{"button":[{"name":"a","type":"MD"}]}' }),
  'button-count': buttons(...Array.from({ length: 6 }, () => link)),
  'button-shape': buttons({ name: 'open', type: 'WL' }),
  'extend-json': kkt({ extend: '"ad_flag":"Y"' }),
  'extend-key': extend({ adFlag: 'Y' }),
  'extend-shape': extend({ title: 5 }),
  'extend-ad-flag': extend({ ad_flag: true }),
  'extend-timeout': extend({ timeout: '31' }),
  'extend-price': extend({ price: '1,000' }),
  'extend-currency': extend({ currency_type: 'won' }),
  'extend-title-length': extend({ title: 'a'.repeat(51) }),
  'extend-header-length': extend({ header: 'a'.repeat(17) }),
  'highlight-length': extend({ item_highlight: pair(31, 1) }),
  'item-count': list(pair(1, 1)),
  'item-length': list(pair(6, 23), pair(6, 24)),
  'item-summary-length': extend({ item: { list: [pair(1, 1), pair(1, 1)], summary: pair(6, 15) } }),
  'item-list-type': extend({ header: 'list' }, { type: 'KKM' }),
} as const satisfies Partial<Record<LghvRule, Breach>>;

/** Further ways to break a rule with these types. */
export const MORE_KAKAO: readonly (readonly [LghvRule, string, Breach])[] = [
  ['deliver-length', 'a KKO without a text', kko({ text: '' })],
  ['deliver-length', 'a KFT without its fixed fields', onBody(kakaoBody({ type: 'KFT' }).subarray(0, 291))],
  ['deliver-encode', 'a KKT with ENCODE 3', kkt({ encode: '3' })],
  ['deliver-gubun', 'a KKO with GUBUN r', kko({ gubun: 'r' })],
  ['deliver-gubun', 'a KKT with GUBUN 0', kkt({ gubun: '0' })],
  ['contents-type', 'a KKT with another', kkt({ contents: 'IMT' })],
  ['contents-type', 'a KKO with another', kko({ contents: '' })],
  ['field-padding', 'what follows TEMPLATE_CODE', kkt({ templateCode: 'a\0b' })],
  ['text-charset', 'BTN_DATA in UTF-8', kkt({ buttons: '"button":[{"name":"안녕하세요","type":"MD"}]' })],
  [
    'text-charset',
    'SMSMSG in UTF-8',
    kko({ fallback: 'SMS', smsMsg: Buffer.from('안녕하세요').toString('latin1') }),
  ],
  ['text-nul', 'a KFT that ends with NUL', kkt({ type: 'KFT', text: 'a\0' })],
  [
    'encrypted-field',
    'SENDER_KEY in the clear with ENCODE 2',
    kkt({
      ...hidden,
      encode: '2',
      senderKey: 'k',
      templateCode: aes('T1'),
    }),
  ],
  ['encrypted-field', 'TEMPLATE_CODE in the clear with ENCODE 9', kkt({ ...hidden, text: aes('hello') })],
  ['encrypted-field', 'TEXT in the clear with ENCODE 9', kkt({ ...hidden, templateCode: aes('T1') })],
  [
    'encrypted-field',
    'TEXT of a KKO in the clear with ENCODE 9',
    kko({ ...hidden, templateCode: aes('T1') }),
  ],
  ['kakao-text-length', 'a KKO of 1001 characters', kko({ text: 'a'.repeat(1001) })],
  ['sender-key-missing', 'a KKO', kko({ senderKey: '' })],
  ['sender-key-missing', 'a KFT', kkt({ type: 'KFT', senderKey: '' })],
  ['template-code-missing', 'a KKM', kkt({ type: 'KKM', templateCode: '' })],
  ['kakao-sizes', 'letters', kkt({ textSize: 'five' })],
  ['kakao-sizes', 'more than there is', kkt({ textSize: '9999' })],
  [
    'kakao-limits',
    '3001 bytes of JSON',
    kkt({
      buttons: `"button":[${JSON.stringify({ ...link, chat_extra: 'e'.repeat(2914) })}]`.padEnd(3001, ' '),
    }),
  ],
  ['button-json', 'another member', kkt({ buttons: '"image":{"img_url":"https://x.kr/a.jpg"}' })],
  ['button-json', 'no list', kkt({ buttons: '"button":{}' })],
  ['button-json', 'more than one object', kkt({ buttons: '"button":[]},{"button":[]' })],
  ['button-count', 'none', buttons()],
  ['button-shape', 'a type that Kakao does not know', buttons({ name: 'a', type: 'XX' })],
  ['button-shape', 'no name', buttons({ ...link, name: '' })],
  ['button-shape', 'a member that is unknown', buttons({ ...link, url: 'https://x.kr' })],
  ['button-shape', 'an address that is none', buttons({ ...link, url_pc: 'www.example.kr' })],
  ['button-shape', 'an app with one address', buttons({ name: 'a', type: 'AL', scheme_ios: 'x://y' })],
  ['button-shape', 'a text', buttons('open')],
  ['button-shape', 'a quick reply without a type', extend({ supplement: { quick_reply: [{ name: 'a' }] } })],
  ['extend-shape', 'a supplement without replies', extend({ supplement: {} })],
  ['extend-shape', 'an item without a list', extend({ item: {} })],
  ['extend-shape', 'an item with a stranger', extend({ item: { list: [pair(1, 1), pair(1, 1)], more: 1 } })],
  ['extend-shape', 'a highlight without a description', extend({ item_highlight: { title: 'a' } })],
  ['extend-shape', 'an item without a title', list(pair(0, 1), pair(1, 1))],
  ['extend-json', 'a list', kkt({ extend: '[]' })],
  ['extend-timeout', 'below 5 for realtime', extend({ timeout: '4' })],
  ['extend-timeout', 'below 10 for polling', extend({ timeout: '9' }, { gubun: 'p' })],
  ['extend-timeout', 'above a day for polling', extend({ timeout: '86401' }, { gubun: 'p' })],
  ['extend-timeout', 'a number', extend({ timeout: 10 })],
  ['extend-price', 'a number', extend({ price: 1000 })],
  ['highlight-length', 'a description of 20', extend({ item_highlight: pair(30, 20) })],
  ['item-count', 'eleven', list(...Array.from({ length: 11 }, () => pair(1, 1)))],
  ['item-length', 'a title of 7', list(pair(7, 1), pair(1, 1))],
  [
    'item-list-type',
    'a KFT with items',
    extend({ item: { list: [pair(1, 1), pair(1, 1)] } }, { type: 'KFT' }),
  ],
  [
    'deliver-wrong-server',
    'a KKT at the SMS server',
    {
      act: async (world) => expect((await submit(await world.sender('sms'), kakaoBody())).code).toBe('3'),
    },
  ],
  [
    'deliver-wrong-server',
    'a KKT at the LMS/MMS server where the other takes them',
    {
      ...kkt({}),
      options: { kakaoServer: 'sms' },
    },
  ],
];
