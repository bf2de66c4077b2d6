import { describe, expect, it } from '@jest/globals';
import { buttonFault } from './button-json.js';

const WEB = '{"name":"보기","type":"WL","url_mobile":"https://example.com"}';

describe('buttons as JSON text', () => {
  it.each([
    `[${WEB}]`,
    `{"button":[${WEB}]}`,
    '[{"name":"채널 추가","type":"AC"},{"name":"보안","type":"P1"}]',
  ])('takes %s for buttons of Kakao', (text) => {
    expect(buttonFault(text, 'kakao')).toBeUndefined();
  });

  it('takes quick links under the word of Kakao, which buttons do not have', () => {
    const text = `{"quick_reply":[${WEB}]}`;
    expect(buttonFault(text, 'quick')).toBeUndefined();
    expect(buttonFault(text, 'kakao')).toBe('it is neither an array nor an object with the only key button');
    expect(buttonFault('{"quick_reply":[{}]}', 'quick')).toMatch(/^button 0 is no object/);
  });

  it.each(['[{"suggestions":[]}]', '{"button":[{"action":{}}]}', '[{},{"suggestions":[]}]'])(
    'takes %s for buttons of RCS',
    (text) => {
      expect(buttonFault(text, 'rcs')).toBeUndefined();
    },
  );

  it.each([
    ['', '0 characters are not JSON'],
    [`"button":[${WEB}]`, `${WEB.length + 11} characters are not JSON`],
    [WEB, 'it is neither an array nor an object with the only key button'],
    [`{"button":[${WEB}],"more":1}`, 'it is neither an array nor an object with the only key button'],
    ['{"button":{}}', 'it is neither an array nor an object with the only key button'],
    ['null', 'it is neither an array nor an object with the only key button'],
    ['[]', 'it holds no button'],
    [`[${WEB},"x"]`, 'button 1 is no object with a name and a type of two letters'],
    ['[{"name":"","type":"WL"}]', 'button 0 is no object with a name and a type of two letters'],
    ['[{"name":"보기","type":"web"}]', 'button 0 is no object with a name and a type of two letters'],
  ])('refuses %s', (text, fault) => {
    expect(buttonFault(text, 'kakao')).toBe(fault);
  });

  it.each([
    ['["reply"]', 'button 0 is no object'],
    ['[{},null]', 'button 1 is no object'],
    ['[{}]', 'no card of it has a button'],
    ['[{},{}]', 'no card of it has a button'],
  ])('refuses %s as buttons of RCS', (text, fault) => {
    expect(buttonFault(text, 'rcs')).toBe(fault);
  });
});
