/** What fits its field to the last byte is written; one byte or one character more is refused, in every field of every packet. */
import { describe, expect, it } from '@jest/globals';
import { FieldError, type Packet } from '@pabal/wire';
import fc from 'fast-check';
import { bind, bindAck } from './bind.js';
import { deliverAck } from './deliver-ack.js';
import { type DeliverInput, encodeDeliver } from './encode-deliver.js';
import { encodeFrame } from './header.js';
import { linkAck, linkCheck } from './link.js';
import { report, reportAck, reportAll } from './report.js';
import type { Encode } from './sealing.js';
import { cp949 } from './testing/golden.js';
import { goldenAes as cipher } from './testing/golden-aes.js';

/** How a value grows: by digits, by ASCII, by a mixture of both widths of its charset, by whole characters. */
type Growth = 'digits' | 'ascii' | 'cp949' | 'utf-8' | 'characters' | 'bytes';

interface Limit {
  readonly name: string;
  /** As the error names it. */
  readonly field: string;
  readonly most: number;
  readonly growth: Growth;
  write(value: string): Uint8Array;
}

const common = { msgId: '1', destAddr: '01012345678', callback: '0212345678' };
const text = { dataType: 't', text: '내용' } as const;
const image = { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', bytes: new Uint8Array(3) } as const;
const kakao = { ...common, senderKey: 'key', templateCode: 'T1', text: '안내' };
const talk = { ...common, gubun: 'r', senderKey: 'key', adFlag: 'N', kSubject: '', parts: [text] } as const;
const sms = { ...common, deliverType: 'SMS', gubun: '0', text: 'a' } as const;
const abroad = { ...sms, gubun: '3' } as const;
const lms = { ...common, deliverType: 'LMS', subject: '', text: 'a' } as const;
const mms = { ...common, deliverType: 'MMS', subject: '', parts: [text, image] } as const;
const kfi = { ...talk, deliverType: 'KFI' } as const;
const kfw = { ...talk, deliverType: 'KFW' } as const;
const kko = { ...kakao, deliverType: 'KKO', fallbackType: 'SMS', smsMsg: '' } as const;
const more = { gubun: 'r', buttons: '', extend: '' } as const;
const kkt = { ...kakao, ...more, deliverType: 'KKT' } as const;
const kkm = { ...kkt, deliverType: 'KKM' } as const;
const kft = { ...kkt, deliverType: 'KFT' } as const;

function given(
  input: DeliverInput,
  field: string,
  growth: Growth,
  most: number,
  encode: Encode = '0',
  change = (value: string): object => ({ [field]: value }),
): Limit {
  const write = (value: string) =>
    encodeDeliver({ ...input, ...change(value) }, { text: cp949, encode, cipher });
  const written = field === 'buttons' ? 'btnData' : field;
  return { name: `${input.deliverType} ${field}, ENCODE ${encode}`, field: written, most, growth, write };
}

/** Numbers and keys of one type, whose fields have these sizes; encrypted, a value must leave room for its growth. */
function numbers(input: DeliverInput, callback: number): Limit[] {
  return [
    given(input, 'msgId', 'digits', 20),
    given(input, 'destAddr', 'digits', 50),
    given(input, 'callback', 'digits', callback),
    given(input, 'destAddr', 'digits', 31, '1'),
    given(input, 'callback', 'digits', callback === 40 ? 15 : 31, '1'),
  ];
}

const keys = (input: DeliverInput): Limit[] => [
  given(input, 'senderKey', 'ascii', 100),
  given(input, 'senderKey', 'ascii', 63, '2'),
];
const template = (input: DeliverInput): Limit[] => [
  given(input, 'templateCode', 'ascii', 50),
  given(input, 'templateCode', 'ascii', 31, '9'),
];
const partText = (value: string) => ({ parts: [{ dataType: 't', text: value }] });
const partFile = (value: object) => ({ parts: [{ ...image, ...value }] });

const delivers: readonly Limit[] = [
  ...[sms, abroad, lms, mms].flatMap((input) => [
    ...numbers(input, 40),
    given(input, 'reseller', 'ascii', 10),
  ]),
  ...[kfi, kfw, kko, kkt, kkm, kft].flatMap((input) => [...numbers(input, 50), ...keys(input)]),
  ...[kko, kkt, kkm, kft].flatMap(template),
  given(sms, 'text', 'cp949', 90),
  given(sms, 'text', 'cp949', 90, '9'),
  given({ ...sms, gubun: '1' }, 'text', 'cp949', 90),
  given(abroad, 'text', 'utf-8', 299),
  given(abroad, 'text', 'utf-8', 222, '9'),
  ...[lms, mms].flatMap((input) => [
    given(input, 'subject', 'cp949', 50),
    given(input, 'subject', 'cp949', 50, '2'),
  ]),
  given(lms, 'text', 'cp949', 2000),
  given(lms, 'text', 'cp949', 2000, '9'),
  given(mms, 'text', 'cp949', 2000, '0', partText),
  given(mms, 'text', 'cp949', 2000, '9', partText),
  given(mms, 'fileName', 'ascii', 20, '0', (fileName) => partFile({ fileName })),
  given(mms, 'fileKey', 'ascii', 11, '0', (fileKey) => partFile({ fileKey })),
  given(mms, 'data', 'bytes', 307_200, '0', (value) => partFile({ bytes: new Uint8Array(value.length) })),
  ...[kfi, kfw].flatMap((input) => [
    given(input, 'kSubject', 'cp949', 21),
    given(input, 'text', 'characters', 1000, '0', partText),
  ]),
  given(kko, 'smsMsg', 'cp949', 90),
  ...[kko, kkt, kkm, kft].flatMap((input) => [
    given(input, 'text', 'characters', 1000),
    given(input, 'text', 'characters', 1000, '9'),
  ]),
  ...[kkt, kkm, kft].flatMap((input) => [
    given(input, 'buttons', 'cp949', 3000),
    given(input, 'extend', 'cp949', 3000),
  ]),
];

const necessary = {
  result: '0',
  deliverType: 'SMS',
  rtnType: 'SMS',
  msgId: '1',
  deliverTime: '20251122103000',
  netId: 'SKT',
};
const reported = { result: 5, deliverType: 4, rtnType: 4, msgId: 20, deliverTime: 15, netId: 6 };
const login = { encode: '0', lineType: 'S', userId: '', agentId: '', userPwd: '', report: 'M', info: '' };
const rates = { tpsSms: 0, tpsLms: 0, tpsMms: 0, tpsKko: 0, tpsKkf: 0 };
const rate = Object.fromEntries(Object.keys(rates).map((name) => [name, 5]));

/** Packets without sections of their own: their table, values, and the sizes of their fields. */
const others: readonly Limit[] = (
  [
    [
      'BIND',
      bind,
      login,
      { encode: 1, lineType: 1, userId: 20, agentId: 6, userPwd: 50, report: 1, info: 21 },
    ],
    ['BIND_ACK', bindAck, { result: '0', ...rates }, { result: 5, ...rate }],
    [
      'DELIVER_ACK',
      deliverAck,
      { result: '0', deliverType: 'SMS', msgId: '1', msgMsec: 0, destAddr: '' },
      { result: 5, deliverType: 4, msgId: 20, msgMsec: 7, destAddr: 50 },
    ],
    ['REPORT', report, necessary, reported],
    [
      'REPORT',
      reportAll,
      { ...necessary, userId: '', sid: '', destAddr: '', billId: '' },
      { ...reported, userId: 20, sid: 6, destAddr: 20, billId: 7 },
    ],
    ['REPORT_ACK', reportAck, { msgId: '1' }, { msgId: 20 }],
    ['LINK_CHECK', linkCheck, { code: 'S' }, { code: 1 }],
    ['LINK_ACK', linkAck, { result: '0' }, { result: 5 }],
  ] as const
).flatMap(([type, table, values, sizes]) =>
  Object.entries(sizes).map(([field, most]) => {
    const before: unknown = (values as Record<string, unknown>)[field];
    const isOneOf = typeof before === 'string' && most === 1;
    return {
      name: `${type} ${field}`,
      field,
      most,
      growth: field === 'msgId' || typeof before === 'number' ? 'digits' : 'ascii',
      write(value: string) {
        const held =
          typeof before === 'number' ? Number(value) : isOneOf && value.length === 1 ? before : value;
        return encodeFrame(type, table as Packet, { ...values, [field]: held }, cp949);
      },
    } satisfies Limit;
  }),
);

/** A value of exactly so many bytes or characters, with as many wide ones among them as chance says. */
function valueWith(growth: Growth, size: number, share: number): string {
  const wide = Math.floor(share * size);
  switch (growth) {
    case 'digits':
      return '9'.repeat(size);
    case 'ascii':
    case 'bytes':
      return 'a'.repeat(size);
    case 'cp949':
      return '뷁'.repeat(Math.floor(wide / 2)) + 'a'.repeat(size - 2 * Math.floor(wide / 2));
    case 'utf-8':
      return '가'.repeat(Math.floor(wide / 3)) + 'a'.repeat(size - 3 * Math.floor(wide / 3));
    case 'characters':
      return '가'.repeat(wide) + 'a'.repeat(size - wide);
    default:
      return growth satisfies never;
  }
}

const WIDE: Readonly<Record<Growth, readonly string[]>> = {
  digits: ['9'],
  ascii: ['a'],
  bytes: ['a'],
  cp949: ['a', '가'],
  'utf-8': ['a', 'é', '가', '😀'],
  characters: ['a', '가'],
};

function refused(write: () => Uint8Array): unknown {
  try {
    return `${write().length} bytes were written`;
  } catch (error) {
    return error;
  }
}

describe.each([...delivers, ...others])('$name', ({ field, growth, most, write }) => {
  it(`holds ${most} and refuses more, whatever the value is made of`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...WIDE[growth]),
        (share, one) => {
          const full = valueWith(growth, most, share);
          const fits = write(full).length;
          expect(fits).toBeGreaterThan(8);
          const error = refused(() => write(full + one));
          expect(error).toBeInstanceOf(FieldError);
          expect(error).toMatchObject({ code: 'field', field });
        },
      ),
      { numRuns: growth === 'bytes' ? 1 : 8 },
    );
  });
});

it('has a limit for every field that a caller gives', () => {
  expect(new Set(delivers.map(({ field }) => field))).toEqual(
    new Set(
      ['msgId', 'destAddr', 'callback', 'reseller', 'text', 'subject', 'fileName', 'fileKey', 'data'].concat([
        ...['senderKey', 'kSubject', 'templateCode', 'smsMsg', 'btnData', 'extend'],
      ]),
    ),
  );
});
