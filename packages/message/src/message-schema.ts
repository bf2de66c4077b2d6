import { z } from 'zod';
import { CHANNELS, PRIORITIES } from './channel.js';
import { kakaoSchema } from './kakao-schema.js';
import { rcsSchema } from './rcs-schema.js';
import { line } from './text-schema.js';
import { webhookSchema } from './webhook-schema.js';

/** Longest number as typed: 15 digits of E.164, a +, and room to be refused for its rule rather than its size. */
const NUMBER_CHARACTERS = 32;
const FALLBACK_STEPS = 5;
/** Handsets and gateways take three images (LGHV 2.2.5 with a text part, SMTNT 3.3.6). */
const FILES = 3;
/** 60 days. */
export const MAX_TTL_SECONDS = 60 * 24 * 3600;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 characters of A-Z, a-z, 0-9, _ and -');
const slug = z.string().regex(/^[a-z0-9-]{1,40}$/, '1 to 40 characters of a-z, 0-9 and -');
const time = z.iso.datetime({
  offset: true,
  error: 'an ISO 8601 time with its offset, such as 2026-01-31T09:00:00+09:00',
});
const phone = z.string().max(NUMBER_CHARACTERS).meta({ pattern: '^\\+?[0-9]+$' });
const short = line(100);

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
  kakao: kakaoSchema.optional(),
  rcs: rcsSchema.optional(),
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
  webhook: webhookSchema.optional(),
  reseller: z
    .string()
    .regex(/^\d{9}$/, '9 digits')
    .optional(),
  fallback: z.array(fallbackStep).min(1).max(FALLBACK_STEPS).optional(),
  smtnt: z.strictObject({ tranId: short.optional(), userMsgSubId: short.optional() }).optional(),
});

export type MessageShape = z.output<typeof messageShape>;
export type FallbackShape = z.output<typeof fallbackStep>;
/** What a message and its fallback steps have in common; fields that broke their shape are left out. */
export type ContentShape = Partial<Omit<FallbackShape, 'onUnknown'>>;
