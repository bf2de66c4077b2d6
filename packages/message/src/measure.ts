import { KS_X_1001_ROWS } from './ks-x-1001.js';

/** `cp949` holds every modern Hangul syllable, `euc-kr` (KS X 1001) only 2,350 of them. */
export type Charset = 'cp949' | 'euc-kr' | 'utf-8';

/** A character that a charset lacks. `index` counts UTF-16 units, as string indexes do. */
export interface Unmappable {
  readonly character: string;
  readonly index: number;
}

export interface Measure {
  /** Size of what can be encoded; unmappable characters count as none. */
  readonly bytes: number;
  readonly unmappable: readonly Unmappable[];
}

const ASCII_END = 0x80;
/** CP949 is KS X 1001 and, beside it, every modern Hangul syllable. */
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const UNITS_A_DIGIT = 4;

/** Bytes by UTF-16 unit; 0 where the charset lacks it. */
interface Widths {
  readonly cp949: Uint8Array;
  readonly 'euc-kr': Uint8Array;
}

function buildWidths(): Widths {
  const eucKr = new Uint8Array(0x10000).fill(1, 0, ASCII_END);
  for (const [row, digits] of Object.entries(KS_X_1001_ROWS)) {
    const first = Number.parseInt(row, 16) * 0x100;
    for (let at = 0; at < digits.length; at++) {
      const held = Number.parseInt(digits.charAt(at), 16);
      for (let bit = 0; bit < UNITS_A_DIGIT; bit++) {
        if (held & (8 >> bit)) eucKr[first + at * UNITS_A_DIGIT + bit] = 2;
      }
    }
  }
  return { 'euc-kr': eucKr, cp949: eucKr.slice().fill(2, FIRST_SYLLABLE, LAST_SYLLABLE + 1) };
}

/** Built by the first measuring (some 3 ms), so that importing this does nothing. */
let builtWidths: Widths | undefined;

function widthsOf(charset: 'cp949' | 'euc-kr'): Uint8Array {
  builtWidths ??= buildWidths();
  return builtWidths[charset];
}

/** Length of the whole character at `index`: 2 for a surrogate pair. */
function unitsAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}

function measureDoubleByte(text: string, table: Uint8Array): Measure {
  let bytes = 0;
  const unmappable: Unmappable[] = [];
  for (let index = 0; index < text.length; index++) {
    const width = table[text.charCodeAt(index)] ?? 0;
    bytes += width;
    if (width !== 0) continue;
    const units = unitsAt(text, index);
    unmappable.push({ character: text.slice(index, index + units), index });
    index += units - 1;
  }
  return { bytes, unmappable };
}

function measureUtf8(text: string): Measure {
  let bytes = 0;
  const unmappable: Unmappable[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 3;
    else if (unitsAt(text, index) === 2) {
      bytes += 4;
      index += 1;
    } else unmappable.push({ character: text.charAt(index), index }); // half a surrogate pair
  }
  return { bytes, unmappable };
}

/** Size of a text in bytes of a charset, and every character that the charset lacks. */
export function measureText(text: string, charset: Charset): Measure {
  return charset === 'utf-8' ? measureUtf8(text) : measureDoubleByte(text, widthsOf(charset));
}
