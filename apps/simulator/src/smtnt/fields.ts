import { isObject, type JsonObject } from './packets.js';

/** A field of a Body as the specification's table prints it. */
export interface FieldSpec {
  readonly name: string;
  readonly type: 'string' | 'number';
}

/** How a Body differs from its table. Names only: no value is ever repeated. */
export type FieldFault =
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'type'; readonly name: string; readonly wanted: string; readonly actual: string }
  | { readonly kind: 'order'; readonly name: string; readonly after: string };

/** Compares the keys of a Body with a table: presence (of the required ones), type, letter case and order. */
export function compareFields(
  body: JsonObject,
  table: readonly FieldSpec[],
  isRequired: (name: string) => boolean = () => true,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const places = new Map(table.map((spec, place) => [spec.name, { spec, place }]));
  let highest = -1;
  for (const [name, value] of Object.entries(body)) {
    const known = places.get(name);
    if (!known) {
      faults.push({ kind: 'unknown', name: printable(name) });
      continue;
    }
    const { spec, place } = known;
    if (place < highest) faults.push({ kind: 'order', name, after: table[highest]?.name ?? '' });
    highest = Math.max(highest, place);
    const isRight = spec.type === 'number' ? Number.isInteger(value) : typeof value === 'string';
    if (!isRight) faults.push({ kind: 'type', name, wanted: spec.type, actual: typeName(value) });
  }
  for (const { name } of table) {
    if (!Object.hasOwn(body, name) && isRequired(name)) faults.push({ kind: 'missing', name });
  }
  return faults;
}

/** One line about a fault, for the detail of a violation. */
export function describeFault(fault: FieldFault): string {
  switch (fault.kind) {
    case 'missing':
      return `${fault.name} is missing`;
    case 'unknown':
      return `${fault.name} is not in the table`;
    case 'type':
      return `${fault.name} must be a ${fault.wanted}, is ${fault.actual}`;
    case 'order':
      return `${fault.name} comes after ${fault.after}`;
  }
}

/** A peer's own key may hold anything: only what looks like a field name is repeated. */
const printable = (name: string) => (/^\w{1,40}$/.test(name) ? name : `a key of ${name.length} characters`);

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  return typeof value === 'number' ? 'a number with a fraction' : `a ${typeof value}`;
}

/** A string field of a Body, empty where it is absent or of another type. */
export function textOf(body: JsonObject, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

/** A number field of a Body, 0 where it is absent or of another type. */
export function numberOf(body: JsonObject, name: string): number {
  const value = body[name];
  return typeof value === 'number' ? value : 0;
}
