import type { KakaoButton, MessageInput } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { type Picture, picture } from './pictures.js';

/** The options of a gateway that decide what its submits look like. */
export interface LghvForm {
  readonly encode: '0' | '1' | '2' | '9';
  readonly mmsLength: 'fixed' | 'total';
  readonly alimtalkType: 'KKT' | 'KKO';
}

/** Every kind of message that LGHV carries: what is sent, and what must stand in the gateway's ledger for it. */
export interface LghvContent {
  readonly name: string;
  /** DELIVER_TYPE, where it does not hang on the options. */
  readonly type: string;
  /** Only with this form of Alimtalk; default both. */
  readonly only?: LghvForm['alimtalkType'];
  /** What is sent under this id; its pictures stand in `pictures`. */
  readonly message: (id: string) => Partial<MessageInput>;
  readonly pictures?: readonly Picture[];
  /** Beside type, text, sender, recipient, subject and files: what `extra` must hold exactly. */
  readonly extra: (form: LghvForm) => Readonly<Record<string, unknown>>;
}

const SENDER_KEY = '2662e99eb7a1f21abb3955278e9955f5a9a99b62';
const IMAGE_BYTES = 50 * 1024;
const LARGEST_BYTES = 300 * 1024;
/** With a part of a text or a picture of so many bytes a total MSGLEN has four digits. */
const SMALL_BYTES = 4_000;

const WEB: KakaoButton = {
  name: '웹링크',
  type: 'WL',
  url_pc: 'http://www.google.com',
  url_mobile: 'http://www.naver.com',
};
const BUTTONS: readonly KakaoButton[] = [
  WEB,
  { name: '앱 열기', type: 'AL', scheme_android: 'shop://order/1', scheme_ios: 'shop://order/1' },
  { name: '배송조회', type: 'DS' },
  { name: '봇키워드', type: 'BK' },
  { name: '메시지전달', type: 'MD' },
];

/** The rest of what Kakao has, five to a message. */
const MORE_BUTTONS: readonly (readonly KakaoButton[])[] = [
  [
    { name: '채널 추가', type: 'AC' },
    { name: '상담톡', type: 'BC', chat_extra: 'extra' },
    { name: '봇 전환', type: 'BT', chat_extra: 'extra', chat_event: 'event' },
    { name: '새 창', type: 'WL', url_mobile: 'https://a.kr/', target: 'out' },
    {
      name: '앱이나 웹',
      type: 'AL',
      scheme_android: 'shop://1',
      url_mobile: 'https://a.kr/',
      url_pc: 'https://a.kr/',
    },
  ],
  [
    { name: '보안 이미지', type: 'P1', plugin_id: 'plugin-1' },
    { name: '개인정보', type: 'P2', plugin_id: 'plugin-2' },
    { name: '원클릭 결제', type: 'P3', plugin_id: 'plugin-3', oneclick_id: 'one', product_id: 'product' },
    { name: '비즈폼', type: 'BF', biz_form_id: 1234, biz_form_key: 'key' },
    { name: '전화', type: 'TN', tel_number: '1588-1234' },
  ],
];

/** A text of exactly so many bytes in CP949 that begins with the id; the last Hangul fills two. */
function filled(id: string, bytes: number): string {
  const head = `[${id}]`;
  const rest = bytes - head.length;
  return `${head}${rest % 2 === 1 ? 'x' : ''}${'뱅'.repeat(Math.floor(rest / 2))}`;
}

/** GUBUN and CONTENTS_TYPE of a text, with what else is given. */
const textual =
  (gubun: string, more: Readonly<Record<string, unknown>>) =>
  ({ encode }: LghvForm) => ({ ENCODE: encode, GUBUN: gubun, CONTENTS_TYPE: 'TXT', ...more });

/** SMS has no ENCODE 2: it has no subject to hide beside the numbers (LGHV 2.2.3). */
const short =
  (gubun: string, reseller: string) =>
  ({ encode }: LghvForm) => ({
    ENCODE: encode === '2' ? '1' : encode,
    GUBUN: gubun,
    CONTENTS_TYPE: 'TXT',
    RESELLER: reseller,
  });

/** The parts' table is the business of whoever asks for it: the ledger's files tell the same. */
const withParts =
  (contents: string, more: Readonly<Record<string, unknown>>, fits: boolean) =>
  ({ encode, mmsLength }: LghvForm) => ({
    ENCODE: encode,
    CONTENTS_TYPE: contents,
    MSGLEN: fits ? mmsLength : 'fixed',
    ...more,
  });

const kakao = (id: string, part: MessageInput['kakao']): Partial<MessageInput> => ({
  text: `[${id}] 홍길동님, 주문이 접수되었습니다.\n감사합니다.`,
  kakao: { senderKey: SENDER_KEY, ...part },
});

export const LGHV_CONTENTS: readonly LghvContent[] = [
  {
    name: 'sms-domestic',
    type: 'SMS',
    message: (id) => ({ channel: 'sms', text: filled(id, 90), reseller: '123456789' }),
    extra: short('0', '123456789'),
  },
  {
    name: 'sms-callback-url',
    type: 'SMS',
    message: (id) => ({ channel: 'sms', text: `[${id}] http://a.kr/1 확인`, urlCallback: true }),
    extra: short('1', ''),
  },
  {
    name: 'sms-abroad',
    type: 'SMS',
    message: (id) => ({ channel: 'sms', to: '819012345678', text: `[${id}] 안녕하세요 こんにちは 🎁 뷁` }),
    extra: short('3', ''),
  },
  {
    name: 'lms',
    type: 'LMS',
    message: (id) => ({ channel: 'lms', subject: '제목'.repeat(12), text: filled(id, 2_000) }),
    extra: textual('0', { RESELLER: '' }),
  },
  {
    name: 'mms-text',
    type: 'MMS',
    message: (id) => ({ channel: 'mms', subject: '본문만', text: `[${id}] 그림 없이\n두 줄` }),
    extra: withParts('TXT', { GUBUN: '0', RESELLER: '' }, true),
  },
  {
    name: 'mms-1-image',
    type: 'MMS',
    message: (id) => ({ channel: 'mms', subject: '그림 하나', text: `[${id}] 그림 하나` }),
    pictures: [picture('one', SMALL_BYTES)],
    extra: withParts('IMT', { GUBUN: '0', RESELLER: '' }, true),
  },
  {
    name: 'mms-3-images',
    type: 'MMS',
    message: (id) => ({ channel: 'mms', text: filled(id, 2_000), reseller: '123456789' }),
    pictures: [
      picture('three a', IMAGE_BYTES),
      picture('three b', SMALL_BYTES),
      picture('three c', IMAGE_BYTES - 1),
    ],
    extra: withParts('IMT', { GUBUN: '0', RESELLER: '123456789' }, false),
  },
  {
    name: 'mms-without-text',
    type: 'MMS',
    message: (id) => ({ channel: 'mms', subject: `[${id}]` }),
    pictures: [picture('largest', LARGEST_BYTES)],
    extra: withParts('IMG', { GUBUN: '0', RESELLER: '' }, false),
  },
  {
    name: 'alimtalk',
    type: 'KKT',
    only: 'KKT',
    message: (id) => ({
      channel: 'alimtalk',
      ...kakao(id, { templateCode: 'T0001', buttons: BUTTONS }),
    }),
    extra: textual('r', { SENDER_KEY, TEMPLATE_CODE: 'T0001', BTN_DATA: BUTTONS }),
  },
  ...MORE_BUTTONS.map((buttons, i) => ({
    name: `alimtalk-buttons-${i}`,
    type: 'KKT',
    only: 'KKT' as const,
    message: (id: string) => ({
      channel: 'alimtalk' as const,
      ...kakao(id, { templateCode: 'T0005', buttons }),
    }),
    extra: textual('r', { SENDER_KEY, TEMPLATE_CODE: 'T0005', BTN_DATA: buttons }),
  })),
  {
    name: 'alimtalk-extended',
    type: 'KKT',
    only: 'KKT',
    message: (id) => ({
      channel: 'alimtalk',
      ...kakao(id, {
        templateCode: 'T0002',
        delivery: 'polling',
        buttons: [WEB],
        adFlag: true,
        timeoutSeconds: 180,
        title: '강조',
        price: 100_000,
        currency: 'KRW',
        header: '아이템리스트',
        highlight: { title: '아이템하이라이트', description: '설명' },
        items: {
          list: [
            { title: 'ITEM1', description: '첫째' },
            { title: 'ITEM2', description: '둘째' },
          ],
          summary: { title: '합계', description: '1,000원' },
        },
        quickReplies: [{ ...WEB, name: '소개' }],
        image: {},
      }),
    }),
    extra: textual('p', {
      SENDER_KEY,
      TEMPLATE_CODE: 'T0002',
      BTN_DATA: [WEB],
      EXTEND: {
        ad_flag: 'Y',
        timeout: '180',
        title: '강조',
        price: '100000',
        currency_type: 'KRW',
        header: '아이템리스트',
        item_highlight: { title: '아이템하이라이트', description: '설명' },
        item: {
          list: [
            { title: 'ITEM1', description: '첫째' },
            { title: 'ITEM2', description: '둘째' },
          ],
          summary: { title: '합계', description: '1,000원' },
        },
        supplement: { quick_reply: [{ ...WEB, name: '소개' }] },
      },
    }),
  },
  {
    name: 'alimtalk-image',
    type: 'KKM',
    message: (id) => ({
      channel: 'alimtalk',
      ...kakao(id, { templateCode: 'T0003', delivery: 'push', buttons: [WEB], image: {} }),
    }),
    extra: textual('u', { SENDER_KEY, TEMPLATE_CODE: 'T0003', BTN_DATA: [WEB] }),
  },
  {
    name: 'alimtalk-old',
    type: 'KKO',
    only: 'KKO',
    message: (id) => ({ channel: 'alimtalk', ...kakao(id, { templateCode: 'T0004' }) }),
    extra: textual('0', { SENDER_KEY, TEMPLATE_CODE: 'T0004', FALLBACK_TYPE: 'NON', SMSMSG: '' }),
  },
  {
    name: 'friendtalk',
    type: 'KFT',
    message: (id) => ({
      channel: 'friendtalk',
      ...kakao(id, { buttons: [WEB], adFlag: true, timeoutSeconds: 5 }),
    }),
    extra: textual('r', {
      SENDER_KEY,
      TEMPLATE_CODE: '',
      BTN_DATA: [WEB],
      EXTEND: { ad_flag: 'Y', timeout: '5' },
    }),
  },
  {
    name: 'friendtalk-image',
    type: 'KFI',
    message: (id) => ({
      channel: 'friendtalk',
      subject: '봄맞이 할인 안내',
      ...kakao(id, { buttons: [WEB], adFlag: true }),
    }),
    pictures: [picture('friend', IMAGE_BYTES)],
    extra: withParts('IMT', { GUBUN: 'r', SENDER_KEY, AD_FLAG: 'Y', BTN_DATA: [WEB] }, false),
  },
  {
    name: 'friendtalk-image-url',
    type: 'KFI',
    message: (id) => ({
      channel: 'friendtalk',
      ...kakao(id, {
        delivery: 'push',
        image: { url: 'https://mud-kage.kakao.com/dn/1/img.jpg', link: 'https://a.kr/' },
      }),
    }),
    extra: withParts(
      'IMT',
      {
        GUBUN: 'u',
        SENDER_KEY,
        AD_FLAG: 'N',
        IMAGE: { img_url: 'https://mud-kage.kakao.com/dn/1/img.jpg', img_link: 'https://a.kr/' },
      },
      true,
    ),
  },
  {
    name: 'friendtalk-wide',
    type: 'KFW',
    message: (id) => ({
      channel: 'friendtalk',
      text: `[${id}] 넓은 그림`,
      kakao: { senderKey: SENDER_KEY, delivery: 'polling', wide: true, buttons: [WEB] },
    }),
    pictures: [picture('wide', SMALL_BYTES)],
    extra: withParts('IMT', { GUBUN: 'p', SENDER_KEY, AD_FLAG: 'N', BTN_DATA: [WEB] }, true),
  },
];

/** What must stand in the ledger, by the message that was enqueued. Nothing of it comes from the fleet. */
export function expectedEntry(
  content: LghvContent,
  message: MessageInput,
  form: LghvForm,
): Partial<LedgerEntry> {
  const { from, subject = '', text = '', to } = message;
  return {
    type: content.type,
    to,
    from,
    subject,
    text,
    files: (content.pictures ?? []).map(({ sha256 }) => sha256),
    extra: content.extra(form),
    verdict: 'accepted',
    reports: 1,
  };
}
