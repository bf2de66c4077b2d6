import type { Cipher } from '../cipher.js';

/** Grows as AES-CBC with PKCS#7 does, to the next multiple of 16, and turns every byte over. */
export const turningCipher: Cipher = {
  encrypt(bytes) {
    const size = (Math.floor(bytes.length / 16) + 1) * 16;
    return Uint8Array.from({ length: size }, (_, at) => (bytes[at] ?? size - bytes.length) ^ 0xff);
  },
  decrypt(bytes) {
    const turned = bytes.map((byte) => byte ^ 0xff);
    const padding = turned.at(-1) ?? 0;
    if (turned.length === 0 || turned.length % 16 !== 0 || padding < 1 || padding > 16) {
      throw new Error('wrong final block');
    }
    return turned.subarray(0, turned.length - padding);
  },
};
