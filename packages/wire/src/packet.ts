import type { TextOptions } from './charset.js';
import { ProtocolError } from './errors.js';
import type { Field, Masking, ValueOf } from './field.js';
import { packetReader } from './packet-reader.js';
import { packetWriter } from './packet-writer.js';
import { fixedSizeOf, type Loose, stepsOf } from './steps.js';

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

/**
 * A packet from its specification's table: one row per field in wire order. Size, offsets, encoder, decoder, type and
 * masked description all come from the rows.
 */
export function packet<const Rows extends readonly Field[]>(name: string, rows: Rows): Packet<Rows> {
  const layout = layOut(rows);
  if (new Set(rows.map((row) => row.name)).size !== rows.length)
    throw new TypeError(`${name}: two rows have the same name`);
  const steps = stepsOf(rows);
  const fixedSize = fixedSizeOf(steps);
  const writer = packetWriter(steps);
  const read = packetReader(name, steps);

  return {
    name,
    rows,
    fixedSize,
    layout,
    size: (values, options) => writer.size(values as Loose, options),
    encode: (values, options, headroom = 0) => writer.encode(values as Loose, options, headroom),
    encodeInto: (target, offset, values, options) =>
      writer.encodeInto(target, offset, values as Loose, options),
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
