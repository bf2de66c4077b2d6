import type { z } from 'zod';

/** One reason why an input is refused. Never holds any of the input's content, so it may be logged and shown. */
export interface Problem {
  /** Path of the field, joined by dots: `fallback.0.text`; `message` for the whole. */
  readonly field: string;
  /** Stable, kebab-case: `required`, `too-long`, `unmappable`, … */
  readonly rule: string;
  /** English, one line, a sentence without its full stop. */
  readonly message: string;
  readonly limit?: number | string;
  readonly actual?: number | string;
}

const SAFE_KEY = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;

/** A key as it may be printed: one that does not look like a field name (it could hold a number or a text) only by its length. */
export function printableKey(key: string): string {
  return SAFE_KEY.test(key) ? key : `(a key of ${key.length} characters)`;
}

function joinPath(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'message' : path.map((part) => printableIndexOrKey(part)).join('.');
}

function printableIndexOrKey(part: PropertyKey): string {
  return typeof part === 'number' ? String(part) : printableKey(String(part));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'number' ? value : undefined;
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

/** A field that is missing; `why` says where it is needed: "for alimtalk". */
export function required(field: string, why: string): Problem {
  return { field, rule: 'required', message: `${field} is required ${why}` };
}

type Issue = z.core.$ZodIssue;

/** A rule that a schema checks itself. `says` completes "<field> …" and holds nothing of the content. */
export interface Refusal extends Omit<Problem, 'field' | 'message'> {
  readonly says: string;
}

/** Refuses what a schema's own check looks at, or the field at `path` below it. */
export function refuse(
  checked: { readonly value: unknown; readonly issues: z.core.$ZodRawIssue[] },
  refusal: Refusal,
  path: readonly PropertyKey[] = [],
): void {
  checked.issues.push({ code: 'custom', input: checked.value, path: [...path], params: { refusal } });
}

function refusedProblem(field: string, issue: z.core.$ZodIssueCustom): Problem {
  const refusal = issue.params?.refusal as Refusal | undefined;
  if (!refusal) return { field, rule: 'format', message: `${field} is not valid` };
  const { says, ...rest } = refusal;
  return { field, ...rest, message: `${field} ${says}` };
}

/** A union by `type`: its value names none of the known kinds. */
function kindProblem(field: string, issue: z.core.$ZodIssueInvalidUnion, value: unknown): Problem {
  if (value === undefined) return { field, rule: 'required', message: `${field} is required` };
  const limit = 'options' in issue ? issue.options?.map(String).join(', ') : undefined;
  if (limit === undefined) return { field, rule: 'format', message: `${field} is not valid` };
  return { field, rule: 'one-of', message: `${field} must be one of ${limit}`, limit };
}

function sizeProblem(field: string, issue: Issue, value: unknown): Problem | undefined {
  if (issue.code !== 'too_big' && issue.code !== 'too_small') return undefined;
  const tooBig = issue.code === 'too_big';
  const limit = Number(tooBig ? issue.maximum : issue.minimum);
  const unit = UNITS[issue.origin];
  const actual = sizeOf(value);
  const rule = unit === undefined ? 'range' : tooBig ? 'too-long' : 'too-short';
  const message = `${field} must be ${tooBig ? 'at most' : 'at least'} ${limit}${unit ?? ''}`;
  return { field, rule, message, limit, ...(actual === undefined ? {} : { actual }) };
}

function typeProblem(field: string, limit: string, value: unknown): Problem {
  const message = `${field} must be of type ${limit}`;
  return { field, rule: 'type', message, limit, actual: typeName(value) };
}

function translate(issue: Issue, input: unknown): Problem[] {
  const field = joinPath(issue.path);
  const value = valueAt(input, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const name = joinPath([...issue.path, key]);
        return { field: name, rule: 'unknown-field', message: `${name} is not a known field` };
      });
    case 'invalid_type':
      if (value === undefined) return [{ field, rule: 'required', message: `${field} is required` }];
      return [typeProblem(field, issue.expected === 'record' ? 'object' : issue.expected, value)];
    case 'invalid_value': {
      if (value === undefined) return [{ field, rule: 'required', message: `${field} is required` }];
      const limit = issue.values.map(String).join(', ');
      return [{ field, rule: 'one-of', message: `${field} must be one of ${limit}`, limit }];
    }
    case 'invalid_format':
      return [{ field, rule: 'format', message: `${field} must be ${issue.message}` }];
    case 'custom':
      return [refusedProblem(field, issue)];
    case 'invalid_union':
      return [kindProblem(field, issue, value)];
    default: {
      const size = sizeProblem(field, issue, value);
      return [size ?? { field, rule: 'format', message: `${field} is not valid` }];
    }
  }
}

/**
 * Zod's issues as problems, in zod's order. `input` is what was parsed: sizes are taken from it. Schemas give formats a
 * message that completes "… must be": `z.string().regex(…, '9 digits')`.
 */
export function problemsOf(error: z.core.$ZodError, input: unknown): Problem[] {
  return error.issues.flatMap((issue) => translate(issue, input));
}
