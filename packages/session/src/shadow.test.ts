import { describe, expect, it } from '@jest/globals';
import { LARGE_FRAME_BYTES, Shadow } from './shadow.js';

describe('the shadow of a large frame', () => {
  it('falls on the large frame itself and on what is written before its answer', () => {
    const shadow = new Shadow();
    const session = {};
    expect(shadow.written(session, LARGE_FRAME_BYTES)).toBeUndefined();
    const large = shadow.written(session, LARGE_FRAME_BYTES + 1);
    const behind = shadow.written(session, 200);
    expect([large, behind]).toEqual([expect.any(Function), expect.any(Function)]);
    behind?.();
    expect(shadow.written(session, 200)).toBeDefined();
    large?.();
    expect(shadow.written(session, 200)).toBeUndefined();
  });

  it('lasts until the last of several large frames is answered', () => {
    const shadow = new Shadow();
    const session = {};
    const first = shadow.written(session, 300_000);
    const second = shadow.written(session, 300_000);
    first?.();
    expect(shadow.written(session, 200)).toBeDefined();
    second?.();
    expect(shadow.written(session, 200)).toBeUndefined();
  });

  it('falls behind the unanswered pieces of an errand when they are as many', () => {
    const shadow = new Shadow();
    const session = {};
    expect(shadow.written(session, 200, LARGE_FRAME_BYTES)).toBeUndefined();
    expect(shadow.written(session, 200, LARGE_FRAME_BYTES + 1)).toBeDefined();
    expect(shadow.written(session, 200, 0)).toBeUndefined();
  });

  it('falls on no other session', () => {
    const shadow = new Shadow();
    shadow.written({}, 300_000);
    expect(shadow.written({}, 200)).toBeUndefined();
  });
});
