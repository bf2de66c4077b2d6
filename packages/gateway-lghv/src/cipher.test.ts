import { describe, expect, it } from '@jest/globals';
import { aesCipher } from './cipher.js';

describe('aesCipher', () => {
  const cipher = aesCipher('0123456789abcdef', 'fedcba9876543210');

  // openssl enc -aes-128-cbc -K 30313233…66 -iv 66656463…30 -base64
  it.each([
    ['01012345678', 'hPFncLerVaaFVOVki8mUPA=='],
    ['demo', '9IC5VT6yapIAODNQir+UuA=='],
  ])('encrypts %j as openssl does, and back', (plain, sealed) => {
    expect(Buffer.from(cipher.encrypt(Buffer.from(plain))).toString('base64')).toBe(sealed);
    expect(Buffer.from(cipher.decrypt(Buffer.from(sealed, 'base64'))).toString()).toBe(plain);
  });

  it('refuses a key or an IV that is not of 16 bytes', () => {
    expect(() => aesCipher('short', 'fedcba9876543210')).toThrow(RangeError);
    expect(() => aesCipher('0123456789abcdef', 'fedcba98765432100')).toThrow(RangeError);
  });
});
