import type { z } from 'zod';
import type { Mistake } from './config-error.js';

const MIN_SECRET_CHARACTERS = 4;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return found;
}

function describe(issue: z.core.$ZodIssue, input: unknown): string {
  const missing = valueAt(input, issue.path) === undefined;
  if (
    missing &&
    (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union')
  ) {
    return 'is required';
  }
  return issue.message;
}

/** Zod's issues as mistakes below a path. `input` is what was parsed: it tells a missing value from a wrong one. */
export function mistakesOf(error: z.core.$ZodError, base: readonly string[], input: unknown): Mistake[] {
  return error.issues.flatMap((issue) => {
    const path = [...base, ...issue.path.map(String)];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not a known option' }));
    }
    return [{ path: path.join('.'), message: describe(issue, input) }];
  });
}

/** Takes substituted values out of a text: a schema's own message might quote what it was given. */
export function withoutSecrets(message: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= MIN_SECRET_CHARACTERS)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), message);
}
