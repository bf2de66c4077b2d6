import { createHmac } from 'node:crypto';

/** What a receiver checks a delivery by. */
export interface Signed {
  /** The same on every try of one delivery. */
  readonly id: string;
  /** Epoch seconds of this try. */
  readonly timestamp: number;
  readonly body: string;
}

const PREFIX = 'whsec_';

/** The bytes of a secret `whsec_<Base64>`. */
function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}

/**
 * The header `webhook-signature` of Standard Webhooks: for each secret `v1,` and the Base64 of HMAC-SHA256 over
 * `<id>.<timestamp>.<body>` in UTF-8, with blanks between. Pure.
 */
export function signatureOf({ id, timestamp, body }: Signed, secrets: readonly string[]): string {
  const content = `${id}.${timestamp}.${body}`;
  return secrets
    .map((secret) => `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`)
    .join(' ');
}

/** Every header of a delivery that we set ourselves. Pure. */
export function deliveryHeaders(signed: Signed, secrets: readonly string[]): Record<string, string> {
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(signed.body)),
    'user-agent': 'Pabal-Webhooks/1',
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    'webhook-signature': signatureOf(signed, secrets),
  };
}
