import { describe, expect, it } from '@jest/globals';
import { allocate } from './slab.js';

describe('memory for packets', () => {
  it('is all NULs, of the size asked for, and never handed out twice', () => {
    const pieces = Array.from({ length: 200 }, (_, index) => {
      const piece = allocate(1 + index * 7);
      expect(piece).toEqual(new Uint8Array(1 + index * 7));
      return piece.fill(index % 251);
    });
    for (const [index, piece] of pieces.entries()) {
      expect(piece.every((byte) => byte === index % 251)).toBe(true);
    }
  });
});
