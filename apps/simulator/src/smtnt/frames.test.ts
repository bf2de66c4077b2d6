import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { encodeFrame, type FrameEvent, FrameReader, inflatePayload } from './frames.js';

/** The ReportRes of SMTNT 3.3.9 was printed with scan errors, the MsgSendRes of 3.3.7 whole: 121 bytes of zlib. */
const SAMPLE = Buffer.from(
  '78DAAB56F2484D4C492D52B2AA56F24D2DC9C84F51B252F22D4E0F4ECD4B094A2D5' +
    '6AAD55172CA4FA904498716A71601653C412A2C0C94746002C1A5496031A04840467' +
    'E5EAA5F3E90636068606968616E626C60041407AA0AA92C4855B232D151029A5A9A5' +
    '3A264650031C025B12411A4B9B61600CCF829ED',
  'hex',
);
const SAMPLE_JSON =
  '{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"80","UserMsgSubId":"",' +
  '"PhoneNo":"01091874302","MsgType":4,"Result":0,"UserData":""}}';

const packet = Buffer.concat([Buffer.from('Content-Length:121\r\n'), SAMPLE]);
const read = (...chunks: Buffer[]): FrameEvent[] => {
  const reader = new FrameReader({ maxFrameBytes: 1000 });
  return chunks.flatMap((chunk) => reader.push(chunk));
};
const breachOf = (text: string) => {
  const [event] = read(Buffer.from(text, 'latin1'));
  return event?.kind === 'breach' ? event.breach : undefined;
};

describe('SMTNT frames', () => {
  it('reads the packet of the specification and its JSON', () => {
    const [event] = read(packet);
    if (event?.kind !== 'frame') throw new Error('no frame');
    expect(inflatePayload(event.payload, 1000)).toEqual({
      kind: 'bytes',
      bytes: Buffer.from(SAMPLE_JSON),
      breaches: [],
    });
  });

  it('reads two packets however they are cut in two, and byte by byte', () => {
    const both = Buffer.concat([packet, packet]);
    const expected = [SAMPLE, SAMPLE].map((payload) => ({
      kind: 'frame',
      payload,
      raw: Buffer.concat([Buffer.from(`Content-Length:${payload.length}\r\n`), payload]),
    }));
    for (let at = 0; at <= both.length; at++) {
      expect(read(both.subarray(0, at), both.subarray(at))).toEqual(expected);
    }
    expect(read(...Array.from(both, (byte) => Buffer.of(byte)))).toEqual(expected);
  });

  it.each([
    ['another letter case', 'content-length:10\r\n', 'byte 0 of the header is 0x63'],
    ['a space', 'Content-Length: 10\r\n', 'byte 15 of the header is 0x20'],
    ['no digits', 'Content-Length:\r\n', 'byte 15 of the header is 0x0d'],
    ['a leading zero', 'Content-Length:010\r\n', 'the length begins with a zero'],
    ['a bare line feed', 'Content-Length:10\n', 'byte 17 of the header is 0x0a'],
    ['a bare carriage return', 'Content-Length:10\rx', 'byte 18 of the header is 0x78'],
    ['bytes of another protocol', 'd100', 'byte 0 of the header is 0x64'],
  ])('refuses a header with %s at its first wrong byte', (_, text, detail) => {
    expect(breachOf(text)).toEqual({ rule: 'frame-header', detail });
  });

  it('refuses a length over the cap before its bytes come, and a length of 0', () => {
    expect(breachOf('Content-Length:1001')).toMatchObject({ rule: 'frame-size' });
    expect(breachOf('Content-Length:1000')).toBeUndefined();
    expect(breachOf('Content-Length:0\r\n')).toMatchObject({ rule: 'frame-header' });
  });

  it('reads nothing after a breach', () => {
    expect(read(Buffer.from('x'), packet)).toHaveLength(1);
  });

  it('tells an inflated size over the cap from a stream that is broken or cut short', () => {
    const large = deflateSync(Buffer.alloc(1001));
    expect(inflatePayload(large, 1001)).toMatchObject({ kind: 'bytes' });
    expect(inflatePayload(large, 1000)).toMatchObject({ breach: { rule: 'inflated-size' } });
    expect(inflatePayload(SAMPLE.subarray(0, 100), 1000)).toMatchObject({ breach: { rule: 'frame-zlib' } });
  });

  it('writes the length of the compressed bytes and compact JSON', () => {
    const bytes = encodeFrame(JSON.parse(SAMPLE_JSON));
    const payload = bytes.subarray(bytes.indexOf('\r\n') + 2);
    expect(bytes.toString('latin1', 0, bytes.indexOf('\r\n'))).toBe(`Content-Length:${payload.length}`);
    expect(inflateSync(payload).toString()).toBe(SAMPLE_JSON);
  });
});
