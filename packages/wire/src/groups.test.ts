import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex } from './bytes.js';
import { FieldError } from './errors.js';
import { countOf, repeated, variableBytes } from './groups.js';
import { choice, sizeOf } from './kinds.js';
import { packet } from './packet.js';

const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;

const part = packet('PART', [
  choice('kind', 1, ['a', 'b']),
  sizeOf('size', 2, 'data', 'nul'),
  variableBytes('data', { maxBytes: 12, sizedBy: 'size' }),
]);
const letter = packet('LETTER', [
  countOf('count', 1, 'parts'),
  repeated('parts', part, { min: 1, max: 3, countedBy: 'count' }),
]);
const values = {
  parts: [
    { kind: 'a' as const, data: fromHex('010203') },
    { kind: 'b' as const, data: fromHex('') },
  ],
};
const encoded = fromHex('32 61 3300 010203 62 0000');

describe('a group that repeats', () => {
  it('is written and read with its count and the sizes of its parts', () => {
    expect(letter.fixedSize).toBe(1);
    expect(toHex(letter.encode(values, cp949))).toBe(toHex(encoded));
    expect(letter.decode(encoded, cp949)).toEqual(values);
    expect(letter.size(values, cp949)).toBe(encoded.length);
  });

  it('gives bytes that are a view on the packet', () => {
    const data = letter.decode(encoded, cp949).parts[0]?.data;
    expect(data?.buffer).toBe(encoded.buffer);
    expect(data?.byteOffset).toBe(4);
  });

  it('shows how many parts there are, and of bytes only their number', () => {
    expect(letter.describe(values)).toEqual({ parts: '(2 parts)' });
    expect(part.describe({ kind: 'a', data: fromHex('010203') })).toEqual({ kind: 'a', data: '(3 bytes)' });
  });

  it.each([
    ['none', [], new FieldError('parts', 'min-count', 1, 0)],
    ['too many', Array(4).fill(values.parts[1]), new FieldError('parts', 'max-count', 3, 4)],
    [
      'too long',
      [{ kind: 'a' as const, data: new Uint8Array(13) }],
      new FieldError('data', 'max-bytes', 12, 13),
    ],
  ])('refuses parts that have no place: %s', (_name, parts, error) => {
    expect(() => letter.encode({ parts }, cp949)).toThrow(error);
  });

  it.each([
    ['a count of none', '30', 'bad-count'],
    ['a count above the most', '34 61 0000 61 0000 61 0000 61 0000', 'bad-count'],
    ['a part that is missing', '32 61 0000', 'body-too-short'],
    ['a part too many', '31 61 0000 61 0000', 'body-too-long'],
    ['a size beyond the end', '31 61 3500 0102', 'body-too-short'],
    ['a size beyond the limit', `31 61 3133 ${'00'.repeat(13)}`, 'field-too-long'],
    ['a part of no kind', '31 63 0000', 'field-not-allowed'],
  ])('refuses bytes that are none: %s', (_name, hex, reason) => {
    expect(() => letter.decode(fromHex(hex), cp949)).toThrow(expect.objectContaining({ reason }));
  });
});
