import type { Charset } from './charset.js';

/** The kinds that the packets' loop knows by itself. A number each: it switches on them. */
export const OP = {
  /** A kind of its own, which writes and reads by the functions of its row. */
  own: 0,
  chars: 1,
  digits: 2,
  decimal: 3,
  choice: 4,
  constant: 5,
  reserved: 6,
  text: 7,
  variableText: 8,
  sizeOf: 9,
  countOf: 10,
} as const;
export type Op = (typeof OP)[keyof typeof OP];

/** One value that a field may hold, and its bytes. */
export interface Allowed {
  readonly value: string;
  readonly bytes: Uint8Array;
}

const NOTHING: readonly Allowed[] = [];

/**
 * What writing and reading need to know of a row, as data. Every row has the same shape, whatever its kind: one loop
 * handles all packets, and stays fast only while it meets a single shape.
 */
export class Form<Name extends string = string> {
  readonly op: Op;
  readonly name: Name;
  /** Bytes on the wire; 0 for a field of variable length. */
  readonly size: number;
  /** Most that a value may be: bytes of a text, or the number itself. */
  readonly most: number;
  /** Least bytes of a text of variable length. */
  readonly least: number;
  /** The values of a choice, the one value of a constant. */
  readonly allowed: readonly Allowed[];
  /** NULs instead of the digit 0. */
  readonly zeroIsNul: boolean;
  /** A text of variable length ends with a NUL of its own. */
  readonly finalNul: boolean;
  /** The charset of the field where it is not the packet's. */
  readonly charset: Charset | undefined;
  /** The row that this one depends on: holds its size, or is what it counts. */
  readonly other: string | undefined;

  constructor(op: Op, name: Name, size: number, more: Partial<Omit<Form, 'op' | 'name' | 'size'>> = {}) {
    this.op = op;
    this.name = name;
    this.size = size;
    this.most = more.most ?? size;
    this.least = more.least ?? 0;
    this.allowed = more.allowed ?? NOTHING;
    this.zeroIsNul = more.zeroIsNul ?? false;
    this.finalNul = more.finalNul ?? false;
    this.charset = more.charset;
    this.other = more.other;
  }
}
