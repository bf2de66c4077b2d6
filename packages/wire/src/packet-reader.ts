import type { TextOptions } from './charset.js';
import { ProtocolError } from './errors.js';
import { OP } from './form.js';
import { readForm, textExtent } from './read-form.js';
import { fixedSizeOf, type Loose, type Step } from './steps.js';

/** Reads the packet at the start of `source[start, limit)` into `values`; gives the offset behind it. */
export type PacketReader = (
  source: Uint8Array,
  start: number,
  limit: number,
  options: TextOptions,
  values: Loose,
) => number;

/** The reading side of a packet table. It throws ProtocolError where the bytes are no such packet. */
export function packetReader(name: string, steps: readonly Step[]): PacketReader {
  const fixedSize = fixedSizeOf(steps);
  const looksAround = steps.some((step) => step.variable && step.form.op === OP.own);
  /** What the rows hold that others depend on, by index. Filled anew for each packet, which is read in one go. */
  const told = steps.map(() => 0);

  /** Bytes of a variable row that begins at `at`. */
  function extent(step: Step, at: number, limit: number, around: Around): number {
    if (step.form.op !== OP.variableText) return step.row.extent?.(at, limit, around) ?? 0;
    const left = limit - at;
    return textExtent(step.form, step.other === -1 ? left : (told[step.other] ?? 0), left);
  }

  return (source, start, limit, options, values) => {
    if (limit - start < fixedSize) {
      throw new ProtocolError('body-too-short', `${name}: ${limit - start} bytes, at least ${fixedSize}`);
    }
    const around: Around = looksAround ? { values: {} } : NOTHING_AROUND;
    let at = start;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] as Step;
      const { form } = step;
      const end = at + (step.variable ? extent(step, at, limit, around) : form.size);
      if (end > limit) {
        throw new ProtocolError('body-too-short', `${name}: ${limit - start} bytes end within ${step.name}`);
      }
      const value =
        form.op === OP.own
          ? step.row.read(source, at, end, options, around)
          : readForm(source, at, end, form, options);
      if (step.steers) told[index] = Number(value);
      if (looksAround) around.values[step.name] = value;
      if (!step.implied) values[step.name] = value;
      at = end;
    }
    return at;
  };
}

interface Around {
  readonly values: Loose;
}

const NOTHING_AROUND: Around = Object.freeze({ values: Object.freeze({}) });
