import { describe, expect, it } from '@jest/globals';
import { displayWidth } from '../table.js';
import { cut, excerpt, withoutNumbers } from './excerpt.js';

describe('an excerpt', () => {
  it('leaves a text alone that fits', () => {
    expect(excerpt('주문 접수', 9)).toBe('주문 접수');
  });

  it('counts two columns for Hangul and keeps room for the mark of the cut', () => {
    expect(excerpt('주문 접수', 8)).toBe('주문 접…');
    expect(excerpt('주문 접수', 7)).toBe('주문 …');
    expect(excerpt('주문접수', 6)).toBe('주문…');
  });

  it.each([1, 2, 3, 10, 11, 20])('is never wider than %d columns', (columns) => {
    const text = '[달빛상점] A님, 주문 B가 접수되었습니다';
    expect(displayWidth(excerpt(text, columns))).toBeLessThanOrEqual(columns);
  });

  it('is one line without control characters', () => {
    expect(excerpt(' 첫 줄\n\n  둘째\u001b[31m 줄 ', 40)).toBe('첫 줄 둘째?[31m 줄');
  });

  it('keeps the columns of a line that is only cut', () => {
    expect(cut('a    b    c', 8)).toBe('a    b …');
  });
});

describe('a text without its numbers', () => {
  it('shows neither codes nor phone numbers, and leaves short numbers', () => {
    expect(withoutNumbers('인증번호 482915, 3분 안에. 010-1234-5678, 24일')).toBe(
      '인증번호 ******, 3분 안에. 010-****-****, 24일',
    );
  });
});
