import { describe, expect, it } from '@jest/globals';
import {
  checkRecipient,
  checkSender,
  codePointName,
  isInternational,
  isKoreanMobile,
  maskNumber,
  normaliseNumber,
} from './phone-number.js';

describe('normaliseNumber', () => {
  it.each([
    ['01012345678', '01012345678'],
    ['+821012345678', '01012345678'],
    ['821012345678', '01012345678'],
    ['+8201012345678', '01012345678'],
    ['+82212345678', '0212345678'],
    ['+8215881234', '15881234'],
    ['15881234', '15881234'],
    ['+8613800138000', '8613800138000'],
    ['12025550123', '12025550123'],
    ['82123456', '82123456'],
  ])('turns %s into %s', (typed, digits) => {
    expect(normaliseNumber(typed)).toEqual({ ok: true, digits });
  });

  it.each([
    ['010-1234-5678', 'U+002D at 3'],
    ['010 1234 5678', 'U+0020 at 3'],
    ['0101234567a', 'U+0061 at 10'],
    ['０１０', 'U+FF10 at 0'],
    ['++82', 'U+002B at 0'],
    ['010😀', 'U+1F600 at 3'],
  ])('refuses %j and names the character, not the number', (typed, actual) => {
    expect(normaliseNumber(typed)).toMatchObject({ ok: false, rule: 'digits', actual });
  });

  it('refuses an empty number, a lone + and a + before a zero', () => {
    expect(normaliseNumber('')).toMatchObject({ ok: false, rule: 'digits' });
    expect(normaliseNumber('+')).toMatchObject({ ok: false, rule: 'digits' });
    expect(normaliseNumber('+01012345678')).toMatchObject({ ok: false, rule: 'country-code' });
  });

  it.each(['+821012345678', '+8215881234', '+8613800138000', '0212345678'])(
    'gives the same digits again for what it made of %s',
    (typed) => {
      const once = normaliseNumber(typed);
      expect(once.ok && normaliseNumber(once.digits)).toEqual(once);
    },
  );
});

describe('checkRecipient', () => {
  it.each([
    '01012345678',
    '0111234567',
    '0212345678',
    '07012345678',
    '050412345678',
    '+8613800138000',
    '85212345678',
  ])('takes %s', (typed) => {
    expect(checkRecipient(typed)).toMatchObject({ ok: true });
  });

  it.each([
    ['0101234567', 'too-short', 11, 10],
    ['010123456789', 'too-long', 11, 12],
    ['02123456', 'too-short', 9, 8],
    ['0504123456789', 'too-long', 12, 13],
    ['8613', 'too-short', 8, 4],
    ['8612345678901234', 'too-long', 15, 16],
  ])('refuses %s as %s with limit and actual size', (typed, rule, limit, actual) => {
    expect(checkRecipient(typed)).toMatchObject({ ok: false, rule, limit, actual });
  });

  it('refuses a mobile number that lost its leading zero, instead of sending it to North America', () => {
    expect(checkRecipient('1012345678')).toMatchObject({
      ok: false,
      rule: 'too-short',
      limit: 11,
      actual: 10,
    });
  });

  it('refuses service numbers and dialling prefixes', () => {
    expect(checkRecipient('15881234')).toMatchObject({ ok: false, rule: 'not-a-recipient' });
    expect(checkRecipient('0018613800138000')).toMatchObject({ ok: false, rule: 'country-code' });
  });
});

describe('checkSender', () => {
  it.each(['0212345678', '021234567', '01012345678', '15881234', '18001234', '112', '1335', '+82212345678'])(
    'takes %s',
    (typed) => {
      expect(checkSender(typed)).toMatchObject({ ok: true });
    },
  );

  it.each([
    ['0212345', 'too-short', 8, 7],
    ['050412345678', 'too-long', 11, 12],
    ['12', 'too-short', 8, 2],
  ])('refuses %s as %s', (typed, rule, limit, actual) => {
    expect(checkSender(typed)).toMatchObject({ ok: false, rule, limit, actual });
  });

  it.each(['12345678', '8613800138', '0082212345'])('refuses %s, which has no Korean area code', (typed) => {
    expect(checkSender(typed)).toMatchObject({ ok: false, rule: 'not-a-sender' });
  });
});

describe('numbers', () => {
  it('tells Korean mobile numbers from others', () => {
    expect(['01012345678', '0111234567', '01912345678'].every(isKoreanMobile)).toBe(true);
    expect(['0101234567', '0212345678', '8613800138000', '01512345678'].some(isKoreanMobile)).toBe(false);
  });

  it('takes what does not start with a zero for a country code', () => {
    expect(isInternational('8613800138000')).toBe(true);
    expect(isInternational('01012345678')).toBe(false);
  });

  it.each([
    ['01012345678', '010****5678'],
    ['0111234567', '011***4567'],
    ['15881234', '******34'],
    ['112', '*12'],
    ['1', '1'],
    ['', ''],
  ])('masks %s as %s', (digits, masked) => {
    expect(maskNumber(digits)).toBe(masked);
  });

  it('names characters by their code point with at least four digits', () => {
    expect(codePointName('-')).toBe('U+002D');
    expect(codePointName('😀')).toBe('U+1F600');
  });
});
