import { describe, expect, it } from '@jest/globals';
import { membersAt } from './json-spans.js';
import { utf8 } from './testing/bytes.js';

const spans = (text: string) =>
  membersAt(utf8(text)).members.map(({ key, start, end }) => [key, text.slice(start, end)]);

describe('the members of a JSON object', () => {
  it('are found with the places of their values', () => {
    expect(spans(' { "a" : "x\\"}," , "b":{"c":[1,{"d":2}]},"e": -1.5 ,"f":null}')).toEqual([
      ['a', '"x\\"},"'],
      ['b', '{"c":[1,{"d":2}]}'],
      ['e', '-1.5'],
      ['f', 'null'],
    ]);
    expect(membersAt(utf8('{}'))).toEqual({ members: [], end: 2, whole: true });
  });

  it.each([
    ['', 0],
    ['x', 0],
    ['{"a"', 4],
    ['{"a":1', 6],
    ['{"a":1,}', 7],
    ['{"a":"x', 7],
    ['{"a":[1}', 8],
    ['{"a":truth}', 10],
    ['{a:1}', 1],
  ])('end where %s breaks', (text, end) => {
    expect(membersAt(utf8(text))).toMatchObject({ end, whole: false });
  });

  it('before the break are still there, the broken one marked', () => {
    expect(membersAt(utf8('{"a":1,"b":"cut o')).members).toMatchObject([
      { key: 'a', whole: true },
      { key: 'b', whole: false },
    ]);
  });

  it('are at most a thousand, and nothing nests too deep', () => {
    const many = `{${Array.from({ length: 2000 }, (_, index) => `"k${index}":0`).join(',')}}`;
    expect(membersAt(utf8(many)).members).toHaveLength(1000);
    expect(membersAt(utf8(`{"a":${'['.repeat(100_000)}`))).toMatchObject({ whole: false });
  });
});
