import type { Field } from './field.js';
import { Form, OP } from './form.js';

/** A packet's values before or behind their type. */
export type Loose = Record<string, unknown>;

/** A row made ready for the loops: one shape for all kinds, which is what keeps them fast. */
export class Step {
  readonly index: number;
  readonly name: string;
  readonly form: Form;
  readonly implied: boolean;
  /** Its length follows from its value. */
  readonly variable: boolean;
  /** The step that this one depends on, see {@link Form.other}; -1 where there is none. */
  readonly other: number;
  /** It holds the size of a text behind it. */
  readonly steers: boolean;
  /** What a kind of its own writes and reads by. */
  readonly row: Field;

  constructor(row: Field, index: number, rows: readonly Field[]) {
    const form = row.form ?? new Form(OP.own, row.name, row.size);
    this.index = index;
    this.name = row.name;
    this.form = form;
    this.implied = row.implied;
    this.variable = row.measure !== undefined;
    this.other = rows.findIndex((each) => each.name === form.other);
    this.steers = rows.some(({ form }) => form?.op === OP.variableText && form.other === row.name);
    this.row = row;
  }
}

export function stepsOf(rows: readonly Field[]): readonly Step[] {
  return rows.map((row, index) => new Step(row, index, rows));
}

/** Bytes of all steps of fixed size. */
export function fixedSizeOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + step.form.size, 0);
}
