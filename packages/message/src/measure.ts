import iconv from 'iconv-lite';

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

const LINE_FEED = 0x0a;
const FIRST_LEAD = 0x81;
const FIRST_TRAIL = 0x41;
const LAST = 0xfe;
const TRAILS = LAST - FIRST_TRAIL + 1;
const REPLACEMENT = 0xfffd;
/** From here on, lead and trail byte are those of KS X 1001: the EUC-KR half of CP949. */
const FIRST_KS = 0xa1;

interface Widths {
  /** Bytes by UTF-16 unit; 0 where the charset lacks it. */
  readonly cp949: Uint8Array;
  readonly 'euc-kr': Uint8Array;
}

/** Every pair of bytes that could be a character, each followed by a line feed, so that an unassigned one spoils no other. */
function everyPair(): Uint8Array {
  const pairs = new Uint8Array((LAST - FIRST_LEAD + 1) * TRAILS * 3);
  let at = 0;
  for (let lead = FIRST_LEAD; lead <= LAST; lead++) {
    for (let trail = FIRST_TRAIL; trail <= LAST; trail++) {
      pairs[at++] = lead;
      pairs[at++] = trail;
      pairs[at++] = LINE_FEED;
    }
  }
  return pairs;
}

function buildWidths(): Widths {
  const cp949 = new Uint8Array(0x10000);
  const eucKr = new Uint8Array(0x10000);
  cp949.fill(1, 0, 0x80);
  eucKr.fill(1, 0, 0x80);
  const text = iconv.decode(everyPair(), 'cp949');
  for (let start = 0, pair = 0; start < text.length; pair++) {
    const end = text.indexOf('\n', start);
    const unit = text.charCodeAt(start);
    const assigned = end - start === 1 && unit !== REPLACEMENT;
    if (assigned) {
      cp949[unit] = 2;
      const lead = FIRST_LEAD + Math.floor(pair / TRAILS);
      const trail = FIRST_TRAIL + (pair % TRAILS);
      if (lead >= FIRST_KS && trail >= FIRST_KS) eucKr[unit] = 2;
    }
    start = end + 1;
  }
  return { cp949, 'euc-kr': eucKr };
}

/** Built by the first measuring (some 30 ms, most of it iconv-lite's own table), so that importing this does nothing. */
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
