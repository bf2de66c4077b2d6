import { describe, expect, it } from '@jest/globals';
import { HexError, parseHex } from './hex.js';

/** `Content-Length:40` and a few bytes behind it. */
const BYTES = Uint8Array.from(Buffer.from('Content-Length:40\r\nxÚ«V', 'latin1'));

describe('hex as people paste it', () => {
  it.each([
    ['digits alone', '436f6e74656e742d4c656e6774683a34300d0a78daab56'],
    ['capitals and blanks', '43 6F 6E 74 65 6E 74 2D 4C 65 6E 67 74 68 3A 34 30 0D 0A 78 DA AB 56'],
    ['lines', '436f6e74656e742d4c656e67\n74683a34300d0a\r\n78daab56\n'],
    ['colons', '43:6f:6e:74:65:6e:74:2d:4c:65:6e:67:74:68:3a:34:30:0d:0a:78:da:ab:56'],
    ['0x and commas', `0x43, 0x6f, 0x6e, 0x74, 0x65, 0x6e742d4c656e6774683a34300d0a78daab56`],
    ['one 0x before all', '0x436f6e74656e742d4c656e6774683a34300d0a78daab56'],
    [
      'a C string',
      '\\x43\\x6f\\x6e\\x74\\x65\\x6e\\x74\\x2d\\x4c\\x65\\x6e\\x67\\x74\\x68\\x3a40\\x34300d0a78daab56'.replace(
        '3a40',
        '3a',
      ),
    ],
    [
      'the dump of xxd',
      '00000000: 436f 6e74 656e 742d 4c65 6e67 7468 3a34  Content-Length:4\n00000010: 300d 0a78 daab 56                        0..x..V\n',
    ],
    [
      'the dump of hexdump -C',
      '00000000  43 6f 6e 74 65 6e 74 2d  4c 65 6e 67 74 68 3a 34  |Content-Length:4|\n00000010  30 0d 0a 78 da ab 56                              |0..x..V|\n00000017\n',
    ],
    [
      'the dump of tcpdump -X',
      '\t0x0000:  436f 6e74 656e 742d 4c65 6e67 7468 3a34  Content-Length:4\n\t0x0010:  300d 0a78 daab 56                        0..x..V\n',
    ],
    [
      'a dump whose offsets begin further on',
      '0x0028:  436f 6e74 656e 742d 4c65 6e67 7468 3a34  Content-Length:4\n0x0038:  300d 0a78 daab 56 0..x'.replace(
        ' 0..x',
        '',
      ),
    ],
  ])('is read from %s', (_name, text) => {
    expect(Buffer.from(parseHex(text)).toString('hex')).toBe(Buffer.from(BYTES).toString('hex'));
  });

  it('repeats the line before a star up to the next offset', () => {
    const text = '00000000  61 62 63 64  |abcd|\n*\n0000000c  65  |e|\n0000000d\n';
    expect(Buffer.from(parseHex(text)).toString('latin1')).toBe('abcdabcdabcde');
  });

  it('takes digits that look like an offset as bytes where they fit no dump', () => {
    expect(parseHex('00000000 61626364')).toHaveLength(8);
    expect(parseHex('00000000 61626364\n00000000 65')).toHaveLength(13);
  });

  it('does not read characters of a dump as bytes', () => {
    const text = '00000000: 6162  ab cd\n00000002: 6364  cd\n';
    expect(Buffer.from(parseHex(text)).toString('latin1')).toBe('abcd');
  });

  it('refuses what is no hex by its place, without quoting it', () => {
    expect(() => parseHex('43 6f\n6e zz')).toThrow(new HexError('line 2, column 4 is no hex digit'));
    expect(() => parseHex('436')).toThrow('3 hex digits');
    expect(() => parseHex('안녕')).toThrow('line 1, column 1 is no hex digit');
  });
});
