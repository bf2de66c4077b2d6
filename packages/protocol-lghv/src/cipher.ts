import { FieldError, fromBase64, fromLatin1, ProtocolError, toBase64, toLatin1 } from '@pabal/wire';

/**
 * AES-128-CBC with PKCS#7 under the account's key and IV (16 bytes each). This package holds no cryptography of its
 * own, so that it runs anywhere: whoever uses it brings the cipher.
 */
export interface Cipher {
  encrypt(plain: Uint8Array): Uint8Array;
  /** @throws when the bytes were not made under this key. */
  decrypt(sealed: Uint8Array): Uint8Array;
}

/** The value as it stands in its field: encrypted, in Base64. */
export function seal(plain: Uint8Array, cipher: Cipher): string {
  return toBase64(cipher.encrypt(plain));
}

/** {@link seal} for a value of ASCII characters. */
export function sealAscii(plain: string, cipher: Cipher): string {
  return seal(fromLatin1(plain), cipher);
}

/** The bytes that {@link seal} was given. @throws ProtocolError `not-base64` or `not-decryptable`. */
export function unseal(sealed: string, cipher: Cipher): Uint8Array {
  const bytes = fromBase64(sealed);
  try {
    return cipher.decrypt(bytes);
  } catch {
    // The cipher's own words may hold what it could not decrypt.
    throw new ProtocolError('not-decryptable');
  }
}

/** {@link unseal} for a value of ASCII characters. */
export function unsealAscii(sealed: string, cipher: Cipher): string {
  return toLatin1(unseal(sealed, cipher));
}

/** The cipher that an encrypted field needs. @throws FieldError where the configuration gives none. */
export function needCipher(cipher: Cipher | undefined, field: string): Cipher {
  if (!cipher) throw new FieldError(field, 'cipher', 'a key and an IV', 'none');
  return cipher;
}
