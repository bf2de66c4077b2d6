import { describe, expect, it } from '@jest/globals';
import { decodeText, fromBase64, toBase64 } from '@pabal/wire';
import { type BodyCipher, Codec, type CodecMode, type KnownPacket } from '../codec.js';
import { portableCompression } from '../compression.js';
import { createFrameReader } from '../frame.js';
import { joined, utf8 } from './bytes.js';
import { type GoldenVector, packetOf } from './golden-vector.js';
import { mulberry } from './random.js';

/** Up to this size every cut is tried. */
const EVERY_CUT = 4096;
const RANDOM_CUTS = 1000;
const MAX_INFLATED_BYTES = 1024 * 1024;
/** This package knows no Node; its tests run on it all the same. */
const environment = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env;
const seed = Number(environment?.PABAL_GOLDEN_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** A vector as it stands on one kind of connection. */
interface Case {
  readonly name: string;
  readonly vector: GoldenVector;
  readonly mode: CodecMode;
  readonly headerSize: number;
  readonly wire: Uint8Array;
  readonly json: string;
}

/** Runs each vector through decode, encode and every split, on plain and on encrypted connections. */
export function checkVectors(vectors: readonly GoldenVector[]): void {
  const cipher = recordedCipher(vectors);
  describe.each(vectors.flatMap(casesOf))('$name', ({ vector, mode, headerSize, wire, json }) => {
    const { privateKeyField } = vector;
    const codec = new Codec({ cipher, mode, ...(privateKeyField === undefined ? {} : { privateKeyField }) });
    const packed = wire.subarray(headerSize);

    it('is read', () => {
      expect(decodeText(portableCompression.inflate(packed, MAX_INFLATED_BYTES), 'utf-8')).toBe(json);
      expect(codec.decode(packed)).toEqual(packetOf(vector));
    });

    it(`is cut from the stream wherever it is split (PABAL_GOLDEN_SEED=${seed})`, () => {
      for (const cut of cutsOf(headerSize, wire.length)) expectWhole(wire, headerSize, [cut]);
      expectWhole(
        wire,
        headerSize,
        Array.from(wire, (_, at) => at),
      );
    });

    if (vector.means !== undefined) return;
    it('is written, in the order of its table and with the bytes of C zlib', () => {
      const packet = packetOf(vector);
      const shuffled = { ...packet, body: Object.fromEntries(Object.entries(packet.body).reverse()) };
      expect(codec.json(shuffled as KnownPacket)).toBe(json);
      expect(toBase64(codec.encode(packet))).toBe(toBase64(wire));
    });
  });
}

function casesOf(vector: GoldenVector): Case[] {
  const { method, name, body, alwaysSealed, sealed, length, packed } = vector;
  const envelope = (json?: string) =>
    `{"Header":{"Method":"${method}"}${json === undefined ? '' : `,"Body":${json}`}}`;
  const caseOf = (mode: CodecMode, json: string, size: number, base64: string): Case => {
    const header = `Content-Length:${size}\r\n`;
    const wire = joined(utf8(header), fromBase64(base64));
    return { name: `${method} ${name}, ${mode}`, vector, mode, headerSize: header.length, wire, json };
  };
  const closed = envelope(`"${sealed}"`);
  const plain = caseOf('plain', alwaysSealed ? closed : envelope(body), length, packed);
  if (alwaysSealed) return [plain, caseOf('encrypted', closed, length, packed)];
  if (vector.sealedPacked === undefined || vector.sealedLength === undefined) return [plain];
  return [plain, caseOf('encrypted', closed, vector.sealedLength, vector.sealedPacked)];
}

/** Knows the bytes that OpenSSL made, and nothing else. */
function recordedCipher(vectors: readonly GoldenVector[]): BodyCipher {
  const pairs = vectors.flatMap(({ body, sealed }) =>
    body === undefined || sealed === undefined ? [] : [[body, sealed] as const],
  );
  const find = (isIt: (pair: readonly [string, string]) => boolean) => {
    const pair = pairs.find(isIt);
    if (pair === undefined) throw new Error('not among the recorded bodies');
    return pair;
  };
  return {
    encrypt: (plain) => fromBase64(find(([body]) => body === decodeText(plain, 'utf-8'))[1]),
    decrypt: (bytes) => utf8(find(([, sealed]) => sealed === toBase64(bytes))[0]),
  };
}

function cutsOf(headerSize: number, size: number): Iterable<number> {
  if (size <= EVERY_CUT) return Array.from({ length: size + 1 }, (_, cut) => cut);
  const cuts = new Set([size - 1, size]);
  for (let cut = 0; cut <= headerSize + 2; cut++) cuts.add(cut);
  const random = mulberry(seed);
  for (let count = 0; count < RANDOM_CUTS; count++) cuts.add(Math.floor(random() * size));
  return cuts;
}

function expectWhole(wire: Uint8Array, headerSize: number, cuts: readonly number[]): void {
  const reader = createFrameReader();
  const bodies: Uint8Array[] = [];
  const ends = [...cuts, wire.length];
  let at = 0;
  for (const end of ends) {
    for (const { body } of reader.push(wire.subarray(at, end))) bodies.push(body);
    at = end;
  }
  const [body] = bodies;
  const isWhole = bodies.length === 1 && body?.length === wire.length - headerSize;
  if (isWhole && body.every((byte, index) => byte === wire[headerSize + index])) return;
  throw new Error(`cut at ${cuts.slice(0, 3)} (seed ${seed})`);
}
