import { describe, expect, it } from '@jest/globals';
import { urgentOptions } from './options.js';

const given = (flags: Record<string, string | boolean> = {}) => ({ flags, words: [] });

describe('urgentOptions', () => {
  it('has a default for everything', () => {
    expect(urgentOptions(given())).toEqual({
      gateway: 'lghv',
      waiting: 1_000_000,
      backlogs: ['singles', 'batches'],
      grant: 1_000,
      seconds: 10,
      seed: 1,
      json: false,
    });
  });

  it('takes every flag', () => {
    const flags = {
      gateway: 'smtnt',
      waiting: '5000',
      backlog: 'batches',
      grant: '100',
      seconds: '5',
      seed: '9',
      json: true,
    };
    expect(urgentOptions(given(flags))).toEqual({
      gateway: 'smtnt',
      waiting: 5_000,
      backlogs: ['batches'],
      grant: 100,
      seconds: 5,
      seed: 9,
      json: true,
    });
  });

  it.each([
    [{ waiting: '10' }, '--waiting must be a whole number from 1000 to 5000000, is 10'],
    [{ backlog: 'none' }, '--backlog must be singles or batches or both, is none'],
    [{ gateway: 'both' }, '--gateway must be lghv or smtnt, is both'],
  ])('names what is wrong with %j', (flags, message) => {
    expect(() => urgentOptions(given(flags))).toThrow(message);
  });
});
