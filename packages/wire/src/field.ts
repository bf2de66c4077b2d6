import type { TextOptions } from './charset.js';
import type { Form } from './form.js';

/** How a field's value is shown: as it is, shortened to what identifies nobody, or not at all. */
export type Masking = 'open' | 'personal' | 'secret';

/** In reading: what the fields before hold, by name. */
export interface Surroundings {
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * One row of a packet table. Fields of fixed size have a `size`; a variable one measures its value first and finds
 * its end when it is read.
 */
export interface Field<Name extends string = string, Value = unknown, Implied extends boolean = boolean> {
  readonly name: Name;
  /** Bytes on the wire; 0 for a field of variable length. */
  readonly size: number;
  /** The kind in the specification's words: `20C`, `1C..300C`. */
  readonly notation: string;
  readonly masking: Masking;
  /** True where the packet itself knows the value (a constant, a reserved place, a size): no part of its type. */
  readonly implied: Implied;
  /** The row as data, for a kind that a packet's loop knows by itself; a kind of its own has none. */
  readonly form?: Form;
  /** True where a field behind this one looks at its value: a size, a number of parts. */
  readonly steers?: boolean;
  /** The table that repeats, and the field that says how often, where this field is a group. */
  readonly group?: { readonly table: FieldTable; readonly countedBy: string };
  /** Bytes that a value of variable length will take. @throws FieldError */
  measure?(value: Value, options: TextOptions): number;
  /** Bytes of a variable field that starts at `start` in a body that ends at `end`. @throws ProtocolError */
  extent?(start: number, end: number, around: Surroundings): number;
  /**
   * Writes into `target[start, end)`. A place of fixed size holds NULs, so that what the value leaves is padded already;
   * one of variable length is as long as the value, which fills it.
   * @throws FieldError when the value has no place there.
   */
  write(target: Uint8Array, start: number, end: number, value: Value, options: TextOptions): void;
  /** Reads `source[start, end)`. @throws ProtocolError when the bytes are no value of this kind. */
  read(source: Uint8Array, start: number, end: number, options: TextOptions, around: Surroundings): Value;
  /** The value without what {@link Masking} forbids, for logs. */
  show(value: Value, masking: Masking): string | number;
}

/** What is common to all packet tables. */
export interface FieldTable {
  readonly name: string;
  readonly rows: readonly Field[];
}

/** The value that a field holds. */
export type ValueOf<F> = F extends Field<string, infer Value> ? Value : never;

/** The row's value names a person (a number, a text): logs show its ends or its length. */
export function personal<F extends Field>(field: F): F {
  return { ...field, masking: 'personal' };
}

/** The row's value is a credential: logs show that it is there, nothing of it. */
export function secret<F extends Field>(field: F): F {
  return { ...field, masking: 'secret' };
}
