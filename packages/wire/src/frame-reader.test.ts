import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromLatin1, toLatin1 } from './bytes.js';
import { ProtocolError } from './errors.js';
import { FrameReader, type HeaderReader } from './frame-reader.js';

/** A fixed header: one letter, two digits of length. */
const fixedHeader: HeaderReader = (bytes, start, end) => {
  if (end - start < 3) return 'more';
  const bodySize = Number(String.fromCharCode(bytes[start + 1] ?? 0, bytes[start + 2] ?? 0));
  if (!Number.isInteger(bodySize)) throw new ProtocolError('bad-length');
  return { headerSize: 3, bodySize };
};

/** A header of variable length: digits up to a newline, at most four bytes. */
const lineHeader: HeaderReader = (bytes, start, end) => {
  const newline = bytes.subarray(start, end).indexOf(0x0a);
  if (newline === -1) {
    if (end - start >= 4) throw new ProtocolError('bad-length');
    return 'more';
  }
  return { headerSize: newline + 1, bodySize: Number(toLatin1(bytes, start, start + newline)) };
};

const reader = (header = fixedHeader, maxFrameBytes = 60) => new FrameReader({ header, maxFrameBytes });
const read = (from: FrameReader, chunk: string) =>
  [...from.push(fromLatin1(chunk))].map((frame) => `${toLatin1(frame.header)}|${toLatin1(frame.body)}`);

describe('FrameReader', () => {
  it('yields joined frames in order, also empty ones', () => {
    expect(read(reader(), 'a02xyb00c01z')).toEqual(['a02|xy', 'b00|', 'c01|z']);
  });

  it('yields nothing for a part and holds it back', () => {
    const partial = reader();
    expect(read(partial, 'a0')).toEqual([]);
    expect(partial.buffered).toBe(2);
    expect(read(partial, '3xy')).toEqual([]);
    expect(read(partial, 'zb01')).toEqual(['a03|xyz']);
    expect(read(partial, 'q')).toEqual(['b01|q']);
    expect(partial.buffered).toBe(0);
  });

  it.each([
    ['fixed', fixedHeader, 'a02xyb00c05zzzzzd01w'],
    ['variable', lineHeader, '2\nxy0\n5\nzzzzz1\nw'],
  ])('yields the same frames at every cut into two and byte by byte (%s header)', (_name, header, stream) => {
    const whole = read(reader(header), stream);
    expect(whole).toHaveLength(4);
    for (let cut = 0; cut <= stream.length; cut++) {
      const cutInTwo = reader(header);
      expect([...read(cutInTwo, stream.slice(0, cut)), ...read(cutInTwo, stream.slice(cut))]).toEqual(whole);
    }
    const byteByByte = reader(header);
    expect([...stream].flatMap((byte) => read(byteByByte, byte))).toEqual(whole);
  });

  it('yields the same frames however random frames are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('x', '0', '\0', '\xff'), maxLength: 57 }), {
          maxLength: 12,
        }),
        fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 40 }),
        (bodies, cuts) => {
          const stream = bodies.map((body) => `f${String(body.length).padStart(2, '0')}${body}`).join('');
          const cutReader = reader();
          const frames: string[] = [];
          let at = 0;
          for (const cut of cuts) {
            frames.push(...read(cutReader, stream.slice(at, at + cut)));
            at += cut;
          }
          frames.push(...read(cutReader, stream.slice(at)));
          expect(frames.map((frame) => frame.slice(4))).toEqual(bodies);
          expect(cutReader.buffered).toBe(0);
        },
      ),
    );
  });

  it('refuses a length over the limit as soon as the header is there', () => {
    const hostile = reader();
    expect(() => read(hostile, 'a58')).toThrow(expect.objectContaining({ reason: 'frame-too-long' }));
  });

  it('refuses a header that never ends', () => {
    expect(() => read(reader(lineHeader), '12345')).toThrow(
      expect.objectContaining({ reason: 'bad-length' }),
    );
    const endless = reader(() => 'more', 10);
    expect(read(endless, '0123456789')).toEqual([]);
    expect(() => read(endless, 'a')).toThrow(expect.objectContaining({ reason: 'frame-too-long' }));
  });

  it('yields the frames before a broken one, then throws, then throws the same for good', () => {
    const broken = reader();
    const frames: string[] = [];
    expect(() => {
      for (const frame of broken.push(fromLatin1('a01xq??b01y'))) frames.push(toLatin1(frame.body));
    }).toThrow(expect.objectContaining({ reason: 'bad-length' }));
    expect(frames).toEqual(['x']);
    expect(() => read(broken, 'b01y')).toThrow(expect.objectContaining({ reason: 'bad-length' }));
  });

  it('keeps what is behind a frame at which the consumer stopped', () => {
    const stopped = reader();
    for (const frame of stopped.push(fromLatin1('a01xb01yc0'))) {
      expect(toLatin1(frame.body)).toBe('x');
      break;
    }
    expect(stopped.buffered).toBe(6);
    expect(read(stopped, '1z')).toEqual(['b01|y', 'c01|z']);
  });

  it('never writes again into the memory of a frame that it has yielded', () => {
    const steady = reader();
    const first = [...steady.push(fromLatin1('a0')), ...steady.push(fromLatin1('3xyzb0'))];
    const second = [...steady.push(fromLatin1('2')), ...steady.push(fromLatin1('vw'))];
    expect([...first, ...second].map((frame) => toLatin1(frame.body))).toEqual(['xyz', 'vw']);
  });

  it('allocates for bytes that came, not for bytes that were promised', () => {
    const promised = new FrameReader({
      header: (_bytes, start, end) => (end - start < 1 ? 'more' : { headerSize: 1, bodySize: 2 ** 31 }),
      maxFrameBytes: 2 ** 32,
    });
    expect([...promised.push(fromLatin1('a'))]).toEqual([]);
    expect(promised.buffered).toBe(1);
  });

  it('takes a large frame in small pieces in linear time', () => {
    let headerReads = 0;
    const large = new FrameReader({
      header: (_bytes, start, end) => {
        headerReads++;
        return end - start < 1 ? 'more' : { headerSize: 1, bodySize: 300_000 };
      },
      maxFrameBytes: 400_000,
    });
    const piece = new Uint8Array(100);
    let frames = 0;
    for (let sent = 0; sent < 300_100; sent += piece.length) frames += [...large.push(piece)].length;
    expect(frames).toBe(1);
    expect(headerReads).toBeLessThanOrEqual(3);
  });

  describe('of frames whose parts tell their own sizes', () => {
    /** A letter and one digit: how many parts follow, each a digit and so many bytes. */
    const partsHeader: HeaderReader = (bytes, start, end) => {
      if (end - start < 2) return 'more';
      let at = start + 2;
      for (let part = (bytes[start + 1] ?? 0) - 0x30; part > 0; part--) {
        if (at >= end) return { atLeast: at + 1 - start };
        const size = (bytes[at] ?? 0) - 0x30;
        if (size < 0 || size > 9) throw new ProtocolError('bad-part');
        at += 1 + size;
      }
      return { headerSize: 2, bodySize: at - start - 2 };
    };
    const stream = 'a23xyz0b0c19zzzzzzzzzd11q';
    const frames = ['a2|3xyz0', 'b0|', 'c1|9zzzzzzzzz', 'd1|1q'];

    it('yields the same at every cut into two and byte by byte', () => {
      expect(read(reader(partsHeader), stream)).toEqual(frames);
      for (let cut = 0; cut <= stream.length; cut++) {
        const cutInTwo = reader(partsHeader);
        expect([...read(cutInTwo, stream.slice(0, cut)), ...read(cutInTwo, stream.slice(cut))]).toEqual(
          frames,
        );
      }
      const byteByByte = reader(partsHeader);
      expect([...stream].flatMap((byte) => read(byteByByte, byte))).toEqual(frames);
    });

    it('refuses a part that is none, and parts beyond the limit before they come', () => {
      expect(() => read(reader(partsHeader), 'a22xy!')).toThrow(
        expect.objectContaining({ reason: 'bad-part' }),
      );
      expect(() => read(reader(partsHeader, 12), 'a29')).toThrow(
        expect.objectContaining({ reason: 'frame-too-long' }),
      );
    });
  });
});
