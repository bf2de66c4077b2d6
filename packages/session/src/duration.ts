import { z } from 'zod';

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Milliseconds of `30s`, `10m`, `72h`, `1.5d`, `250ms`; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = PATTERN.exec(text.trim()) ?? [];
  const factor = unit === undefined ? undefined : UNITS_MS[unit];
  return amount === undefined || factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

/** A duration in a configuration: a number of milliseconds, or text with a unit. Gives milliseconds of at least 0. */
export const durationSchema = z
  .union([z.number().int().nonnegative(), z.string()])
  .transform((value, context) => {
    const ms = typeof value === 'number' ? value : parseDuration(value);
    if (ms !== undefined) return ms;
    context.addIssue({
      code: 'custom',
      message: 'not a duration: milliseconds, or a number with ms, s, m, h or d',
    });
    return z.NEVER;
  });
