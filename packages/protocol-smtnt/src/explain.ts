import { decodeText, type ExplainedField, type ExplainedFrame, toLatin1 } from '@pabal/wire';
import type { BodyCipher } from './codec.js';
import { type Compression, portableCompression } from './compression.js';
import { masked } from './describe.js';
import { type Fault, faultOf } from './explain-body.js';
import { explainEnvelope, type Keys, type PrivateKeyOptions } from './explain-envelope.js';
import { MAX_HEADER_BYTES, MAX_PACKET_BYTES, readHeader } from './frame.js';
import { inflatePartly } from './inflate-partly.js';

export interface ExplainOptions {
  /** Of the bodies that are encrypted with a key that was agreed on; without it they stay closed. */
  readonly cipher?: BodyCipher | undefined;
  /** Of the bodies behind a PrivateKeyRes; without it they are tried with `cipher` alone. */
  readonly privateKey?: PrivateKeyOptions | undefined;
  /** Default: the portable one. */
  readonly compression?: Compression | undefined;
  /** Most bytes that one frame may unpack to. Default 1 MB. */
  readonly maxInflatedBytes?: number | undefined;
}

const DEFAULT_MAX_INFLATED_BYTES = 1024 * 1024;

/** What the frames behind one another share. */
interface Context extends Keys {
  readonly compression: Compression;
  readonly maxInflatedBytes: number;
}

/** One frame, and where the next one begins; undefined where nobody can know. */
interface Step {
  readonly frame: ExplainedFrame;
  readonly next: number | undefined;
}

/**
 * The captured bytes of one direction of a connection, frame by frame and field by field. Offsets of fields count in the
 * JSON that a frame unpacks to, those of an encrypted body in what it opens to. Never throws: broken input is explained
 * up to the break. Work and memory are bounded by the capture and `maxInflatedBytes` a frame.
 */
export function explainCapture(bytes: Uint8Array, options: ExplainOptions = {}): ExplainedFrame[] {
  const context: Context = {
    compression: options.compression ?? portableCompression,
    maxInflatedBytes: options.maxInflatedBytes ?? DEFAULT_MAX_INFLATED_BYTES,
    privateKey: options.privateKey,
    ciphers: options.cipher ? [options.cipher] : [],
  };
  const frames: ExplainedFrame[] = [];
  for (let at: number | undefined = 0; at !== undefined && at < bytes.length; ) {
    const step: Step = explainFrame(bytes, at, context);
    frames.push(step.frame);
    at = step.next;
  }
  return frames;
}

function explainFrame(bytes: Uint8Array, start: number, context: Context): Step {
  const sizes = sizesAt(bytes, start);
  if ('fault' in sizes) return noFrame(bytes, start, sizes.brokenAt, sizes.fault);
  const bodyStart = start + sizes.headerSize;
  const end = bodyStart + sizes.bodySize;
  const packed = bytes.subarray(bodyStart, Math.min(end, bytes.length));
  const length = lengthField(bytes.subarray(start, bodyStart), start, sizes.bodySize);
  const missing = sizes.bodySize - packed.length;
  const unpacked = unpack(packed, missing > 0, context);
  const { title, fields, fault } = explainEnvelope(unpacked.bytes, context);
  const problem =
    missing > 0
      ? {
          offset: bytes.length,
          reason: 'incomplete',
          message: `Content-Length says ${sizes.bodySize} bytes, ${packed.length} are here`,
        }
      : at(bodyStart, unpacked.fault ?? fault);
  return {
    frame: {
      title,
      offset: start,
      size: sizes.headerSize + packed.length,
      fields: [length, packedField(packed, bodyStart, unpacked.bytes), ...fields],
      ...(problem === undefined ? {} : { problem }),
    },
    next: missing > 0 ? undefined : end,
  };
}

function at(offset: number, fault: Fault | undefined) {
  return fault === undefined ? undefined : { offset, ...fault };
}

type Sizes =
  | { readonly headerSize: number; readonly bodySize: number }
  | { readonly brokenAt: number; readonly fault: Fault };

/** The frame's header line. Where it is none, the byte at which it stops to be one. */
function sizesAt(bytes: Uint8Array, start: number): Sizes {
  const most = Math.min(bytes.length, start + MAX_HEADER_BYTES + 1);
  for (let end = start + 1; end <= most; end++) {
    try {
      const sizes = readHeader(bytes, start, end);
      if (sizes !== 'more') return sizes;
    } catch (error) {
      return { brokenAt: end - 1, fault: faultOf(error) };
    }
  }
  const message = 'the capture ends within Content-Length:<n> CR LF';
  return { brokenAt: bytes.length, fault: { reason: 'incomplete', message } };
}

/** The framing is lost here: the rest is one lump. */
function noFrame(bytes: Uint8Array, start: number, brokenAt: number, fault: Fault): Step {
  const rest = bytes.subarray(start);
  const value = toLatin1(rest.subarray(0, MAX_HEADER_BYTES));
  const field: ExplainedField = {
    section: 'LENGTH',
    name: 'Content-Length',
    notation: 'line',
    offset: start,
    bytes: rest,
    unpacked: false,
    value,
    masked: masked(value, 'content'),
    note: 'no Content-Length line',
  };
  const problem = { offset: brokenAt, ...fault };
  return {
    frame: { title: 'not a frame', offset: start, size: rest.length, fields: [field], problem },
    next: undefined,
  };
}

function lengthField(line: Uint8Array, offset: number, bodySize: number): ExplainedField {
  const value = String(bodySize);
  const over = bodySize > MAX_PACKET_BYTES ? `a session takes at most ${MAX_PACKET_BYTES} bytes` : undefined;
  return {
    section: 'LENGTH',
    name: 'Content-Length',
    notation: 'line',
    offset,
    bytes: line,
    unpacked: false,
    value,
    masked: value,
    meaning: `${value} compressed bytes follow`,
    meaningKo: `압축된 ${value}바이트가 뒤따름`,
    ...(over === undefined ? {} : { note: over }),
  };
}

/** The value in full is what it unpacks to. */
function packedField(packed: Uint8Array, offset: number, unpacked: Uint8Array): ExplainedField {
  const value = decodeText(unpacked, 'utf-8');
  return {
    section: 'PACKED',
    name: 'Header and Body',
    notation: 'zlib',
    offset,
    bytes: packed,
    unpacked: false,
    value,
    masked: masked(value, 'content'),
    meaning: `${packed.length} bytes that unpack to ${unpacked.length}`,
    meaningKo: `${packed.length}바이트, 압축 해제 후 ${unpacked.length}바이트`,
  };
}

function unpack(
  packed: Uint8Array,
  isCut: boolean,
  { compression, maxInflatedBytes }: Context,
): { readonly bytes: Uint8Array; readonly fault: Fault | undefined } {
  let fault: Fault | undefined;
  if (!isCut) {
    try {
      return { bytes: compression.inflate(packed, maxInflatedBytes), fault: undefined };
    } catch (error) {
      fault = faultOf(error);
    }
  }
  return { bytes: inflatePartly(packed, maxInflatedBytes), fault };
}
