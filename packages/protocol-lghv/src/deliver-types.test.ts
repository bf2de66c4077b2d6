import { describe, expect, it } from '@jest/globals';
import { FieldError, FrameReader } from '@pabal/wire';
import { bind, bindAck } from './bind.js';
import { contentsTypeOf } from './contents-type.js';
import { decodeFrame } from './decode.js';
import { deliverAck } from './deliver-ack.js';
import { deliverHeaderReader, MAX_DELIVER_FRAME_BYTES } from './deliver-header-reader.js';
import { deliverKakao, deliverKko } from './deliver-kakao.js';
import { deliverLms } from './deliver-lms.js';
import { deliverKakaoImage, deliverMms } from './deliver-mms.js';
import { deliverPart } from './deliver-parts.js';
import { deliverInternationalSms, deliverSms } from './deliver-sms.js';
import { type DeliverInput, encodeDeliver } from './encode-deliver.js';
import { linkAck, linkCheck } from './link.js';
import type { PartInput } from './part-input.js';
import { report, reportAck, reportAll } from './report.js';
import type { DeliverOptions, Encode } from './sealing.js';
import { turningCipher as cipher } from './testing/turning-cipher.js';

const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;
const plain: DeliverOptions = { text: cp949, encode: '0' };
const sealed = (encode: Encode): DeliverOptions => ({ text: cp949, encode, cipher });

const common = { msgId: '1', destAddr: '01012345678', callback: '0212345678' } as const;
const textPart: PartInput = { dataType: 't', text: '내용' };
const image: PartInput = { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', bytes: new Uint8Array(3) };
const kept = { dataType: 'i', fileName: 'a.jpg', fileKey: 'k1', fileSize: 3 } as const satisfies PartInput;
const sound: PartInput = { dataType: 'e', fileName: 'a.mmf', fileKey: '', bytes: new Uint8Array(3) };
const film: PartInput = { ...sound, fileName: 'a.k3g' };
const buttons: PartInput = { dataType: 'z', text: '"button":[]' };
const mms = { ...common, deliverType: 'MMS', subject: '', parts: [textPart, image] } as const;
const kfi = {
  ...common,
  deliverType: 'KFI',
  gubun: 'r',
  senderKey: 'key',
  adFlag: 'N',
  kSubject: '',
  parts: [textPart, image],
} as const;
const kko = {
  ...common,
  deliverType: 'KKO',
  senderKey: 'key',
  templateCode: 'T1',
  fallbackType: 'NON',
  smsMsg: '',
  text: '안내',
} as const;
const kkt = {
  ...common,
  deliverType: 'KKT',
  gubun: 'r',
  senderKey: 'key',
  templateCode: 'T1',
  text: '안내',
  buttons: '',
  extend: '',
} as const;
const max = (field: string, limit: number, actual: number) =>
  new FieldError(field, 'max-bytes', limit, actual);

describe('the tables', () => {
  it.each([
    [bind, 100],
    [bindAck, 40],
    [deliverSms, 130],
    [deliverInternationalSms, 130],
    [deliverLms, 280],
    [deliverMms, 281],
    [deliverKakaoImage, 281],
    [deliverPart, 50],
    [deliverKko, 375],
    [deliverKakao, 292],
    [deliverAck, 92],
    [report, 54],
    [reportAll, 108],
    [reportAck, 32],
    [linkCheck, 1],
    [linkAck, 5],
  ])('have the size of the specification beside what varies: $name', (table, bytes) => {
    expect(table.fixedSize).toBe(bytes);
  });

  it('keep the places of every DELIVER where all of them begin alike', () => {
    for (const table of [deliverSms, deliverLms, deliverMms, deliverKakaoImage, deliverKko, deliverKakao]) {
      const begin = table.layout.slice(0, 7).map(({ name, offset }) => `${name} ${offset}`);
      expect(begin).toEqual([
        'encode 0',
        'deliverType 1',
        'msgId 5',
        'gubun 25',
        'contentsType 26',
        'destAddr 30',
        'callback 80',
      ]);
    }
  });
});

/** Fields that say nothing of a person and open no door. Any other is masked or hidden wherever a packet is shown. */
const HARMLESS: ReadonlySet<string> = new Set(
  (
    'encode lineType userId agentId report info result tpsSms tpsLms tpsMms tpsKko tpsKkf temp1 temp2 deliverType ' +
    'msgId gubun contentsType reseller templateCode fallbackType textSize buttonSize extendSize adFlag reserved ' +
    'dataCnt parts dataType fileName fileKey dataSize fileSize msgMsec rtnType deliverTime netId sid billId code'
  ).split(' '),
);

it.each([
  ...[
    bind,
    bindAck,
    deliverSms,
    deliverInternationalSms,
    deliverLms,
    deliverMms,
    deliverKakaoImage,
    deliverPart,
  ],
  ...[deliverKko, deliverKakao, deliverAck, report, reportAll, reportAck, linkCheck, linkAck],
])('$name shows no number, text, key or password', ({ rows }) => {
  const shown = rows.filter(({ masking }) => masking === 'open').map(({ name }) => name);
  expect(shown.filter((name) => !HARMLESS.has(name))).toEqual([]);
});

describe('a message of parts or of Kakao that has no place', () => {
  it.each<[string, DeliverInput, FieldError]>([
    ['MMS subject', { ...mms, subject: '가'.repeat(26) }, max('subject', 50, 52)],
    ['MMS text', { ...mms, parts: [{ dataType: 't', text: 'a'.repeat(2001) }] }, max('text', 2000, 2001)],
    [
      'MMS texts together',
      { ...mms, parts: [textPart, { dataType: 't', text: 'a'.repeat(1997) }] },
      max('text', 2000, 2001),
    ],
    [
      'empty text',
      { ...mms, parts: [{ dataType: 't', text: '' }] },
      new FieldError('text', 'min-bytes', 1, 0),
    ],
    [
      'text with a NUL',
      { ...mms, parts: [{ dataType: 't', text: 'a\0' }] },
      new FieldError('text', 'no-nul', 'no NUL character', 'one at index 1'),
    ],
    ['no part', { ...mms, parts: [] }, new FieldError('parts', 'min-count', 1, 0)],
    ['five parts', { ...mms, parts: Array(5).fill(image) }, new FieldError('parts', 'max-count', 4, 5)],
    [
      'buttons in an MMS',
      { ...mms, parts: [textPart, buttons] },
      new FieldError('dataType', 'one-of', 't, i, e', 'z'),
    ],
    [
      'a large image',
      { ...mms, parts: [{ ...image, bytes: new Uint8Array(307_201) }] },
      max('data', 307_200, 307_201),
    ],
    [
      'an empty image',
      { ...mms, parts: [{ ...image, bytes: new Uint8Array() }] },
      new FieldError('data', 'min-bytes', 1, 0),
    ],
    ['a long key', { ...mms, parts: [{ ...kept, fileKey: '123456789012' }] }, max('fileKey', 11, 12)],
    ['no key', { ...mms, parts: [{ ...kept, fileKey: '' }] }, new FieldError('fileKey', 'min-bytes', 1, 0)],
    [
      'a long name',
      { ...mms, parts: [{ ...kept, fileName: `${'a'.repeat(17)}.jpg` }] },
      max('fileName', 20, 21),
    ],
    [
      'no name',
      { ...mms, parts: [{ ...kept, fileName: '' }] },
      new FieldError('fileName', 'min-bytes', 1, 0),
    ],
    [
      'a kept image too large',
      { ...mms, parts: [{ ...kept, fileSize: 307_201 }] },
      new FieldError('fileSize', 'max-value', 307_200, 307_201),
    ],
    [
      'a kept image of no size',
      { ...mms, parts: [{ ...kept, fileSize: 0 }] },
      new FieldError('fileSize', 'whole-number', 'from 1', 'another value'),
    ],
    [
      'another contents type',
      { ...mms, contentsType: 'IMG' },
      new FieldError('contentsType', 'matches-parts', 'IMT', 'IMG'),
    ],
    ['MMS callback', { ...mms, callback: '1'.repeat(41) }, max('callback', 40, 41)],
    ['KFI callback', { ...kfi, callback: '1'.repeat(51) }, max('callback', 50, 51)],
    ['KFI subject', { ...kfi, kSubject: '가'.repeat(11) }, max('kSubject', 21, 22)],
    ['KFI sender key', { ...kfi, senderKey: 'k'.repeat(101) }, max('senderKey', 100, 101)],
    ['KFI without a sender key', { ...kfi, senderKey: '' }, new FieldError('senderKey', 'min-bytes', 1, 0)],
    [
      'KFW text',
      { ...kfi, deliverType: 'KFW', parts: [{ dataType: 't', text: '가'.repeat(1001) }, image] },
      new FieldError('text', 'max-characters', 1000, 1001),
    ],
    ['KKO text', { ...kko, text: 'a'.repeat(1001) }, new FieldError('text', 'max-characters', 1000, 1001)],
    ['KKO without a text', { ...kko, text: '' }, new FieldError('text', 'min-bytes', 1, 0)],
    ['KKO fallback text', { ...kko, smsMsg: '가'.repeat(46) }, max('smsMsg', 90, 92)],
    [
      'KKO without a template',
      { ...kko, templateCode: '' },
      new FieldError('templateCode', 'min-bytes', 1, 0),
    ],
    [
      'KKT without a template',
      { ...kkt, templateCode: '' },
      new FieldError('templateCode', 'min-bytes', 1, 0),
    ],
    ['KKT template', { ...kkt, templateCode: 'T'.repeat(51) }, max('templateCode', 50, 51)],
    ['KKT text', { ...kkt, text: '가'.repeat(1001) }, new FieldError('text', 'max-characters', 1000, 1001)],
    ['KKM buttons', { ...kkt, deliverType: 'KKM', buttons: 'b'.repeat(3001) }, max('btnData', 3000, 3001)],
    ['KFT extend', { ...kkt, deliverType: 'KFT', extend: 'e'.repeat(3001) }, max('extend', 3000, 3001)],
    [
      'KKT number',
      { ...kkt, destAddr: '+8210' },
      new FieldError('destAddr', 'digits', 'digits only', 'other characters'),
    ],
  ])('is refused by field, limit and what was found: %s', (_name, input, error) => {
    expect(() => encodeDeliver(input, plain)).toThrow(error);
  });

  it.each<[string, DeliverInput, Encode, FieldError]>([
    // 64 characters are five blocks with their padding: 108 characters of Base64. 32 are three: 64.
    ['KFI', { ...kfi, senderKey: 'k'.repeat(64) }, '2', max('senderKey', 100, 108)],
    ['KKO', { ...kko, senderKey: 'k'.repeat(64) }, '9', max('senderKey', 100, 108)],
    ['KKT', { ...kkt, templateCode: 'T'.repeat(32) }, '2', max('templateCode', 50, 64)],
    ['MMS', { ...mms, callback: '1'.repeat(16) }, '1', max('callback', 40, 44)],
    ['MMS', { ...mms, subject: 'a'.repeat(51) }, '9', max('subject', 50, 51)],
  ])('is refused where its encrypted value outgrows its field: %s', (_name, input, encode, error) => {
    expect(() => encodeDeliver(input, sealed(encode))).toThrow(error);
  });

  it('is taken at exactly its limits, plain and encrypted', () => {
    const longest = '가'.repeat(1000);
    expect(encodeDeliver({ ...kko, text: longest, smsMsg: '가'.repeat(45) }, plain)).toHaveLength(
      8 + 375 + 2000,
    );
    expect(encodeDeliver({ ...kkt, text: longest }, sealed('9'))).toHaveLength(8 + 292 + 2688);
    const full = { ...kkt, buttons: 'b'.repeat(3000), extend: 'e'.repeat(3000), text: longest };
    expect(encodeDeliver(full, plain)).toHaveLength(8 + 292 + 2000 + 6000);
    const edges = { ...kkt, senderKey: 'k'.repeat(63), templateCode: 'T'.repeat(31) };
    expect(encodeDeliver(edges, sealed('2'))).toHaveLength(8 + 292 + 4);
    const parts: PartInput[] = [
      { dataType: 't', text: longest },
      { ...kept, fileKey: '12345678901' },
    ];
    expect(encodeDeliver({ ...mms, subject: '가'.repeat(25), parts }, plain)).toHaveLength(
      8 + 281 + 100 + 2000,
    );
    expect(encodeDeliver({ ...mms, subject: '가'.repeat(25), parts }, sealed('9'))).toHaveLength(
      8 + 281 + 100 + 2688,
    );
  });

  it('goes without a template as FriendTalk alone', () => {
    const kft = { ...kkt, deliverType: 'KFT', templateCode: '' } as const;
    expect(encodeDeliver(kft, sealed('9'))).toHaveLength(8 + 292 + 24);
  });
});

describe('parts on the wire', () => {
  const written = (part: PartInput) => {
    const frame = encodeDeliver({ ...mms, parts: [part] }, plain);
    return frame.subarray(8 + 281);
  };

  it('have NULs for DATA_SIZE and no DATA where an image is used again, and the same name, key and size', () => {
    const [first, again] = [written(image), written(kept)];
    expect(again).toHaveLength(50);
    expect(again.subarray(34, 42)).toEqual(new Uint8Array(8));
    expect(again.subarray(0, 34)).toEqual(first.subarray(0, 34));
    expect(again.subarray(42, 50)).toEqual(first.subarray(42, 50));
  });

  it('end a full FILE_KEY with NUL, and refuse one of twelve bytes', () => {
    const full = written({ ...kept, fileKey: '12345678901' });
    expect(full[33]).toBe(0);
    full[33] = 0x32;
    expect(() => deliverPart.decode(full, cp949)).toThrow(
      expect.objectContaining({ reason: 'field-too-long' }),
    );
  });

  it('have NULs for name, key and FILE_SIZE in a text', () => {
    const text = written(textPart);
    expect(text.subarray(2, 34)).toEqual(new Uint8Array(32));
    expect(text.subarray(42, 50)).toEqual(new Uint8Array(8));
  });

  it('are read as views on the frame, not as copies', () => {
    const frame = encodeDeliver({ ...mms, parts: [image] }, plain);
    const reader = new FrameReader({
      header: deliverHeaderReader(true),
      maxFrameBytes: MAX_DELIVER_FRAME_BYTES,
    });
    const [only] = reader.push(frame);
    if (!only) throw new Error('no frame');
    const packet = decodeFrame(only, cp949);
    if (packet.type !== 'deliverMms') throw new Error(packet.type);
    expect(packet.values.parts[0]?.data.buffer).toBe(frame.buffer);
  });
});

describe('CONTENTS_TYPE', () => {
  it.each<[string, readonly PartInput[]]>([
    ['TXT', [textPart]],
    ['IMG', [image, kept]],
    ['ADO', [sound]],
    ['MOV', [film]],
    ['IMT', [textPart, image, image]],
    ['IMA', [sound, image]],
    ['TXA', [sound, textPart]],
    ['MOT', [film, textPart]],
    ['ITA', [image, sound, textPart]],
    ['IMT', [textPart, { dataType: 'z', text: '"image":{"img_url":"https://x/y.jpg"}' }]],
    ['IMT', [textPart, image, buttons]],
    ['IMG', [{ ...sound, fileName: 'A.SIS' }]],
  ])('is %s for what the parts are', (contentsType, parts) => {
    expect(contentsTypeOf(parts)).toBe(contentsType);
  });

  it('is refused where the appendix has no name for the parts', () => {
    const listed = 'TXT, IMG, ADO, MOV, IMT, IMA, TXA, MOT, ITA';
    expect(() => contentsTypeOf([image, film])).toThrow(
      new FieldError('contentsType', 'known-contents', listed, 'image and video'),
    );
    expect(() => contentsTypeOf([buttons])).toThrow(
      new FieldError('contentsType', 'known-contents', listed, 'nothing'),
    );
    expect(() => contentsTypeOf([{ ...sound, fileName: 'a.bin' }])).toThrow(
      new FieldError('fileName', 'known-ending', 'an ending of audio, video or sis', 'another one'),
    );
  });
});
