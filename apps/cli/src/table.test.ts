import { describe, expect, it } from '@jest/globals';
import { bar } from './progress.js';
import { displayWidth, printable, renderTable } from './table.js';

describe('a table', () => {
  it('lines its columns up, Hangul counted as two', () => {
    expect(
      renderTable(
        ['name', 'n'],
        [
          ['한글', '1'],
          ['abc', '22'],
        ],
      ),
    ).toEqual(['name  n', '한글  1', 'abc   22']);
  });

  it('shows no control characters: a carrier code cannot command the terminal', () => {
    expect(printable('a\x1b[31mb\nc\u202e')).toBe('a?[31mb?c?');
    expect(renderTable(['x'], [['\x07']])).toEqual(['x', '?']);
  });

  it.each([
    ['abc', 3],
    ['가나', 4],
    ['😀', 2],
    ['e\u0301', 1],
  ])('%j is so many columns wide', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('a progress bar', () => {
  it('is as full as the share, never more', () => {
    expect(bar(0, 4)).toBe('[....]');
    expect(bar(0.5, 4)).toBe('[##..]');
    expect(bar(7, 4)).toBe('[####]');
  });
});
