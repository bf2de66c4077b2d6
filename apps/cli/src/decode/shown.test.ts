import { describe, expect, it } from '@jest/globals';
import type { ExplainedField } from '@pabal/wire';
import { hexOf, remarkOf } from './shown.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const field = (over: Partial<ExplainedField>): ExplainedField => ({
  section: 'BODY',
  name: 'FIELD',
  notation: '6C',
  offset: 0,
  bytes: bytes('616200000000'),
  unpacked: false,
  value: 'ab',
  masked: 'ab',
  ...over,
});
const VIEW = { reveal: false, language: 'en' } as const;

describe('the bytes of a field', () => {
  it('are shown up to a number, and how many are left', () => {
    expect(hexOf(field({}), VIEW, 8)).toBe('61 62 00 00 00 00');
    expect(hexOf(field({}), VIEW, 2)).toBe('61 62 +4');
  });

  it('are hidden where the value is masked, unless it is revealed', () => {
    const masked = field({ masked: '***' });
    expect(hexOf(masked, VIEW, 8)).toBe('(6 bytes)');
    expect(hexOf(masked, { ...VIEW, reveal: true }, 2)).toBe('61 62 +4');
  });

  it('are dots where a sender left something behind the end of the value', () => {
    expect(hexOf(field({ bytes: bytes('616200303130') }), VIEW, 8)).toBe('61 62 00 ·· ·· ··');
    expect(hexOf(field({ value: '', masked: '', bytes: bytes('303130000000') }), VIEW, 8)).toBe('(6 bytes)');
  });

  it('are shown in a header and in unpacked JSON, where nothing is padded', () => {
    const tail = field({ section: 'HEADER', value: '', masked: '', bytes: bytes('00feff') });
    expect(hexOf(tail, VIEW, 8)).toBe('00 fe ff');
    expect(hexOf(field({ unpacked: true, value: '', masked: '', bytes: bytes('2222') }), VIEW, 8)).toBe(
      '22 22',
    );
  });
});

describe('the remark', () => {
  const remarked = field({ meaning: 'success', meaningKo: '성공', note: 'not digits' });

  it('is the meaning in the language that is asked for, and what is wrong', () => {
    expect(remarkOf(remarked, VIEW)).toBe('success  ! not digits');
    expect(remarkOf(remarked, { ...VIEW, language: 'ko' })).toBe('성공  ! not digits');
    expect(remarkOf(field({}), VIEW)).toBe('');
  });
});
