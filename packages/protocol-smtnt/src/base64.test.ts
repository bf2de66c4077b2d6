import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, encodeBase64 } from './base64.js';
import { toHex, utf8 } from './testing/bytes.js';

describe('Base64', () => {
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foobar', 'Zm9vYmFy'],
  ])('turns %p into %p and back (RFC 4648, 10)', (plain, packed) => {
    expect(encodeBase64(utf8(plain))).toBe(packed);
    expect(toHex(decodeBase64(packed) ?? utf8('none'))).toBe(toHex(utf8(plain)));
  });

  it('uses + and / for the last two values', () => {
    expect(encodeBase64(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe('+/+/');
  });

  it('keeps any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  it('allows line breaks', () => {
    expect(decodeBase64('Zm9v\r\nYmFy')).toEqual(utf8('foobar'));
  });

  it.each(['Zg', 'Zg=', 'Zm9v!mFy', 'Z===', '=Zg=', 'Zm9-'])('refuses %p', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
