import { describe, expect, it } from '@jest/globals';
import { makeMessageId } from './message-id.js';

const zeros = new Uint8Array(16);
const ones = new Uint8Array(16).fill(255);

describe('a made message id', () => {
  it('is the time in base 32, ten characters, then sixteen of chance', () => {
    expect(makeMessageId(0, zeros)).toBe('00000000000000000000000000');
    // 33 = 1 × 32 + 1
    expect(makeMessageId(33, ones)).toBe('0000000011ZZZZZZZZZZZZZZZZ');
  });

  it('sorts by its time', () => {
    expect(makeMessageId(1_767_225_600_000, ones) < makeMessageId(1_767_225_600_001, zeros)).toBe(true);
  });

  it('is an id that messages may have', () => {
    expect(
      makeMessageId(
        1_767_225_600_000,
        new Uint8Array(16).map((_, i) => i * 17),
      ),
    ).toMatch(/^[A-Za-z0-9_-]{26}$/);
  });

  it('refuses to do with less chance', () => {
    expect(() => makeMessageId(0, new Uint8Array(8))).toThrow(RangeError);
  });
});
