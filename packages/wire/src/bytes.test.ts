import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromBase64, fromHex, fromLatin1, toBase64, toHex, toLatin1 } from './bytes.js';
import { ProtocolError } from './errors.js';

describe('bytes as text', () => {
  // RFC 4648, section 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes %j in Base64 as %j and reads it back', (plain, encoded) => {
    expect(toBase64(fromLatin1(plain))).toBe(encoded);
    expect(toLatin1(fromBase64(encoded))).toBe(plain);
  });

  it('reads back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(toHex(fromBase64(toBase64(bytes)))).toBe(toHex(bytes));
        expect(toHex(fromHex(toHex(bytes)))).toBe(toHex(bytes));
        expect(toHex(fromLatin1(toLatin1(bytes)))).toBe(toHex(bytes));
      }),
    );
  });

  it('reads hex in either case, with white space between', () => {
    expect(toHex(fromHex('00 fE\nFF'))).toBe('00feff');
  });

  it.each(['Zg=', 'Z===', 'Zm9*', '=Zm9'])('refuses %j as Base64', (text) => {
    expect(() => fromBase64(text)).toThrow(ProtocolError);
  });

  it.each(['0', 'zz', '-1'])('refuses %j as hex', (text) => {
    expect(() => fromHex(text)).toThrow(ProtocolError);
  });
});
