import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Cipher } from '@pabal/protocol-lghv';

const ALGORITHM = 'aes-128-cbc';
/** Bytes of an AES-128 key, and of its IV. */
export const KEY_BYTES = 16;

/** AES-128-CBC with PKCS#7 (LGHV 1.3.1). Key and IV are 16 bytes of UTF-8 each. @throws RangeError when they are not. */
export function aesCipher(key: string, iv: string): Cipher {
  const keyBytes = Buffer.from(key, 'utf8');
  const ivBytes = Buffer.from(iv, 'utf8');
  if (keyBytes.length !== KEY_BYTES || ivBytes.length !== KEY_BYTES) {
    throw new RangeError(`key and iv must have ${KEY_BYTES} bytes`);
  }
  return {
    encrypt(plain) {
      const cipher = createCipheriv(ALGORITHM, keyBytes, ivBytes);
      return Buffer.concat([cipher.update(plain), cipher.final()]);
    },
    decrypt(sealed) {
      const decipher = createDecipheriv(ALGORITHM, keyBytes, ivBytes);
      return Buffer.concat([decipher.update(sealed), decipher.final()]);
    },
  };
}
