import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { fromHex, toHex } from './bytes.js';
import { type Charset, decodeText, encodeText, textBytes } from './charset.js';
import { FieldError } from './errors.js';

const strict = (charset: Charset) => ({ charset, unmappable: 'reject' }) as const;

describe('charset', () => {
  it('writes Hangul of KS X 1001 as two bytes and ASCII as one', () => {
    // KS X 1001: 가 is row 16 cell 1 (B0A1), 힝 is row 40 cell 94 (C8FE).
    expect(toHex(encodeText('가A힝', strict('euc-kr')))).toBe('b0a141c8fe');
    expect(textBytes('가A힝', strict('euc-kr'))).toBe(5);
  });

  it('writes Hangul outside KS X 1001 in cp949 and refuses it in euc-kr by its code point', () => {
    expect(toHex(encodeText('뷁', strict('cp949')))).toBe('94ee');
    expect(() => encodeText('뷁', strict('euc-kr'), 'subject')).toThrow(
      new FieldError('subject', 'unmappable', 'euc-kr', 'U+BDC1'),
    );
  });

  it('refuses an emoji by its whole code point, or writes one question mark for it', () => {
    expect(() => textBytes('안녕😀', strict('cp949'))).toThrow(
      new FieldError('text', 'unmappable', 'cp949', 'U+1F600'),
    );
    expect(toHex(encodeText('😀!', { charset: 'cp949', unmappable: 'replace' }))).toBe('3f21');
  });

  it('writes UTF-8 of every width and refuses half a surrogate pair', () => {
    expect(toHex(encodeText('Aé가😀', strict('utf-8')))).toBe('41c3a9eab080f09f9880');
    expect(textBytes('Aé가😀', strict('utf-8'))).toBe(10);
    expect(() => encodeText('\ud83d!', strict('utf-8'))).toThrow(
      new FieldError('text', 'unmappable', 'utf-8', 'U+D83D'),
    );
  });

  it('agrees with an independent CP949 table on every character of the basic plane', () => {
    const differing: string[] = [];
    for (let unit = 0x80; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      const theirs = toHex(iconv.encode(character, 'cp949'));
      const ours = toHex(encodeText(character, { charset: 'cp949', unmappable: 'replace' }));
      if (theirs !== ours) differing.push(`U+${unit.toString(16)}: ${theirs} ${ours}`);
    }
    expect(differing).toEqual([]);
  });

  it('holds 8,226 characters in euc-kr and 8,822 more in cp949', () => {
    let ksx1001 = 0;
    let cp949 = 0;
    for (let unit = 0x80; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      if (toHex(encodeText(character, { charset: 'euc-kr', unmappable: 'replace' })) !== '3f') ksx1001++;
      if (toHex(encodeText(character, { charset: 'cp949', unmappable: 'replace' })) !== '3f') cp949++;
    }
    expect([ksx1001, cp949 - ksx1001]).toEqual([8226, 8822]);
  });

  it('reads the superset under the name euc-kr, and shows meaningless bytes as U+FFFD', () => {
    expect(decodeText(fromHex('94eeb0a1'), 'euc-kr')).toBe('뷁가');
    expect(decodeText(fromHex('41ff42b0'), 'cp949')).toBe('A\ufffdB\ufffd');
    expect(decodeText(fromHex('efbbbf41'), 'utf-8')).toBe('\ufeffA');
  });

  it('reads back every text that it could write', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom<Charset>('euc-kr', 'cp949', 'utf-8'),
        (text, charset) => {
          let bytes: Uint8Array;
          try {
            bytes = encodeText(text, strict(charset));
          } catch (error) {
            expect(error).toBeInstanceOf(FieldError);
            return;
          }
          expect(bytes.length).toBe(textBytes(text, strict(charset)));
          expect(decodeText(bytes, charset)).toBe(text);
        },
      ),
    );
  });

  it('reads a long text whole', () => {
    const text = '가나다'.repeat(5000);
    expect(decodeText(encodeText(text, strict('cp949')), 'cp949')).toBe(text);
  });
});
