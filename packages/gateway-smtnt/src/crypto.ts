import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { BodyCipher } from '@pabal/protocol-smtnt';

const ALGORITHM = 'aes-128-cbc';
/** Bytes of an AES-128 key and of its IV. */
export const KEY_BYTES = 16;

/** Bytes of UTF-8 of a key or an IV as it is configured; a longer one counts by its first 16 (SMTNT 1.3). */
export function keyBytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf8').subarray(0, KEY_BYTES);
}

/** A key or an IV has less than 16 bytes. Tells nothing of it. */
export class KeyTooShortError extends Error {
  override readonly name = 'KeyTooShortError';
  readonly code = 'key-too-short';

  constructor() {
    super(`key and iv must have ${KEY_BYTES} bytes`);
  }
}

/** AES-128-CBC with PKCS#5 padding (SMTNT 1.3). @throws KeyTooShortError when key or IV have less than 16 bytes. */
export function aesCipher(key: string, iv: string): BodyCipher {
  const keyRaw = keyBytes(key);
  const ivRaw = keyBytes(iv);
  if (keyRaw.length !== KEY_BYTES || ivRaw.length !== KEY_BYTES) {
    throw new KeyTooShortError();
  }
  return {
    encrypt(plain) {
      const cipher = createCipheriv(ALGORITHM, keyRaw, ivRaw);
      return Buffer.concat([cipher.update(plain), cipher.final()]);
    },
    decrypt(encrypted) {
      const decipher = createDecipheriv(ALGORITHM, keyRaw, ivRaw);
      return Buffer.concat([decipher.update(encrypted), decipher.final()]);
    },
  };
}
