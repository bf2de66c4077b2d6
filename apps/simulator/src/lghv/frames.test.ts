import { describe, expect, it } from '@jest/globals';
import { FrameReader } from './frames.js';
import { deliverPacket, imagePart, mmsBody, part, textPart } from './testing/bodies.js';

interface Reading {
  readonly seen: string[];
  readonly mostHeld: number;
}

function readAll(chunks: Iterable<Buffer>): Reading {
  const seen: string[] = [];
  let mostHeld = 0;
  const reader = new FrameReader({
    frame: ({ type, declared, body, whole }) => {
      seen.push(
        `${type} ${declared === body.length ? '' : `${declared} `}${whole ? '' : 'broken '}${shown(body)}`,
      );
      return whole;
    },
    breach: (rule, detail) => seen.push(`breach ${rule} ${detail}`),
    lost: (rule, detail) => seen.push(`lost ${rule} ${detail}`),
  });
  for (const chunk of chunks) {
    reader.push(chunk);
    mostHeld = Math.max(mostHeld, reader.heldBytes);
  }
  return { seen, mostHeld };
}

const shown = (body: Buffer) => (body.length < 100 ? body.toString('latin1') : `${body.length} bytes`);
const read = (chunks: Buffer[]) => readAll(chunks).seen;
const bytes = (text: string) => Buffer.from(text, 'latin1');
const LINK_AND_ACK = bytes('l1\0\0\0\0\xfe\xffS' + 'R12\0\0\0\xfe\xffhello, world');
const MMS = mmsBody();
const WITH_PARTS = Buffer.concat([deliverPacket(MMS), deliverPacket(MMS, MMS.length), LINK_AND_ACK]);

describe('frame reader', () => {
  it('yields the same packets however the bytes are cut', () => {
    const whole = ['l S', 'R hello, world'];
    expect(read([LINK_AND_ACK])).toEqual(whole);
    expect(read([...LINK_AND_ACK].map((byte) => Buffer.of(byte)))).toEqual(whole);
    for (let cut = 1; cut < LINK_AND_ACK.length; cut++) {
      expect(read([LINK_AND_ACK.subarray(0, cut), LINK_AND_ACK.subarray(cut)])).toEqual(whole);
    }
  });

  it('follows the parts behind a MSGLEN of 281 as it follows one that counts them', () => {
    const whole = [`d 281 ${MMS.length} bytes`, `d ${MMS.length} bytes`, 'l S', 'R hello, world'];
    expect(read([WITH_PARTS])).toEqual(whole);
    expect(read([...WITH_PARTS].map((byte) => Buffer.of(byte)))).toEqual(whole);
    for (let cut = 1; cut < WITH_PARTS.length; cut++) {
      expect(read([WITH_PARTS.subarray(0, cut), WITH_PARTS.subarray(cut)])).toEqual(whole);
    }
  });

  it('takes an LMS of 281 bytes for what it is', () => {
    const lms = bytes(`0LMS\0${'1'.repeat(276)}`);
    expect(read([deliverPacket(lms), LINK_AND_ACK])).toEqual(['d 281 bytes', 'l S', 'R hello, world']);
  });

  it('reads nothing behind parts that cannot be followed', () => {
    const count = deliverPacket(mmsBody({ count: '7' }));
    expect(read([count, LINK_AND_ACK])).toEqual(['d broken 281 bytes']);
    const size = deliverPacket(mmsBody({ parts: [textPart(), imagePart({ dataSize: 'ab' })] }));
    expect(read([size, LINK_AND_ACK])).toEqual([`d 281 broken ${281 + 50 + 5 + 50} bytes`]);
  });

  it('never holds more than four parts of 300 KB, whatever a size says', () => {
    const most = mmsBody({ parts: Array.from({ length: 4 }, () => part({ data: Buffer.alloc(307_200) })) });
    const packet = deliverPacket(most);
    const chunks = (whole: Buffer) =>
      Array.from({ length: Math.ceil(whole.length / 4096) }, (_, i) =>
        whole.subarray(i * 4096, (i + 1) * 4096),
      );
    const honest = readAll(chunks(packet));
    expect(honest.seen).toEqual([`d 281 ${most.length} bytes`]);
    expect(honest.mostHeld).toBeLessThan(packet.length);
    const liar = deliverPacket(mmsBody({ parts: [part({ dataSize: '99999999' })] }));
    const endless = readAll([liar, ...chunks(Buffer.alloc(5_000_000))]);
    expect(endless).toEqual({ seen: ['d 281 broken 331 bytes'], mostHeld: 0 });
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
