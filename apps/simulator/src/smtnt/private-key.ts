import { createRandom } from '../common/index.js';
import type { ServerPacket } from './server-packets.js';
import type { WireForm } from './wire-form.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const KEY_BYTES = 16;
/** Spreads the numbers of sessions over the seeds, so that neighbours have nothing in common. */
const SPREAD = 0x9e3779b1;

/** The key of one connection: 16 letters and digits that follow from the seed and the session's number. */
export function connectionKey(seed: number, session: number): string {
  const random = createRandom(seed ^ Math.imul(session, SPREAD));
  return Array.from({ length: KEY_BYTES }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
}

/** PrivateKeyRes (SMTNT 1.2; its table is not printed). */
export function privateKeyRes(key: string, { privateKeyField }: WireForm): ServerPacket {
  const body = privateKeyField === 'bare' ? key : { [privateKeyField]: key };
  return { method: 'PrivateKeyRes', body };
}
