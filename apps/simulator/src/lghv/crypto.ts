import { createCipheriv, createDecipheriv } from 'node:crypto';

/** AES-128-CBC with PKCS#7, in Base64: GRANT, the password of BIND and the fields that ENCODE names. */
export interface LghvCipher {
  encrypt(plain: Uint8Array): string;
  /** The plain bytes; undefined where the value is not canonical Base64 or does not decrypt. */
  decrypt(value: string): Buffer | undefined;
}

/** Makes the cipher of an account. `key` and `iv` are 16 bytes each. */
export function createCipher(key: string, iv: string): LghvCipher {
  const keyBytes = Buffer.from(key, 'utf8');
  const ivBytes = Buffer.from(iv, 'utf8');
  if (keyBytes.length !== 16) throw new TypeError(`crypto.key must have 16 bytes, has ${keyBytes.length}`);
  if (ivBytes.length !== 16) throw new TypeError(`crypto.iv must have 16 bytes, has ${ivBytes.length}`);
  return {
    encrypt(plain) {
      const cipher = createCipheriv('aes-128-cbc', keyBytes, ivBytes);
      return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    },
    decrypt(value) {
      const bytes = Buffer.from(value, 'base64');
      if (bytes.length === 0 || bytes.length % 16 !== 0 || bytes.toString('base64') !== value)
        return undefined;
      const decipher = createDecipheriv('aes-128-cbc', keyBytes, ivBytes);
      try {
        return Buffer.concat([decipher.update(bytes), decipher.final()]);
      } catch {
        // Wrong padding is the one way in which decryption tells that key, IV or value do not match.
        return undefined;
      }
    },
  };
}
