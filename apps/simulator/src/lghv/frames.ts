import type { LghvRule } from './rules.js';

const HEADER_BYTES = 8;
const NOTHING = Buffer.alloc(0);

/** What the reader found. Every callback comes in the order of the bytes. */
export interface FrameHandler {
  /** A whole packet. Answering false stops the reading: the connection is being closed. */
  frame(type: string, body: Buffer): boolean;
  /** A breach in a header that can still be read. */
  breach(rule: LghvRule, detail: string): void;
  /** A header after which the next packet cannot be found: the connection must be closed. */
  lost(rule: LghvRule, detail: string): void;
}

/** Cuts a stream of bytes into packets: MSGTYPE(1) MSGLEN(4) TAIL(3), then MSGLEN bytes of body (LGHV 2.1). */
export class FrameReader {
  readonly #handler: FrameHandler;
  #rest: Buffer = NOTHING;
  #stopped = false;
  #headerRead = false;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  push(chunk: Buffer): void {
    if (this.#stopped) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    while (bytes.length - from >= HEADER_BYTES) {
      const length = this.#bodyLength(bytes, from);
      if (length < 0) {
        this.#stop();
        return;
      }
      const end = from + HEADER_BYTES + length;
      if (end > bytes.length) break;
      const type = String.fromCharCode(bytes[from] as number);
      if (!this.#handler.frame(type, bytes.subarray(from + HEADER_BYTES, end))) {
        this.#stop();
        return;
      }
      from = end;
    }
    this.#rest = from === bytes.length ? NOTHING : bytes.subarray(from);
    // The header of a packet whose body is still to come was read already and must not count twice.
    this.#headerRead = this.#rest.length >= HEADER_BYTES;
  }

  #stop(): void {
    this.#stopped = true;
    this.#rest = NOTHING;
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
    const tail = bytes[at + 5] === 0 && bytes[at + 6] === 0xfe && bytes[at + 7] === 0xff;
    if (this.#headerRead) {
      this.#headerRead = false;
      return length;
    }
    if (!tail) {
      this.#handler.lost('header-tail', hex(bytes.subarray(at + 5, at + 8)));
      return -1;
    }
    if (digits === 0 || (padding !== 0 && padding !== 0x20)) {
      this.#handler.lost('header-msglen', hex(bytes.subarray(at + 1, at + 5)));
      return -1;
    }
    if (padding !== 0 || (digits > 1 && bytes[at + 1] === 0x30)) {
      this.#handler.breach('header-msglen', hex(bytes.subarray(at + 1, at + 5)));
    }
    return length;
  }
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(..)(?=.)/g, '$1 ');
}
