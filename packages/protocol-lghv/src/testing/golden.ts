/**
 * Golden vectors: packets laid out by hand, row by row, from the tables of the specification. A row is the hex of its
 * value and the size of its field, so that the borders of fields are known to whoever cuts the stream there.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Frame, FrameReader, fromHex, fromLatin1 } from '@pabal/wire';
import { decodeFrame, type LghvPacket } from '../decode.js';
import { deliverHeaderReader, MAX_DELIVER_FRAME_BYTES } from '../deliver-header-reader.js';
import { type AnyDeliver, openDeliver } from '../open-deliver.js';
import type { DeliverOptions, Encode } from '../sealing.js';
import { goldenAes } from './golden-aes.js';
import { mulberry } from './golden-random.js';

export const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;
export const plain: DeliverOptions = { text: cp949, encode: '0' };
export const sealed = (encode: Encode): DeliverOptions => ({ text: cp949, encode, cipher: goldenAes });

export interface GoldenVector {
  readonly name: string;
  /** The frame's fields in wire order, padding included. */
  readonly rows: readonly Uint8Array[];
  readonly encode: () => Uint8Array;
  readonly packet: LghvPacket;
  /** Of an encrypted DELIVER: what its fields are in plain words. */
  readonly opened?: { readonly of: AnyDeliver; readonly fields: object };
}

/** The value's bytes at the left, NUL to the field's size. */
export function field(valueHex: string, size: number): Uint8Array {
  const value = fromHex(valueHex);
  if (value.length > size) throw new RangeError(`${value.length} bytes in a field of ${size}`);
  const bytes = new Uint8Array(size);
  bytes.set(value);
  return bytes;
}

/** A field as long as its value. */
export function whole(valueHex: string): Uint8Array {
  return fromHex(valueHex);
}

/** A field as long as its value, which is too long to be given in hex. */
export function ascii(value: string): Uint8Array {
  return fromLatin1(value);
}

/** A file of so many bytes, all of them the same. */
export function file(byte: number, size: number): Uint8Array {
  return new Uint8Array(size).fill(byte);
}

export function times(hex: string, count: number): string {
  return hex.repeat(count);
}

/** HEADER (LGHV 2.1): MSGTYPE, MSGLEN, TAIL. */
export function header(typeHex: string, lengthHex: string): Uint8Array[] {
  return [field(typeHex, 1), field(lengthHex, 4), field('00feff', 3)];
}

/** A part that is the text 내용, as in 3.1 of the specification. */
export const TEXT_PART: readonly Uint8Array[] = [
  field('', 1), // TEMP1
  field('74', 1), // DATATYPE t
  field('', 20), // FILE_NAME
  field('', 12), // FILE_KEY
  field('34', 8), // DATA_SIZE 4
  field('', 8), // FILE_SIZE
  whole('b3bbbfeb'), // DATA 내용
];

/** Up to this size every cut is tried. */
const EVERY_CUT = 4096;
const RANDOM_CUTS = 1000;
/** This package knows no Node; its tests run on it all the same. */
const seed = Number(
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.PABAL_GOLDEN_SEED ??
    Math.floor(Math.random() * 2 ** 31),
);

/** Runs each vector through encode, decode and every split of its bytes. */
export function checkVectors(vectors: readonly GoldenVector[]): void {
  describe.each(vectors)('$name', ({ rows, encode, packet, opened }) => {
    const wire = joined(rows);

    it('is written as the specification lays it out', () => {
      expect(difference(rows, encode())).toBe('none');
    });

    it('is read back', () => {
      const frames = [...newReader().push(wire)];
      expect(frames.map((frame) => digested(decodeFrame(frame, cp949)))).toEqual([digested(packet)]);
    });

    it(`is read from every cut into two (PABAL_GOLDEN_SEED=${seed})`, () => {
      for (const cut of cutsOf(rows, wire.length)) {
        const reader = newReader();
        const early = [...reader.push(wire.subarray(0, cut))];
        const frames = [...early, ...reader.push(wire.subarray(cut))];
        const asExpected = early.length === (cut === wire.length ? 1 : 0) && isWhole(frames, wire);
        if (!asExpected || reader.buffered > 0) throw new Error(`cut at ${cut} (seed ${seed})`);
      }
    });

    it('is read byte by byte', () => {
      const reader = newReader();
      const frames: Frame[] = [];
      for (let at = 0; at < wire.length; at++) frames.push(...reader.push(wire.subarray(at, at + 1)));
      expect(isWhole(frames, wire)).toBe(true);
    });

    if (!opened) return;
    it('is decrypted to what it was', () => {
      expect(openDeliver(opened.of, goldenAes, cp949)).toEqual({ ...opened.of, ...opened.fields });
    });
  });
}

const newReader = () =>
  new FrameReader({ header: deliverHeaderReader(true), maxFrameBytes: MAX_DELIVER_FRAME_BYTES });

function joined(rows: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    bytes.set(row, at);
    at += row.length;
  }
  return bytes;
}

/** The row and byte in which the encoder differs first. */
function difference(rows: readonly Uint8Array[], actual: Uint8Array): string {
  let at = 0;
  for (const [index, row] of rows.entries()) {
    const found = actual.subarray(at, at + row.length);
    const place = isSame(found, row) ? -1 : row.findIndex((byte, place) => found[place] !== byte);
    if (place !== -1) return `byte ${place} of row ${index}: ${found[place]} instead of ${row[place]}`;
    at += row.length;
  }
  return actual.length === at ? 'none' : `${actual.length} bytes instead of ${at}`;
}

function cutsOf(rows: readonly Uint8Array[], size: number): Iterable<number> {
  if (size <= EVERY_CUT) return Array.from({ length: size + 1 }, (_, cut) => cut);
  const cuts = new Set<number>([0, 1, size - 1, size]);
  let border = 0;
  for (const row of rows) {
    border += row.length;
    for (const cut of [border - 1, border, border + 1]) if (cut <= size) cuts.add(cut);
  }
  const random = mulberry(seed);
  for (let count = 0; count < RANDOM_CUTS; count++) cuts.add(Math.floor(random() * size));
  return cuts;
}

function isWhole(frames: readonly Frame[], wire: Uint8Array): boolean {
  const [frame, ...others] = frames;
  if (!frame || others.length > 0) return false;
  const { header: head, body } = frame;
  return isSame(head, wire.subarray(0, head.length)) && isSame(body, wire.subarray(head.length));
}

function isSame(found: Uint8Array, expected: Uint8Array): boolean {
  return Buffer.compare(found, expected) === 0;
}

/** What a difference of large files is found by: a comparison byte by byte would take a second each. */
function digested(packet: LghvPacket): unknown {
  if (packet.type !== 'deliverMms' && packet.type !== 'deliverKakaoImage') return packet;
  const parts = packet.values.parts.map((part) => ({ ...part, data: digest(part.data) }));
  return { ...packet, values: { ...packet.values, parts } };
}

function digest(data: Uint8Array): string {
  return `${data.length} bytes, ${createHash('sha256').update(data).digest('hex')}`;
}
