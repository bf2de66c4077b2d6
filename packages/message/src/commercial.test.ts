import { describe, expect, it } from '@jest/globals';
import { commercialOf } from './commercial.js';

describe('commercialOf', () => {
  it.each([
    ['an ad part', { text: 'a', ad: { optOutNumber: '0801234567' } }, { optOutNumber: '0801234567' }],
    ['an empty ad part', { text: 'a', ad: {} }, {}],
    ['the flag of Kakao', { text: 'a', kakao: { adFlag: true } }, {}],
    [
      'the header of RCS',
      { text: 'a', rcs: { header: true, footer: '0807654321' } },
      { optOutNumber: '0807654321' },
    ],
    ['a text that says so', { text: '(광고) 세일' }, {}],
    ['a text that says so after spaces', { text: ' \n(광고)세일' }, {}],
    ['a subject that says so', { subject: '(광고) 세일', text: 'a' }, {}],
    [
      'several marks, of which ad names the number',
      { text: '(광고)', ad: { optOutNumber: '0801' }, rcs: { header: true, footer: '0802' } },
      { optOutNumber: '0801' },
    ],
  ])('is known by %s', (_name, message, commercial) => {
    expect(commercialOf(message)).toStrictEqual(commercial);
  });

  it.each([
    ['a plain text', { text: '주문이 발송되었습니다' }],
    ['the mark further on', { text: '안내 (광고)' }],
    [
      'flags that are off',
      { text: 'a', kakao: { adFlag: false }, rcs: { header: false, footer: '0801234567' } },
    ],
  ])('does not take %s for advertising', (_name, message) => {
    expect(commercialOf(message)).toBeUndefined();
  });
});
