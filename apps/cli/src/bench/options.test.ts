import { describe, expect, it } from '@jest/globals';
import { fleetOptions } from './options.js';

const given = (flags: Record<string, string | boolean> = {}) => ({ flags, words: [] });

describe('fleetOptions', () => {
  it('has a default for everything', () => {
    expect(fleetOptions(given())).toEqual({
      messages: 20_000,
      senders: 1,
      rounds: 3,
      durability: 'memory',
      gateways: ['lghv', 'smtnt'],
      textBytes: 80,
      seed: 1,
      grant: 20_000,
      batches: false,
      memory: false,
      json: false,
    });
  });

  it('takes every flag', () => {
    const flags = {
      messages: '200',
      senders: '2',
      rounds: '4',
      durability: 'fsync',
      gateway: 'smtnt',
      'payload-bytes': '120',
      rate: '500',
      grant: '100',
      seed: '9',
      profile: 'profiles',
      batches: true,
      memory: true,
      json: true,
    };
    expect(fleetOptions(given(flags))).toEqual({
      messages: 200,
      senders: 2,
      rounds: 4,
      durability: 'fsync',
      gateways: ['smtnt'],
      textBytes: 120,
      ratePerSecond: 500,
      grant: 100,
      seed: 9,
      profile: 'profiles',
      batches: true,
      memory: true,
      json: true,
    });
  });

  it.each([
    ['rounds', '1', '--rounds must be a whole number from 2 to 100, is 1'],
    ['messages', '1e5', '--messages must be a whole number from 10 to 5000000, is 1e5'],
    ['payload-bytes', '2001', '--payload-bytes must be a whole number from 20 to 2000, is 2001'],
    ['durability', 'disk', '--durability must be memory or fsync, is disk'],
    ['gateway', 'all', '--gateway must be lghv or smtnt or both, is all'],
  ])('refuses --%s %s', (name, value, message) => {
    expect(() => fleetOptions(given({ [name]: value }))).toThrow(message);
  });
});
