import { displayWidth } from '../table.js';

/**
 * A text in lines of at most `width` columns, broken at blanks where there are any; wide characters count as two.
 * What does not fit into `most` lines ends in `…`. Pure.
 */
export function wrapped(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > 0) {
    const fit = fitting(rest, width);
    if (fit === rest.length) return [...lines, rest.join('')];
    if (lines.length + 1 === most) return [...lines, `${rest.slice(0, fitting(rest, width - 1)).join('')}…`];
    const blank = rest.slice(0, fit + 1).lastIndexOf(' ');
    const end = blank > 0 ? blank : fit;
    lines.push(rest.slice(0, end).join('').trimEnd());
    rest = rest.slice(end);
    while (rest[0] === ' ') rest = rest.slice(1);
  }
  return lines;
}

/** How many characters take at most `width` columns; one at least, so that every line goes on. */
function fitting(characters: readonly string[], width: number): number {
  let used = 0;
  for (const [index, character] of characters.entries()) {
    used += displayWidth(character);
    if (used > width) return Math.max(1, index);
  }
  return characters.length;
}
