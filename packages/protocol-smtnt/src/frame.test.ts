import { describe, expect, it } from '@jest/globals';
import { ProtocolError } from '@pabal/wire';
import fc from 'fast-check';
import { createFrameReader, frame, readHeader } from './frame.js';
import { joined, toHex, utf8 } from './testing/bytes.js';

const read = (text: string) => readHeader(utf8(text), 0, utf8(text).length);

describe('the header line', () => {
  it.each([
    ['as it is written', 'Content-Length:40\r\n', { headerSize: 19, bodySize: 40 }],
    ['with a blank after the colon', 'Content-Length: 40\r\n', { headerSize: 20, bodySize: 40 }],
    ['with a blank after the number', 'Content-Length:40 \r\n', { headerSize: 20, bodySize: 40 }],
    ['in small letters', 'content-length:7\r\n', { headerSize: 18, bodySize: 7 }],
    ['in capitals', 'CONTENT-LENGTH:0\r\n', { headerSize: 18, bodySize: 0 }],
    ['with bytes of the body behind it', 'Content-Length:3\r\nabc', { headerSize: 18, bodySize: 3 }],
  ])('is read %s', (_name, text, sizes) => {
    expect(read(text)).toEqual(sizes);
  });

  it('asks for more at every cut of a line, and for nothing at its end', () => {
    const line = 'Content-Length: 1234 \r\n';
    for (let cut = 0; cut < line.length; cut++) expect(read(line.slice(0, cut))).toBe('more');
    expect(read(line)).toEqual({ headerSize: 23, bodySize: 1234 });
  });

  it.each([
    ['another name', 'Content-Type:40\r\n'],
    ['something else altogether', 'GET / HTTP/1.1\r\n'],
    ['no colon', 'Content-Length 40\r\n'],
    ['no number', 'Content-Length:\r\n'],
    ['a negative number', 'Content-Length:-1\r\n'],
    ['letters in the number', 'Content-Length:4a\r\n'],
    ['a number of eleven digits', 'Content-Length:12345678901\r\n'],
    ['a line feed alone', 'Content-Length:40\n'],
    ['a carriage return alone', 'Content-Length:40\rX'],
    ['blanks without an end', `Content-Length:${' '.repeat(60)}`],
  ])('is refused with %s', (_name, text) => {
    expect(() => read(text)).toThrow(new ProtocolError('bad-header').message);
  });

  it('is refused at its first wrong byte, without waiting for a line end', () => {
    expect(() => read('Q')).toThrow(ProtocolError);
  });
});

describe('the frame reader', () => {
  it('refuses a length over the limit before its bytes come', () => {
    const reader = createFrameReader(1000);
    expect(() => [...reader.push(utf8('Content-Length:5000\r\n'))]).toThrow(/^frame-too-long/);
    expect(() => [...reader.push(utf8('x'))]).toThrow(/^frame-too-long/);
  });

  it('yields what was framed, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }),
        fc.array(fc.nat(300), { maxLength: 6 }),
        (bodies, cuts) => {
          const stream = joined(...bodies.map(frame));
          const ends = [...cuts.map((cut) => Math.min(cut, stream.length)), stream.length].sort(
            (a, b) => a - b,
          );
          const reader = createFrameReader();
          const found: string[] = [];
          let at = 0;
          for (const end of ends) {
            for (const each of reader.push(stream.slice(at, end))) found.push(toHex(each.body));
            at = end;
          }
          expect(found).toEqual(bodies.map(toHex));
          expect(reader.buffered).toBe(0);
        },
      ),
    );
  });
});
