import { describe, expect, it } from '@jest/globals';
import { readJpeg } from './jpeg.js';
import { jpeg } from './testing/uploads.js';

const read = (hex: string) => readJpeg(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

const SOI = 'ffd8';
const EOI = 'ffd9';
/** 768 high, 1024 wide, one component. */
const FRAME = 'ffc0 000b 08 0300 0400 01 011100';
const SCAN = 'ffda 0008 01 0100 003f00 00';

describe('a JPEG', () => {
  it('tells width and height from its frame, behind any other segments', () => {
    expect(read(`${SOI} ffe0 0004 4a46 ffdb 0003 00 ${FRAME} ${SCAN} ${EOI}`)).toEqual({
      ok: true,
      width: 1024,
      height: 768,
    });
  });

  it('may have fill bytes before a marker, and a progressive frame', () => {
    expect(read(`${SOI} ffff${FRAME.replace('ffc0', 'ffc2')} ${SCAN} ${EOI}`)).toMatchObject({ width: 1024 });
  });

  it('does not take the table of a Huffman code for a frame', () => {
    expect(read(`${SOI} ffc4 000b 08 0001 0001 01 011100 ${FRAME} ${SCAN} ${EOI}`)).toMatchObject({
      height: 768,
    });
  });

  it.each([
    ['', 'it has no SOI'],
    [`89504e47 ${EOI}`, 'it has no SOI'],
    [`${SOI} ${FRAME} ${SCAN}`, 'it has no EOI'],
    [`${SOI} 00 ${FRAME} ${EOI}`, 'byte 2 is no marker'],
    [`${SOI} ffe0 0001 ${FRAME} ${EOI}`, 'the segment at byte 2 has no length'],
    [`${SOI} ffc0 0003 08 ${EOI}`, 'its frame header is too short'],
    [`${SOI} ffc0 000b 08 0300 0000 01 011100 ${EOI}`, 'it has no area'],
    [`${SOI} ${SCAN} ${FRAME} ${EOI}`, 'it has no frame before its scan'],
    [`${SOI} ffe0 ffff 00 ${EOI}`, 'it has no frame before its scan'],
    [`${SOI} ${EOI}`, 'it has no frame before its scan'],
  ])('is not %s: %s', (hex, why) => {
    expect(read(hex)).toEqual({ ok: false, why });
  });

  it('of the tests is what it says', () => {
    const bytes = jpeg({ width: 1024, height: 768, bytes: 5000 });
    expect(bytes).toHaveLength(5000);
    expect(readJpeg(bytes)).toEqual({ ok: true, width: 1024, height: 768 });
  });
});
