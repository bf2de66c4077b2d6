import { describe, expect, it } from '@jest/globals';
import { LastKnown } from './last-known.js';

const MEMORY_MS = 1_000;

function open() {
  let now = 0;
  const known = new LastKnown(MEMORY_MS, () => now);
  return {
    known,
    claim: (id: string, v: string) => known.set(id, () => ({ v })),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('records as they were last claimed', () => {
  it('are handed out once', () => {
    const { known, claim } = open();
    claim('a', '1');
    expect(known.take('a')?.()).toEqual({ v: '1' });
    expect(known.take('a')).toBeUndefined();
  });

  it('are kept for the memory, and forgotten after twice that', () => {
    const { known, claim, pass } = open();
    claim('a', '1');
    pass(MEMORY_MS + 1);
    claim('b', '1');
    expect(known.take('a')?.()).toEqual({ v: '1' });
    pass(MEMORY_MS + 1);
    claim('c', '1');
    pass(MEMORY_MS + 1);
    claim('d', '1');
    expect(known.take('b')).toBeUndefined();
  });

  it('leave nothing of an earlier claim behind, whichever generation that is in', () => {
    const { known, claim, pass } = open();
    claim('a', '1');
    pass(MEMORY_MS + 1);
    claim('a', '2');
    known.delete('a');
    expect(known.take('a')).toBeUndefined();
    claim('b', '1');
    pass(MEMORY_MS + 1);
    claim('b', '2');
    expect(known.take('b')?.()).toEqual({ v: '2' });
    expect(known.take('b')).toBeUndefined();
  });
});
