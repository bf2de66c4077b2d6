import { constants, deflateSync, inflateSync } from 'node:zlib';
import type { Breach } from './rules.js';

const PREFIX = Buffer.from('Content-Length:', 'latin1');
const CR = 0x0d;
const LF = 0x0a;

export interface FrameLimits {
  /** Compressed bytes behind the header, at most. */
  readonly maxFrameBytes: number;
  /** Inflated bytes, at most. */
  readonly maxInflatedBytes: number;
}

export type FrameEvent =
  /** `raw` is the whole packet, header line included. */
  | { readonly kind: 'frame'; readonly payload: Buffer; readonly raw: Buffer }
  /** Nothing after it can be read: the connection must close. `raw` is what was read of the broken packet. */
  | { readonly kind: 'breach'; readonly breach: Breach; readonly raw: Buffer };

/**
 * Cuts a byte stream into the compressed payloads of `Content-Length:<n>\r\n` packets, however it was chunked. A wrong
 * header is told at its first wrong byte, before a length that was not read yet is waited for.
 */
export class FrameReader {
  readonly #maxFrameBytes: number;
  #rest: Buffer = Buffer.alloc(0);
  #broken = false;

  constructor(limits: Pick<FrameLimits, 'maxFrameBytes'>) {
    this.#maxFrameBytes = limits.maxFrameBytes;
  }

  push(chunk: Buffer): FrameEvent[] {
    if (this.#broken) return [];
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const events: FrameEvent[] = [];
    for (;;) {
      const header = readHeader(bytes, this.#maxFrameBytes);
      if (header.kind === 'breach') {
        this.#broken = true;
        events.push({ ...header, raw: bytes });
        bytes = Buffer.alloc(0);
        break;
      }
      if (header.kind === 'partial' || bytes.length < header.end + header.length) break;
      const end = header.end + header.length;
      events.push({ kind: 'frame', payload: bytes.subarray(header.end, end), raw: bytes.subarray(0, end) });
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
    return events;
  }

  /** Bytes of a packet that is not whole yet. */
  get pendingBytes(): number {
    return this.#rest.length;
  }
}

type Header =
  | { readonly kind: 'partial' }
  | { readonly kind: 'header'; readonly end: number; readonly length: number }
  | { readonly kind: 'breach'; readonly breach: Breach };

function readHeader(bytes: Buffer, maxFrameBytes: number): Header {
  const known = Math.min(bytes.length, PREFIX.length);
  for (let i = 0; i < known; i++) {
    if (bytes[i] !== PREFIX[i]) return headerBreach(`byte ${i} of the header is ${hex(bytes[i])}`);
  }
  let length = 0;
  for (let at = PREFIX.length; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x30 && byte <= 0x39) {
      if (byte === 0x30 && at === PREFIX.length) return headerBreach('the length begins with a zero');
      length = length * 10 + (byte - 0x30);
      if (length > maxFrameBytes) {
        return breach('frame-size', `length is over the limit ${maxFrameBytes}`);
      }
      continue;
    }
    if (byte !== CR || at === PREFIX.length) return headerBreach(`byte ${at} of the header is ${hex(byte)}`);
    if (at + 1 === bytes.length) return { kind: 'partial' };
    if (bytes[at + 1] !== LF) return headerBreach(`byte ${at + 1} of the header is ${hex(bytes[at + 1])}`);
    return { kind: 'header', end: at + 2, length };
  }
  return { kind: 'partial' };
}

function breach(rule: Breach['rule'], detail: string): { kind: 'breach'; breach: Breach } {
  return { kind: 'breach', breach: { rule, detail } };
}

const headerBreach = (detail: string) => breach('frame-header', detail);

const hex = (byte: number | undefined) => `0x${(byte ?? 0).toString(16).padStart(2, '0')}`;

export type Inflated =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly breaches: readonly Breach[] }
  | { readonly kind: 'breach'; readonly breach: Breach };

/**
 * Inflates one payload with a cap. Bytes behind the zlib stream are a breach that does not hinder reading. It is
 * synchronous on purpose: for packets of some hundred bytes the thread pool costs twice what the work does.
 */
export function inflatePayload(payload: Buffer, maxInflatedBytes: number): Inflated {
  try {
    // With `info` the result also tells how much was read; the type declarations know only the plain result.
    const result = inflateSync(payload, {
      maxOutputLength: maxInflatedBytes,
      chunkSize: 2048,
      info: true,
    }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    const unread = payload.length - result.engine.bytesWritten;
    return {
      kind: 'bytes',
      bytes: result.buffer,
      breaches: unread === 0 ? [] : [{ rule: 'frame-trailing', detail: `${unread} bytes behind the stream` }],
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? breach('inflated-size', `inflates to more than ${maxInflatedBytes} bytes`)
      : breach('frame-zlib', code ?? 'unreadable');
  }
}

/** What of a packet's bytes the document leaves open. */
export interface FrameStyle {
  /** The header up to the length. */
  readonly prefix: string;
  /** The effort of the compression, 0 to 9. */
  readonly level: number;
}

/** As the specification's samples are. */
const SAMPLE_STYLE: FrameStyle = { prefix: 'Content-Length:', level: constants.Z_BEST_COMPRESSION };

/** The bytes of one packet: compact JSON, deflated, behind its length. */
export function encodeFrame(packet: unknown, style: FrameStyle = SAMPLE_STYLE): Buffer {
  const payload = deflateSync(Buffer.from(JSON.stringify(packet), 'utf8'), {
    level: style.level,
    chunkSize: 1024,
  });
  return Buffer.concat([Buffer.from(`${style.prefix}${payload.length}\r\n`, 'latin1'), payload]);
}
