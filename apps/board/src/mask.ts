import type { ShowRules } from './show-rules.js';

/** Content, whatever is in it: not even its structure is shown. */
const CONTENT: ReadonlySet<string> = new Set([
  'text',
  'subject',
  'title',
  'header',
  'items',
  'image',
  'highlight',
  'buttons',
  'quickReplies',
  'userData',
  'ref',
  'raw',
]);

/** Names of fields. Anything else may be content that a producer used as a name. */
const FIELD_NAME = /^(?!.*\d{4})[A-Za-z][A-Za-z0-9_.-]{0,39}$/;

const MAX_DEPTH = 8;
const MAX_ITEMS = 20;
const MAX_FIELDS = 100;

/** Stands where something was hidden: its size in UTF-8, of anything but a string that of its JSON. */
export function note(value: unknown): string {
  const written = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const bytes = Buffer.byteLength(written);
  return `«${bytes} ${bytes === 1 ? 'byte' : 'bytes'}»`;
}

/** A name that was not chosen by us, if it looks like one. */
export function maskName(name: string): string {
  return FIELD_NAME.test(name) ? name : note(name);
}

/**
 * A value with its structure left and its content hidden: a string or number is shown only where the rules name its
 * field and it looks as that field must. True, false and null stay. Pure; the result is bounded in depth and breadth.
 */
export function mask(value: unknown, rules: ShowRules): unknown {
  return walk('', value, rules, 0);
}

function walk(field: string, value: unknown, rules: ShowRules, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
      return (CONTENT.has(field) ? undefined : rules.get(field)?.(value)) ?? hidden(value);
    case 'object':
      if (value === null) return null;
      if (CONTENT.has(field) || depth >= MAX_DEPTH) return note(value);
      return Array.isArray(value)
        ? walkItems(field, value, rules, depth + 1)
        : walkFields(value, rules, depth + 1);
    case 'boolean':
    case 'undefined':
      return value;
    default:
      return note(String(value));
  }
}

/** Digits of a number are as good as its value. */
function hidden(value: string | number): string {
  if (typeof value === 'number') return '«number»';
  return value === '' ? '' : note(value);
}

function walkItems(field: string, items: readonly unknown[], rules: ShowRules, depth: number): unknown[] {
  const shown = items.slice(0, MAX_ITEMS).map((item) => walk(field, item, rules, depth));
  return items.length > MAX_ITEMS ? [...shown, `«${items.length - MAX_ITEMS} more»`] : shown;
}

function walkFields(fields: object, rules: ShowRules, depth: number): object {
  const all = Object.entries(fields);
  const shown = all.slice(0, MAX_FIELDS).map(([field, value], index): [string, unknown] => {
    const named = FIELD_NAME.test(field);
    // Two hidden names may be of one size; the place tells them apart.
    return [named ? field : `${note(field)} ${index + 1}`, walk(named ? field : '', value, rules, depth)];
  });
  if (all.length > MAX_FIELDS) shown.push(['«more»', all.length - MAX_FIELDS]);
  return Object.fromEntries(shown);
}
