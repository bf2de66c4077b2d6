import { z } from 'zod';
import { refuse } from './problem.js';

/** Where the one result of a message is delivered by HTTP, instead of a reply queue. */
export interface WebhookPart {
  /** A webhook that the fleet's configuration declares: its secret signs, its limits hold. */
  readonly name: string;
  /** `http://` or `https://`, at most 500 characters: where this message's result goes instead of the declared URL. */
  readonly url?: string;
}

/** Longest URL of a webhook, characters. It stands in the message's record until the result is published. */
export const WEBHOOK_URL_CHARACTERS = 500;

/** Scheme, authority, and the rest, of printable ASCII: other characters are percent-encoded or Punycode in a URL. */
const PARTS = /^(https?):\/\/([^/?#]*)([/?][\x21\x22\x24-\x7e]*)?(#.*)?$/s;
const HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
const MAX_PORT = 65_535;

/**
 * What is wrong with the URL of a webhook, as the end of a sentence; undefined when nothing is. Never quotes it: a URL may
 * hold a password of its receiver. Pure.
 */
export function webhookUrlProblem(url: string): { readonly rule: string; readonly says: string } | undefined {
  const [, , authority = '', , fragment] = PARTS.exec(url) ?? [];
  if (authority === '')
    return { rule: 'format', says: 'must be a URL of http:// or https:// in printable ASCII, with a host' };
  if (authority.includes('@')) return { rule: 'credentials', says: 'must not hold a user or password' };
  if (fragment !== undefined) return { rule: 'fragment', says: 'must not have a fragment (#…)' };
  const host = HOST.exec(authority);
  if (!host || Number(host[1] ?? 1) > MAX_PORT || Number(host[1] ?? 1) === 0) {
    return {
      rule: 'format',
      says: 'must have a host of letters, digits, dots and hyphens, and a port of 1 to 65535',
    };
  }
  return undefined;
}

export const webhookSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, '1 to 40 characters of a-z, 0-9 and -')
      .meta({ description: 'A webhook that the fleet declares' }),
    url: z
      .string()
      .max(WEBHOOK_URL_CHARACTERS)
      .check((checked) => {
        const problem = webhookUrlProblem(checked.value);
        if (problem) refuse(checked, problem);
      })
      .optional()
      .meta({
        description: 'Where the result of this message goes instead of the declared URL',
        pattern: '^https?://[^/?#@\\s]+([/?][!-"$-~]*)?$',
      }),
  })
  .meta({ description: 'The result is delivered by HTTP instead of to a reply queue' });

/** Reads the webhook of a message that may be bad otherwise: with its name alone where the URL is none. Pure. */
export function readWebhook(value: unknown): WebhookPart | undefined {
  const whole = webhookSchema.safeParse(value).data;
  if (whole) return { name: whole.name, ...(whole.url === undefined ? {} : { url: whole.url }) };
  const name = webhookSchema.pick({ name: true }).loose().safeParse(value).data?.name;
  return name === undefined ? undefined : { name };
}
