import { describe, expect, it } from '@jest/globals';
import { parseMessage } from './parse-message.js';
import { rcsTypeOf } from './rcs-part.js';

const base = { id: 'a', channel: 'rcs', to: '01012345678', from: '15881234', text: '안내' };

function problems(rcs: object, more: object = {}) {
  const parsed = parseMessage({ ...base, rcs: { messageBaseId: 'SS000000', ...rcs }, ...more });
  return parsed.ok
    ? []
    : parsed.problems.map(({ field, rule, limit, actual }) => [field, rule, limit, actual]);
}

const action = (displayText: string) => ({
  action: {
    urlAction: { openUrl: { url: 'https://shop.example' } },
    displayText,
    postback: { data: 'open' },
  },
});
const card = (suggestions: unknown) => ({ buttons: [{}, { suggestions }] });

function nested(depth: number): object {
  let value: object = {};
  for (let level = 1; level < depth; level++) value = { a: value };
  return value;
}

describe('rcsTypeOf', () => {
  it.each([
    [{ rcs: { messageBaseId: 'SS000000' } }, 'sms'],
    [{ rcs: { messageBaseId: 'SL000000' } }, 'lms'],
    [{ rcs: { messageBaseId: 'SMwThT00' } }, 'mms'],
    [{ rcs: { messageBaseId: 'CMwMhM0300' } }, 'mms'],
    [{ rcs: { messageBaseId: 'UBR.AGN-GG000F' } }, 'template'],
    [{ rcs: { messageBaseId: 'SS000000' }, files: ['f'] }, 'mms'],
    [{ rcs: { messageBaseId: 'SS000000', type: 'lms' } }, 'lms'],
    [{}, 'template'],
  ] as const)('of %j is %s', (message, type) => {
    expect(rcsTypeOf(message)).toBe(type);
  });
});

describe('an RCS message', () => {
  it.each([
    ['SS000000', 100],
    ['SL000000', 1300],
    ['SMwThT00', 1300],
    ['UBR.1', 2000],
  ])('of base %s takes %d characters', (messageBaseId, max) => {
    expect(problems({ messageBaseId }, { text: '가'.repeat(max) })).toEqual([]);
    expect(problems({ messageBaseId }, { text: '가'.repeat(max + 1) })).toEqual([
      ['text', 'too-long', max, max + 1],
    ]);
  });

  it('may be without a text where a card or template holds it', () => {
    for (const messageBaseId of ['UBR.1', 'CMwMhM0300'])
      expect(problems({ messageBaseId }, { text: '' })).toEqual([]);
    for (const messageBaseId of ['SS000000', 'SL000000']) {
      expect(problems({ messageBaseId }, { text: '' })).toEqual([['text', 'required', undefined, undefined]]);
    }
  });

  it('has a subject on every type but sms, and files on mms alone', () => {
    expect(problems({}, { subject: '제목' })).toEqual([
      ['subject', 'not-for-type', 'lms, mms or template', 'sms'],
    ]);
    expect(problems({ type: 'lms' }, { subject: '제목' })).toEqual([]);
    expect(problems({}, { files: ['f'] })).toEqual([]);
    expect(problems({ type: 'lms' }, { files: ['f'] })).toEqual([['files', 'not-for-type', 'mms', 'lms']]);
  });

  it('that is commercial needs the number for opting out', () => {
    expect(problems({ header: true, footer: '0801234567', copyAllowed: false })).toEqual([]);
    expect(problems({ header: true })).toEqual([['rcs.footer', 'required', undefined, undefined]]);
    expect(problems({ footer: '080-123-4567' })).toMatchObject([['rcs.footer', 'format']]);
    expect(problems({ header: false })).toEqual([]);
  });

  it('is of a known type', () => {
    expect(problems({ type: 'fax' })).toMatchObject([['rcs.type', 'one-of', 'sms, lms, mms, template']]);
  });
});

describe('RCS buttons', () => {
  it('are suggestions, one entry a card', () => {
    expect(
      problems(card([action('열기'), { reply: { displayText: '예', postback: { data: 'y' } } }])),
    ).toEqual([]);
    expect(problems({ buttons: [] })).toEqual([]);
    expect(problems({ buttons: Array.from({ length: 10 }, () => ({})) })).toEqual([]);
    expect(problems({ buttons: Array.from({ length: 11 }, () => ({})) })).toEqual([
      ['rcs.buttons', 'too-long', 10, 11],
    ]);
  });

  it.each<[string, unknown, unknown[]]>([
    ['that are no list', {}, ['', 'type', 'array', undefined]],
    ['with five in a card', Array.from({ length: 5 }, () => action('a')), ['', 'too-long', 4, 5]],
    ['with neither action nor reply', [action('a'), {}], ['.1', 'suggestion', undefined, undefined]],
    ['with a text for an action', [{ action: 'open' }], ['.0.action', 'type', 'object', undefined]],
    ['without a label', [action('')], ['.0.action.displayText', 'too-short', 1, 0]],
    ['with a label of 26', [action('가'.repeat(26))], ['.0.action.displayText', 'too-long', 25, 26]],
    [
      'with a number for a label',
      [{ reply: { displayText: 1 } }],
      ['.0.reply.displayText', 'type', 'string', undefined],
    ],
  ])('%s are refused by their path', (_name, suggestions, [path, ...rest]) => {
    expect(problems(card(suggestions))).toEqual([[`rcs.buttons.1.suggestions${String(path)}`, ...rest]]);
  });

  it('pass at the limit of a label', () => {
    expect(problems(card([action('😀'.repeat(25))]))).toEqual([]);
  });

  it('of another form pass within their bounds', () => {
    expect(problems({ buttons: [nested(10)] })).toEqual([]);
    expect(problems({ buttons: [nested(11)] })).toEqual([['rcs.buttons.0', 'too-deep', 10, undefined]]);
    const wide = (length: number) => ({ a: Array.from({ length }, () => 1) });
    expect(problems({ buttons: [wide(99)] })).toEqual([]);
    expect(problems({ buttons: [wide(100)] })).toEqual([['rcs.buttons.0', 'too-many', 100, undefined]]);
    expect(problems({ buttons: [{ a: 'x'.repeat(3999) }] })).toEqual([]);
    expect(problems({ buttons: [{ a: 'x'.repeat(4000) }] })).toEqual([
      ['rcs.buttons.0', 'too-long', 4000, undefined],
    ]);
  });

  it('hold JSON and whole characters alone', () => {
    expect(problems({ buttons: [{ text: 'a\nb' }] })).toEqual([]);
    expect(problems({ buttons: [{ text: 'a\u0007' }] })).toMatchObject([
      ['rcs.buttons.0', 'control-character'],
    ]);
    expect(problems({ buttons: [{ text: '\udc00' }] })).toMatchObject([['rcs.buttons.0', 'unmappable']]);
    expect(problems({ buttons: [{ a: () => 1 }] })).toMatchObject([['rcs.buttons.0', 'type']]);
    expect(problems({ buttons: [{ a: Number.NaN }] })).toMatchObject([['rcs.buttons.0', 'type']]);
    expect(problems({ buttons: ['open'] })).toEqual([['rcs.buttons.0', 'type', 'object', 'string']]);
  });
});
