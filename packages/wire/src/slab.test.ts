import { describe, expect, it } from '@jest/globals';
import { allocate, cutPlace, LARGEST_SHARE, openPlace } from './slab.js';

describe('memory for packets', () => {
  it('is all NULs, of the size asked for, and never handed out twice', () => {
    const pieces = Array.from({ length: 200 }, (_, index) => {
      const piece = allocate(1 + index * 37);
      expect(piece).toEqual(new Uint8Array(1 + index * 37));
      return piece.fill(index % 251);
    });
    for (const [index, piece] of pieces.entries()) {
      expect(piece.every((byte) => byte === index % 251)).toBe(true);
    }
  });

  it('gives back what a place did not use', () => {
    // Twice, as the first may be the last of a slab.
    const ends = [0, 1].map(() => {
      const place = openPlace(100);
      const piece = cutPlace(place, 100, place.start + 10);
      return { piece, next: allocate(1) };
    });
    expect(ends.some(({ piece, next }) => follows(piece, next))).toBe(true);
  });

  it('keeps what was left over from whoever opened a place behind it', () => {
    const first = openPlace(100);
    const second = openPlace(100);
    const piece = cutPlace(first, 100, first.start + 10).fill(1);
    const other = cutPlace(second, 100, second.start + 100).fill(2);
    const third = allocate(50).fill(3);
    expect([piece, other, third].map((each) => new Set(each))).toEqual(
      [1, 2, 3].map((each) => new Set([each])),
    );
  });

  it('never hands out again what a failed writing left behind', () => {
    const failed = openPlace(LARGEST_SHARE);
    failed.memory.fill(0xff, failed.start, failed.start + LARGEST_SHARE);
    for (let piece = 0; piece < 40; piece++) {
      expect(allocate(LARGEST_SHARE).every((byte) => byte === 0)).toBe(true);
    }
  });
});

function follows(piece: Uint8Array, next: Uint8Array): boolean {
  return piece.buffer === next.buffer && piece.byteOffset + piece.length === next.byteOffset;
}
