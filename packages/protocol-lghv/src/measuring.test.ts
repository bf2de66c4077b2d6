/** Whoever measures a text, before it is taken or when it is written, must come to the bytes that are written. */
import { describe, expect, it } from '@jest/globals';
import { measureText } from '@pabal/message';
import { type Charset, decodeText, encodeText, FieldError, textBytes } from '@pabal/wire';
import fc from 'fast-check';

const charset = fc.constantFrom<Charset>('cp949', 'euc-kr', 'utf-8');
/** Everything that a string can hold: both widths, what only one charset has, emoji, and halves of surrogate pairs. */
const text = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('a', '가', '힣', '뷁', '똠', '№', '€', '漢', 'é', '\n', '\0') },
    { weight: 2, arbitrary: fc.constantFrom('😀', '👍🏽', '\ud83d', '\ude00', '\u200d', '\ufeff', '\ufffd') },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  ),
  maxLength: 60,
});

describe('measuring a text', () => {
  it('comes to the bytes that are written, with a question mark for each character that the charset lacks', () => {
    fc.assert(
      fc.property(text, charset, (text, charset) => {
        const replace = { charset, unmappable: 'replace' } as const;
        const written = encodeText(text, replace);
        const { bytes, unmappable } = measureText(text, charset);
        expect(textBytes(text, replace)).toBe(written.length);
        expect(bytes + unmappable.length).toBe(written.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses the first character that the charset lacks, and nothing else', () => {
    fc.assert(
      fc.property(text, charset, (text, charset) => {
        const reject = { charset, unmappable: 'reject' } as const;
        const [first] = measureText(text, charset).unmappable;
        if (first === undefined) {
          const written = encodeText(text, reject);
          expect(textBytes(text, reject)).toBe(written.length);
          expect(decodeText(written, charset)).toBe(text);
          return;
        }
        const codePoint = (first.character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        const error = new FieldError('text', 'unmappable', charset, `U+${codePoint}`);
        expect(() => textBytes(text, reject)).toThrow(error);
        expect(() => encodeText(text, reject)).toThrow(error);
        expect(text.indexOf(first.character)).toBeLessThanOrEqual(first.index);
      }),
      { numRuns: 1000 },
    );
  });
});
