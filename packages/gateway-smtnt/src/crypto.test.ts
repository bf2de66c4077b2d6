import { describe, expect, it } from '@jest/globals';
import { aesCipher, KeyTooShortError } from './crypto.js';

const hex = (text: string) => Buffer.from(text, 'hex');

describe('AES-128-CBC with PKCS#5 padding', () => {
  it.each([
    ['{"BindId":"test001"}', '77275dcd9e4b7033e85e520017c3475749dff412317d0575a5e56f503fb3d466'],
    [
      '{"BindId":"test001","BindPwd":"test001#$$%","Version":1}',
      '77275dcd9e4b7033e85e520017c34757f3282e77c44cf24fd54411bde507c2b2b9bd87a70c5a808c83d9d29e97d3437bc4cecd61f50e4a2797c33a5201577159',
    ],
  ])('encrypts %s as openssl does with the same key and IV', (plain, encrypted) => {
    const cipher = aesCipher('0123456789abcdef', 'fedcba9876543210');
    expect(Buffer.from(cipher.encrypt(Buffer.from(plain))).toString('hex')).toBe(encrypted);
    expect(Buffer.from(cipher.decrypt(hex(encrypted))).toString()).toBe(plain);
  });

  it('takes the first 16 bytes of longer keys', () => {
    const long = aesCipher('0123456789abcdefXYZ', 'fedcba9876543210XYZ');
    const short = aesCipher('0123456789abcdef', 'fedcba9876543210');
    expect(long.encrypt(hex('00'))).toEqual(short.encrypt(hex('00')));
  });

  it('fills a block that is full with another one', () => {
    const cipher = aesCipher('0123456789abcdef', 'fedcba9876543210');
    const block = Buffer.alloc(16, 0x61);
    expect(cipher.encrypt(block)).toHaveLength(32);
    expect(Buffer.from(cipher.decrypt(cipher.encrypt(block)))).toEqual(block);
  });

  it('refuses a key or an IV that is too short', () => {
    expect(() => aesCipher('0123456789abcde', 'fedcba9876543210')).toThrow(KeyTooShortError);
    expect(() => aesCipher('0123456789abcdef', '')).toThrow(KeyTooShortError);
  });
});
