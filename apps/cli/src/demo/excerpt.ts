import { displayWidth, printable } from '../table.js';

const CUT = '…';

/** The beginning of a text as one line, its white space squeezed, at most so many columns wide. Pure. */
export function excerpt(text: string, columns: number): string {
  return cut(printable(text.replace(/\s+/g, ' ').trim()), columns);
}

/** The beginning of a line, at most so many columns wide; Hangul takes two. Pure. */
export function cut(line: string, columns: number): string {
  if (displayWidth(line) <= columns) return line;
  let kept = '';
  let width = 0;
  for (const character of line) {
    const wider = width + displayWidth(character);
    if (wider > columns - 1) break;
    kept += character;
    width = wider;
  }
  return kept + CUT;
}

/** A text as it may be shown to whoever looks over the shoulder: codes, amounts and numbers of four digits or more are gone. */
export function withoutNumbers(text: string): string {
  return text.replace(/\d{4,}/g, (digits) => '*'.repeat(digits.length));
}
