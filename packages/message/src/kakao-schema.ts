import { z } from 'zod';
import { refuse } from './problem.js';
import { appLink, line, webLink } from './text-schema.js';

/** Kakao publishes 14 for templates; a FriendTalk has none, so that twice as much passes there. */
export const BUTTON_NAME_CHARACTERS = { alimtalk: 14, friendtalk: 28 } as const;
export const KAKAO_BUTTONS = 5;
export const KAKAO_QUICK_REPLIES = 10;
export const KAKAO_TITLE_CHARACTERS = 50;
export const KAKAO_HEADER_CHARACTERS = 16;
export const KAKAO_ITEMS = { min: 2, max: 10 } as const;
/** Characters of a highlight: alone, and beside an image. */
export const KAKAO_HIGHLIGHT = {
  plain: { title: 30, description: 19 },
  image: { title: 21, description: 14 },
} as const;
const CHAT_CHARACTERS = 50;
const PLUGIN_ID_CHARACTERS = 24;
const OPAQUE_CHARACTERS = 200;

const name = line(BUTTON_NAME_CHARACTERS.friendtalk);
const chat = line(CHAT_CHARACTERS).optional();
const opaque = line(OPAQUE_CHARACTERS);

const web = z.strictObject({
  type: z.literal('WL'),
  name,
  url_mobile: webLink,
  url_pc: webLink.optional(),
  target: z.literal('out').optional(),
});

const APP_LINKS = ['scheme_android', 'scheme_ios', 'url_mobile'] as const;

const app = z
  .strictObject({
    type: z.literal('AL'),
    name,
    scheme_android: appLink.optional(),
    scheme_ios: appLink.optional(),
    url_mobile: webLink.optional(),
    url_pc: webLink.optional(),
  })
  .check((checked) => {
    const actual = APP_LINKS.filter((key) => checked.value[key] !== undefined).length;
    if (actual >= 2) return;
    const says = `must have at least two of ${APP_LINKS.join(', ')}`;
    refuse(checked, { rule: 'app-links', says, limit: 2, actual });
  });

const chatSwitch = z.strictObject({
  type: z.enum(['BC', 'BT']),
  name,
  chat_extra: chat,
  chat_event: chat,
});
const form = z.strictObject({
  type: z.literal('BF'),
  name,
  biz_form_id: z.int().min(0).optional(),
  biz_form_key: opaque.optional(),
});
const botWord = z.strictObject({ type: z.enum(['BK', 'MD']), name });
const fixed = z.strictObject({ type: z.enum(['DS', 'AC']), name });
const plugin = z.strictObject({
  type: z.enum(['P1', 'P2', 'P3']),
  name,
  plugin_id: line(PLUGIN_ID_CHARACTERS),
  relay_id: opaque.optional(),
  oneclick_id: opaque.optional(),
  product_id: opaque.optional(),
});
const call = z.strictObject({
  type: z.literal('TN'),
  name,
  tel_number: z.string().regex(/^\+?\d[\d-]{1,18}\d$/, 'a telephone number of 3 to 20 digits and hyphens'),
});

/** A button as Kakao publishes it, by its `type`. What depends on the channel is checked by `parseMessage`. */
export const kakaoButtonSchema = z.discriminatedUnion('type', [
  web,
  app,
  chatSwitch,
  form,
  botWord,
  fixed,
  plugin,
  call,
]);

/** A quick reply (바로연결) of an Alimtalk, by its `type`. */
export const kakaoQuickReplySchema = z.discriminatedUnion('type', [web, app, chatSwitch, form, botWord]);

const item = (title: number, description: number) =>
  z.strictObject({ title: line(title), description: line(description) });

/** An item list: 2 to 10 rows and at most one sum. */
export const kakaoItemsSchema = z.strictObject({
  list: z.array(item(6, 23)).min(KAKAO_ITEMS.min).max(KAKAO_ITEMS.max),
  summary: item(6, 14).optional(),
});

/** The part `kakao` of a message. */
export const kakaoSchema = z.strictObject({
  senderKey: line(100).optional(),
  templateCode: line(50).optional(),
  title: line(KAKAO_TITLE_CHARACTERS).optional(),
  buttons: z.array(kakaoButtonSchema).max(KAKAO_BUTTONS).optional(),
  adFlag: z.boolean().optional(),
  timeoutSeconds: z.int().min(1).max(86_400).optional(),
  delivery: z.enum(['realtime', 'push', 'polling']).optional(),
  price: z.int().min(0).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency of three capital letters')
    .optional(),
  image: z.strictObject({ url: webLink.optional(), link: webLink.optional() }).optional(),
  wide: z.boolean().optional(),
  quickReplies: z.array(kakaoQuickReplySchema).max(KAKAO_QUICK_REPLIES).optional(),
  header: line(KAKAO_HEADER_CHARACTERS).optional(),
  items: kakaoItemsSchema.optional(),
  highlight: item(KAKAO_HIGHLIGHT.plain.title, KAKAO_HIGHLIGHT.plain.description).optional(),
  nationCode: z
    .string()
    .regex(/^\d{1,4}$/, '1 to 4 digits')
    .optional(),
  userKey: line(100).optional(),
});
