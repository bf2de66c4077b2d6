import { describe, expect, it } from '@jest/globals';
import { FieldError } from '@pabal/wire';
import { digits, oneOf, text, writeRows } from './rows.js';

const rows = [text('Name', 45), digits(text('Id', 4)), oneOf(text('Flag', 1), ['', 'Y'])];
const write = (Name: string, Id = '', Flag = '') => writeRows(rows, { Name, Id, Flag });

describe('writing a body by its rows', () => {
  it.each([
    ['nothing', ''],
    ['a code that JSON would not escape', 'a-Z_0.9:x'],
    ['as many ASCII characters as bytes are allowed', 'a'.repeat(45)],
    ['Hangul of as many bytes', '가'.repeat(15)],
    ['both', `${'가'.repeat(14)}abc`],
    ['pairs of surrogates, four bytes each', `${'😀'.repeat(11)}a`],
    ['what JSON escapes', 'a"\\\n\u0000\u2028'],
  ])('gives what JSON gives of %s', (_what, name) => {
    expect(write(name)).toBe(JSON.stringify({ Name: name, Id: '', Flag: '' }));
  });

  it.each<[string, string, FieldError]>([
    ['one ASCII character more', 'a'.repeat(46), new FieldError('Name', 'max-bytes', 45, 46)],
    ['one byte more in Hangul', `${'가'.repeat(15)}a`, new FieldError('Name', 'max-bytes', 45, 46)],
    ['half a pair, however short', 'a\ud83d', new FieldError('Name', 'unmappable', 'utf-8', 'U+D83D')],
    ['half a pair among pairs', '😀\ude00', new FieldError('Name', 'unmappable', 'utf-8', 'U+DE00')],
    [
      'half a pair in what is too long',
      `${'a'.repeat(50)}\ud83d`,
      new FieldError('Name', 'unmappable', 'utf-8', 'U+D83D'),
    ],
  ])('refuses %s', (_what, name, error) => {
    expect(() => write(name)).toThrow(error);
  });

  it('refuses a plain value that is none of the allowed ones, too long, or no digits', () => {
    expect(() => write('', '', 'N')).toThrow(new FieldError('Flag', 'one-of', 'Y', '1 characters'));
    expect(() => write('', '12345')).toThrow(new FieldError('Id', 'max-bytes', 4, 5));
    expect(() => write('', '12a')).toThrow(new FieldError('Id', 'digits', 'digits', '3 characters'));
  });
});
