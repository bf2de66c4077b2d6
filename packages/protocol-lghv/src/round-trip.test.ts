/** What is written is read again as it was: every packet, every DELIVER under every ENCODE. */
import { describe, expect, it } from '@jest/globals';
import { type FieldTable, FrameReader, type Packet, type TextOptions } from '@pabal/wire';
import fc from 'fast-check';
import { bind, bindAck } from './bind.js';
import { decodeFrame, type LghvPacket } from './decode.js';
import { deliverAck } from './deliver-ack.js';
import { deliverHeaderReader, MAX_DELIVER_FRAME_BYTES } from './deliver-header-reader.js';
import { partInput } from './deliver-parts.js';
import { type DeliverInput, encodeDeliver } from './encode-deliver.js';
import { explainCapture } from './explain.js';
import { encodeFrame } from './header.js';
import { linkAck, linkCheck } from './link.js';
import { openDeliver } from './open-deliver.js';
import type { PartInput } from './part-input.js';
import { report, reportAck, reportAll } from './report.js';
import type { Encode } from './sealing.js';
import { turningCipher as cipher } from './testing/turning-cipher.js';

const text: TextOptions = { charset: 'cp949', unmappable: 'reject' };

const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
const ascii = (most: number, least = 0) =>
  fc.string({ unit: fc.constantFrom('A', 'z', '0', '-', ' ', '~'), minLength: least, maxLength: most });
const korean = (most: number, least = 0) =>
  fc.string({
    unit: fc.constantFrom('가', '힣', '뷁', 'A', ' ', '~', '№'),
    minLength: least,
    maxLength: most,
  });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });

const common = { msgId: digits(20), destAddr: digits(15), callback: digits(15) };
const reseller = fc.constantFrom('', '123456789');
const push = fc.constantFrom('r' as const, 'u' as const, 'p' as const);
const key = ascii(31, 1);
const file = { fileName: ascii(16, 1).map((name) => `${name}.mmf`), fileKey: ascii(11) };
const image = fc.record({ dataType: fc.constant('i' as const), ...file, bytes });
const sound = fc.record({ dataType: fc.constant('e' as const), ...file, bytes });
const kept = fc.record({
  dataType: fc.constant('i' as const),
  fileName: ascii(20, 1),
  fileKey: ascii(11, 1),
  fileSize: fc.integer({ min: 1, max: 307_200 }),
});
const textPart = fc.record({ dataType: fc.constant('t' as const), text: korean(60, 1) });
const button = fc.record({ dataType: fc.constant('z' as const), text: korean(60, 1) });
const partsOf = (...parts: fc.Arbitrary<PartInput>[]) =>
  fc
    .tuple(fc.oneof(textPart, image), fc.array(fc.oneof(...parts), { maxLength: 3 }))
    .map(([a, b]) => [a, ...b]);

const input: fc.Arbitrary<DeliverInput> = fc.oneof(
  fc.record({
    deliverType: fc.constant('SMS' as const),
    ...common,
    gubun: fc.constantFrom('0' as const, '1' as const, '3' as const),
    reseller,
    text: korean(45, 1),
  }),
  fc.record({
    deliverType: fc.constant('LMS' as const),
    ...common,
    reseller,
    subject: korean(25),
    text: korean(200, 1),
  }),
  fc.record({
    deliverType: fc.constant('MMS' as const),
    ...common,
    reseller,
    subject: korean(25),
    parts: partsOf(textPart, image, sound, kept),
  }),
  fc.record({
    deliverType: fc.constantFrom('KFI' as const, 'KFW' as const),
    ...common,
    gubun: push,
    senderKey: key,
    adFlag: fc.constantFrom('Y' as const, 'N' as const),
    kSubject: korean(10),
    parts: partsOf(textPart, image, kept, button),
  }),
  fc.record({
    deliverType: fc.constant('KKO' as const),
    ...common,
    senderKey: key,
    templateCode: key,
    fallbackType: fc.constantFrom('NON' as const, 'SMS' as const, 'LMS' as const),
    smsMsg: korean(45),
    text: korean(200, 1),
  }),
  fc.record({
    deliverType: fc.constantFrom('KKT' as const, 'KKM' as const, 'KFT' as const),
    ...common,
    gubun: push,
    senderKey: key,
    templateCode: key,
    text: korean(200, 1),
    buttons: korean(100),
    extend: korean(100),
  }),
);

function frameOf(frame: Uint8Array) {
  const reader = new FrameReader({
    header: deliverHeaderReader(true),
    maxFrameBytes: MAX_DELIVER_FRAME_BYTES,
  });
  const [only] = reader.push(frame);
  if (!only) throw new Error('no frame');
  expect(reader.buffered).toBe(0);
  return only;
}

/** A decoded DELIVER in the words in which it was given. */
function reopened(packet: LghvPacket): Record<string, unknown> {
  switch (packet.type) {
    case 'deliverSms':
    case 'deliverInternationalSms':
      return openDeliver({ deliverType: 'SMS', ...packet.values }, cipher, text);
    case 'deliverLms':
      return openDeliver({ deliverType: 'LMS', ...packet.values }, cipher, text);
    case 'deliverMms': {
      const opened = openDeliver({ deliverType: 'MMS', ...packet.values }, cipher, text);
      return { ...opened, parts: opened.parts.map((part) => partInput(part, text)) };
    }
    case 'deliverKakaoImage': {
      const opened = openDeliver(packet.values, cipher, text);
      return { ...opened, parts: opened.parts.map((part) => partInput(part, text)) };
    }
    case 'deliverKko':
      return openDeliver({ deliverType: 'KKO', ...packet.values }, cipher, text);
    case 'deliverKakao': {
      const { btnData, ...opened } = openDeliver(packet.values, cipher, text);
      return { ...opened, buttons: btnData };
    }
    default:
      throw new Error(packet.type);
  }
}

describe('a DELIVER of any type', () => {
  const encode = fc.constantFrom<Encode>('0', '1', '2', '9');
  const mmsLength = fc.constantFrom('fixed' as const, 'total' as const);

  it('comes back as it was, under every ENCODE and in both ways of its length', () => {
    fc.assert(
      fc.property(input, encode, mmsLength, (message, encode, mmsLength) => {
        const frame = encodeDeliver(message, { text, encode, cipher, mmsLength });
        expect(reopened(decodeFrame(frameOf(frame), text))).toMatchObject(message);
      }),
      { numRuns: 400 },
    );
  });

  it('is explained whole and without a note', () => {
    fc.assert(
      fc.property(input, encode, (message, encode) => {
        const frame = encodeDeliver(message, { text, encode, cipher });
        const [explained, ...others] = explainCapture(frame, { text, cipher });
        expect(others).toEqual([]);
        expect(explained).toMatchObject({ title: `DELIVER ${message.deliverType}`, size: frame.length });
        expect(explained?.problem).toBeUndefined();
        expect(explained?.fields.filter((field) => field.note !== undefined)).toEqual([]);
      }),
    );
  });
});

describe('every other packet', () => {
  const rate = fc.integer({ min: 0, max: 99_999 });
  const necessary = {
    result: digits(5),
    deliverType: fc.constantFrom('SMS', 'KKT'),
    rtnType: fc.constantFrom('SMS', 'KKF'),
    msgId: digits(20),
    deliverTime: digits(14),
    netId: fc.constantFrom('SKT', 'KTF', 'LGT', 'ETC', ''),
  };
  const packets: [
    LghvPacket['type'],
    Parameters<typeof encodeFrame>[0],
    FieldTable,
    fc.Arbitrary<Record<string, unknown>>,
  ][] = [
    [
      'bind',
      'BIND',
      bind,
      fc.record({
        encode: fc.constantFrom('0', '1'),
        lineType: fc.constantFrom('S', 'R'),
        userId: ascii(20),
        agentId: ascii(6),
        userPwd: ascii(50),
        report: fc.constantFrom('A', 'M'),
        info: ascii(21),
      }),
    ],
    [
      'bindAck',
      'BIND_ACK',
      bindAck,
      fc.record({ result: ascii(5), tpsSms: rate, tpsLms: rate, tpsMms: rate, tpsKko: rate, tpsKkf: rate }),
    ],
    [
      'deliverAck',
      'DELIVER_ACK',
      deliverAck,
      fc.record({
        result: digits(5),
        deliverType: fc.constantFrom('SMS', 'KFW'),
        msgId: digits(20),
        msgMsec: fc.integer({ min: 0, max: 9_999_999 }),
        destAddr: ascii(50),
      }),
    ],
    ['report', 'REPORT', report, fc.record(necessary)],
    [
      'reportAll',
      'REPORT',
      reportAll,
      fc.record({ ...necessary, userId: ascii(20), sid: ascii(6), destAddr: digits(20), billId: ascii(7) }),
    ],
    ['reportAck', 'REPORT_ACK', reportAck, fc.record({ msgId: digits(20) })],
    ['linkCheck', 'LINK_CHECK', linkCheck, fc.record({ code: fc.constantFrom('S', 'R') })],
    ['linkAck', 'LINK_ACK', linkAck, fc.record({ result: digits(5) })],
  ];

  it.each(packets)('comes back as it was: %s', (type, name, table, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (values) => {
        const frame = encodeFrame(name, table as Packet, values, text);
        expect(decodeFrame(frameOf(frame), text)).toEqual({ type, values });
      }),
    );
  });
});
