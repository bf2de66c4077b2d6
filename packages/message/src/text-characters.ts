import { codePointName } from './phone-number.js';

/** Half a surrogate pair: no charset holds it, and an encoder would put another character in its place. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Characters as Kakao and the RCS centre count them, whatever their size: one for each code point. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index++) {
    if ((text.codePointAt(index) ?? 0) <= 0xffff) continue;
    count -= 1;
    index += 1;
  }
  return count;
}

/** A text of one line holds no line breaks and no tabs; one of several lines may. */
export type Lines = 'one' | 'several';

/** C0 controls and DEL: a NUL would end the text on the wire. */
function isForbiddenControl(unit: number, lines: Lines): boolean {
  if (unit === 0x7f) return true;
  return unit < 0x20 && (lines === 'one' || (unit !== 0x09 && unit !== 0x0a && unit !== 0x0d));
}

/** Name and place of the first control character that a text may not hold: `U+0000 at 2`. */
export function controlCharacter(text: string, lines: Lines): string | undefined {
  for (let index = 0; index < text.length; index++) {
    if (isForbiddenControl(text.charCodeAt(index), lines)) {
      return `${codePointName(text.charAt(index))} at ${index}`;
    }
  }
  return undefined;
}

/** Name and place of the first half of a surrogate pair that stands alone. */
export function loneSurrogate(text: string): string | undefined {
  const half = LONE_SURROGATE.exec(text);
  return half ? `${codePointName(half[0])} at ${half.index}` : undefined;
}
