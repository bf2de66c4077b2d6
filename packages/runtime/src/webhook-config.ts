import { durationSchema } from '@pabal/session';
import { z } from 'zod';
import { pem } from './pem.js';

function isWebhookUrl(text: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(text) || text.includes('#') || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** A key of an HMAC: Standard Webhooks wants 24 to 64 bytes of chance. */
const WEBHOOK_SECRET_BYTES = { min: 24, max: 64 } as const;

function isWebhookSecret(text: string): boolean {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (encoded === undefined || encoded.length % 4 !== 0) return false;
  const { length } = Buffer.from(encoded, 'base64');
  return length >= WEBHOOK_SECRET_BYTES.min && length <= WEBHOOK_SECRET_BYTES.max;
}

const webhookSecret = z
  .string()
  .refine(
    isWebhookSecret,
    `must be whsec_ and ${WEBHOOK_SECRET_BYTES.min} to ${WEBHOOK_SECRET_BYTES.max} bytes of chance in Base64`,
  );

/** The block of one webhook. */
export const webhookSchema = z.strictObject({
  url: z
    .string()
    .max(500)
    .refine(isWebhookUrl, 'must be a URL of http:// or https://, without user, password or fragment')
    .describe('Where results are delivered, by POST; at most 500 characters. A message may name another URL'),
  secret: webhookSecret.describe(
    'Signs every delivery: `whsec_` and 24 to 64 bytes of chance in Base64 (`pabal webhooks --secret` makes one)',
  ),
  previousSecret: webhookSecret
    .optional()
    .describe('Signs as well, while receivers change from one secret to the next'),
  allowPrivate: z
    .boolean()
    .default(false)
    .describe(
      'Deliver to loopback, private and link-local addresses, too: for a receiver in your own network',
    ),
  ca: pem('CERTIFICATE')
    .optional()
    .describe("PEM text: authorities that are trusted instead of the system's (`${file:ca.pem}`)"),
  timeout: durationSchema
    .pipe(z.number().min(100).max(60_000))
    .default(10_000)
    .describe('For a whole delivery, from looking up the name to the status'),
  concurrency: z
    .int()
    .min(1)
    .max(1_000)
    .default(10)
    .describe('Deliveries to one host that each process has under way at once'),
});
