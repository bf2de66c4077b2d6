import { describe, expect, it } from '@jest/globals';
import { FrameReader, fromHex, ProtocolError } from '@pabal/wire';
import { encodeBind } from './bind.js';
import { decodeFrame, type LghvPacket } from './decode.js';
import { deliverHeaderReader, MAX_DELIVER_FRAME_BYTES } from './deliver-header-reader.js';
import { encodeDeliver } from './encode-deliver.js';
import { encodeLinkCheck } from './link.js';
import { encodeReportAck } from './report.js';

const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;
const RUNS = 3000;
/** This package knows no Node; its tests run on it all the same. */
const environment = (globalThis as { process?: { env: { PABAL_FUZZ_SEED?: string } } }).process?.env;

/** Small and reproducible (mulberry32): a failure is run again by its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sms = {
  deliverType: 'SMS',
  msgId: '7',
  gubun: '0',
  destAddr: '01012345678',
  callback: '0212345678',
  text: '안녕하세요',
} as const;
const common = { msgId: '7', destAddr: '01012345678', callback: '0212345678' } as const;
const parts = [
  { dataType: 't', text: '내용' },
  { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', bytes: new Uint8Array(40) },
] as const;
const kakao = { ...common, senderKey: 'key', templateCode: 'T1', text: '안내' } as const;
const intact: readonly Uint8Array[] = [
  encodeBind({ lineType: 'S', userId: 'demo', agentId: 'S1', password: 'pw', report: 'M', encode: '0' }),
  encodeDeliver(sms, { text: cp949, encode: '0' }),
  encodeDeliver({ ...sms, gubun: '3' }, { text: cp949, encode: '0' }),
  encodeDeliver({ ...sms, deliverType: 'LMS', subject: '제목' }, { text: cp949, encode: '0' }),
  encodeDeliver({ ...common, deliverType: 'MMS', subject: '', parts }, { text: cp949, encode: '0' }),
  encodeDeliver(
    { ...common, deliverType: 'KFI', gubun: 'r', senderKey: 'key', adFlag: 'Y', kSubject: '', parts },
    { text: cp949, encode: '0', mmsLength: 'total' },
  ),
  encodeDeliver(
    { ...kakao, deliverType: 'KKO', fallbackType: 'NON', smsMsg: '' },
    { text: cp949, encode: '0' },
  ),
  encodeDeliver(
    { ...kakao, deliverType: 'KKT', gubun: 'p', buttons: '"button":[]', extend: '{}' },
    { text: cp949, encode: '0' },
  ),
  encodeReportAck('7'),
  encodeLinkCheck('S'),
  fromHex(`42 34300000 00feff ${'30'.repeat(40)}`),
  fromHex(`44 39320000 00feff ${'31'.repeat(92)}`),
  fromHex(`72 35340000 00feff ${'32'.repeat(54)}`),
  fromHex(`72 31303800 00feff ${'33'.repeat(108)}`),
];

/** What a stream of these bytes comes to: packets, and the error that ended it, if any. */
function outcome(bytes: Uint8Array): (LghvPacket | ProtocolError)[] {
  const found: (LghvPacket | ProtocolError)[] = [];
  const reader = new FrameReader({
    header: deliverHeaderReader(false),
    maxFrameBytes: MAX_DELIVER_FRAME_BYTES,
  });
  try {
    for (const frame of reader.push(bytes)) {
      try {
        found.push(decodeFrame(frame, cp949));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        found.push(error);
      }
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    found.push(error);
  }
  return found;
}

describe('hostile bytes', () => {
  const seed = Number(environment?.PABAL_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

  it(`give a packet, an unrecognised one or a ProtocolError, and nothing else (PABAL_FUZZ_SEED=${seed})`, () => {
    const next = random(seed);
    const below = (limit: number) => Math.floor(next() * limit);
    const seen = { packets: 0, unrecognised: 0, errors: 0 };
    for (let run = 0; run < RUNS; run++) {
      const bytes = run % 4 === 0 ? noise() : mutant();
      for (const result of outcome(bytes)) {
        if (result instanceof ProtocolError) seen.errors++;
        else if (result.type === 'unrecognised') seen.unrecognised++;
        else seen.packets++;
      }
    }
    expect(Object.values(seen).every((count) => count > 0)).toBe(true);

    function noise(): Uint8Array {
      return Uint8Array.from({ length: below(400) }, () => below(256));
    }

    function mutant(): Uint8Array {
      const frame = (intact[below(intact.length)] ?? new Uint8Array()).slice();
      for (let change = below(6); change > 0; change--) frame[below(frame.length)] = below(256);
      return next() < 0.2 ? frame.subarray(0, below(frame.length + 1)) : frame;
    }
  });

  it('of an unknown type are named, never taken for something else', () => {
    expect(outcome(fromHex('78 31000000 00feff 00'))).toEqual([{ type: 'unrecognised', code: 'x' }]);
    expect(outcome(fromHex('0a 31000000 00feff 00'))).toEqual([{ type: 'unrecognised', code: '?' }]);
    expect(outcome(fromHex(`64 33300000 00feff 30 584d5300 ${'30'.repeat(25)}`))).toEqual([
      { type: 'unrecognised', code: 'd XMS' },
    ]);
  });

  it('that are too few for their type are a ProtocolError', () => {
    expect(outcome(fromHex('64 31000000 00feff 30'))).toEqual([
      expect.objectContaining({ reason: 'body-too-short' }),
    ]);
    expect(outcome(fromHex(`72 35350000 00feff ${'30'.repeat(55)}`))).toEqual([
      expect.objectContaining({ reason: 'body-too-short' }),
    ]);
  });
});
