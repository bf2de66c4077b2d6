import type { TextOptions } from './charset.js';
import { ProtocolError } from './errors.js';
import type { Field, Masking, ValueOf } from './field.js';
import { allocate } from './slab.js';

/** The values of a packet table: every row but those that the packet itself knows. */
export type ValuesOf<Rows extends readonly Field[]> = {
  -readonly [Row in Rows[number] as Row['implied'] extends true ? never : Row['name']]: ValueOf<Row>;
};

/** The TypeScript type of a packet: `type Bind = PacketOf<typeof bind>`. */
export type PacketOf<P> = P extends Packet<infer Rows> ? ValuesOf<Rows> : never;

/** Where a row stands; `offset` is undefined behind a field of variable length. */
export interface RowLayout {
  readonly name: string;
  readonly notation: string;
  readonly offset: number | undefined;
  readonly size: number;
  readonly masking: Masking;
}

/** A packet as its table describes it. Made by {@link packet}. */
export interface Packet<Rows extends readonly Field[] = readonly Field[]> {
  readonly name: string;
  readonly rows: Rows;
  /** Bytes of all rows of fixed size. */
  readonly fixedSize: number;
  readonly layout: readonly RowLayout[];
  /** Bytes that these values take. @throws FieldError when a variable one has no place. */
  size(values: ValuesOf<Rows>, options: TextOptions): number;
  /**
   * The packet's bytes, behind `headroom` bytes left to a header. A view on memory that small packets share: its own
   * bytes are nobody else's, its `buffer` is.
   * @throws FieldError naming field, limit and what was found.
   */
  encode(values: ValuesOf<Rows>, options: TextOptions, headroom?: number): Uint8Array<ArrayBuffer>;
  /**
   * Writes the packet's bytes at `offset` of a target that has room for its {@link size}; gives the offset behind them.
   * @throws FieldError
   */
  encodeInto(target: Uint8Array, offset: number, values: ValuesOf<Rows>, options: TextOptions): number;
  /**
   * The values of a whole body.
   * @throws ProtocolError when the body is too short, too long, or holds what a field cannot.
   */
  decode(body: Uint8Array, options: TextOptions): ValuesOf<Rows>;
  /** The values of a packet at the start of `source[start, end)`, and the offset behind it. @throws ProtocolError */
  decodeFrom(
    source: Uint8Array,
    start: number,
    end: number,
    options: TextOptions,
  ): { readonly value: ValuesOf<Rows>; readonly next: number };
  /** Offset of a row; only rows before the first of variable length have one. */
  offsetOf(name: Rows[number]['name']): number;
  /** The values as a log may show them: rows marked secret or personal are masked. */
  describe(values: ValuesOf<Rows>): Record<string, string | number>;
}

type Loose = Record<string, unknown>;

type Sizes = Readonly<Record<string, number>>;

const NO_SIZES: Sizes = Object.freeze({});

/** What encoding and decoding need of a row, in one shape for all kinds: that is what makes them fast. */
class Step {
  readonly name: string;
  readonly size: number;
  readonly implied: boolean;
  readonly measure: Field['measure'];
  readonly extent: Field['extent'];
  readonly write: Field['write'];
  readonly read: Field['read'];

  constructor(row: Field) {
    this.name = row.name;
    this.size = row.size;
    this.implied = row.implied;
    this.measure = row.measure?.bind(row);
    this.extent = row.extent?.bind(row);
    this.write = row.write.bind(row);
    this.read = row.read.bind(row);
  }
}

/**
 * A packet from its specification's table: one row per field in wire order. Size, offsets, encoder, decoder, type and
 * masked description all come from the rows.
 */
export function packet<const Rows extends readonly Field[]>(name: string, rows: Rows): Packet<Rows> {
  const layout = layOut(rows);
  const steps = rows.map((row) => new Step(row));
  const variable = steps.filter((step) => step.measure !== undefined);
  const fixedSize = rows.reduce((sum, row) => sum + row.size, 0);
  const steered = rows.some((row) => row.steers === true);
  if (new Set(rows.map((row) => row.name)).size !== rows.length)
    throw new TypeError(`${name}: two rows have the same name`);

  /** Measures every variable row once, so that sizes can be written before the values they speak of. */
  function measure(values: Loose, options: TextOptions): Sizes {
    if (variable.length === 0) return NO_SIZES;
    const sizes: Record<string, number> = {};
    for (const step of variable) sizes[step.name] = step.measure?.(values[step.name], options) ?? 0;
    return sizes;
  }

  function total(sizes: Sizes): number {
    let sum = fixedSize;
    for (const step of variable) sum += sizes[step.name] ?? 0;
    return sum;
  }

  function write(
    target: Uint8Array,
    start: number,
    values: Loose,
    options: TextOptions,
    sizes: Sizes,
  ): number {
    const around = { sizes, values };
    let at = start;
    for (const step of steps) {
      const end = at + (step.measure === undefined ? step.size : (sizes[step.name] ?? 0));
      step.write(target, at, end, values[step.name], options, around);
      at = end;
    }
    return at;
  }

  /** Reads into `values`; gives the offset behind the packet. */
  function read(
    source: Uint8Array,
    start: number,
    limit: number,
    options: TextOptions,
    values: Loose,
  ): number {
    if (limit - start < fixedSize) {
      throw new ProtocolError('body-too-short', `${name}: ${limit - start} bytes, at least ${fixedSize}`);
    }
    const all: Loose = steered ? {} : values;
    const around = { sizes: NO_SIZES, values: all };
    let at = start;
    for (const step of steps) {
      const end = at + (step.extent === undefined ? step.size : step.extent(at, limit, around));
      if (end > limit) {
        throw new ProtocolError('body-too-short', `${name}: ${limit - start} bytes end within ${step.name}`);
      }
      const value = step.read(source, at, end, options, around);
      if (steered) all[step.name] = value;
      if (!step.implied) values[step.name] = value;
      at = end;
    }
    return at;
  }

  return {
    name,
    rows,
    fixedSize,
    layout,
    size: (values, options) => total(measure(values as Loose, options)),
    encode(values, options, headroom = 0) {
      const sizes = measure(values as Loose, options);
      const target = allocate(headroom + total(sizes));
      write(target, headroom, values as Loose, options, sizes);
      return target;
    },
    encodeInto: (target, offset, values, options) =>
      write(target, offset, values as Loose, options, measure(values as Loose, options)),
    decode(body, options) {
      const values: Loose = {};
      const next = read(body, 0, body.length, options, values);
      if (next !== body.length)
        throw new ProtocolError('body-too-long', `${name}: ${body.length} bytes, ${next} used`);
      return values as ValuesOf<Rows>;
    },
    decodeFrom(source, start, end, options) {
      const values: Loose = {};
      const next = read(source, start, end, options, values);
      return { value: values as ValuesOf<Rows>, next };
    },
    offsetOf(wanted) {
      const row = layout.find((candidate) => candidate.name === wanted);
      if (row?.offset === undefined) throw new TypeError(`${name} has no fixed offset for ${wanted}`);
      return row.offset;
    },
    describe(values) {
      const shown: Record<string, string | number> = {};
      for (const row of rows) {
        if (!row.implied) shown[row.name] = row.show((values as Loose)[row.name], row.masking);
      }
      return shown;
    },
  };
}

function layOut(rows: readonly Field[]): readonly RowLayout[] {
  let offset: number | undefined = 0;
  return rows.map((row) => {
    const { name, notation, size, masking } = row;
    const placed = { name, notation, offset, size, masking };
    offset = row.measure || offset === undefined ? undefined : offset + size;
    return placed;
  });
}
