import { describe, expect, it } from '@jest/globals';
import { carriedTable } from './carried.js';
import { demoMessage, journey, submit } from './testing/journeys.js';

describe('what was carried', () => {
  it('names each packet type by channel and gateway, by its number or name, and what nobody carried', () => {
    const alimtalk = (id: string, type: string) =>
      journey(id, {
        message: demoMessage(id, { channel: 'alimtalk' }),
        submits: [submit('smtnt', id, { type })],
      });
    const refused = submit('hellovision', 'r', { verdict: 'refused' });
    expect(
      carriedTable([
        alimtalk('a', '71'),
        alimtalk('b', '7'),
        alimtalk('c', '71'),
        journey('d', { submits: [refused, submit('smtnt', 'd', { type: '4' })] }),
        journey('e', { submits: [submit('hellovision', 'e')] }),
      ]),
    ).toEqual([
      'channel     hellovision  smtnt',
      'sms         SMS × 1      4 × 1',
      'lms         -            -',
      'mms         -            -',
      'alimtalk    -            7 × 1 · 71 × 2',
      'friendtalk  -            -',
      'rcs         -            -',
    ]);
  });
});
