import { describe, expect, it } from '@jest/globals';
import { checkJpeg, FileError, MAX_FILE_BYTES } from './check-jpeg.js';
import { jpegBytes } from './testing/index.js';

/** By hand from ITU-T T.81 B.2: start, a frame header of 640 x 480, a scan header, one byte of data, end. */
const SMALL = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xc0, 0x00, 0x0b, 0x08, 0x01, 0xe0, 0x02, 0x80, 0x01, 0x01, 0x11, 0x00, 0xff, 0xda, 0x00,
  0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0x7f, 0xff, 0xd9,
]);

/** The same with an EXIF segment before the frame, in which a preview of 16 x 16 stands. */
const WITH_PREVIEW = Uint8Array.from([
  0xff,
  0xd8,
  0xff,
  0xe1,
  0x00,
  0x15,
  0x45,
  0x78,
  0x69,
  0x66,
  0x00,
  0x00,
  0xff,
  0xc0,
  0x00,
  0x0b,
  0x08,
  0x00,
  0x10,
  0x00,
  0x10,
  0x01,
  0x01,
  0x11,
  0x00,
  ...SMALL.subarray(2),
]);

function refusal(bytes: Uint8Array): FileError {
  try {
    checkJpeg(bytes);
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('checking a JPEG', () => {
  it('reads width and height from the frame header', () => {
    expect(checkJpeg(SMALL)).toEqual({ width: 640, height: 480 });
    expect(checkJpeg(jpegBytes(1024, 768))).toEqual({ width: 1024, height: 768 });
  });

  it('reads the picture’s own size, not that of a preview inside', () => {
    expect(checkJpeg(WITH_PREVIEW)).toEqual({ width: 640, height: 480 });
  });

  it('takes a file of the greatest size, and refuses one byte more by both numbers', () => {
    expect(checkJpeg(jpegBytes(1, 1, { bytes: MAX_FILE_BYTES }))).toEqual({ width: 1, height: 1 });
    expect(refusal(jpegBytes(1, 1, { bytes: MAX_FILE_BYTES + 1 }))).toMatchObject({
      code: 'file-refused',
      rule: 'too-large',
      limit: 1_048_576,
      actual: 1_048_577,
    });
  });

  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['a PNG', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'not-jpeg'],
    ['a JPEG 2000 codestream', Uint8Array.from([0xff, 0x4f, 0xff, 0x51, 0xff, 0xd9]), 'not-jpeg'],
    ['only the beginning', SMALL.subarray(0, 2), 'not-jpeg'],
    ['a beginning whose last byte would be the end’s first', SMALL.subarray(0, 3), 'truncated'],
    ['one that is cut', SMALL.subarray(0, -1), 'truncated'],
    ['one with something behind it', Uint8Array.from([...SMALL, 0x00]), 'truncated'],
    ['one without a frame', Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0xff, 0xd9]), 'no-dimensions'],
    ['one of no width', jpegBytes(0, 10), 'no-dimensions'],
    ['one of no height', jpegBytes(10, 0), 'no-dimensions'],
  ] as const)('refuses %s as %3$s', (_what, bytes, rule) => {
    expect(refusal(bytes).rule).toBe(rule);
  });

  it('says nothing of the content in its words', () => {
    const { message } = refusal(Uint8Array.from([...new TextEncoder().encode('secret'), 0xff, 0xd9]));
    expect(message).not.toContain('secret');
  });

  it('ends soon with an answer or a FileError, whatever the headers claim', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    for (let round = 0; round < 2_000; round++) {
      const bytes = Uint8Array.from(WITH_PREVIEW);
      for (let change = 0; change < 4; change++) {
        // Neither the beginning nor the end, which other checks see to.
        bytes[3 + Math.floor(random() * (bytes.length - 5))] = Math.floor(random() * 256);
      }
      try {
        const { width, height } = checkJpeg(bytes);
        expect(width * height).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(FileError);
      }
    }
  });

  it('walks the worst file of the greatest size once', () => {
    const bytes = new Uint8Array(MAX_FILE_BYTES).fill(0);
    bytes.set([0xff, 0xd8, 0xff, 0xe0]);
    bytes.set([0xff, 0xd9], bytes.length - 2);
    const begun = performance.now();
    expect(refusal(bytes).rule).toBe('no-dimensions');
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
