import { describe, expect, it } from '@jest/globals';
import { FrameReader } from './frames.js';

function read(chunks: Buffer[]): string[] {
  const seen: string[] = [];
  const reader = new FrameReader({
    frame: ({ type, body }) => {
      seen.push(`${type} ${body.toString('latin1')}`);
      return true;
    },
    breach: (rule, detail) => seen.push(`breach ${rule} ${detail}`),
    lost: (rule, detail) => seen.push(`lost ${rule} ${detail}`),
  });
  for (const chunk of chunks) reader.push(chunk);
  return seen;
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
const LINK_AND_ACK = bytes('l1\0\0\0\0\xfe\xffS' + 'R12\0\0\0\xfe\xffhello, world');

describe('frame reader', () => {
  it('yields the same packets however the bytes are cut', () => {
    const whole = ['l S', 'R hello, world'];
    expect(read([LINK_AND_ACK])).toEqual(whole);
    expect(read([...LINK_AND_ACK].map((byte) => Buffer.of(byte)))).toEqual(whole);
    for (let cut = 1; cut < LINK_AND_ACK.length; cut++) {
      expect(read([LINK_AND_ACK.subarray(0, cut), LINK_AND_ACK.subarray(cut)])).toEqual(whole);
    }
  });

  it('tells a padding other than NUL once, even when the body comes byte by byte', () => {
    const odd = bytes('R012 \0\xfe\xffhello, world');
    const told = ['breach header-msglen 30 31 32 20', 'R hello, world'];
    expect(read([odd])).toEqual(told);
    expect(read([...odd].map((byte) => Buffer.of(byte)))).toEqual(told);
  });

  it('reads nothing behind a header that makes no sense', () => {
    expect(read([bytes('l1\0\0\0\0?\xff'), LINK_AND_ACK])).toEqual(['lost header-tail 00 3f ff']);
    expect(read([bytes('l-1\0\0\0\xfe\xff'), LINK_AND_ACK])).toEqual(['lost header-msglen 2d 31 00 00']);
    expect(read([bytes('l1x2\0\0\xfe\xff'), LINK_AND_ACK])).toEqual(['lost header-msglen 31 78 32 00']);
    expect(read([bytes('l\0\0\0\0\0\xfe\xff'), LINK_AND_ACK])).toEqual(['lost header-msglen 00 00 00 00']);
  });
});
