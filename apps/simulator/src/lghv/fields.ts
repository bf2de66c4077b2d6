/** A value read from a field, and whether what follows its NUL is NUL too. */
export interface FieldValue {
  readonly value: string;
  readonly padded: boolean;
}

/** Reads the bytes of `body` from `at` on, `size` at most, up to the first NUL, one character a byte. */
export function readField(body: Buffer, at: number, size: number): FieldValue {
  const limit = at + size;
  let end = at;
  while (end < limit && body[end] !== 0) end += 1;
  let rest = end;
  while (rest < limit && body[rest] === 0) rest += 1;
  return { value: body.toString('latin1', at, end), padded: rest === limit };
}

/** Whether every character is a digit and there is one at least. */
export function isDigits(value: string): boolean {
  if (value.length === 0) return false;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** Which Hangul a text may hold: KS X 1001 only, or the larger set of CP949. */
export type Charset = 'euc-kr' | 'cp949';

/**
 * The offset of the first byte that is no part of a character of `charset`, or -1. EUC-KR pairs are A1-FE A1-FE;
 * CP949 adds lead bytes 81-C6 with trail bytes 41-5A, 61-7A and 81-FE.
 */
export function firstBadByte(bytes: Uint8Array, charset: Charset): number {
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] as number;
    if (lead < 0x80) continue;
    const trail = bytes[i + 1] ?? 0;
    if (!isPair(lead, trail, charset)) return i;
    i += 1;
  }
  return -1;
}

function isPair(lead: number, trail: number, charset: Charset): boolean {
  if (lead >= 0xa1 && lead <= 0xfe && trail >= 0xa1 && trail <= 0xfe) return true;
  if (charset === 'euc-kr' || lead < 0x81 || lead > 0xc6) return false;
  return (
    (trail >= 0x41 && trail <= 0x5a) || (trail >= 0x61 && trail <= 0x7a) || (trail >= 0x81 && trail <= 0xfe)
  );
}
