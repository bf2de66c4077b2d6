import { type TextOptions, textBytes, writeTextWithin } from './charset.js';
import { FieldError } from './errors.js';
import { type Form, OP } from './form.js';
import { unitAt } from './unit-at.js';

const NUL = 0x00;
const SPACE = 0x20;
const LAST_PRINTABLE = 0x7e;
const ZERO = 0x30;
const NINE = 0x39;

/** Writes printable ASCII. */
function writeAscii(target: Uint8Array, start: number, most: number, value: string, field: string): void {
  const { length } = value;
  if (length > most) throw new FieldError(field, 'max-bytes', most, length);
  for (let index = 0; index < length; index++) {
    const unit = unitAt(value, index);
    if (unit < SPACE || unit > LAST_PRINTABLE) {
      throw new FieldError(field, 'ascii', 'printable ASCII', `another character at index ${index}`);
    }
    target[start + index] = unit;
  }
}

/** Writes digits while it makes sure that they are; how many there may be is said after what they are. */
function writeDigits(target: Uint8Array, start: number, most: number, value: string, field: string): void {
  const { length } = value;
  for (let index = 0; index < length; index++) {
    const unit = unitAt(value, index);
    if (unit < ZERO || unit > NINE) throw new FieldError(field, 'digits', 'digits only', 'other characters');
    if (index < most) target[start + index] = unit;
  }
  if (length === 0) throw new FieldError(field, 'digits', 'digits only', 'nothing');
  if (length > most) throw new FieldError(field, 'max-bytes', most, length);
}

/** Writes a whole number from 0 in decimal characters. */
export function writeDecimal(target: Uint8Array, start: number, value: number, form: Form): void {
  if (!Number.isInteger(value) || value < 0)
    throw new FieldError(form.name, 'whole-number', 'from 0', 'another value');
  if (value > form.most) throw new FieldError(form.name, 'max-value', form.most, value);
  if (value === 0) {
    if (!form.zeroIsNul) target[start] = ZERO;
    return;
  }
  let digits = 1;
  for (let bound = 10; bound <= value; bound *= 10) digits++;
  let rest = value;
  for (let at = start + digits - 1; at >= start; at--) {
    const next = Math.floor(rest / 10);
    target[at] = ZERO + rest - next * 10;
    rest = next;
  }
}

function writeChoice(target: Uint8Array, start: number, value: string, form: Form): void {
  const { allowed } = form;
  for (let index = 0; index < allowed.length; index++) {
    const each = allowed[index];
    if (each?.value !== value) continue;
    copy(target, start, each.bytes);
    return;
  }
  throw new FieldError(form.name, 'one-of', allowed.map((each) => each.value).join(', '), 'another value');
}

function copy(target: Uint8Array, start: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) target[start + at] = bytes[at] ?? 0;
}

/** A NUL inside a text would end it for the reader: what follows would be cut in silence. */
function refuseNul(value: string, field: string): void {
  const index = value.indexOf('\0');
  if (index !== -1) throw new FieldError(field, 'no-nul', 'no NUL character', `one at index ${index}`);
}

/** The packet's options, but for the charset of a row that has its own. */
function inCharsetOf({ charset }: Form, options: TextOptions): TextOptions {
  if (charset === undefined || charset === options.charset) return options;
  return { charset, unmappable: options.unmappable };
}

/**
 * Bytes that a text takes, its own final NUL included.
 * @throws FieldError where it holds a NUL, lacks a place in its charset, or is longer or shorter than its row allows.
 */
export function measureText(value: string, form: Form, options: TextOptions): number {
  refuseNul(value, form.name);
  const bytes = textBytes(value, inCharsetOf(form, options), form.name) + (form.finalNul ? 1 : 0);
  if (bytes > form.most) throw new FieldError(form.name, 'max-bytes', form.most, bytes);
  if (bytes < form.least) throw new FieldError(form.name, 'min-bytes', form.least, bytes);
  return bytes;
}

/**
 * Writes a text in one pass and gives the offset behind it. Where it has no place, measuring says why.
 * @throws FieldError as {@link measureText} does.
 */
export function writeTextForm(
  target: Uint8Array,
  start: number,
  value: string,
  form: Form,
  options: TextOptions,
): number {
  const ownNul = form.finalNul ? 1 : 0;
  const limit = start + form.most - ownNul;
  const end = writeTextWithin(target, start, limit, value, inCharsetOf(form, options), 1);
  const behind = end + ownNul;
  if (end === -1 || behind - start < form.least) return start + measureText(value, form, options);
  if (ownNul === 1) target[end] = NUL;
  return behind;
}

/**
 * Writes a value of fixed size, or one whose place was measured, at `start`. The place holds NULs already.
 * @throws FieldError
 */
export function writeForm(
  target: Uint8Array,
  start: number,
  form: Form,
  value: unknown,
  options: TextOptions,
): void {
  switch (form.op) {
    case OP.chars:
      writeAscii(target, start, form.most, value as string, form.name);
      break;
    case OP.digits:
      writeDigits(target, start, form.most, value as string, form.name);
      break;
    case OP.decimal:
    case OP.sizeOf:
    case OP.countOf:
      writeDecimal(target, start, value as number, form);
      break;
    case OP.choice:
      writeChoice(target, start, value as string, form);
      break;
    case OP.constant:
      copy(target, start, form.allowed[0]?.bytes ?? NO_BYTES);
      break;
    case OP.text:
    case OP.variableText:
      writeTextForm(target, start, value as string, form, options);
      break;
    default:
  }
}

const NO_BYTES = new Uint8Array(0);
