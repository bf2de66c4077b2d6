import { ProtocolError } from '@pabal/wire';
import { Inflate, Z_SYNC_FLUSH } from 'pako';
import { join, tooLong, ZLIB_WINDOW_BITS } from './compression.js';

/** At most so many unpacked bytes are lost before a broken byte: the stream gives them out in pieces of this size. */
const PIECE_BYTES = 16;
/** A zlib stream ends with them; what lies before them is whole when they alone are wrong. */
const CHECKSUM_BYTES = 4;

/**
 * Unpacks as much as can be unpacked of a zlib stream that is cut off or broken, at most `maxBytes`. Never throws.
 */
export function inflatePartly(packed: Uint8Array, maxBytes: number): Uint8Array {
  const stream = new Inflate({ windowBits: ZLIB_WINDOW_BITS, chunkSize: PIECE_BYTES });
  const pieces: Uint8Array[] = [];
  let length = 0;
  stream.onData = (piece) => {
    if (length + piece.length > maxBytes) throw tooLong(maxBytes);
    pieces.push(piece);
    length += piece.length;
  };
  const checksumAt = Math.max(0, packed.length - CHECKSUM_BYTES);
  try {
    if (stream.push(packed.subarray(0, checksumAt), Z_SYNC_FLUSH)) {
      stream.push(packed.subarray(checksumAt), Z_SYNC_FLUSH);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  return join(pieces, length);
}
