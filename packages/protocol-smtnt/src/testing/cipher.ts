import type { BodyCipher } from '../codec.js';

/** Stands in for AES where only the place of encryption matters: turns every byte round, and marks what it made. */
export const turningCipher: BodyCipher = {
  encrypt: (plain) => Uint8Array.from([0x2a, ...Array.from(plain, (byte) => byte ^ 0xff)]),
  decrypt(encrypted) {
    if (encrypted[0] !== 0x2a) throw new Error('not encrypted with this key');
    return encrypted.subarray(1).map((byte) => byte ^ 0xff);
  },
};
