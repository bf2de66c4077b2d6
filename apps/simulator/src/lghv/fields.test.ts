import { describe, expect, it } from '@jest/globals';
import { firstBadByte, isDigits, readField } from './fields.js';

describe('fields', () => {
  it('are read up to their NUL, and a full field has none', () => {
    const body = Buffer.from('abc\0\0full!x\0y\0', 'latin1');
    expect(readField(body, 0, 5)).toEqual({ value: 'abc', padded: true });
    expect(readField(body, 5, 5)).toEqual({ value: 'full!', padded: true });
    expect(readField(body, 10, 4)).toEqual({ value: 'x', padded: false });
  });

  it('of digits have one at least and nothing else', () => {
    expect(['0123456789', '', '12 ', '1-2', '１'].map(isDigits)).toEqual([true, false, false, false, false]);
  });
});

describe('charset', () => {
  it('euc-kr has pairs from A1 A1 to FE FE only', () => {
    expect(firstBadByte(Buffer.from([0x41, 0xb0, 0xa1, 0x42]), 'euc-kr')).toBe(-1);
    // 뷁 (U+BDC1) is 94 EE in CP949 and not in KS X 1001.
    expect(firstBadByte(Buffer.from([0x41, 0x94, 0xee]), 'euc-kr')).toBe(1);
    expect(firstBadByte(Buffer.from([0x41, 0x94, 0xee]), 'cp949')).toBe(-1);
  });

  it('refuses half a pair, a lone 80 and UTF-8', () => {
    expect(firstBadByte(Buffer.from([0xb0]), 'cp949')).toBe(0);
    expect(firstBadByte(Buffer.from([0x80, 0x41]), 'cp949')).toBe(0);
    expect(firstBadByte(Buffer.from('한글', 'utf8'), 'cp949')).toBe(0);
  });
});
