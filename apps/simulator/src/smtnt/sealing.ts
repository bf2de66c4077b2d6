import { decryptBody, type SmtntCrypto } from './crypto.js';
import { type JsonObject, parseCompact } from './packets.js';

/** Which Bodies of a connection are encrypted, and with what (SMTNT 1.3). */
export interface Sealing {
  readonly crypto: SmtntCrypto;
  /** `login`: those of login and logout, with the key that was agreed; `all`: every one, with the connection's own. */
  readonly scope: 'login' | 'all';
}

const LOGIN_METHODS = new Set(['BindReq', 'BindRes', 'UnBindReq', 'UnBindRes']);
/** They agree on the key, so they can't be encrypted with it. */
const KEY_METHODS = new Set(['PrivateKeyReq', 'PrivateKeyRes']);

/** Whether the Body of this method is encrypted on a connection. */
export function isSealed(sealing: Sealing, method: string): boolean {
  return sealing.scope === 'all' ? !KEY_METHODS.has(method) : LOGIN_METHODS.has(method);
}

export type Opened =
  | { readonly ok: true; readonly value: JsonObject; readonly compact: boolean }
  | { readonly ok: false; readonly why: string };

/** Looks into an encrypted Body. */
export function openBody(body: unknown, crypto: SmtntCrypto): Opened {
  if (typeof body !== 'string') return { ok: false, why: 'Body is not a string' };
  const plain = decryptBody(body, crypto);
  if (!plain.ok) return plain;
  const parsed = parseCompact(plain.text);
  return parsed.ok ? parsed : { ok: false, why: `Body holds no JSON object: ${parsed.why}` };
}
