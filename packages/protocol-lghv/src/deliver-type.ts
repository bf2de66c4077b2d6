import { toLatin1 } from '@pabal/wire';

/** DELIVER_TYPE stands behind ENCODE in every DELIVER (LGHV 2.2.3 to 2.2.7). */
const OFFSET = 1;
const SIZE = 4;

/** DELIVER_TYPE of the body that begins at `body`: up to its NUL, in the peer's own letters. */
export function deliverTypeOf(bytes: Uint8Array, body: number): string {
  const start = body + OFFSET;
  const nul = bytes.subarray(start, start + SIZE).indexOf(0);
  return toLatin1(bytes, start, start + (nul === -1 ? SIZE : nul));
}
