/** Which pairs of bytes are characters of CP949, from the code charts: KS X 1001 row by row, and the Hangul beside it. */

/** Trail bytes of KS X 1001 that are assigned, by lead byte; every other lead from B0 to C8 and CA to FD has all 94. */
const ROWS: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  161: [[0xa1, 0xfe]],
  162: [[0xa1, 0xe7]],
  163: [[0xa1, 0xfe]],
  164: [[0xa1, 0xfe]],
  165: [
    [0xa1, 0xaa],
    [0xb0, 0xb9],
    [0xc1, 0xd8],
    [0xe1, 0xf8],
  ],
  166: [[0xa1, 0xe4]],
  167: [[0xa1, 0xef]],
  168: [
    [0xa1, 0xa4],
    [0xa6, 0xa6],
    [0xa8, 0xaf],
    [0xb1, 0xfe],
  ],
  169: [[0xa1, 0xfe]],
  170: [[0xa1, 0xf3]],
  171: [[0xa1, 0xf6]],
  172: [
    [0xa1, 0xc1],
    [0xd1, 0xf1],
  ],
};

/** True where the two bytes are one character of CP949. */
export function isPair(lead: number, trail: number): boolean {
  if (lead >= 0xa1 && trail >= 0xa1) {
    const row = ROWS[lead];
    if (row) return row.some(([first, last]) => trail >= first && trail <= last);
    return trail <= 0xfe && ((lead >= 0xb0 && lead <= 0xc8) || (lead >= 0xca && lead <= 0xfd));
  }
  // Hangul that KS X 1001 lacks, in the order of Unicode, up to C652.
  const inOrder =
    (trail >= 0x41 && trail <= 0x5a) || (trail >= 0x61 && trail <= 0x7a) || (trail >= 0x81 && trail <= 0xfe);
  if (!inOrder || lead < 0x81) return false;
  return lead < 0xc6 || (lead === 0xc6 && trail <= 0x52);
}

const QUESTION_MARK = 0x3f;

/** A text as it is written again: a byte that means nothing was read as U+FFFD, which CP949 writes as a question mark. */
export function rewritten(value: Uint8Array): Uint8Array {
  const out = value.slice();
  for (let at = 0; at < out.length; at++) {
    const lead = out[at] ?? 0;
    if (lead < 0x80) continue;
    if (at + 1 < out.length && isPair(lead, out[at + 1] ?? 0)) at++;
    else out[at] = QUESTION_MARK;
  }
  return out;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The same for UTF-8, which has U+FFFD. */
export function rewrittenUtf8(value: Uint8Array): Uint8Array {
  return encoder.encode(utf8.decode(value));
}
