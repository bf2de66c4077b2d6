import { z } from 'zod';
import { refuse } from './problem.js';
import { characterCount, controlCharacter, loneSurrogate } from './text-characters.js';

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
