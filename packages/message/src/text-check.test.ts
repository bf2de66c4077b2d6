import { describe, expect, it } from '@jest/globals';
import { checkText, smsOrLms } from './text-check.js';

describe('a text that is checked while it is typed', () => {
  it('is measured in the bytes of its channel, with what is left', () => {
    expect(checkText({ channel: 'sms', text: '안녕하세요 1' })).toEqual({
      size: 12,
      limit: { unit: 'bytes', charset: 'cp949', max: 90 },
      left: 78,
      problems: [],
    });
    expect(checkText({ channel: 'alimtalk', text: '선물 🎁' })).toMatchObject({
      size: 4,
      left: 996,
      problems: [],
    });
  });

  it('that is too long says by how much, and which limit', () => {
    const check = checkText({ channel: 'sms', text: '가'.repeat(46) });
    expect(check.left).toBe(-2);
    expect(check.problems).toMatchObject([{ field: 'text', rule: 'too-long', limit: 90, actual: 92 }]);
  });

  it('is measured as UTF-8 for a recipient abroad, however the number is written', () => {
    expect(checkText({ channel: 'sms', text: '안녕' }, '+81312345678').size).toBe(6);
    expect(checkText({ channel: 'sms', text: '안녕' }, '+821012345678').size).toBe(4);
  });

  it('names what its charset lacks, and what its subject must not hold', () => {
    const { problems } = checkText({ channel: 'lms', text: '선물 🎁', subject: '두\n줄' });
    expect(problems.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'text unmappable',
      'subject one-line',
    ]);
  });
});

describe('the choice of SMS or LMS', () => {
  it.each([
    ['fits an SMS to the byte', '가'.repeat(45), {}, 'sms'],
    ['is one byte over it', `${'가'.repeat(45)}a`, {}, 'lms'],
    ['has a subject', '가', { subject: '알림' }, 'lms'],
    ['fits neither', '가'.repeat(1001), {}, undefined],
    ['has what CP949 lacks', '🎁', {}, undefined],
    ['has a subject too long for any', '가', { subject: '가'.repeat(26) }, undefined],
    ['goes abroad', '🎁'.repeat(74), { to: '+81312345678' }, 'sms'],
    ['goes abroad and is too long for an SMS', 'a'.repeat(300), { to: '+81312345678' }, undefined],
  ] as const)('for a text that %s', (_, text, options, expected) => {
    expect(smsOrLms(text, options)).toBe(expected);
  });
});
