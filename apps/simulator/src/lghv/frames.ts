import { ByteQueue } from './byte-queue.js';
import { PARTS_AT, walkParts } from './parts.js';
import type { LghvRule } from './rules.js';

export const HEADER_BYTES = 8;
const DELIVER = 0x64;
const TYPES_WITH_PARTS = new Set(['MMS\0', 'KFI\0', 'KFW\0']);

/** One packet as it came. */
export interface Frame {
  readonly type: string;
  /** MSGLEN as the header says it. */
  readonly declared: number;
  /** Longer than `declared` where the parts of a DELIVER follow the length that its header names. */
  readonly body: Buffer;
  /** Header and body. */
  readonly raw: Buffer;
  /** False where the parts cannot be followed to their end: no packet behind this one can be found. */
  readonly whole: boolean;
}

/** What the reader found. Every callback comes in the order of the bytes. */
export interface FrameHandler {
  /** A packet. Answering false stops the reading: the connection is being closed. */
  frame(frame: Frame): boolean;
  /** A breach in a header that can still be read. */
  breach(rule: LghvRule, detail: string): void;
  /** A header after which the next packet cannot be found: the connection must be closed. */
  lost(rule: LghvRule, detail: string, header: Buffer): void;
}

/**
 * Cuts a stream of bytes into packets: MSGTYPE(1) MSGLEN(4) TAIL(3), then MSGLEN bytes of body (LGHV 2.1). Four
 * digits cannot hold a picture: a DELIVER with parts whose MSGLEN is that of the fixed fields goes on with its
 * parts, which DATACNT and DATA_SIZE delimit (2.2.5). No packet is longer than four parts of 300 KB.
 */
export class FrameReader {
  readonly #handler: FrameHandler;
  readonly #held = new ByteQueue();
  #needed = HEADER_BYTES;
  #stopped = false;
  #headerRead = false;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  /** Bytes that are kept because their packet is not whole yet. */
  get heldBytes(): number {
    return this.#held.length;
  }

  push(chunk: Buffer): void {
    if (this.#stopped) return;
    this.#held.push(chunk);
    if (this.#held.length < this.#needed) return;
    const bytes = this.#held.join();
    let from = 0;
    this.#needed = HEADER_BYTES;
    while (bytes.length - from >= HEADER_BYTES) {
      const declared = this.#bodyLength(bytes, from);
      if (declared < 0) {
        this.#stop();
        return;
      }
      const extent = extentOf(bytes, from, declared);
      const end = from + HEADER_BYTES + extent.bytes;
      if (end > bytes.length) {
        this.#needed = end - from;
        // The header of a packet whose body is still to come was read already and must not count twice.
        this.#headerRead = true;
        break;
      }
      const frame = {
        type: String.fromCharCode(bytes[from] as number),
        declared,
        body: bytes.subarray(from + HEADER_BYTES, end),
        raw: bytes.subarray(from, end),
        whole: extent.whole,
      };
      if (!this.#handler.frame(frame)) {
        this.#stop();
        return;
      }
      from = end;
    }
    this.#held.keepFrom(from);
  }

  #stop(): void {
    this.#stopped = true;
    this.#held.clear();
  }

  /** The length of the body, or -1 where the header makes no sense. */
  #bodyLength(bytes: Buffer, at: number): number {
    let digits = 0;
    let length = 0;
    let byte = bytes[at + 1] as number;
    while (digits < 4 && byte >= 0x30 && byte <= 0x39) {
      length = length * 10 + byte - 0x30;
      digits += 1;
      byte = bytes[at + 1 + digits] as number;
    }
    let padding = 0;
    for (let i = digits; i < 4; i++) padding |= bytes[at + 1 + i] as number;
    const header = bytes.subarray(at, at + HEADER_BYTES);
    const tail = bytes[at + 5] === 0 && bytes[at + 6] === 0xfe && bytes[at + 7] === 0xff;
    if (this.#headerRead) {
      this.#headerRead = false;
      return length;
    }
    if (!tail) {
      this.#handler.lost('header-tail', hex(bytes.subarray(at + 5, at + 8)), header);
      return -1;
    }
    if (digits === 0 || (padding !== 0 && padding !== 0x20)) {
      this.#handler.lost('header-msglen', hex(bytes.subarray(at + 1, at + 5)), header);
      return -1;
    }
    if (padding !== 0 || (digits > 1 && bytes[at + 1] === 0x30)) {
      this.#handler.breach('header-msglen', hex(bytes.subarray(at + 1, at + 5)));
    }
    return length;
  }
}

/** How many bytes the body has as far as it is known by now. */
function extentOf(bytes: Buffer, header: number, declared: number): { bytes: number; whole: boolean } {
  const body = header + HEADER_BYTES;
  if (bytes[header] !== DELIVER || declared !== PARTS_AT || bytes.length - body < PARTS_AT) {
    return { bytes: declared, whole: true };
  }
  if (!TYPES_WITH_PARTS.has(bytes.toString('latin1', body + 1, body + 5))) {
    return { bytes: declared, whole: true };
  }
  const { needs, broken } = walkParts(bytes, body);
  return { bytes: needs, whole: broken === undefined };
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(..)(?=.)/g, '$1 ');
}
