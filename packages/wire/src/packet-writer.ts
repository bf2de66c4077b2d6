import { mostBytesPerUnit, type TextOptions } from './charset.js';
import { OP } from './form.js';
import { allocate, cutPlace, LARGEST_SHARE, openPlace } from './slab.js';
import { fixedSizeOf, type Loose, type Step } from './steps.js';
import { writeDecimal, writeForm, writeTextForm } from './write-form.js';

/** The writing side of a packet table. All of it throws FieldError where a value has no place. */
export interface PacketWriter {
  size(values: Loose, options: TextOptions): number;
  encode(values: Loose, options: TextOptions, headroom: number): Uint8Array<ArrayBuffer>;
  encodeInto(target: Uint8Array, offset: number, values: Loose, options: TextOptions): number;
}

/**
 * Writes packets of these rows. The variable ones come first, since what stands before them may hold their sizes: where
 * they are texts at the packet's end, they are written straight into its memory; else they are measured.
 */
export function packetWriter(steps: readonly Step[]): PacketWriter {
  const fixedSize = fixedSizeOf(steps);
  const variable = steps.filter((step) => step.variable);
  const fixedCount = steps.length - variable.length;
  const variableLast = steps.slice(fixedCount).every((step) => step.variable);
  const inOnePass = variableLast && variable.every((step) => step.form.op === OP.variableText);
  /** Bytes of each variable step, by its index. Filled anew for each packet, which is written in one go. */
  const sizes = new Int32Array(steps.length);

  function measure(values: Loose, options: TextOptions): number {
    let total = fixedSize;
    for (const step of variable) {
      const bytes = step.row.measure?.(values[step.name], options) ?? 0;
      sizes[step.index] = bytes;
      total += bytes;
    }
    return total;
  }

  /** Bytes that the packet cannot exceed, told from the lengths of its texts. */
  function bound(values: Loose, options: TextOptions): number {
    let total = fixedSize;
    for (const { form, name } of variable) {
      const perUnit = mostBytesPerUnit(form.charset ?? options.charset);
      // One for a final NUL.
      total += Math.min(form.most, (values[name] as string).length * perUnit + 1);
    }
    return total;
  }

  /** Writes the texts from `start` on, and keeps their sizes; gives the offset behind them. */
  function writeTexts(target: Uint8Array, start: number, values: Loose, options: TextOptions): number {
    let at = start;
    for (const { form, index, name } of variable) {
      const end = writeTextForm(target, at, values[name] as string, form, options);
      sizes[index] = end - at;
      at = end;
    }
    return at;
  }

  /** Writes the first `count` rows into a place of NULs; gives the offset behind them. */
  function writeRows(
    target: Uint8Array,
    start: number,
    values: Loose,
    options: TextOptions,
    count: number,
  ): number {
    let at = start;
    for (let index = 0; index < count; index++) {
      const step = steps[index] as Step;
      const { form } = step;
      const size = step.variable ? (sizes[index] ?? 0) : form.size;
      switch (form.op) {
        case OP.own:
          step.row.write(target, at, at + size, values[step.name], options);
          break;
        case OP.reserved:
          break;
        case OP.sizeOf:
          writeDecimal(target, at, sizes[step.other] ?? 0, form);
          break;
        case OP.countOf:
          writeDecimal(target, at, countOf(values[form.other ?? '']), form);
          break;
        default:
          writeForm(target, at, form, step.implied ? undefined : values[step.name], options);
      }
      at += size;
    }
    return at;
  }

  return {
    size: measure,
    encode(values, options, headroom) {
      const room = inOnePass ? headroom + bound(values, options) : Number.POSITIVE_INFINITY;
      if (room <= LARGEST_SHARE) {
        const place = openPlace(room);
        const start = place.start + headroom;
        const end = writeTexts(place.memory, start + fixedSize, values, options);
        writeRows(place.memory, start, values, options, fixedCount);
        return cutPlace(place, room, end);
      }
      const target = allocate(headroom + measure(values, options));
      writeRows(target, headroom, values, options, steps.length);
      return target;
    },
    encodeInto(target, offset, values, options) {
      const total = measure(values, options);
      target.fill(0, offset, offset + (variableLast ? fixedSize : total));
      return writeRows(target, offset, values, options, steps.length);
    },
  };
}

function countOf(values: unknown): number {
  return Array.isArray(values) ? values.length : 0;
}
