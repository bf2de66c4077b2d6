import { isDigits, readField } from './fields.js';
import type { LghvRule } from './rules.js';

/** The fixed fields of MMS, KFI and KFW end with DATACNT (LGHV 2.2.5). */
export const PARTS_AT = 281;
/** TEMP1 1, DATATYPE 1, FILE_NAME 20, FILE_KEY 12, DATA_SIZE 8, FILE_SIZE 8. */
export const PART_HEAD_BYTES = 50;
/** DATA goes up to 300 KB. */
export const MOST_DATA_BYTES = 307_200;
const MOST_PARTS = 4;

/** One part as it lies in the body: its head at `at`, DATA of `dataBytes` behind it. */
export interface PartPlace {
  readonly at: number;
  readonly dataBytes: number;
}

/** How far the parts of a body could be followed. */
export interface Walk {
  /** The parts whose DATA_SIZE is known, in order; the last one's DATA may still be missing. */
  readonly parts: readonly PartPlace[];
  /** The bytes that the body must have before more can be said; the end of the last part once all are known. */
  readonly needs: number;
  /** Why nothing behind this place can be found. */
  readonly broken?: { readonly rule: LghvRule; readonly detail: string };
}

/** Follows DATACNT and every DATA_SIZE through `bytes`, whose body begins at `from`. */
export function walkParts(bytes: Buffer, from = 0, to = bytes.length): Walk {
  const parts: PartPlace[] = [];
  let needs = PARTS_AT;
  if (to - from < needs) return { parts, needs };
  const count = (bytes[from + PARTS_AT - 1] as number) - 0x30;
  if (count < 1 || count > MOST_PARTS) {
    return { parts, needs, broken: { rule: 'data-count', detail: 'DATACNT is no digit from 1 to 4' } };
  }
  while (parts.length < count) {
    const at = needs;
    if (to - from < at + PART_HEAD_BYTES) return { parts, needs: at + PART_HEAD_BYTES };
    const dataBytes = dataSize(readField(bytes, from + at + 34, 8).value);
    needs = at + PART_HEAD_BYTES;
    if (dataBytes === undefined) {
      const detail = `DATA_SIZE of part ${parts.length + 1} is no number`;
      return { parts, needs, broken: { rule: 'data-size', detail } };
    }
    if (dataBytes > MOST_DATA_BYTES) {
      const detail = `DATA_SIZE ${dataBytes} of part ${parts.length + 1}`;
      return { parts, needs, broken: { rule: 'data-limit', detail } };
    }
    parts.push({ at, dataBytes });
    needs += dataBytes;
    if (to - from < needs) return { parts, needs };
  }
  return { parts, needs };
}

/** NUL stands for an image that is used again (LGHV 3.2.2), as `0` does (2.2.5). */
function dataSize(value: string): number | undefined {
  if (value === '') return 0;
  return isDigits(value) ? Number(value) : undefined;
}
