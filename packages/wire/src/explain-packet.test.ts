import { describe, expect, it } from '@jest/globals';
import { fromHex, fromLatin1 } from './bytes.js';
import { type ExplainPacketOptions, explainPacket, firstBytes } from './explain-packet.js';
import { personal } from './field.js';
import { countOf, repeated, variableBytes } from './groups.js';
import { chars, decimal, digits, reserved, sizeOf } from './kinds.js';
import { packet } from './packet.js';

const part = packet('PART', [
  sizeOf('size', 2, 'data'),
  variableBytes('data', { maxBytes: 40, sizedBy: 'size' }),
]);
const letter = packet('LETTER', [
  digits('id', 2),
  personal(chars('to', 8)),
  decimal('weight', 2),
  reserved('spare', 1),
  countOf('count', 1, 'parts'),
  repeated('parts', part, { min: 1, max: 3, countedBy: 'count' }),
]);
const whole = fromHex('3132 3031303132333435 3700 00 32 3200 ffd8 3000');

const options: ExplainPacketOptions = {
  text: { charset: 'cp949', unmappable: 'reject' },
  section: 'BODY',
  nameOf: (_table, row) => row.name.toUpperCase(),
  remark: (_table, row) => (row.name === 'weight' ? { meaning: 'grams' } : {}),
};
const explain = (bytes: Uint8Array, end = bytes.length) => explainPacket(letter, bytes, 0, end, options);

describe('explaining a packet by its table', () => {
  it('gives every row its place, value, mask and meaning, and repeated parts their own sections', () => {
    const { fields, next, problem } = explain(whole);
    expect(problem).toBeUndefined();
    expect(next).toBe(whole.length);
    expect(fields.map(({ section, name, offset, value }) => [section, name, offset, value])).toEqual([
      ['BODY', 'ID', 0, '12'],
      ['BODY', 'TO', 2, '01012345'],
      ['BODY', 'WEIGHT', 10, '7'],
      ['BODY', 'SPARE', 12, ''],
      ['BODY', 'COUNT', 13, '2'],
      ['PART 1', 'SIZE', 14, '2'],
      ['PART 1', 'DATA', 16, '2 bytes: ff d8'],
      ['PART 2', 'SIZE', 18, '0'],
      ['PART 2', 'DATA', 20, '0 bytes: '],
    ]);
    expect(fields[1]?.masked).toBe('******45');
    expect(fields[2]?.meaning).toBe('grams');
    expect(fields.some((field) => field.note !== undefined)).toBe(false);
  });

  it.each([['-1'], ['0x'], ['1e'], ['+1']])('stops at a size of %s, which is no number', (size) => {
    const odd = whole.slice();
    odd.set(fromLatin1(size), 14);
    const { fields, next, problem } = explain(odd);
    expect(problem).toMatchObject({ offset: 16, reason: 'no-size' });
    expect([next, fields.at(-1)?.name, fields.at(-1)?.value]).toEqual([16, 'SIZE', size]);
  });

  it('notes what breaks a row and goes on', () => {
    const odd = whole.slice();
    odd.set(fromHex('7878'), 0); // no digits
    odd.set(fromHex('3000'), 2 + 5); // a NUL within, bytes behind it
    odd.set(fromHex('2037'), 10); // a space before the number
    odd.set(fromHex('41'), 12); // not NUL
    const { fields, problem } = explain(odd);
    expect(problem).toBeUndefined();
    expect(fields.slice(0, 4).map((field) => field.note)).toEqual([
      'field-not-digits: id',
      'not NUL behind its value',
      'padded with spaces',
      'not NUL',
    ]);
    expect(fields[0]).toMatchObject({ value: 'xx', masked: 'xx' });
  });

  it('stops where the bytes do, and tells whether more were promised', () => {
    for (let cut = 0; cut < whole.length; cut++) {
      const { fields, problem } = explain(whole.subarray(0, cut), whole.length);
      expect(problem).toMatchObject({ offset: cut, reason: 'incomplete' });
      expect(fields.reduce((sum, field) => sum + field.bytes.length, 0)).toBe(cut);
    }
    expect(explain(whole.subarray(0, 5)).problem).toMatchObject({ offset: 5, reason: 'body-too-short' });
  });

  it('stops at a size that lies, and tells of bytes that belong to nothing', () => {
    expect(explain(whole.with(14, 0x39).with(15, 0x39)).problem).toMatchObject({
      offset: 16,
      reason: 'field-too-long',
    });
    expect(explain(whole.with(14, 0x78)).problem).toMatchObject({ offset: 16, reason: 'no-size' });
    const longer = new Uint8Array([...whole, 0x41, 0x42]);
    const { fields, problem } = explain(longer);
    expect(problem).toMatchObject({ offset: whole.length, reason: 'body-too-long' });
    expect(fields.at(-1)).toMatchObject({ value: 'AB', masked: '(2 bytes)', note: 'belongs to no field' });
  });

  it('shows the first bytes of many', () => {
    expect(firstBytes(new Uint8Array(17))).toBe(`${Array(16).fill('00').join(' ')} …`);
    expect(firstBytes(new Uint8Array(2))).toBe('00 00');
  });
});
