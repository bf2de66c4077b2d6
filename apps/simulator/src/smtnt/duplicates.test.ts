import { describe, expect, it } from '@jest/globals';
import { DuplicateMemory, digestOf } from './duplicates.js';

describe('duplicate memory', () => {
  it('knows an id for its age, and not a moment longer', () => {
    const memory = new DuplicateMemory(1000);
    memory.remember('80', 7, 5000);
    expect(memory.digestOf('80', 5999)).toBe(7);
    expect(memory.digestOf('81', 5999)).toBeUndefined();
    expect(memory.digestOf('80', 6000)).toBeUndefined();
  });

  it('holds no more than what is young enough', () => {
    const memory = new DuplicateMemory(100);
    for (let at = 0; at < 1000; at++) memory.remember(String(at), 0, at);
    expect(memory.size).toBe(100);
  });

  it('tells contents apart, also where only the border between two fields moved', () => {
    expect(digestOf('a', 'bc')).toBe(digestOf('a', 'bc'));
    expect(digestOf('a', 'bc')).not.toBe(digestOf('ab', 'c'));
    expect(digestOf('', 'a')).not.toBe(digestOf('a', ''));
  });
});
