/// <reference types="node" />
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Cipher } from '../cipher.js';

const ALGORITHM = 'aes-128-cbc';
const KEY = '0123456789abcdef';
const IV = 'fedcba9876543210';

/**
 * The cipher of the golden vectors. Their Base64 was made with
 * `openssl enc -aes-128-cbc -K 30313233343536373839616263646566 -iv 66656463626139383736353433323130 -base64 -A`.
 */
export const goldenAes: Cipher = {
  encrypt(plain) {
    const cipher = createCipheriv(ALGORITHM, KEY, IV);
    return new Uint8Array([...cipher.update(plain), ...cipher.final()]);
  },
  decrypt(sealed) {
    const decipher = createDecipheriv(ALGORITHM, KEY, IV);
    return new Uint8Array([...decipher.update(sealed), ...decipher.final()]);
  },
};
