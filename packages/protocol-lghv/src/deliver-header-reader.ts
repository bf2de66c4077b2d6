import { type HeaderReader, ProtocolError, readDecimal } from '@pabal/wire';
import { deliverMms } from './deliver-mms.js';
import { deliverPart, MAX_PARTS, PART_HEAD_BYTES } from './deliver-parts.js';
import { deliverTypeOf } from './deliver-type.js';
import { HEADER_SIZE, headerReader, MSG_TYPES } from './header.js';
import { PLAIN_LIMITS } from './sealing.js';

/** Most bytes of a DELIVER with four parts of 300 KB, header included. */
export const MAX_DELIVER_FRAME_BYTES =
  HEADER_SIZE + deliverMms.fixedSize + MAX_PARTS * (PART_HEAD_BYTES + PLAIN_LIMITS.image);

const DELIVER = MSG_TYPES.DELIVER.charCodeAt(0);
const COUNT = HEADER_SIZE + deliverMms.offsetOf('dataCnt');
const PARTS = HEADER_SIZE + deliverMms.fixedSize;
const DATA_SIZE = deliverPart.offsetOf('dataSize');
const AFTER_DATA_SIZE = deliverPart.offsetOf('fileSize');

/**
 * The header reader for whoever receives DELIVER: where MSGLEN counts only what stands before the parts, DATACNT and
 * each DATA_SIZE tell where the frame ends (LGHV 2.2.5). Each is checked before anything waits for it. A client,
 * which receives none, reads with `headerReader` and its small limit.
 * @param strictTail refuse a header whose tail is not 00 FE FF.
 */
export function deliverHeaderReader(strictTail: boolean): HeaderReader {
  const readHeader = headerReader(strictTail);
  return (bytes, start, end) => {
    const told = readHeader(bytes, start, end);
    if (told === 'more' || bytes[start] !== DELIVER || told.bodySize !== deliverMms.fixedSize) return told;
    if (end - start < PARTS) return { atLeast: PARTS };
    if (!hasParts(deliverTypeOf(bytes, start + HEADER_SIZE))) return told;
    return sizesOfParts(bytes, start, end);
  };
}

/** Whether a DELIVER of this type has parts behind its fields. */
export function hasParts(deliverType: string): boolean {
  return deliverType === 'MMS' || deliverType === 'KFI' || deliverType === 'KFW';
}

function sizesOfParts(bytes: Uint8Array, start: number, end: number): ReturnType<HeaderReader> {
  const count = readDecimal(bytes, start + COUNT, start + COUNT + 1, 'dataCnt');
  if (count < 1 || count > MAX_PARTS) {
    throw new ProtocolError('bad-count', `parts: ${count}, from 1 to ${MAX_PARTS}`);
  }
  let at = start + PARTS;
  for (let part = 0; part < count; part++) {
    if (end - at < PART_HEAD_BYTES) return { atLeast: at + PART_HEAD_BYTES - start };
    const size = readDecimal(bytes, at + DATA_SIZE, at + AFTER_DATA_SIZE, 'dataSize');
    if (size > PLAIN_LIMITS.image) {
      throw new ProtocolError('field-too-long', `data: ${size} bytes, at most ${PLAIN_LIMITS.image}`);
    }
    at += PART_HEAD_BYTES + size;
  }
  return { headerSize: HEADER_SIZE, bodySize: at - start - HEADER_SIZE };
}
