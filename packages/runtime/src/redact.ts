/** Fields that never belong into a log, whoever puts them there. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'password',
  'passwordHash',
  'key',
  'iv',
  'secret',
  'token',
  'authorization',
  'cookie',
  'text',
  'subject',
  'userData',
  'payload',
]);

/** Fields that hold a number, but also harmless things: a session goes `from` one state `to` another. */
const NUMBER_FIELDS: ReadonlySet<string> = new Set([
  'to',
  'from',
  'recipient',
  'sender',
  'phone',
  'callback',
]);

export const REDACTED = '[redacted]';

/** Deeper than this nothing is looked at, and nothing is printed either. */
const MAX_DEPTH = 4;

/** Seven digits in a row, separators aside, are a phone number until shown otherwise. */
function looksLikeNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /(\d[-\s]*){7}/.test(value));
}

function isWalkable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}

function replacement(key: string, value: unknown, depth: number): unknown {
  if (SECRET_FIELDS.has(key)) return REDACTED;
  if (NUMBER_FIELDS.has(key) && looksLikeNumber(value)) return REDACTED;
  if (!isWalkable(value)) return value;
  return depth >= MAX_DEPTH ? REDACTED : redact(value, depth + 1);
}

/**
 * The same fields with secrets, texts and phone numbers blacked out, at every level; the same object where there is
 * nothing to hide. Errors are left as they are: ours name fields and limits, never content.
 */
export function redact<T extends object>(fields: T, depth = 1): T {
  const changed: [string, unknown][] = [];
  for (const [key, value] of Object.entries(fields)) {
    const replaced = replacement(key, value, depth);
    if (replaced !== value) changed.push([key, replaced]);
  }
  if (changed.length === 0) return fields;
  const copy: object = Array.isArray(fields) ? [...fields] : { ...fields };
  return Object.assign(copy, Object.fromEntries(changed)) as T;
}
