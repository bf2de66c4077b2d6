import { createHash } from 'node:crypto';
import { fileId } from '@pabal/files';
import { jpegBytes } from '@pabal/files/testing';

/** A JPEG of a test: what the file store holds, and what a gateway's ledger must show of it. */
export interface Picture {
  readonly bytes: Uint8Array;
  /** By which the file store knows it. */
  readonly id: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** A JPEG that has exactly so many bytes, another content for every name, and nothing that compression makes smaller. */
export function picture(
  name: string,
  bytes: number,
  [width, height]: readonly [number, number] = [640, 480],
): Picture {
  const content = jpegBytes(width, height, { bytes, comment: name });
  const { length } = jpegBytes(width, height, { comment: name });
  let block = Buffer.from(name);
  for (let at = length - 2; at < content.length - 2; at += block.length) {
    block = createHash('sha256').update(block).digest();
    content.set(block.subarray(0, content.length - 2 - at), at);
  }
  return { bytes: content, id: fileId(content), sha256: createHash('sha256').update(content).digest('hex') };
}
