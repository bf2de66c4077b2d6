import { describe, expect, it } from '@jest/globals';
import { earliestExpiry, looseExpiry } from './loose-expiry.js';

const AT = Date.parse('2026-01-31T00:00:00.000Z');
const of = (data: unknown) => looseExpiry({ data, enqueuedAt: AT });

describe('the expiry of unchecked data', () => {
  it.each<[string, unknown, number | undefined]>([
    ['nothing', { id: 'a' }, undefined],
    ['a time', { expiresAt: '2026-01-31T09:00:01+09:00' }, AT + 1_000],
    ['seconds', { ttlSeconds: 3 }, AT + 3_000],
    ['seconds from its sendAt', { ttlSeconds: 3, sendAt: '2026-01-31T01:00:00Z' }, AT + 3_603_000],
    ['no time at all', { expiresAt: 'soon' }, undefined],
    ['seconds that are none', { ttlSeconds: '3' }, undefined],
    ['what is no message', 'text', undefined],
    ['nothing at all', null, undefined],
  ])('%s', (_name, data, expected) => {
    expect(of(data)).toBe(expected);
  });

  it('of a batch is the earliest of its members, and never, where none has one', () => {
    const members = [{ id: 'a' }, { id: 'b', ttlSeconds: 5 }, { id: 'c', ttlSeconds: 2 }, null];
    expect(earliestExpiry({ v: 1, messages: members }, AT)).toBe(AT + 2_000);
    expect(earliestExpiry({ v: 1, messages: [{ id: 'a' }] }, AT)).toBe(Number.POSITIVE_INFINITY);
    expect(earliestExpiry({ id: 'a', ttlSeconds: 1 }, AT)).toBe(AT + 1_000);
  });

  it('of an internal job counts from its first enqueueing', () => {
    const data = {
      v: 1,
      message: { id: 'a', ttlSeconds: 3 },
      enqueuedAt: AT - 2_000,
      route: 'default',
      uncertain: false,
    };
    expect(of(data)).toBe(AT + 1_000);
  });
});
