import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ResultV1 } from '@pabal/message';

export type { ResultV1 } from '@pabal/message';

/** Headers of a request: those of Node (names in lower case), or a `Headers` of the Fetch API. */
export type WebhookHeaders =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | { get(name: string): string | null };

export interface WebhookRequest {
  readonly headers: WebhookHeaders;
  /** The body as it came, byte for byte: not JSON that was parsed and written again. */
  readonly body: string | Uint8Array;
  /** `whsec_…`; several while one takes the place of another. */
  readonly secret: string | readonly string[];
  /** How far the time of the delivery may lie from ours, seconds; default 300. */
  readonly toleranceSeconds?: number;
  /** Epoch ms; default the system's time. */
  readonly now?: number;
}

/** A delivery that is what it says. */
export interface VerifiedWebhook {
  /** The same on every try of this delivery: act once for each. */
  readonly id: string;
  /** When this try was made. */
  readonly sentAt: Date;
  readonly result: ResultV1;
}

/** Why a delivery is not to be trusted. */
export type WebhookRefusal =
  /** One of `webhook-id`, `webhook-timestamp`, `webhook-signature` is absent, or there twice. */
  | 'missing-header'
  /** `webhook-timestamp` is no number of seconds. */
  | 'bad-timestamp'
  /** It was made too long ago, or is from the future: perhaps somebody recorded it and sends it again. */
  | 'stale'
  /** No signature is of one of the secrets: another sender, another body, or another secret. */
  | 'bad-signature'
  /** It is signed, but no result of version 1. */
  | 'bad-body'
  /** A secret of ours is none: `whsec_` and Base64. */
  | 'bad-secret';

/** A delivery that is not to be trusted; answer it with 400. Holds nothing of what came. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
  readonly code: WebhookRefusal;

  constructor(code: WebhookRefusal, why: string) {
    super(why);
    this.code = code;
  }
}

const TOLERANCE_SECONDS = 300;
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
/** More signatures than anybody has secrets are somebody's try to keep us busy. */
const MOST_SIGNATURES = 20;

/**
 * Checks that a request is a delivery of Pabal's: signed with one of the secrets, and of now. Gives its result. Deliveries come at
 * least once: act once for each `id`.
 * @throws WebhookRefused
 */
export function verifyWebhook(request: WebhookRequest): VerifiedWebhook {
  const { headers, body, secret, toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() } = request;
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  ) as [string, string, string];
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookRefused('bad-timestamp', 'webhook-timestamp is no number of seconds');
  }
  const keys = (typeof secret === 'string' ? [secret] : secret).map(keyOf);
  const expected = keys.map((key) => digestOf(key, { id, timestamp, body }));
  const given = signatures.split(' ').slice(0, MOST_SIGNATURES).map(digestIn);
  // Each with each, whatever was found before: how long it takes tells nothing.
  const matches = given.flatMap((digest) =>
    expected.map((right) => digest && timingSafeEqual(digest, right)),
  );
  if (!matches.includes(true))
    throw new WebhookRefused('bad-signature', 'no signature is of one of the secrets');
  const sentAt = Number(timestamp) * 1_000;
  if (Math.abs(now - sentAt) > toleranceSeconds * 1_000) {
    throw new WebhookRefused('stale', `it was made more than ${toleranceSeconds} s from now`);
  }
  return { id, sentAt: new Date(sentAt), result: resultIn(body) };
}

/**
 * The headers of a delivery, as Pabal sends them: for tests of your receiver.
 * @throws WebhookRefused `bad-secret`
 */
export function signWebhook(delivery: {
  readonly id: string;
  readonly body: string | Uint8Array;
  readonly secret: string;
  /** Epoch ms; default the system's time. */
  readonly now?: number;
}): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const { id, body, secret, now = Date.now() } = delivery;
  const timestamp = String(Math.floor(now / 1_000));
  const digest = digestOf(keyOf(secret), { id, timestamp, body });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest.toString('base64')}`,
  };
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value = isFetchHeaders(headers) ? headers.get(name) : fieldOf(headers, name);
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookRefused('missing-header', `the header ${name} is missing`);
}

function isFetchHeaders(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function';
}

/** Frameworks that keep the case of names are served as well. */
function fieldOf(headers: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(headers, name)) return headers[name];
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}

function keyOf(secret: string): Buffer {
  const encoded = SECRET.exec(secret)?.[1];
  if (encoded === undefined) throw new WebhookRefused('bad-secret', 'a secret must be whsec_ and Base64');
  return Buffer.from(encoded, 'base64');
}

function digestOf(
  key: Buffer,
  {
    id,
    timestamp,
    body,
  }: { readonly id: string; readonly timestamp: string; readonly body: string | Uint8Array },
): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

const DIGEST_BYTES = 32;

/** The digest of one signature; undefined of another version, or one that is no digest. */
function digestIn(signature: string): Buffer | undefined {
  const encoded = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(signature)?.[1];
  const digest = encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
  return digest?.length === DIGEST_BYTES ? digest : undefined;
}

/** Signed by us, so that it needs no closer look than whether it is of a version that we know. */
function resultIn(body: string | Uint8Array): ResultV1 {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
    const result: unknown = JSON.parse(text);
    if (typeof result === 'object' && result !== null && 'v' in result && result.v === 1)
      return result as ResultV1;
  } catch {
    // told below, without what the parser quotes of it
  }
  throw new WebhookRefused('bad-body', 'the body is no result of version 1');
}
