import { describe, expect, it } from '@jest/globals';
import { Captures } from './captures.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const shown = (captures: Captures, filter = {}) =>
  captures.list(filter).map(({ session, direction, hex }) => `${session} ${direction} ${hex}`);

describe('captures', () => {
  it('keep nothing until a number of frames is asked for', () => {
    const captures = new Captures(0, () => 1);
    captures.add(1, 'sent', bytes('a'));
    expect([captures.on, captures.list(), captures.bytes]).toEqual([false, [], 0]);
    expect(() => new Captures(1.5, () => 1)).toThrow(TypeError);
  });

  it('keep the last frames of each session in the order in which they went', () => {
    const captures = new Captures(2, () => 7);
    for (const [session, text] of [
      [1, 'a'],
      [2, 'b'],
      [1, 'c'],
      [1, 'd'],
    ] as const) {
      captures.add(session, session === 1 ? 'received' : 'sent', bytes(text));
    }
    expect(shown(captures)).toEqual(['2 sent 62', '1 received 63', '1 received 64']);
    expect(shown(captures, { session: 1 })).toEqual(['1 received 63', '1 received 64']);
    expect(shown(captures, { direction: 'sent' })).toEqual(['2 sent 62']);
    expect(captures.list()[0]).toEqual({ n: 1, at: 7, session: 2, direction: 'sent', hex: '62' });
    captures.clear();
    expect([captures.list(), captures.bytes]).toEqual([[], 0]);
  });

  it('are copies: a buffer that is written again changes nothing', () => {
    const captures = new Captures(1, () => 0);
    const frame = bytes('a');
    captures.add(1, 'sent', frame);
    frame[0] = 0;
    expect(captures.list()[0]?.hex).toBe('61');
  });

  it('forget the oldest frames past their bytes, and the oldest session past 64', () => {
    const captures = new Captures(10, () => 0, 100);
    for (let session = 1; session <= 70; session++) captures.add(session, 'sent', bytes('x'));
    expect(captures.list().map(({ session }) => session)).toEqual(
      Array.from({ length: 64 }, (_, i) => i + 7),
    );
    captures.add(70, 'sent', Buffer.alloc(99));
    expect([captures.bytes, captures.list().length]).toEqual([100, 2]);
    captures.add(70, 'sent', Buffer.alloc(101));
    expect(captures.bytes).toBe(100);
  });
});
