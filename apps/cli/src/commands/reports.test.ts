import { describe, expect, it } from '@jest/globals';
import type { KeptReport } from '@pabal/fleet';
import type { Given } from '../command.js';
import { UsageError } from '../failure.js';
import { lineOf, requestOf } from './reports.js';

const given = (flags: Given['flags']): Given => ({ flags, words: [] });

describe('pabal reports', () => {
  it('lists every kind, or those that are asked for', () => {
    expect(requestOf(given({}))).toEqual({
      kind: 'list',
      kinds: new Set(['parked', 'late', 'unknown', 'unparsed']),
    });
    expect(requestOf(given({ late: true, unknown: true }))).toEqual({
      kind: 'list',
      kinds: new Set(['late', 'unknown']),
    });
  });

  it('offers one again, or all of the kinds that are asked for', () => {
    expect(requestOf(given({ replay: 'e-late-x' }))).toEqual({ kind: 'replay', id: 'e-late-x' });
    expect(requestOf(given({ all: true, unparsed: true }))).toEqual({
      kind: 'replayAll',
      kinds: new Set(['unparsed']),
    });
  });

  it('does not guess what one report and all of them are together', () => {
    expect(() => requestOf(given({ replay: 'e-late-x', all: true }))).toThrow(UsageError);
    expect(() => requestOf(given({ replay: 'e-late-x', late: true }))).toThrow(UsageError);
  });

  it.each<[string, KeptReport, string]>([
    [
      'a late one',
      {
        id: 'e-late-1',
        kind: 'late',
        gateway: 'hellovision',
        since: 0,
        messageId: 'order-1',
        wireId: '17',
        code: '6',
        recipient: '010****5678',
        settledAs: 'unknown',
      },
      'late  hellovision  message order-1  wire id 17  code 6  to 010****5678  settled as unknown  e-late-1',
    ],
    [
      'an unparsed one',
      {
        id: 'e-unparsed-1',
        kind: 'unparsed',
        gateway: 'smtnt',
        account: 'test001',
        since: 0,
        problem: 'not-json',
        bytes: 42,
      },
      'unparsed  smtnt  not-json, 42 bytes  e-unparsed-1',
    ],
  ])('shows %s in one line', (_name, report, line) => {
    expect(lineOf(report).replace(/^\S+ \S+ {2}/, '')).toBe(line);
  });
});
