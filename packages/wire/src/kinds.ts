import { fromLatin1, toLatin1 } from './bytes.js';
import { type Charset, decodeText, type TextOptions, textBytes, writeText } from './charset.js';
import { FieldError, ProtocolError } from './errors.js';
import type { Field, Masking } from './field.js';

const NUL = 0x00;
const SPACE = 0x20;
const LAST_PRINTABLE = 0x7e;
const ZERO = 0x30;
const NINE = 0x39;

/** Where the field's value ends: at its first NUL, or with the field when it is full. */
function valueEnd(source: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && source[at] !== NUL) at++;
  return at;
}

/** Whether the field's value is these bytes, and no more of them. */
function holds(source: Uint8Array, start: number, end: number, bytes: Uint8Array): boolean {
  const last = start + bytes.length;
  for (let at = start; at < last; at++) if (source[at] !== bytes[at - start]) return false;
  return last === end || source[last] === NUL;
}

function pad(target: Uint8Array, from: number, end: number): void {
  for (let at = from; at < end; at++) target[at] = NUL;
}

/** Writes printable ASCII into its place. Shared by every kind whose characters are ASCII. */
function writeAscii(target: Uint8Array, start: number, end: number, value: string, field: string): void {
  if (value.length > end - start) throw new FieldError(field, 'max-bytes', end - start, value.length);
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit < SPACE || unit > LAST_PRINTABLE) {
      throw new FieldError(field, 'ascii', 'printable ASCII', `another character at index ${index}`);
    }
    target[start + index] = unit;
  }
  pad(target, start + value.length, end);
}

/** A log shows both ends of a person's number, and only the length of anything else of theirs. */
function shownChars(value: string, masking: Masking): string {
  if (masking === 'open') return value;
  if (masking === 'secret') return '***';
  return /^\d{8,}$/.test(value)
    ? `${value.slice(0, 3)}****${value.slice(-4)}`
    : `(${value.length} characters)`;
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
  return {
    name,
    size,
    notation: `${size}C`,
    masking: 'open',
    implied: false,
    write(target, start, end, value) {
      if (value.length > most) throw new FieldError(name, 'max-bytes', most, value.length);
      writeAscii(target, start, end, value, name);
    },
    read(source, start, end) {
      const last = valueEnd(source, start, end);
      if (last - start > most) {
        throw new ProtocolError('field-too-long', `${name}: ${last - start} bytes, at most ${most}`);
      }
      return toLatin1(source, start, last);
    },
    show: shownChars,
  };
}

/** True for one digit or more, and nothing else. */
export function isDigits(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit < ZERO || unit > NINE) return false;
  }
  return value !== '';
}

/** A field of at least one and at most `size` digits, strict both ways. The value is a string: leading zeros count. */
export function digits<const Name extends string>(name: Name, size: number): Field<Name, string, false> {
  const base = chars(name, size);
  return {
    ...base,
    write(target, start, end, value) {
      if (!isDigits(value)) {
        throw new FieldError(name, 'digits', 'digits only', value === '' ? 'nothing' : 'other characters');
      }
      writeAscii(target, start, end, value, name);
    },
    read(source, start, end) {
      const last = valueEnd(source, start, end);
      if (last === start) throw new ProtocolError('field-not-digits', `${name} is empty`);
      for (let at = start; at < last; at++) {
        const byte = source[at] ?? NUL;
        if (byte < ZERO || byte > NINE) throw new ProtocolError('field-not-digits', name);
      }
      return toLatin1(source, start, last);
    },
  };
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
  const most = 10 ** size - 1;
  return {
    name,
    size,
    notation: `${size}C`,
    masking: 'open',
    implied: false,
    write(target, start, end, value) {
      if (!Number.isInteger(value) || value < 0)
        throw new FieldError(name, 'whole-number', 'from 0', 'another value');
      if (value > most) throw new FieldError(name, 'max-value', most, value);
      writeAscii(target, start, end, value === 0 && zero === 'nul' ? '' : String(value), name);
    },
    read: (source, start, end) => readDecimal(source, start, end, name),
    show: (value) => value,
  };
}

/**
 * Decimal characters in `source[start, end)` up to the first NUL, with spaces around them; 0 where there are none.
 * @throws ProtocolError `field-not-a-number`
 */
export function readDecimal(source: Uint8Array, start: number, end: number, name: string): number {
  let at = start;
  let last = valueEnd(source, start, end);
  while (at < last && source[at] === SPACE) at++;
  while (last > at && source[last - 1] === SPACE) last--;
  let value = 0;
  for (; at < last; at++) {
    const byte = source[at] ?? NUL;
    if (byte < ZERO || byte > NINE) throw new ProtocolError('field-not-a-number', name);
    value = value * 10 + byte - ZERO;
  }
  return value;
}

/** A field that holds one of a few values; reading another one is the peer's mistake. */
export function choice<const Name extends string, const Value extends string>(
  name: Name,
  size: number,
  allowed: readonly Value[],
): Field<Name, Value, false> {
  const base = chars(name, size);
  const listed = allowed.join(', ');
  const values = allowed.map((value) => ({ value, bytes: fromLatin1(value) }));
  return {
    ...base,
    write(target, start, end, value) {
      if (!allowed.includes(value)) throw new FieldError(name, 'one-of', listed, 'another value');
      writeAscii(target, start, end, value, name);
    },
    read(source, start, end) {
      for (const { value, bytes } of values) if (holds(source, start, end, bytes)) return value;
      throw new ProtocolError('field-not-allowed', `${name} is none of ${listed}`);
    },
    show: (value) => value,
  };
}

/** A value that the packet fixes. It takes no part in the packet's type; reading another value is refused. */
export function constant<const Name extends string>(
  name: Name,
  size: number,
  value: string,
): Field<Name, string, true> {
  const bytes = fromLatin1(value);
  return {
    name,
    size,
    notation: `${size}C "${value}"`,
    masking: 'open',
    implied: true,
    write: (target, start, end) => writeAscii(target, start, end, value, name),
    read(source, start, end) {
      if (!holds(source, start, end, bytes)) {
        throw new ProtocolError('field-not-allowed', `${name} is not ${value}`);
      }
      return value;
    },
    show: () => value,
  };
}

/** A place without a meaning: written as NULs, whatever is read there is ignored. */
export function reserved<const Name extends string>(name: Name, size: number): Field<Name, undefined, true> {
  return {
    name,
    size,
    notation: `${size}C`,
    masking: 'open',
    implied: true,
    write: (target, start, end) => pad(target, start, end),
    read: () => undefined,
    show: () => '',
  };
}

/** A text is never shown in part: a one-time password is digits too. */
function shownText(value: string, masking: Masking): string {
  if (masking === 'open') return value;
  return masking === 'secret' ? '***' : `(${value.length} characters)`;
}

/** A NUL inside a text would end it for the reader: what follows would be cut in silence. */
function refuseNul(value: string, field: string): void {
  const index = value.indexOf('\0');
  if (index !== -1) throw new FieldError(field, 'no-nul', 'no NUL character', `one at index ${index}`);
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
  return {
    name,
    size,
    notation: `${size}C`,
    masking: 'open',
    implied: false,
    write(target, start, end, value, options) {
      refuseNul(value, name);
      const bytes = textBytes(value, options, name);
      if (bytes > most) throw new FieldError(name, 'max-bytes', most, bytes);
      pad(target, writeText(target, start, value, options, name), end);
    },
    read: (source, start, end, options) =>
      decodeText(source, options.charset, start, valueEnd(source, start, end)),
    show: shownText,
  };
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
  const own = (options: TextOptions): TextOptions =>
    charset === undefined || charset === options.charset ? options : { ...options, charset };
  return {
    name,
    size: 0,
    notation: `${minBytes}C..${maxBytes}C`,
    masking: 'open',
    implied: false,
    measure(value, options) {
      refuseNul(value, name);
      const bytes = textBytes(value, own(options), name) + (finalNul ? 1 : 0);
      if (bytes > maxBytes) throw new FieldError(name, 'max-bytes', maxBytes, bytes);
      if (bytes < minBytes) throw new FieldError(name, 'min-bytes', minBytes, bytes);
      return bytes;
    },
    extent(start, end, around) {
      const bytes = sizedBy === undefined ? end - start : Number(around.values[sizedBy]);
      if (bytes > maxBytes)
        throw new ProtocolError('field-too-long', `${name}: ${bytes} bytes, at most ${maxBytes}`);
      if (bytes < minBytes)
        throw new ProtocolError('field-too-short', `${name}: ${bytes} bytes, at least ${minBytes}`);
      if (bytes > end - start) throw new ProtocolError('body-too-short', `${name} needs ${bytes} bytes`);
      return bytes;
    },
    write(target, start, end, value, options) {
      pad(target, writeText(target, start, value, own(options), name), end);
    },
    read(source, start, end, options) {
      const last = valueEnd(source, start, end);
      if (finalNul && last === end) throw new ProtocolError('no-final-nul', name);
      const bytes = last - start + (finalNul ? 1 : 0);
      if (bytes < minBytes)
        throw new ProtocolError('field-too-short', `${name}: ${bytes} bytes, at least ${minBytes}`);
      return decodeText(source, charset ?? options.charset, start, last);
    },
    show: shownText,
  };
}

/** The size in bytes of a variable field of the same packet, in decimal characters. */
export function sizeOf<const Name extends string>(
  name: Name,
  size: number,
  of: string,
  zero: Zero = 'digit',
): Field<Name, number, true> {
  const number = decimal(name, size, zero);
  return {
    ...number,
    implied: true,
    steers: true,
    write: (target, start, end, _value, options, around) =>
      number.write(target, start, end, around.sizes[of] ?? 0, options, around),
  };
}
