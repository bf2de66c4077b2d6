import { z } from 'zod';
import { codePointName } from './phone-number.js';
import { refuse } from './problem.js';

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

/** One line of 1 to `max` characters (code points), without control characters. */
export function line(max: number): z.ZodString {
  return z
    .string()
    .check((checked) => {
      const actual = characterCount(checked.value);
      if (actual < 1) {
        refuse(checked, { rule: 'too-short', says: 'must not be empty', limit: 1, actual });
      } else if (actual > max) {
        refuse(checked, {
          rule: 'too-long',
          says: `must be at most ${max} characters, it has ${actual}`,
          limit: max,
          actual,
        });
      }
      const control = controlCharacter(checked.value, 'one');
      if (control !== undefined) {
        const says = 'must be one line without control characters';
        refuse(checked, { rule: 'control-character', says, actual: control });
      }
      const half = loneSurrogate(checked.value);
      if (half !== undefined) {
        refuse(checked, { rule: 'unmappable', says: `has half a character: ${half}`, actual: half });
      }
    })
    .meta({ minLength: 1, maxLength: max });
}

/** Templates take links of 500 characters; what stands in for their variables may be longer. */
const LINK_CHARACTERS = 1000;

/** A variable of a template that nothing was put in for: the recipient would get a dead link. */
const VARIABLE = /#\{/;

function link(pattern: RegExp, expected: string): z.ZodString {
  return line(LINK_CHARACTERS).check((checked) => {
    if (VARIABLE.test(checked.value)) {
      refuse(checked, { rule: 'variable', says: 'must have its #{variables} filled in' });
    } else if (!pattern.test(checked.value)) {
      refuse(checked, { rule: 'format', says: `must be ${expected}` });
    }
  });
}

/** A web address, `http:` or `https:`, of at most 1,000 characters without spaces. */
export const webLink = link(/^https?:\/\/[^\s/][^\s]*$/i, 'an http or https address without spaces');

/** An address that opens an app: `shop://order/1`. */
export const appLink = link(/^[a-z][a-z0-9+.-]*:[^\s]+$/i, 'an address with a scheme, such as shop://order');
