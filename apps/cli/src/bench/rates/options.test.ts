import { describe, expect, it } from '@jest/globals';
import { ratesOptions } from './options.js';

const given = (flags: Record<string, string | boolean> = {}) => ({ flags, words: [] });

describe('ratesOptions', () => {
  it('has a default for everything', () => {
    expect(ratesOptions(given())).toEqual({
      gateways: ['lghv', 'smtnt'],
      grants: [10, 100, 1_000],
      ackDelaysMs: [10, 100, 1_000],
      seconds: 10,
      steady: true,
      takeOver: true,
      seed: 1,
      json: false,
    });
  });

  it('takes every flag', () => {
    const flags = {
      gateway: 'smtnt',
      grant: '1,500',
      'ack-delay': '0',
      seconds: '30',
      phase: 'take-over',
      seed: '9',
      json: true,
    };
    expect(ratesOptions(given(flags))).toEqual({
      gateways: ['smtnt'],
      grants: [1, 500],
      ackDelaysMs: [0],
      seconds: 30,
      steady: false,
      takeOver: true,
      seed: 9,
      json: true,
    });
  });

  it.each([
    [{ grant: '10,,100' }, '--grant must be a whole number from 1 to 99999, is '],
    [{ 'ack-delay': '5,soon' }, '--ack-delay must be a whole number from 0 to 10000, is soon'],
    [{ seconds: '2' }, '--seconds must be a whole number from 3 to 600, is 2'],
    [{ phase: 'later' }, '--phase must be steady or take-over or both, is later'],
  ])('names what is wrong with %j', (flags, message) => {
    expect(() => ratesOptions(given(flags))).toThrow(message);
  });
});
