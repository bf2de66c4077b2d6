import { FieldError, ProtocolError } from './errors.js';
import type { Field, Masking } from './field.js';
import { Form, OP } from './form.js';
import { builtIn } from './kinds.js';
import type { Packet, ValuesOf } from './packet.js';

export interface VariableBytesOptions {
  readonly maxBytes: number;
  /** The name of the field that holds this one's size. */
  readonly sizedBy: string;
}

/** Bytes without a charset, as long as another field says. Reading gives a view on the packet's memory, not a copy. */
export function variableBytes<const Name extends string>(
  name: Name,
  { maxBytes, sizedBy }: VariableBytesOptions,
): Field<Name, Uint8Array, false> {
  return {
    name,
    size: 0,
    notation: `0C..${maxBytes}C`,
    masking: 'open',
    implied: false,
    measure(value) {
      if (value.length > maxBytes) throw new FieldError(name, 'max-bytes', maxBytes, value.length);
      return value.length;
    },
    extent(start, end, around) {
      const bytes = Number(around.values[sizedBy]);
      if (bytes > maxBytes) {
        throw new ProtocolError('field-too-long', `${name}: ${bytes} bytes, at most ${maxBytes}`);
      }
      if (bytes > end - start) throw new ProtocolError('body-too-short', `${name} needs ${bytes} bytes`);
      return bytes;
    },
    write: (target, start, _end, value) => target.set(value, start),
    read: (source, start, end) => source.subarray(start, end),
    show: shownBytes,
  };
}

/** Bytes may hold a text: nothing but their number is shown. */
function shownBytes(value: Uint8Array, masking: Masking): string {
  return masking === 'secret' ? '***' : `(${value.length} bytes)`;
}

export interface RepeatedOptions {
  readonly min: number;
  readonly max: number;
  /** The name of the field that holds how many there are. */
  readonly countedBy: string;
}

/** A table that is repeated up to the end of the body, as often as another field says. */
export function repeated<const Name extends string, const Rows extends readonly Field[]>(
  name: Name,
  item: Packet<Rows>,
  { min, max, countedBy }: RepeatedOptions,
): Field<Name, readonly ValuesOf<Rows>[], false> {
  return {
    name,
    size: 0,
    notation: `${min}..${max} × ${item.name}`,
    masking: 'open',
    implied: false,
    group: { table: item, countedBy },
    measure(values, options) {
      if (values.length < min) throw new FieldError(name, 'min-count', min, values.length);
      if (values.length > max) throw new FieldError(name, 'max-count', max, values.length);
      let bytes = 0;
      for (const value of values) bytes += item.size(value, options);
      return bytes;
    },
    extent: (start, end) => end - start,
    write(target, start, _end, values, options) {
      let at = start;
      for (const value of values) at = item.encodeInto(target, at, value, options);
    },
    read(source, start, end, options, around) {
      const count = Number(around.values[countedBy]);
      if (count < min || count > max) {
        throw new ProtocolError('bad-count', `${name}: ${count}, from ${min} to ${max}`);
      }
      const values: ValuesOf<Rows>[] = [];
      let at = start;
      while (values.length < count) {
        const { value, next } = item.decodeFrom(source, at, end, options);
        values.push(value);
        at = next;
      }
      if (at !== end) {
        throw new ProtocolError('body-too-long', `${name}: ${end - start} bytes, ${at - start} used`);
      }
      return values;
    },
    show: (values) => `(${values.length} parts)`,
  };
}

/** How often a {@link repeated} field of the same packet comes, in decimal characters. */
export function countOf<const Name extends string>(
  name: Name,
  size: number,
  of: string,
): Field<Name, number, true> {
  return builtIn(new Form(OP.countOf, name, size, { most: 10 ** size - 1, other: of }), {
    implied: true,
    steers: true,
    show: (value: number) => value,
  });
}
