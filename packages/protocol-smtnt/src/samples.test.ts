import { describe, expect, it } from '@jest/globals';
import { decodeText } from '@pabal/wire';
import { Codec, type KnownPacket } from './codec.js';
import { portableCompression } from './compression.js';
import { createFrameReader, frame } from './frame.js';
import { isMethodName, type MethodTable, methods } from './methods.js';
import { readRows, writeRows } from './rows.js';
import { fromHex, joined, toHex, utf8 } from './testing/bytes.js';
import { turningCipher } from './testing/cipher.js';
import { damagedSamples, intactSamples, type Sample } from './testing/samples.js';

const CAP = 64 * 1024;
const codec = new Codec({ cipher: turningCipher });
const samples: readonly Sample[] = [
  ...intactSamples,
  ...damagedSamples.map((sample) => ({ ...sample, hex: sample.mend(sample.hex) })),
];
const named = samples.map((sample) => [`${sample.section} ${methodOf(sample.json)}`, sample] as const);

function methodOf(json: string): string {
  return JSON.parse(json).Header.Method;
}

function bytesOnWire(sample: Sample): Uint8Array {
  return joined(utf8(`Content-Length:${sample.contentLength}\r\n`), fromHex(sample.hex));
}

/** Reads the JSON by the method's table and writes it anew; an encrypted body can only be carried over. */
function rewritten(json: string): string {
  const { method, body } = codec.open(portableCompression.deflate(utf8(json)));
  if (!isMethodName(method)) throw new Error(`${method} has no table`);
  const header = `{"Header":{"Method":"${method}"}`;
  const table: MethodTable = methods[method];
  if (table.rows === undefined) return `${header}}`;
  const written = table.sealed
    ? JSON.stringify(body)
    : writeRows(table.rows, readRows(method, table.rows, body));
  return `${header},"Body":${written}}`;
}

describe('the frames of the specification', () => {
  it('are fifteen that are whole as printed, and two that lost or gained one digit', () => {
    expect(intactSamples).toHaveLength(15);
    expect(new Set(samples.map((sample) => sample.section)).size).toBe(17);
    for (const { hex, contentLength } of damagedSamples) expect(hex.length).not.toBe(contentLength * 2);
  });

  it.each(named)('%s has the length that its header line says', (_name, sample) => {
    expect(sample.hex).toHaveLength(sample.contentLength * 2);
  });

  it.each(named)('%s inflates to its JSON', (_name, sample) => {
    expect(decodeText(portableCompression.inflate(fromHex(sample.hex), CAP), 'utf-8')).toBe(sample.json);
  });

  it.each(named)('%s comes out of our own frame byte for byte', (_name, sample) => {
    expect(toHex(frame(portableCompression.deflate(utf8(sample.json))))).toBe(toHex(bytesOnWire(sample)));
  });

  it.each(named)('%s is read by its table and written again as the same JSON', (_name, sample) => {
    expect(rewritten(sample.json)).toBe(sample.json);
    if (sample.printed !== undefined) expect(rewritten(sample.printed)).toBe(sample.printed);
  });

  it.each(named)('%s is cut from the stream wherever it is split', (_name, sample) => {
    const bytes = bytesOnWire(sample);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const reader = createFrameReader();
      const bodies = [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))];
      expect(bodies.map((each) => toHex(each.body))).toEqual([sample.hex]);
    }
  });

  it('come out of one stream of single bytes in their order', () => {
    const reader = createFrameReader();
    const found: string[] = [];
    for (const byte of joined(...samples.map(bytesOnWire))) {
      for (const each of reader.push(Uint8Array.of(byte))) found.push(toHex(each.body));
    }
    expect(found).toEqual(samples.map((sample) => sample.hex));
  });
});

describe('packets written by hand from the specification', () => {
  const golden: readonly [string, KnownPacket, string][] = [
    ['AliveReq (3.3.4) has no body', { method: 'AliveReq', body: {} }, '{"Header":{"Method":"AliveReq"}}'],
    [
      'MsgSendRes (3.3.7) has numbers without quotes',
      {
        method: 'MsgSendRes',
        body: {
          UserData: '',
          Result: 903,
          MsgType: 6,
          PhoneNo: '01091874302',
          UserMsgSubId: '',
          UserMsgId: '80',
        },
      },
      '{"Header":{"Method":"MsgSendRes"},"Body":{"UserMsgId":"80","UserMsgSubId":"","PhoneNo":"01091874302","MsgType":6,"Result":903,"UserData":""}}',
    ],
    [
      'SpamRes (3.3.11) repeats what it answers',
      { method: 'SpamRes', body: { SpamId: '7', PhoneNo: '01000000000', DenyNo: '0800000000', Result: 0 } },
      '{"Header":{"Method":"SpamRes"},"Body":{"SpamId":"7","PhoneNo":"01000000000","DenyNo":"0800000000","Result":0}}',
    ],
    [
      'UploadFileFinishReq (3.3.17)',
      { method: 'UploadFileFinishReq', body: { FileName: 'a "b".jpg', FileSize: 1092 } },
      '{"Header":{"Method":"UploadFileFinishReq"},"Body":{"FileName":"a \\"b\\".jpg","FileSize":1092}}',
    ],
  ];

  it.each(golden)('%s', (_name, packet, json) => {
    expect(codec.json(packet)).toBe(json);
    expect(codec.decode(portableCompression.deflate(utf8(json)))).toEqual(packet);
  });
});
