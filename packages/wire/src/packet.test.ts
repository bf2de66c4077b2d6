import { describe, expect, it } from '@jest/globals';
import { fromHex, fromLatin1, toHex } from './bytes.js';
import { FieldError, ProtocolError } from './errors.js';
import { personal, secret } from './field.js';
import { chars, choice, constant, decimal, digits, reserved, sizeOf, text, variableText } from './kinds.js';
import { type PacketOf, packet } from './packet.js';

const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;

const note = packet('note', [
  choice('urgent', 1, ['Y', 'N']),
  constant('kind', 4, 'NTE'),
  digits('id', 6),
  personal(chars('to', 11)),
  secret(chars('key', 4)),
  decimal('count', 3),
  reserved('spare', 2),
  personal(text('title', 5)),
  personal(variableText('body', { minBytes: 1, maxBytes: 10 })),
]);
type Note = PacketOf<typeof note>;

const value: Note = {
  urgent: 'Y',
  id: '0042',
  to: '01012345678',
  key: 'k1',
  count: 7,
  title: '가나',
  body: '다a',
};
const encoded = fromHex(
  [
    '59', // urgent Y
    '4e544500', // kind NTE, NUL
    '303034320000', // id 0042, two NUL
    '3031303132333435363738', // to, full: no NUL
    '6b310000', // key k1
    '370000', // count 7
    '0000', // spare
    'b0a1b3aa00', // title 가나, NUL
    'b4d961', // body 다a, to the end
  ].join(''),
);

describe('packet', () => {
  it('takes size and offsets from its rows', () => {
    expect(note.fixedSize).toBe(36);
    expect(note.layout.map((row) => [row.name, row.offset])).toEqual([
      ['urgent', 0],
      ['kind', 1],
      ['id', 5],
      ['to', 11],
      ['key', 22],
      ['count', 26],
      ['spare', 29],
      ['title', 31],
      ['body', 36],
    ]);
    expect(note.offsetOf('title')).toBe(31);
    expect(note.size(value, cp949)).toBe(39);
  });

  it('writes each field left-aligned, padded with NUL, and without NUL when it is full', () => {
    expect(toHex(note.encode(value, cp949))).toBe(toHex(encoded));
  });

  it('leaves the headroom to the caller', () => {
    const withHeader = note.encode(value, cp949, 8);
    expect(toHex(withHeader.subarray(0, 8))).toBe('00'.repeat(8));
    expect(toHex(withHeader.subarray(8))).toBe(toHex(encoded));
  });

  it('writes into memory of the caller and leaves no old byte in a padding', () => {
    const target = new Uint8Array(encoded.length + 2).fill(0xff);
    note.encodeInto(target, 1, value, cp949);
    expect(toHex(target)).toBe(`ff${toHex(encoded)}ff`);
  });

  it('reads each field up to its first NUL', () => {
    expect(note.decode(encoded, cp949)).toEqual(value);
    const behindNul = encoded.slice();
    behindNul[25] = 0x5a; // garbage behind the NUL of `key`
    expect(note.decode(behindNul, cp949)).toEqual(value);
  });

  it.each<[Partial<Note>, FieldError]>([
    [{ to: '010123456789' }, new FieldError('to', 'max-bytes', 11, 12)],
    [{ title: '가나다' }, new FieldError('title', 'max-bytes', 5, 6)],
    [{ body: '가나다라마바' }, new FieldError('body', 'max-bytes', 10, 12)],
    [{ body: '' }, new FieldError('body', 'min-bytes', 1, 0)],
    [{ body: 'a\0b' }, new FieldError('body', 'no-nul', 'no NUL character', 'one at index 1')],
    [{ title: '\0' }, new FieldError('title', 'no-nul', 'no NUL character', 'one at index 0')],
    [{ id: '12a' }, new FieldError('id', 'digits', 'digits only', 'other characters')],
    [{ id: '' }, new FieldError('id', 'digits', 'digits only', 'nothing')],
    [{ id: '1234567' }, new FieldError('id', 'max-bytes', 6, 7)],
    [{ key: '가' }, new FieldError('key', 'ascii', 'printable ASCII', 'another character at index 0')],
    [{ count: 1000 }, new FieldError('count', 'max-value', 999, 1000)],
    [{ count: 0.5 }, new FieldError('count', 'whole-number', 'from 0', 'another value')],
    [{ urgent: 'X' as 'Y' }, new FieldError('urgent', 'one-of', 'Y, N', 'another value')],
    [{ body: '😀' }, new FieldError('body', 'unmappable', 'cp949', 'U+1F600')],
  ])('refuses a value that has no place, naming field, limit and what was found: %j', (change, error) => {
    expect(() => note.encode({ ...value, ...change }, cp949)).toThrow(error);
  });

  it.each([
    ['body-too-short', encoded.subarray(0, 35)],
    ['field-too-long', fromHex(`${toHex(encoded)}${'61'.repeat(8)}`)],
    ['field-not-digits', encoded.with(5, 0x20)],
    ['field-not-digits', encoded.with(5, 0x00)],
    ['field-not-allowed', encoded.with(0, 0x5a)],
    ['field-not-allowed', encoded.with(1, 0x5a)],
    ['field-not-a-number', encoded.with(26, 0x2d)],
  ])('refuses a body that is none: %s', (reason, body) => {
    const decoding = () => note.decode(body, cp949);
    expect(decoding).toThrow(ProtocolError);
    expect(decoding).toThrow(expect.objectContaining({ reason }));
  });

  it('refuses bytes behind the last field', () => {
    const fixed = packet('fixed', [digits('id', 2)]);
    expect(() => fixed.decode(fromHex('313200'), cp949)).toThrow(
      expect.objectContaining({ reason: 'body-too-long' }),
    );
  });

  it('reads numbers with zero, space and NUL padding, and an empty one as 0', () => {
    const number = packet('number', [decimal('n', 4)]);
    const read = (text: string) => number.decode(fromLatin1(text), cp949).n;
    expect([
      read('12\0\0'),
      read('0012'),
      read('  12'),
      read('12  '),
      read('\0\0\0\0'),
      read('1234'),
    ]).toEqual([12, 12, 12, 12, 0, 1234]);
  });

  it('shows values with personal and secret ones masked', () => {
    expect(note.describe(value)).toEqual({
      urgent: 'Y',
      id: '0042',
      to: '010****5678',
      key: '***',
      count: 7,
      title: '(2 characters)',
      body: '(2 characters)',
    });
    expect(note.describe({ ...value, to: '1234', body: '123456789' })).toMatchObject({
      to: '(4 characters)',
      body: '(9 characters)',
    });
  });

  it('writes and reads variable fields whose sizes stand in earlier fields', () => {
    const two = packet('two', [
      sizeOf('leftSize', 2, 'left'),
      sizeOf('rightSize', 2, 'right'),
      variableText('left', { maxBytes: 9, sizedBy: 'leftSize' }),
      variableText('right', { maxBytes: 9, sizedBy: 'rightSize' }),
    ]);
    const body = two.encode({ left: '가', right: 'xyz' }, cp949);
    expect(toHex(body)).toBe('32003300b0a178797a');
    expect(two.decode(body, cp949)).toEqual({ left: '가', right: 'xyz' });
    expect(() => two.decode(fromHex('3200 3400 b0a178797a'), cp949)).toThrow(
      expect.objectContaining({ reason: 'body-too-short' }),
    );
    expect(two.layout[3]?.offset).toBeUndefined();
  });

  it('gives a text its own charset and final NUL where the row says so', () => {
    const abroad = packet('abroad', [
      variableText('text', { maxBytes: 5, finalNul: true, charset: 'utf-8' }),
    ]);
    expect(toHex(abroad.encode({ text: '가a' }, cp949))).toBe('eab0806100');
    expect(abroad.decode(fromHex('eab0806100'), cp949)).toEqual({ text: '가a' });
    expect(() => abroad.encode({ text: '가ab' }, cp949)).toThrow(new FieldError('text', 'max-bytes', 5, 6));
  });

  it('refuses a table in which two rows share a name', () => {
    expect(() => packet('twice', [digits('a', 1), digits('a', 1)])).toThrow(TypeError);
  });

  it('refuses to read a text without the final NUL that its row wants, or shorter than the row allows', () => {
    const ended = packet('ended', [
      variableText('text', { minBytes: 2, maxBytes: 5, finalNul: true, charset: 'utf-8' }),
    ]);
    expect(ended.decode(fromHex('4100'), cp949)).toEqual({ text: 'A' });
    expect(() => ended.decode(fromHex('4142'), cp949)).toThrow(
      expect.objectContaining({ reason: 'no-final-nul' }),
    );
    expect(() => ended.decode(fromHex('0041'), cp949)).toThrow(
      expect.objectContaining({ reason: 'field-too-short' }),
    );
    const some = packet('some', [variableText('text', { minBytes: 1, maxBytes: 5 })]);
    for (const nothing of ['', '00', '0041']) {
      expect(() => some.decode(fromHex(nothing), cp949)).toThrow(
        expect.objectContaining({ reason: 'field-too-short' }),
      );
    }
  });

  it('refuses a text shorter than its row allows', () => {
    expect(() => note.decode(encoded.subarray(0, 36), cp949)).toThrow(
      expect.objectContaining({ reason: 'field-too-short' }),
    );
  });

  it('keeps a field shorter than its place where the row says so', () => {
    const short = packet('short', [chars('key', 4, 3), text('title', 6, 4), decimal('size', 2, 'nul')]);
    const body = short.encode({ key: 'abc', title: '가나', size: 0 }, cp949);
    expect(toHex(body)).toBe('61626300 b0a1b3aa0000 0000'.replaceAll(' ', ''));
    expect(short.decode(body, cp949)).toEqual({ key: 'abc', title: '가나', size: 0 });
    const encode = (change: object) => () =>
      short.encode({ key: 'abc', title: '', size: 1, ...change }, cp949);
    expect(encode({ key: 'abcd' })).toThrow(new FieldError('key', 'max-bytes', 3, 4));
    expect(encode({ title: '가나a' })).toThrow(new FieldError('title', 'max-bytes', 4, 5));
    expect(() => short.decode(body.with(3, 0x64), cp949)).toThrow(
      expect.objectContaining({ reason: 'field-too-long' }),
    );
  });
});
