import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { measureText } from './measure.js';

describe('measureText', () => {
  it.each([
    ['', 0],
    ['abc 123\r\n', 9],
    ['한글', 4],
    ['가A나', 5],
    ['뷁', 2],
    ['€®', 4],
  ])('counts %j as %d bytes of CP949', (text, bytes) => {
    expect(measureText(text, 'cp949')).toEqual({ bytes, unmappable: [] });
  });

  it('finds Hangul outside KS X 1001 in CP949, but not in EUC-KR', () => {
    expect(measureText('a뷁b', 'euc-kr')).toEqual({ bytes: 2, unmappable: [{ character: '뷁', index: 1 }] });
    expect(measureText('가', 'euc-kr')).toEqual({ bytes: 2, unmappable: [] });
  });

  it('names a character outside the basic plane once and whole, at the index of its first half', () => {
    expect(measureText('가😀나', 'cp949')).toEqual({ bytes: 4, unmappable: [{ character: '😀', index: 1 }] });
  });

  it('names half a surrogate pair as unmappable in every charset', () => {
    for (const charset of ['cp949', 'euc-kr', 'utf-8'] as const) {
      expect(measureText('a\ud83d', charset)).toEqual({
        bytes: 1,
        unmappable: [{ character: '\ud83d', index: 1 }],
      });
    }
  });

  it.each([
    ['abc', 3],
    ['é', 2],
    ['한', 3],
    ['中文', 6],
    ['😀', 4],
  ])('counts %j as %d bytes of UTF-8', (text, bytes) => {
    expect(measureText(text, 'utf-8')).toEqual({ bytes, unmappable: [] });
  });

  it.each(['cp949', 'euc-kr'] as const)('agrees with the encoder on every character in %s', (charset) => {
    const disagreeing: string[] = [];
    for (let unit = 0; unit < 0x10000; unit++) {
      if (unit >= 0xd800 && unit <= 0xdfff) continue;
      const character = String.fromCharCode(unit);
      const encoded = iconv.encode(character, 'cp949');
      const replaced = encoded.length === 1 && encoded[0] === 0x3f && character !== '?';
      // In KS X 1001 both bytes have their high bit set, above the controls.
      const outside =
        charset === 'euc-kr' && encoded.length === 2 && encoded.some((byte: number) => byte < 0xa1);
      const { bytes, unmappable } = measureText(character, charset);
      const lacking = replaced || outside;
      if (lacking ? unmappable.length !== 1 : bytes !== encoded.length) disagreeing.push(unit.toString(16));
    }
    expect(disagreeing).toEqual([]);
  });

  it('holds the 2,350 Hangul syllables of KS X 1001 in EUC-KR and all 11,172 in CP949', () => {
    const syllables = Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index)).join(
      '',
    );
    expect(measureText(syllables, 'cp949')).toEqual({ bytes: 22_344, unmappable: [] });
    expect(measureText(syllables, 'euc-kr').bytes).toBe(4700);
  });
});
