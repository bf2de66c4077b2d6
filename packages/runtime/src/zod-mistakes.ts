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

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of options',
  record: 'a block of options',
};

function sizeOf(origin: string, size: number | bigint): string {
  if (origin === 'string') return `${size} character${Number(size) === 1 ? '' : 's'}`;
  return origin === 'array' ? `${size} entr${Number(size) === 1 ? 'y' : 'ies'}` : String(size);
}

/**
 * An error map for Zod: says in the words of the other mistakes what a schema has no words of its own for. Never holds
 * the value. Undefined leaves the issue to Zod.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'too_small':
      return `must ${issue.origin === 'number' ? 'be' : 'have'} at least ${sizeOf(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must ${issue.origin === 'number' ? 'be' : 'have'} at most ${sizeOf(issue.origin, issue.maximum)}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'invalid_type': {
      const type = TYPES[issue.expected];
      return type === undefined ? undefined : `must be ${type}`;
    }
    default:
      return undefined;
  }
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
