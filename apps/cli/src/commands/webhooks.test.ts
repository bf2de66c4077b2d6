import { describe, expect, it } from '@jest/globals';
import type { Given } from '../command.js';
import { UsageError } from '../failure.js';
import { lineOf, requestOf } from './webhooks.js';

const given = (flags: Given['flags']): Given => ({ flags, words: [] });

describe('what pabal webhooks is asked for', () => {
  it('is a list of all of them, or of those in the states that are named', () => {
    expect(requestOf(given({}))).toEqual({ kind: 'list', states: new Set(['waiting', 'retrying', 'dead']) });
    expect(requestOf(given({ dead: true }))).toEqual({ kind: 'list', states: new Set(['dead']) });
  });

  it('is one delivery again, or all dead ones', () => {
    expect(requestOf(given({ replay: 'order-1' }))).toEqual({ kind: 'replay', id: 'order-1' });
    expect(requestOf(given({ all: true, dead: true }))).toEqual({ kind: 'replayAll' });
  });

  it.each<[string, Given['flags']]>([
    ['an id that is none', { replay: 'r:1' }],
    ['one and all', { replay: 'a', all: true }],
    ['one and a state', { replay: 'a', dead: true }],
    ['all that are not dead', { all: true, retrying: true }],
    ['a test and more', { test: 'shop', replay: 'a' }],
    ['a secret and more', { secret: true, all: true }],
  ])('is not understood with %s', (_name, flags) => {
    expect(() => requestOf(given(flags))).toThrow(UsageError);
  });
});

describe('a line', () => {
  it('says since when, what, how often and why it failed, and when it is tried next', () => {
    const since = new Date(2026, 0, 31, 9, 0, 0).getTime();
    const view = {
      id: 'order-1',
      webhook: 'shop',
      state: 'retrying',
      failures: 2,
      reason: 'http-503',
      since,
    } as const;
    expect(lineOf({ ...view, nextAt: since + 30_000 })).toBe(
      '2026-01-31 09:00:00.000  retrying  shop  2 failed  http-503  next 2026-01-31 09:00:30.000  order-1',
    );
    expect(lineOf({ id: 'raw', webhook: '', state: 'dead', failures: 0, since })).toBe(
      '2026-01-31 09:00:00.000  dead  -  raw',
    );
  });
});
