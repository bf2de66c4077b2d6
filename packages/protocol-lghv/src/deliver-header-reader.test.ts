import { describe, expect, it } from '@jest/globals';
import { FrameReader, fromLatin1 } from '@pabal/wire';
import { decodeFrame } from './decode.js';
import { deliverHeaderReader, MAX_DELIVER_FRAME_BYTES } from './deliver-header-reader.js';
import { encodeDeliver } from './encode-deliver.js';
import { headerReader, MAX_FRAME_BYTES } from './header.js';
import { encodeLinkCheck } from './link.js';
import type { PartInput } from './part-input.js';
import type { DeliverOptions } from './sealing.js';

const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;
const COUNT = 8 + 280;
const FIRST_PART = 8 + 281;
const DATA_SIZE = 34;

const reader = () =>
  new FrameReader({ header: deliverHeaderReader(true), maxFrameBytes: MAX_DELIVER_FRAME_BYTES });
const mms = (parts: readonly PartInput[], mmsLength: DeliverOptions['mmsLength'] = 'fixed') =>
  encodeDeliver(
    { deliverType: 'MMS', msgId: '1', destAddr: '01012345678', callback: '0212345678', subject: '', parts },
    { text: cp949, encode: '0', mmsLength },
  );
const image = (bytes: number, fileKey = 'k1'): PartInput => ({
  dataType: 'i',
  fileName: 'a.jpg',
  fileKey,
  bytes: new Uint8Array(bytes).fill(0xd8),
});
const twoParts: readonly PartInput[] = [{ dataType: 't', text: '내용' }, image(70)];
const kept: PartInput = { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', fileSize: 70 };

describe('reading a DELIVER with parts', () => {
  it('finds the same end by MSGLEN and by the sizes of the parts', () => {
    const link = encodeLinkCheck('S');
    for (const frame of [mms(twoParts), mms(twoParts, 'total'), mms([kept]), mms([kept], 'total')]) {
      const stream = new Uint8Array([...frame, ...link, ...frame]);
      const sizes = [...reader().push(stream)].map(({ header, body }) => header.length + body.length);
      expect(sizes).toEqual([frame.length, link.length, frame.length]);
    }
  });

  it('says 281 in MSGLEN, or the whole length where four digits hold it', () => {
    const msgLen = (frame: Uint8Array) => String.fromCharCode(...frame.subarray(1, 5));
    expect(msgLen(mms(twoParts))).toBe('281\0');
    expect(msgLen(mms(twoParts, 'total'))).toBe(`${281 + 50 + 4 + 50 + 70}\0`);
    expect(msgLen(mms([image(9999 - 281 - 50)], 'total'))).toBe('9999');
    expect(msgLen(mms([image(9999 - 281 - 50 + 1)], 'total'))).toBe('281\0');
  });

  it('yields the same frame at every cut, and byte by byte', () => {
    const frame = mms(twoParts);
    for (let cut = 0; cut <= frame.length; cut++) {
      const cutReader = reader();
      const frames = [...cutReader.push(frame.subarray(0, cut)), ...cutReader.push(frame.subarray(cut))];
      expect(frames.map(({ body }) => body.length)).toEqual([frame.length - 8]);
    }
    const byteReader = reader();
    const frames = Array.from(frame, (byte) => [...byteReader.push(Uint8Array.of(byte))]).flat();
    expect(frames.map((each) => decodeFrame(each, cp949).type)).toEqual(['deliverMms']);
    expect(byteReader.buffered).toBe(0);
  });

  it('takes four parts of 300 KB and not a byte more', () => {
    const frame = mms([image(307_200), image(307_200), image(307_200), image(307_200)]);
    expect(frame).toHaveLength(MAX_DELIVER_FRAME_BYTES);
    const pieces = reader();
    let frames = 0;
    for (let at = 0; at < frame.length; at += 1000)
      frames += [...pieces.push(frame.subarray(at, at + 1000))].length;
    expect(frames).toBe(1);
    const over = mms([image(100)]);
    over.set(fromLatin1('307201'), FIRST_PART + DATA_SIZE);
    expect(() => [...reader().push(over)]).toThrow(expect.objectContaining({ reason: 'field-too-long' }));
  });

  it.each([
    ['no part', COUNT, '0', 'bad-count'],
    ['five parts', COUNT, '5', 'bad-count'],
    ['a count that is none', COUNT, 'x', 'field-not-a-number'],
    ['a size that is none', FIRST_PART + DATA_SIZE, '-4', 'field-not-a-number'],
    ['a size beyond every part', FIRST_PART + DATA_SIZE, '99999999', 'field-too-long'],
  ])('refuses %s as soon as it is there, and waits for nothing', (_name, at, text, reason) => {
    const lying = mms([image(100)]).slice(0, FIRST_PART + 50);
    lying.set(fromLatin1(text), at);
    expect(() => [...reader().push(lying)]).toThrow(expect.objectContaining({ reason }));
  });

  it('holds no more than what came while a promised part is missing', () => {
    const waiting = reader();
    const promised = mms([image(307_200)]).subarray(0, FIRST_PART + 60);
    expect([...waiting.push(promised)]).toEqual([]);
    expect(waiting.buffered).toBe(promised.length);
  });

  it('leaves an SMS of 281 bytes to its MSGLEN', () => {
    const sms = encodeDeliver(
      { deliverType: 'SMS', gubun: '3', msgId: '1', destAddr: '8613', callback: '02', text: 'a'.repeat(150) },
      { text: cp949, encode: '0' },
    );
    expect(sms).toHaveLength(8 + 281);
    expect([...reader().push(sms)].map((frame) => decodeFrame(frame, cp949).type)).toEqual([
      'deliverInternationalSms',
    ]);
  });

  it('is left to whoever receives DELIVER: a client keeps to MSGLEN and its small limit', () => {
    const client = new FrameReader({ header: headerReader(true), maxFrameBytes: MAX_FRAME_BYTES });
    const [first] = client.push(mms(twoParts, 'fixed').subarray(0, FIRST_PART));
    expect(first?.body).toHaveLength(281);
  });
});
