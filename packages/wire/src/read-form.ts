import { toLatin1 } from './bytes.js';
import { type Charset, decodeText, type TextOptions } from './charset.js';
import { ProtocolError } from './errors.js';
import { type Form, OP } from './form.js';

const NUL = 0x00;
const SPACE = 0x20;
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

function readChars(source: Uint8Array, start: number, end: number, form: Form): string {
  const last = valueEnd(source, start, end);
  if (last - start > form.most) {
    throw new ProtocolError('field-too-long', `${form.name}: ${last - start} bytes, at most ${form.most}`);
  }
  return toLatin1(source, start, last);
}

function readDigits(source: Uint8Array, start: number, end: number, name: string): string {
  let last = start;
  for (; last < end; last++) {
    const byte = source[last] ?? NUL;
    if (byte === NUL) break;
    if (byte < ZERO || byte > NINE) throw new ProtocolError('field-not-digits', name);
  }
  if (last === start) throw new ProtocolError('field-not-digits', `${name} is empty`);
  return toLatin1(source, start, last);
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

function readChoice(source: Uint8Array, start: number, end: number, { allowed, name }: Form): string {
  for (let index = 0; index < allowed.length; index++) {
    const each = allowed[index];
    if (each !== undefined && holds(source, start, end, each.bytes)) return each.value;
  }
  const listed = allowed.map((each) => each.value).join(', ');
  throw new ProtocolError('field-not-allowed', `${name} is none of ${listed}`);
}

function readConstant(source: Uint8Array, start: number, end: number, { allowed, name }: Form): string {
  const [constant] = allowed;
  if (constant !== undefined && holds(source, start, end, constant.bytes)) return constant.value;
  throw new ProtocolError('field-not-allowed', `${name} is not ${constant?.value}`);
}

/**
 * Bytes of a text of variable length.
 * @param told what the row says that holds its size; what is left of the body where there is none.
 * @throws ProtocolError where they are more or fewer than the row allows, or than are there.
 */
export function textExtent(form: Form, told: number, left: number): number {
  const { least, most, name } = form;
  if (told > most) throw new ProtocolError('field-too-long', `${name}: ${told} bytes, at most ${most}`);
  if (told < least) throw new ProtocolError('field-too-short', `${name}: ${told} bytes, at least ${least}`);
  if (told > left) throw new ProtocolError('body-too-short', `${name} needs ${told} bytes`);
  return told;
}

/** A text up to its first NUL, which must be there where it is the text's own. */
function readVariableText(
  source: Uint8Array,
  start: number,
  end: number,
  { finalNul, least, name }: Form,
  charset: Charset,
): string {
  const last = valueEnd(source, start, end);
  if (finalNul && last === end) throw new ProtocolError('no-final-nul', name);
  const bytes = last - start + (finalNul ? 1 : 0);
  if (bytes < least) throw new ProtocolError('field-too-short', `${name}: ${bytes} bytes, at least ${least}`);
  return decodeText(source, charset, start, last);
}

/** The value in `source[start, end)`. @throws ProtocolError when the bytes are no value of this kind. */
export function readForm(
  source: Uint8Array,
  start: number,
  end: number,
  form: Form,
  options: TextOptions,
): string | number | undefined {
  switch (form.op) {
    case OP.chars:
      return readChars(source, start, end, form);
    case OP.digits:
      return readDigits(source, start, end, form.name);
    case OP.decimal:
    case OP.sizeOf:
    case OP.countOf:
      return readDecimal(source, start, end, form.name);
    case OP.choice:
      return readChoice(source, start, end, form);
    case OP.constant:
      return readConstant(source, start, end, form);
    case OP.text:
      return decodeText(source, options.charset, start, valueEnd(source, start, end));
    case OP.variableText:
      return readVariableText(source, start, end, form, form.charset ?? options.charset);
    default:
      return undefined;
  }
}
