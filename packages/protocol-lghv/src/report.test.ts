import { describe, expect, it } from '@jest/globals';
import { deliverTimeMs } from './report.js';

describe('DELIVER_TIME', () => {
  it('is Korean time, nine hours ahead of UTC', () => {
    expect(deliverTimeMs('20180308010510')).toBe(Date.UTC(2018, 2, 7, 16, 5, 10));
  });

  it.each(['', '2018030801051', '20181308010510', '20180230010510', '20180308250510', 'yesterday 12:00'])(
    'is nothing where it is no time: %j',
    (text) => {
      expect(deliverTimeMs(text)).toBeUndefined();
    },
  );
});
