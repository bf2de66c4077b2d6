import { z } from 'zod';
import { CHANNELS, PRIORITIES } from './channel.js';

/** Longest number as typed: 15 digits of E.164, a +, and room to be refused for its rule rather than its size. */
const NUMBER_CHARACTERS = 32;
const FALLBACK_STEPS = 5;
const FILES = 4;
/** 60 days. */
export const MAX_TTL_SECONDS = 60 * 24 * 3600;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 characters of A-Z, a-z, 0-9, _ and -');
const slug = z.string().regex(/^[a-z0-9-]{1,40}$/, '1 to 40 characters of a-z, 0-9 and -');
const time = z.iso.datetime({
  offset: true,
  error: 'an ISO 8601 time with its offset, such as 2026-01-31T09:00:00+09:00',
});
const phone = z.string().max(NUMBER_CHARACTERS).meta({ pattern: '^\\+?[0-9]+$' });
const short = z.string().min(1).max(100);
const json = z.record(z.string(), z.json());
const buttons = z.array(json).max(10);

const kakao = z.strictObject({
  senderKey: short.optional(),
  templateCode: z.string().min(1).max(50).optional(),
  title: z.string().min(1).max(50).optional(),
  buttons: buttons.optional(),
  adFlag: z.boolean().optional(),
  timeoutSeconds: z.int().min(1).max(86_400).optional(),
  delivery: z.enum(['realtime', 'push', 'polling']).optional(),
  price: z.int().min(0).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency of three capital letters')
    .optional(),
  image: z
    .strictObject({
      url: z.string().min(1).max(1000).optional(),
      link: z.string().min(1).max(1000).optional(),
    })
    .optional(),
  wide: z.boolean().optional(),
  quickReplies: buttons.optional(),
  header: z.string().min(1).max(16).optional(),
  items: json.optional(),
  highlight: z
    .strictObject({ title: z.string().min(1).max(100), description: z.string().min(1).max(100) })
    .optional(),
  nationCode: z
    .string()
    .regex(/^\d{1,4}$/, '1 to 4 digits')
    .optional(),
  userKey: short.optional(),
});

const rcs = z.strictObject({
  messageBaseId: short.optional(),
  buttons: buttons.optional(),
  header: z.boolean().optional(),
  footer: z
    .string()
    .regex(/^\d{8,11}$/, '8 to 11 digits')
    .optional(),
  copyAllowed: z.boolean().optional(),
  agencyId: short.optional(),
  brandKey: short.optional(),
  agencyKey: short.optional(),
});

const ad = z.strictObject({
  optOutNumber: z
    .string()
    .regex(/^\d{8,11}$/, '8 to 11 digits')
    .optional(),
  senderName: short.optional(),
  nightConsent: z.boolean().optional(),
});

const content = {
  channel: z.enum(CHANNELS),
  text: z.string().optional(),
  subject: z.string().min(1).optional(),
  files: z.array(z.string().min(1).max(200)).min(1).max(FILES).optional(),
  kakao: kakao.optional(),
  rcs: rcs.optional(),
  urlCallback: z.boolean().optional(),
  ad: ad.optional(),
  gateway: slug.optional(),
};

const fallbackStep = z.strictObject({ ...content, onUnknown: z.enum(['stop', 'send']).optional() });

/**
 * The shape of message v1 as producers write it: types, names and sizes of single fields. What depends on several fields
 * (byte limits by channel, numbers, characters) is checked by `parseMessage`.
 */
export const messageShape = z.strictObject({
  v: z.literal(1).optional().meta({ default: 1 }),
  id: id.meta({ description: "The producer's own; the same id twice is one message" }),
  to: phone.meta({ description: 'Recipient: Korean digits, or a country code first' }),
  from: phone.meta({ description: 'Sender number, digits' }),
  ...content,
  priority: z.enum(PRIORITIES).optional().meta({ default: 'normal' }),
  sendAt: time.optional(),
  expiresAt: time.optional(),
  ttlSeconds: z.int().min(1).max(MAX_TTL_SECONDS).optional(),
  ref: z.string().max(100).optional(),
  userData: z.string().max(1000).optional(),
  replyTo: slug.optional().meta({ description: 'The result goes to the queue results-<replyTo>' }),
  reseller: z
    .string()
    .regex(/^\d{9}$/, '9 digits')
    .optional(),
  fallback: z.array(fallbackStep).min(1).max(FALLBACK_STEPS).optional(),
  smtnt: z.strictObject({ tranId: short.optional(), userMsgSubId: short.optional() }).optional(),
});

export type MessageShape = z.output<typeof messageShape>;
export type FallbackShape = z.output<typeof fallbackStep>;
