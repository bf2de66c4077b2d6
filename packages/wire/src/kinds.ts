import { fromLatin1 } from './bytes.js';
import type { Charset } from './charset.js';
import type { Field, Masking } from './field.js';
import { Form, OP } from './form.js';
import { readForm, textExtent } from './read-form.js';
import { unitAt } from './unit-at.js';
import { measureText, writeForm } from './write-form.js';

const ZERO = 0x30;
const NINE = 0x39;

/** What a row of a built-in kind adds to its {@link Form}. */
interface More<Value, Implied extends boolean> {
  readonly implied: Implied;
  readonly notation?: string;
  readonly steers?: boolean;
  show(value: Value, masking: Masking): string | number;
}

/** A row whose writing and reading its form describes. */
export function builtIn<const Name extends string, Value, Implied extends boolean>(
  form: Form<Name>,
  more: More<Value, Implied>,
): Field<Name, Value, Implied> {
  return {
    name: form.name,
    size: form.size,
    notation: `${form.size}C`,
    masking: 'open',
    form,
    write: (target, start, _end, value, options) => writeForm(target, start, form, value, options),
    read: (source, start, end, options) => readForm(source, start, end, form, options) as Value,
    ...more,
  };
}

/** A log shows both ends of a person's number, and only the length of anything else of theirs. */
function shownChars(value: string, masking: Masking): string {
  if (masking === 'open') return value;
  if (masking === 'secret') return '***';
  return /^\d{8,}$/.test(value) ? shownNumber(value) : `(${value.length} characters)`;
}

/** Both ends of a number; of less than ten digits only the last two, since both ends would be nearly all of it. */
function shownNumber(digits: string): string {
  if (digits.length < 10) return '*'.repeat(digits.length - 2) + digits.slice(-2);
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/**
 * A field of `size` characters. Writes printable ASCII only; reads any byte as the character of its number.
 * @param most characters that it may hold, where NULs must follow them.
 */
export function chars<const Name extends string>(
  name: Name,
  size: number,
  most: number = size,
): Field<Name, string, false> {
  return builtIn(new Form(OP.chars, name, size, { most }), { implied: false, show: shownChars });
}

/** True for one digit or more, and nothing else. */
export function isDigits(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const unit = unitAt(value, at);
    if (unit < ZERO || unit > NINE) return false;
  }
  return value !== '';
}

/** A field of at least one and at most `size` digits, strict both ways. The value is a string: leading zeros count. */
export function digits<const Name extends string>(name: Name, size: number): Field<Name, string, false> {
  return builtIn(new Form(OP.digits, name, size), { implied: false, show: shownChars });
}

/** How 0 is written: as a digit, or as nothing, where the specification asks for NULs instead. */
export type Zero = 'digit' | 'nul';

/**
 * A whole number from 0 in decimal characters, left-aligned. Reading takes spaces on either side and leading
 * zeros, and ends at the first NUL; an empty field is 0, as older peers leave fields that they do not know yet.
 */
export function decimal<const Name extends string>(
  name: Name,
  size: number,
  zero: Zero = 'digit',
): Field<Name, number, false> {
  const form = new Form(OP.decimal, name, size, { most: 10 ** size - 1, zeroIsNul: zero === 'nul' });
  return builtIn(form, { implied: false, show: (value: number) => value });
}

/** A field that holds one of a few values; reading another one is the peer's mistake. */
export function choice<const Name extends string, const Value extends string>(
  name: Name,
  size: number,
  allowed: readonly Value[],
): Field<Name, Value, false> {
  const form = new Form(OP.choice, name, size, {
    allowed: allowed.map((value) => ({ value, bytes: fromLatin1(value) })),
  });
  return builtIn(form, { implied: false, show: (value: Value) => value });
}

/** A value that the packet fixes. It takes no part in the packet's type; reading another value is refused. */
export function constant<const Name extends string>(
  name: Name,
  size: number,
  value: string,
): Field<Name, string, true> {
  const form = new Form(OP.constant, name, size, { allowed: [{ value, bytes: fromLatin1(value) }] });
  return builtIn(form, { implied: true, notation: `${size}C "${value}"`, show: () => value });
}

/** A place without a meaning: written as NULs, whatever is read there is ignored. */
export function reserved<const Name extends string>(name: Name, size: number): Field<Name, undefined, true> {
  return builtIn(new Form(OP.reserved, name, size), { implied: true, show: () => '' });
}

/** A text is never shown in part: a one-time password is digits too. */
function shownText(value: string, masking: Masking): string {
  if (masking === 'open') return value;
  return masking === 'secret' ? '***' : `(${value.length} characters)`;
}

/**
 * A text of at most `size` bytes in the packet's charset.
 * @param most bytes that it may be written with, where the field has more room than a text is allowed.
 */
export function text<const Name extends string>(
  name: Name,
  size: number,
  most: number = size,
): Field<Name, string, false> {
  return builtIn(new Form(OP.text, name, size, { most }), { implied: false, show: shownText });
}

export interface VariableTextOptions {
  readonly minBytes?: number;
  readonly maxBytes: number;
  /** The name of the field that holds this one's size; without it the text runs to the end of the body. */
  readonly sizedBy?: string;
  /** The text ends with a NUL of its own, which counts as one of its bytes. */
  readonly finalNul?: boolean;
  /** The charset of this field where it is not the packet's. */
  readonly charset?: Charset;
}

/** A text of variable length: to the end of the body, or as long as another field says. */
export function variableText<const Name extends string>(
  name: Name,
  { minBytes = 0, maxBytes, sizedBy, finalNul = false, charset }: VariableTextOptions,
): Field<Name, string, false> {
  const form = new Form(OP.variableText, name, 0, {
    least: minBytes,
    most: maxBytes,
    other: sizedBy,
    finalNul,
    charset,
  });
  const notation = `${minBytes}C..${maxBytes}C`;
  return {
    ...builtIn(form, { implied: false, notation, show: shownText }),
    measure: (value, options) => measureText(value, form, options),
    extent(start, end, { values }) {
      return textExtent(form, sizedBy === undefined ? end - start : Number(values[sizedBy]), end - start);
    },
  };
}

/** The size in bytes of a variable field of the same packet, in decimal characters. */
export function sizeOf<const Name extends string>(
  name: Name,
  size: number,
  of: string,
  zero: Zero = 'digit',
): Field<Name, number, true> {
  const form = new Form(OP.sizeOf, name, size, {
    most: 10 ** size - 1,
    zeroIsNul: zero === 'nul',
    other: of,
  });
  return builtIn(form, { implied: true, steers: true, show: (value: number) => value });
}
