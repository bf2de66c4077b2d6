import { describe, expect, it } from '@jest/globals';
import { gzip } from 'pako';
import { portableCompression } from './compression.js';
import { toHex, utf8 } from './testing/bytes.js';

const { deflate, inflate } = portableCompression;

describe('portable compression', () => {
  it('packs as C zlib does at level 9', () => {
    expect(toHex(deflate(utf8('a')))).toBe('78DA4B040000620062');
  });

  it('takes a packing of any level', () => {
    // Stored without compression (RFC 1951 3.2.4), by hand: zlib header 7801, one final block of 2 bytes "ab".
    const stored = Uint8Array.from([
      0x78, 0x01, 0x01, 0x02, 0x00, 0xfd, 0xff, 0x61, 0x62, 0x01, 0x26, 0x00, 0xc4,
    ]);
    expect(inflate(stored, 10)).toEqual(utf8('ab'));
  });

  it('gives exactly as much as the limit allows, and not one byte more', () => {
    const packed = deflate(new Uint8Array(50_000));
    expect(inflate(packed, 50_000)).toHaveLength(50_000);
    expect(() => inflate(packed, 49_999)).toThrow('inflate-too-long: more than 49999 bytes');
  });

  it('stops a bomb of a thousand times its size', () => {
    const bomb = deflate(new Uint8Array(8 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(9000);
    expect(() => inflate(bomb, 1024 * 1024)).toThrow(/^inflate-too-long/);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a packing cut short', deflate(utf8('{"Header":{}}')).slice(0, -1)],
    ['a wrong checksum', Uint8Array.from([...deflate(utf8('a')).slice(0, -1), 0x99])],
    ['plain JSON', utf8('{"Header":{"Method":"AliveRes"}}')],
    ['gzip', gzip(utf8('{}'))],
  ])('refuses %s', (_name, bytes) => {
    expect(() => inflate(bytes, 1000)).toThrow(/^inflate-failed/);
  });
});
