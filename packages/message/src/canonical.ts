import type { MessageV1 } from './message.js';

/**
 * The fields over which two messages under one id are compared: what the recipient gets, when, by which way, and what
 * comes back. Left out: `id` (equal by definition), `v`, and `priority`, which only orders the queue.
 */
const COMPARED = [
  'ad',
  'channel',
  'expiresAt',
  'fallback',
  'files',
  'from',
  'gateway',
  'kakao',
  'rcs',
  'ref',
  'replyTo',
  'reseller',
  'sendAt',
  'smtnt',
  'subject',
  'text',
  'to',
  'ttlSeconds',
  'urlCallback',
  'userData',
  'webhook',
] as const satisfies readonly (keyof MessageV1)[];

/** Keys of nested objects in order, so that two spellings of the same object give the same text. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/**
 * The string over which a payload hash is taken: JSON with keys in order. Equal for two messages exactly when a repeat
 * under the same id is the same message. Takes a parsed message, so that `+82 10…` and `010…` are equal, too.
 */
export function canonicalMessage(message: MessageV1): string {
  const compared: Record<string, unknown> = {};
  for (const key of COMPARED) {
    if (message[key] !== undefined) compared[key] = message[key];
  }
  return JSON.stringify(compared, sorted);
}
