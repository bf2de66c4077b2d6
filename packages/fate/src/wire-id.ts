import { hash } from 'node:crypto';

/** What a wire id is derived from: nothing that a restored Redis could hand out a second time to another message. */
export interface WireIdSeed {
  readonly messageId: string;
  /** Step of the fallback chain, from 0. */
  readonly step: number;
  /** Attempt within the step, from 1. */
  readonly attempt: number;
  readonly gateway: string;
  readonly account: string;
  /** 0; the next number when the index says that another message has this wire id. */
  readonly salt: number;
}

const LIMIT = 10n ** 20n;

/**
 * The wire id of an attempt: 20 decimal digits (LGHV 2.2.3 MSG_ID, SMTNT 3.3.6 UserMsgId), the same for every
 * process and every retry of the same attempt. A hash, never a counter: a Redis that lost its last second would
 * hand a counter's number to another message, and the gateway would swallow that one as a duplicate.
 */
export function deriveWireId(seed: WireIdSeed): string {
  const text = [seed.messageId, seed.step, seed.attempt, seed.gateway, seed.account, seed.salt].join('\n');
  const digest = hash('sha256', text, 'buffer');
  const bits = digest.readBigUInt64BE(0) * 2n ** 16n + BigInt(digest.readUInt16BE(8));
  return (bits % LIMIT).toString().padStart(20, '0');
}

/** Hash by which a repeat of a message is told from a different message under the same id: 72 bits, base64url. */
export function payloadHash(canonical: string): string {
  return hash('sha256', canonical, 'base64url').slice(0, 12);
}
