import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeText, textBytes } from './charset.js';
import { FieldError } from './errors.js';
import { chars, constant, decimal, digits, reserved, sizeOf, text, variableText } from './kinds.js';
import { packet } from './packet.js';
import { LARGEST_SHARE } from './slab.js';

const reject = { charset: 'cp949', unmappable: 'reject' } as const;
const replace = { charset: 'cp949', unmappable: 'replace' } as const;
const utf8 = { charset: 'utf-8', unmappable: 'reject' } as const;

const letter = packet('letter', [
  digits('id', 4),
  reserved('spare', 2),
  constant('kind', 4, 'LTR'),
  chars('to', 6),
  text('title', 5),
  sizeOf('bodySize', 5, 'body'),
  variableText('body', { minBytes: 1, maxBytes: 10 }),
]);
const value = { id: '12', to: 'abc', title: '가', body: '나' };

const bytesOf = (options: typeof reject | typeof replace, change: Partial<typeof value>) =>
  letter.encode({ ...value, ...change }, options);

describe('a packet written in one pass', () => {
  it.each<[string, string, number]>([
    ['Hangul', '가나다라마', 10],
    ['ASCII', 'abcdefghij', 10],
    ['both, with a last byte to spare', 'a가나다라', 9],
    ['both, ending with Hangul', 'ab가나다라', 10],
  ])('takes a text up to its very limit: %s', (_what, body, size) => {
    const bytes = bytesOf(reject, { body });
    expect(bytes).toHaveLength(letter.fixedSize + size);
    expect(letter.decode(bytes, reject)).toEqual({ ...value, body });
  });

  it.each<[string, FieldError]>([
    ['abcdefghijk', new FieldError('body', 'max-bytes', 10, 11)],
    ['a가나다라마', new FieldError('body', 'max-bytes', 10, 11)],
    ['가나다라마바', new FieldError('body', 'max-bytes', 10, 12)],
    ['', new FieldError('body', 'min-bytes', 1, 0)],
    ['가나다라마바\0', new FieldError('body', 'no-nul', 'no NUL character', 'one at index 6')],
    ['가나다라마바😀', new FieldError('body', 'unmappable', 'cp949', 'U+1F600')],
    ['😀\0', new FieldError('body', 'no-nul', 'no NUL character', 'one at index 2')],
  ])('refuses %j as measuring it does', (body, error) => {
    expect(() => bytesOf(reject, { body })).toThrow(error);
    expect(() => letter.size({ ...value, body }, reject)).toThrow(error);
  });

  it('names the text first where a fixed field is wrong too', () => {
    expect(() => bytesOf(reject, { id: 'x', body: '' })).toThrow(new FieldError('body', 'min-bytes', 1, 0));
  });

  it('counts a question mark for what the charset lacks, pair or half of one', () => {
    const bytes = bytesOf(replace, { body: '😀\ud83d가나다라' });
    expect(letter.decode(bytes, replace).body).toBe('??가나다라');
    const over = () => bytesOf(replace, { body: '😀😀😀가나다라' });
    expect(over).toThrow(new FieldError('body', 'max-bytes', 10, 11));
  });

  it('fills each field to its last byte, and leaves the bytes around alone', () => {
    const full = { id: '1234', to: 'abcdef', title: '가나a', body: '다' };
    const bytes = letter.encode(full, reject);
    expect(letter.decode(bytes, reject)).toEqual(full);
    expect([...bytes.subarray(4, 6)]).toEqual([0, 0]);
  });

  it('leaves nothing of a refused packet in the next one', () => {
    const refused = () => letter.encode({ id: '99', to: '한', title: '가나', body: '가나다라마' }, reject);
    for (let round = 0; round < 500; round++) {
      expect(refused).toThrow(FieldError);
      const bytes = letter.encode({ id: '1', to: '', title: '', body: 'z' }, reject);
      expect(letter.decode(bytes, reject)).toEqual({ id: '1', to: '', title: '', body: 'z' });
      expect(bytes.reduce((sum, byte) => sum + byte, 0)).toBe(0x31 + 0x4c + 0x54 + 0x52 + 0x31 + 0x7a);
    }
  });

  it('is the same whether its bound lies within a shared piece of memory or beyond it', () => {
    const long = packet('long', [sizeOf('size', 5, 'body'), variableText('body', { maxBytes: 9999 })]);
    const most = LARGEST_SHARE - long.fixedSize - 1;
    for (const length of [most / 2 - 1, most / 2, most / 2 + 1].map(Math.floor)) {
      for (const body of ['가'.repeat(length), 'a'.repeat(length)]) {
        const bytes = long.encode({ body }, reject);
        expect(bytes).toHaveLength(long.fixedSize + textBytes(body, reject));
        expect(long.decode(bytes, reject)).toEqual({ body });
      }
    }
  });

  it('is what measuring and writing into given memory make of it', () => {
    const two = packet('two', [
      sizeOf('leftSize', 4, 'left'),
      sizeOf('rightSize', 4, 'right', 'nul'),
      decimal('count', 3),
      variableText('left', { maxBytes: 40, sizedBy: 'leftSize' }),
      variableText('right', { maxBytes: 40, sizedBy: 'rightSize', charset: 'utf-8' }),
    ]);
    const any = fc.string({ unit: 'binary', maxLength: 25 });
    fc.assert(
      fc.property(
        any,
        any,
        fc.nat(1200),
        fc.constantFrom(reject, replace, utf8),
        (left, right, count, options) => {
          const values = { left, right, count };
          const measured = attempt(() => {
            const target = new Uint8Array(two.size(values, options)).fill(0xff);
            two.encodeInto(target, 0, values, options);
            return target;
          });
          const encoded = attempt(() => two.encode(values, options, 3).slice(3));
          expect(encoded).toEqual(measured);
        },
      ),
    );
  });

  it('takes UTF-8 of every width to the limit, and refuses a byte more', () => {
    const abroad = packet('abroad', [
      variableText('text', { maxBytes: 11, finalNul: true, charset: 'utf-8' }),
    ]);
    const widest = 'aé가😀';
    expect(abroad.encode({ text: widest }, reject)).toEqual(
      Uint8Array.from([...encodeText(widest, utf8), 0]),
    );
    expect(() => abroad.encode({ text: `${widest}a` }, reject)).toThrow(
      new FieldError('text', 'max-bytes', 11, 12),
    );
  });
});

function attempt(run: () => Uint8Array): unknown {
  try {
    return [...run()];
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    const { actual, field, limit, rule } = error;
    return { actual, field, limit, rule };
  }
}
