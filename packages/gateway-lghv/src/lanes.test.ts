import { describe, expect, it } from '@jest/globals';
import { CHANNELS } from '@pabal/message';
import { carriedChannels, channelsOf, domainOf } from './lanes.js';

describe('servers and rates', () => {
  it.each([
    ['smsclient1', ['sms']],
    ['SMSclient1', ['sms']],
    ['mmsclient1', ['lms', 'mms', 'alimtalk', 'friendtalk']],
    ['client1', []],
  ])('%s carries %j by its name', (sid, channels) => {
    expect(channelsOf(sid, undefined)).toEqual(channels);
  });

  it('carry what the option says, where it names them', () => {
    const servers = {
      client1: ['sms', 'lms', 'rcs'],
      kakao1: ['alimtalk', 'friendtalk'],
      smsclient1: [],
    } as const;
    const named = Object.fromEntries(Object.entries(servers).map(([sid, channels]) => [sid, [...channels]]));
    expect(channelsOf('client1', named)).toEqual(['sms', 'lms']);
    expect(channelsOf('kakao1', named)).toEqual(['alimtalk', 'friendtalk']);
    expect(channelsOf('smsclient1', named)).toEqual([]);
    expect(channelsOf('mmsclient9', named)).toEqual(['lms', 'mms', 'alimtalk', 'friendtalk']);
    expect(carriedChannels({ servers: named })).toEqual(['sms', 'lms', 'alimtalk', 'friendtalk']);
  });

  it('draw from the rate of their type', () => {
    expect(CHANNELS.map((channel) => [channel, domainOf(channel)])).toEqual([
      ['sms', 'sms'],
      ['lms', 'lms'],
      ['mms', 'mms'],
      ['alimtalk', 'kko'],
      ['friendtalk', 'kkf'],
      ['rcs', undefined],
    ]);
  });
});
