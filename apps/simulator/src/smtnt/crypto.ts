import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Key and initialisation vector of an account, 16 bytes of UTF-8 each. */
export interface SmtntCrypto {
  readonly key: string;
  readonly iv: string;
}

/** AES-128-CBC with PKCS#5 padding, then Base64: the Body of a login or logout packet (SMTNT 1.3). */
export function encryptBody(body: unknown, crypto: SmtntCrypto): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(crypto.key), Buffer.from(crypto.iv));
  const plain = Buffer.from(JSON.stringify(body), 'utf8');
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** The JSON text inside an encrypted Body, or why it can't be read. Base64 must be exact: no line break, padded. */
export function decryptBody(
  body: string,
  crypto: SmtntCrypto,
): { ok: true; text: string } | { ok: false; why: string } {
  const bytes = Buffer.from(body, 'base64');
  if (body.length === 0 || bytes.toString('base64') !== body) return { ok: false, why: 'Body is not Base64' };
  if (bytes.length % 16 !== 0)
    return { ok: false, why: `Body is ${bytes.length} bytes, not a multiple of 16` };
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(crypto.key), Buffer.from(crypto.iv));
    const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain) };
  } catch {
    return { ok: false, why: 'Body does not decrypt to UTF-8 with the agreed key and iv' };
  }
}
