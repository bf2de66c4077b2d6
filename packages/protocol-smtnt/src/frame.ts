import { FrameReader, type FrameSizes, ProtocolError } from '@pabal/wire';

/** Most bytes of a packet after its header line: a packet of 2 KB is the largest that the specification names. */
export const MAX_PACKET_BYTES = 256 * 1024;

const NAME = 'content-length';
const COLON = 0x3a;
const SPACE = 0x20;
const CR = 0x0d;
const LF = 0x0a;
const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
/** `Content-Length:`, blanks, ten digits, CR, LF, and some room: nothing longer is a header. */
export const MAX_HEADER_BYTES = 40;
const MAX_DIGITS = 10;

/**
 * Reads `Content-Length:<n>\r\n` (SMTNT 3, samples): letters in any case, blanks around the number allowed.
 * @throws ProtocolError `bad-header` as soon as the bytes cannot become such a line.
 */
export function readHeader(bytes: Uint8Array, start: number, end: number): FrameSizes | 'more' {
  let at = start;
  for (let index = 0; index < NAME.length; index++, at++) {
    if (at === end) return 'more';
    if (lowerCase(bytes[at] ?? 0) !== NAME.charCodeAt(index)) throw badHeader('name');
  }
  if (at === end) return 'more';
  if (bytes[at++] !== COLON) throw badHeader('colon');
  while (bytes[at] === SPACE && at < end) at++;
  let bodySize = 0;
  let digits = 0;
  for (; at < end; at++, digits++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    if (digits === MAX_DIGITS) throw badHeader('length');
    bodySize = bodySize * 10 + digit;
  }
  while (bytes[at] === SPACE && at < end) at++;
  if (at - start > MAX_HEADER_BYTES) throw badHeader('line');
  if (at === end) return 'more';
  if (digits === 0) throw badHeader('length');
  if (bytes[at++] !== CR) throw badHeader('line end');
  if (at === end) return 'more';
  if (bytes[at++] !== LF) throw badHeader('line end');
  return { headerSize: at - start, bodySize };
}

/** Capitals alone: other bytes differ by the same bit, CR and the hyphen among them. */
function lowerCase(byte: number): number {
  return byte >= CAPITAL_A && byte <= CAPITAL_Z ? byte | 0x20 : byte;
}

function badHeader(part: string): ProtocolError {
  return new ProtocolError('bad-header', `Content-Length ${part}`);
}

/** Cuts the stream of one connection into packets of at most `maxPacketBytes` compressed bytes. */
export function createFrameReader(maxPacketBytes: number = MAX_PACKET_BYTES): FrameReader {
  return new FrameReader({ header: readHeader, maxFrameBytes: MAX_HEADER_BYTES + maxPacketBytes });
}

/** Puts the header line before the compressed bytes. */
export function frame(packed: Uint8Array): Uint8Array {
  const header = `Content-Length:${packed.length}\r\n`;
  const bytes = new Uint8Array(header.length + packed.length);
  for (let at = 0; at < header.length; at++) bytes[at] = header.charCodeAt(at);
  bytes.set(packed, header.length);
  return bytes;
}
