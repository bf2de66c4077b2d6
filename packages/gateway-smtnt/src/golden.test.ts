import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Codec, type CodecMode } from '@pabal/protocol-smtnt';
import {
  AT_LIMIT,
  BOMB,
  brokenStreams,
  GOLDEN_IV,
  GOLDEN_KEY,
  type GoldenVector,
  goldenVectors,
  OVER_LIMIT,
  packetOf,
  STREAM_BODY,
  zlibStreams,
} from '@pabal/protocol-smtnt/testing';
import { ProtocolError } from '@pabal/wire';
import { nodeCompression } from './compression.js';
import { aesCipher } from './crypto.js';

const LIMIT = 64 * 1024;
const cipher = aesCipher(GOLDEN_KEY, GOLDEN_IV);
const named = goldenVectors.map((vector) => [`${vector.method} ${vector.name}`, vector] as const);
const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

function codecOf({ privateKeyField }: GoldenVector, mode: CodecMode): Codec {
  const named = privateKeyField === undefined ? {} : { privateKeyField };
  return new Codec({ cipher, compression: nodeCompression, mode, ...named });
}

/** The JSON of a frame of ours, whose compressed bytes may be others than C zlib's. */
function unpacked(frame: Uint8Array): string {
  const text = Buffer.from(frame).toString('latin1');
  const end = text.indexOf('\r\n') + 2;
  expect(text.slice(0, end)).toBe(`Content-Length:${frame.length - end}\r\n`);
  return inflateSync(frame.subarray(end)).toString('utf8');
}

describe("the golden vectors, with Node's zlib and AES", () => {
  it.each(named)('%s: read and written on a plain connection', (_name, vector) => {
    const codec = codecOf(vector, 'plain');
    expect(codec.decode(bytesOf(vector.packed))).toEqual(packetOf(vector));
    if (vector.means !== undefined) return;
    expect(unpacked(codec.encode(packetOf(vector)))).toBe(inflateSync(bytesOf(vector.packed)).toString());
  });

  it.each(named)('%s: read and written on an encrypted connection', (_name, vector) => {
    const codec = codecOf(vector, 'encrypted');
    const packed = vector.alwaysSealed ? vector.packed : vector.sealedPacked;
    if (packed !== undefined) expect(codec.decode(bytesOf(packed))).toEqual(packetOf(vector));
    if (vector.means !== undefined) return;
    const json = unpacked(codec.encode(packetOf(vector)));
    if (packed !== undefined) expect(json).toBe(inflateSync(bytesOf(packed)).toString());
    expect(codec.decode(deflateSync(json))).toEqual(packetOf(vector));
  });

  it.each(zlibStreams)('are unpacked with %s', (_how, base64) => {
    const codec = new Codec({ cipher, compression: nodeCompression });
    expect(codec.decode(bytesOf(base64))).toEqual({ method: 'ReportReq', body: JSON.parse(STREAM_BODY) });
  });

  it.each(brokenStreams)('are not unpacked from %s', (_what, base64) => {
    expect(() => nodeCompression.inflate(bytesOf(base64), LIMIT)).toThrow(
      expect.objectContaining({ code: 'protocol', reason: 'inflate-failed' }),
    );
  });

  it('unpack to the limit and no byte more', () => {
    expect(nodeCompression.inflate(bytesOf(AT_LIMIT), LIMIT)).toHaveLength(LIMIT);
    for (const bomb of [OVER_LIMIT, BOMB]) {
      expect(() => nodeCompression.inflate(bytesOf(bomb), LIMIT)).toThrow(
        new ProtocolError('inflate-too-long', `more than ${LIMIT} bytes`),
      );
    }
  });
});
