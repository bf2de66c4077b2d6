import {
  chars,
  decimal,
  type Field,
  FieldError,
  type FrameSizes,
  type Packet,
  ProtocolError,
  packet,
  readDecimal,
  type TextOptions,
  type ValuesOf,
} from '@pabal/wire';

/** Packet types by their MSGTYPE letter (LGHV 2.1): small letters ask, capitals answer. */
export const MSG_TYPES = {
  BIND: 'b',
  BIND_ACK: 'B',
  DELIVER: 'd',
  DELIVER_ACK: 'D',
  REPORT: 'r',
  REPORT_ACK: 'R',
  LINK_CHECK: 'l',
  LINK_ACK: 'L',
} as const;
export type MsgTypeName = keyof typeof MSG_TYPES;

export const HEADER_SIZE = 8;
/** MSGLEN has four digits (LGHV 2.1). */
export const MAX_BODY_BYTES = 9999;
export const MAX_FRAME_BYTES = HEADER_SIZE + MAX_BODY_BYTES;

const TAIL = [0x00, 0xfe, 0xff] as const;
const TAIL_OFFSET = 5;
const MSG_LEN_OFFSET = 1;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const ASCII = { charset: 'cp949', unmappable: 'reject' } as const satisfies TextOptions;

/** The fixed end of a header. A peer's copy may have suffered from its charset, so that reading takes any bytes. */
const tail: Field<'tail', undefined, true> = {
  name: 'tail',
  size: TAIL.length,
  notation: '3C 00 FE FF',
  masking: 'open',
  implied: true,
  write: (target, start) => target.set(TAIL, start),
  read: () => undefined,
  show: () => '',
};

/** HEADER (LGHV 2.1). */
export const header = packet('HEADER', [
  chars('msgType', 1), // 0 1
  decimal('msgLen', 4), // 1 4  bytes of the body alone, left-aligned
  tail, // 5 3
]);

/** The header of each type, in which MSGLEN is still to be written. */
const HEADERS = Object.fromEntries(
  Object.entries(MSG_TYPES).map(([name, msgType]) => [name, header.encode({ msgType, msgLen: 0 }, ASCII)]),
) as Record<MsgTypeName, Uint8Array>;

/** False where the three bytes at the header's end are not 00 FE FF. */
export function hasIntactTail(headerBytes: Uint8Array): boolean {
  return TAIL.every((byte, index) => headerBytes[TAIL_OFFSET + index] === byte);
}

/**
 * The header reader for a FrameReader.
 * @param strictTail refuse a header whose tail is not 00 FE FF.
 */
export function headerReader(
  strictTail: boolean,
): (bytes: Uint8Array, start: number, end: number) => FrameSizes | 'more' {
  return (bytes, start, end) => {
    if (end - start < HEADER_SIZE) return 'more';
    if (strictTail && !hasIntactTail(bytes.subarray(start, start + HEADER_SIZE))) {
      throw new ProtocolError('bad-tail');
    }
    const bodySize = readMsgLen(bytes, start + MSG_LEN_OFFSET, start + TAIL_OFFSET);
    return { headerSize: HEADER_SIZE, bodySize };
  };
}

/** No digit before the first NUL is no length: a stream of NULs would be frames without end. */
function readMsgLen(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === SPACE) at++;
  const first = at < end ? (bytes[at] ?? 0) : 0;
  if (first < ZERO || first > NINE) throw new ProtocolError('bad-length');
  try {
    return readDecimal(bytes, at, end, 'msgLen');
  } catch {
    throw new ProtocolError('bad-length');
  }
}

/**
 * A whole frame: header and body of one packet.
 * @param lengthOf what MSGLEN says of a body of so many bytes, where that is not their number.
 * @throws FieldError
 */
export function encodeFrame<const Rows extends readonly Field[]>(
  type: MsgTypeName,
  table: Packet<Rows>,
  values: ValuesOf<Rows>,
  options: TextOptions = ASCII,
  lengthOf?: (bodyBytes: number) => number,
): Uint8Array<ArrayBuffer> {
  const frame = table.encode(values, options, HEADER_SIZE);
  const bodyBytes = frame.length - HEADER_SIZE;
  const msgLen = lengthOf ? lengthOf(bodyBytes) : bodyBytes;
  if (msgLen > MAX_BODY_BYTES) throw new FieldError('msgLen', 'max-value', MAX_BODY_BYTES, msgLen);
  writeHeader(frame, HEADERS[type], msgLen);
  return frame;
}

function writeHeader(frame: Uint8Array, template: Uint8Array, msgLen: number): void {
  for (let at = 0; at < HEADER_SIZE; at++) frame[at] = template[at] ?? 0;
  const digits = String(msgLen);
  for (let at = 0; at < digits.length; at++) frame[MSG_LEN_OFFSET + at] = digits.charCodeAt(at);
}
