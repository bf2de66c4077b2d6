import { ProtocolError } from '@pabal/wire';
import { deflate, Inflate } from 'pako';

/** How the JSON of an envelope is packed (SMTNT 3: zlib, RFC 1950). Any level is valid on the wire. */
export interface Compression {
  deflate(bytes: Uint8Array): Uint8Array;
  /**
   * Unpacks at most `maxBytes`.
   * @throws ProtocolError `inflate-failed`, or `inflate-too-long` before more than about that much is held.
   */
  inflate(bytes: Uint8Array, maxBytes: number): Uint8Array;
}

const CHUNK_BYTES = 16 * 1024;
/** A window of 32 KB with a zlib header and checksum, nothing else; without it pako would take gzip as well. */
export const ZLIB_WINDOW_BITS = 15;

/**
 * Compression that runs anywhere. Its output equals that of C zlib at level 9, with which the specification's samples
 * were made.
 */
export const portableCompression: Compression = {
  deflate: (bytes) => deflate(bytes, { level: 9, legacyHash: true }),
  inflate(bytes, maxBytes) {
    const stream = new Inflate({ windowBits: ZLIB_WINDOW_BITS, chunkSize: CHUNK_BYTES });
    const chunks: Uint8Array[] = [];
    let length = 0;
    stream.onData = (chunk) => {
      length += chunk.length;
      if (length > maxBytes) throw tooLong(maxBytes);
      chunks.push(chunk);
    };
    if (!stream.push(bytes, true)) throw new ProtocolError('inflate-failed', `zlib status ${stream.err}`);
    return join(chunks, length);
  },
};

/** The refusal of a packet that would unpack to more than the limit. */
export function tooLong(maxBytes: number): ProtocolError {
  return new ProtocolError('inflate-too-long', `more than ${maxBytes} bytes`);
}

/** The chunks as one. */
export function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
