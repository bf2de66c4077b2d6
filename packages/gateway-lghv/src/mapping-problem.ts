import type { Problem } from '@pabal/message';

/** A problem whose sentence goes on behind the field's name. */
export function problemOf(
  field: string,
  rule: string,
  text: string,
  found: { readonly limit?: number | string; readonly actual?: number | string } = {},
): Problem {
  return { field, rule, message: `${field} ${text}`, ...found };
}
