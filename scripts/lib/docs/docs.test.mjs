import { describe, expect, it } from '@jest/globals';
import { tableRows, withBlocks } from './blocks.mjs';
import { durationText } from './options.mjs';

describe('the made parts of a page', () => {
  it('replaces what stands between the marks, and nothing else', () => {
    const page = 'before\n<!-- made: a -->\nold\n<!-- /made -->\nafter\n';
    const made = 'before\n<!-- made: a -->\n\nnew\n\n<!-- /made -->\nafter\n';
    expect(withBlocks(page, { a: 'new' })).toBe(made);
    expect(withBlocks(made, { a: 'new' })).toBe(made);
  });

  it('refuses a part that nobody makes', () => {
    expect(() => withBlocks('<!-- made: b -->\n<!-- /made -->', { a: 'new' })).toThrow('the part b');
  });
});

describe('the rows of a table', () => {
  it('are cells without backticks and rules, an escaped bar being no end', () => {
    expect(tableRows('text\n| `a` | b |\n| --- | --- |\n| 1 \\| 2 | 3 |')).toEqual([
      ['a', 'b'],
      ['1 | 2', '3'],
    ]);
  });
});

describe('a duration in a table', () => {
  it.each([
    [0, '0ms'],
    [250, '250ms'],
    [1_500, '1500ms'],
    [45_000, '45s'],
    [600_000, '10m'],
    [259_200_000, '72h'],
  ])('of %i ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
