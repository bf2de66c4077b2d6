import { describe, expect, it } from '@jest/globals';
import { digitsOf, newsKey, newsOf } from './recipient-news.js';

const mark = { recipient: '01012345678', optOutNumber: '0801234567' };

describe('what a report tells of its recipient', () => {
  it('is an opt-out of the number that the message named', () => {
    expect(newsOf({ reason: 'recipient-opted-out' }, mark)).toEqual({ kind: 'optOut', ...mark });
  });

  it('is an opt-out of every number where the message named none, or is not known', () => {
    const every = { ...mark, optOutNumber: '*' };
    expect(newsOf({ reason: 'recipient-opted-out' }, every)).toEqual({ kind: 'optOut', ...every });
    expect(newsOf({ reason: 'recipient-opted-out', recipient: '01099998888' }, undefined)).toEqual({
      kind: 'optOut',
      recipient: '01099998888',
      optOutNumber: '*',
    });
  });

  it('goes by the report’s own recipient before the record’s', () => {
    expect(newsOf({ reason: 'ported-out', recipient: '+821099998888' }, mark)).toEqual({
      kind: 'ported',
      recipient: '01099998888',
    });
  });

  it('names nobody where nobody is known', () => {
    expect(newsOf({ reason: 'recipient-opted-out' }, undefined)).toEqual({
      kind: 'optOut',
      optOutNumber: '*',
    });
    expect(newsOf({ reason: 'ported-out' }, undefined)).toEqual({ kind: 'ported' });
  });

  it('is nothing for any other reason', () => {
    expect(newsOf({ reason: 'dead-number', recipient: '01012345678' }, mark)).toBeUndefined();
    expect(newsOf({ reason: 'delivered' }, mark)).toBeUndefined();
  });
});

describe('the name of what a gateway told', () => {
  it('is one for repeats, and another for anything else under the same id or none', () => {
    const key = newsKey('', '01012345678', '0801234567');
    expect(newsKey('', '01012345678', '0801234567')).toBe(key);
    expect(newsKey('', '01099998888', '0801234567')).not.toBe(key);
    expect(newsKey('1', '01012345678', '0801234567')).not.toBe(key);
    expect(newsKey('0', '1012345678', '0801234567')).not.toBe(newsKey('', '01012345678', '0801234567'));
  });

  it('holds no number and nothing that a job id may not hold', () => {
    expect(newsKey('2026-01-01 10:00:00', '01012345678', '0801234567')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the digits of a number from a gateway', () => {
  it.each([
    ['01012345678', '01012345678'],
    ['821012345678', '01012345678'],
    ['+82 10-1234-5678', '01012345678'],
    ['080-123-4567', '0801234567'],
    ['', ''],
  ])('%p are %p', (given, digits) => {
    expect(digitsOf(given)).toBe(digits);
  });
});
