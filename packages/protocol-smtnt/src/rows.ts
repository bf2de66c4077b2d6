import { FieldError, isWellFormed, ProtocolError, textBytes } from '@pabal/wire';

/** How a value stands in the JSON: as a string, or as a number without quotes. */
export type RowType = 'text' | 'number';

/**
 * What a log may show of a value: nothing of a `secret`; both ends of a `phone` number; only the length of `content`,
 * since a one-time password is digits too.
 */
export type Guard = 'secret' | 'phone' | 'content';

/** One field of a message body: its name in the specification's own letter case, and its rules. */
export interface Row<N extends string = string, T extends RowType = RowType, O extends boolean = boolean> {
  readonly name: N;
  readonly type: T;
  /** Written only when a value is given, and may be absent when read. Any other row is always there. */
  readonly optional: O;
  /** Most bytes of the value in UTF-8, where there is a limit. */
  readonly maxBytes?: number;
  /** The only values that may be written, where the specification names them. What is read may hold others. */
  readonly values?: readonly (string | number)[];
  /** Written as digits alone, or empty. */
  readonly digits?: true;
  readonly guard?: Guard;
  /** The peer's own value goes back as it came: no rule of ours applies to it. */
  readonly echoed?: true;
}

type ValueOf<R extends Row> = R['type'] extends 'number' ? number : string;

/** The body that a list of rows describes. */
export type BodyOfRows<R extends readonly Row[]> = {
  readonly [Each in R[number] as Each['optional'] extends true ? never : Each['name']]: ValueOf<Each>;
} & {
  readonly [Each in R[number] as Each['optional'] extends true ? Each['name'] : never]?: ValueOf<Each>;
};

/** A body as the codec handles it when it does not know which method it is. */
export type AnyBody = Readonly<Record<string, string | number | undefined>>;

/** A field of text, always present; the limit is in bytes of UTF-8. */
export function text<const N extends string>(name: N, maxBytes?: number): Row<N, 'text', false> {
  const row = { name, type: 'text', optional: false } as const;
  return maxBytes === undefined ? row : { ...row, maxBytes };
}

/** A field of a whole number, always present. */
export function number<const N extends string>(name: N): Row<N, 'number', false> {
  return { name, type: 'number', optional: false };
}

/** The same field, with these values alone; `''` among them where it may be unused. */
export function oneOf<R extends Row>(
  row: R,
  values: R['type'] extends 'number' ? readonly number[] : readonly string[],
): R {
  return { ...row, values };
}

/** The same field, of digits alone, or empty where it is unused. */
export function digits<R extends Row>(row: R): R {
  return { ...row, digits: true };
}

/** The same field, written only when given. */
export function optional<N extends string, T extends RowType>(row: Row<N, T, false>): Row<N, T, true> {
  return { ...row, optional: true };
}

/** The same field in an answer that repeats the peer's value. */
export function echoed<R extends Row>(row: R): R {
  return { ...row, echoed: true };
}

/** The same field, never shown by the description. */
export function secret<R extends Row>(row: R): R {
  return { ...row, guard: 'secret' };
}

/** The same field, a person's number. */
export function phone<R extends Row>(row: R): R {
  return { ...row, guard: 'phone' };
}

/** The same field, what somebody wrote or what tells about somebody. */
export function content<R extends Row>(row: R): R {
  return { ...row, guard: 'content' };
}

const UTF8 = { charset: 'utf-8', unmappable: 'reject' } as const;

/**
 * The body as compact JSON, keys in the order of the rows. Keys that no row names are not written.
 * @throws FieldError when a value is missing, of the wrong kind, too long, none of those allowed, or holds a lone
 * surrogate.
 */
export function writeRows(rows: readonly Row[], body: AnyBody): string {
  let json = '';
  for (const row of rows) {
    const value = body[row.name];
    if (value === undefined) {
      if (row.optional) continue;
      throw new FieldError(row.name, 'required', row.type, 'undefined');
    }
    const written = row.type === 'number' ? writeNumber(row, value) : writeText(row, value);
    json += `${json === '' ? '{' : ','}"${row.name}":${written}`;
  }
  return json === '' ? '{}' : `${json}}`;
}

function writeNumber(row: Row, value: string | number): string {
  if (!Number.isSafeInteger(value)) throw new FieldError(row.name, 'kind', 'whole number', typeof value);
  checkValue(row, value);
  return String(value);
}

/** A value that is none of the allowed ones is named only where it is a number: a text may be anybody's. */
function checkValue({ name, values }: Row, value: string | number): void {
  if (values === undefined || values.includes(value)) return;
  const limit = values.filter((each) => each !== '').join(', ');
  throw new FieldError(
    name,
    'one-of',
    limit,
    typeof value === 'number' ? value : `${value.length} characters`,
  );
}

const DIGITS = /^\d*$/;

function writeText(row: Row, value: string | number): string {
  if (typeof value !== 'string') throw new FieldError(row.name, 'kind', 'text', typeof value);
  if (row.echoed) return JSON.stringify(value);
  const isPlain = value === '' || PLAIN.test(value);
  checkBytes(row, value, isPlain);
  checkValue(row, value);
  if (row.digits && !DIGITS.test(value)) {
    throw new FieldError(row.name, 'digits', 'digits', `${value.length} characters`);
  }
  return isPlain ? `"${value}"` : JSON.stringify(value);
}

/** A code or a number, as most values are: ASCII, of which JSON escapes nothing. */
const PLAIN = /^[\w.:-]{0,40}$/;
/** Bytes of UTF-8 that one UTF-16 code unit takes at most. */
const MOST_BYTES_PER_UNIT = 3;

/** Counts bytes only where the text's length leaves the question open. */
function checkBytes(
  { maxBytes = Number.POSITIVE_INFINITY, name }: Row,
  value: string,
  isPlain: boolean,
): void {
  if (value.length * (isPlain ? 1 : MOST_BYTES_PER_UNIT) <= maxBytes && (isPlain || isWellFormed(value)))
    return;
  const bytes = textBytes(value, UTF8, name);
  if (bytes > maxBytes) throw new FieldError(name, 'max-bytes', maxBytes, bytes);
}

const WHOLE_NUMBER = /^-?\d{1,15}$/;

/**
 * Reads a parsed JSON body by its rows. A number may come as a string and a text as a whole number; keys that no row names
 * are ignored; `null` counts as absent. Byte limits are ours to keep, not to ask of the peer.
 * @throws ProtocolError `wrong-shape` naming the field, when the body is no object, an always-present field is missing
 * or a value is of another kind.
 */
export function readRows(method: string, rows: readonly Row[], body: unknown): AnyBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ProtocolError('wrong-shape', `${method}.Body is no object`);
  }
  const given = body as Readonly<Record<string, unknown>>;
  const read: Record<string, string | number> = {};
  for (const row of rows) {
    const value = given[row.name];
    if (value === undefined || value === null) {
      if (row.optional) continue;
      throw new ProtocolError('wrong-shape', `${method}.${row.name} is missing`);
    }
    const result = row.type === 'number' ? readNumber(value) : readText(value);
    if (result === undefined)
      throw new ProtocolError('wrong-shape', `${method}.${row.name} is no ${row.type}`);
    read[row.name] = result;
  }
  return read;
}

function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !WHOLE_NUMBER.test(value.trim())) return undefined;
  return Number(value);
}

/** A number that JSON could not hold exactly may have been another's id, so only whole ones that it can are texts. */
function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
