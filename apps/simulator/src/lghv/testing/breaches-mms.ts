import { expect } from '@jest/globals';
import type { LghvRule } from '../rules.js';
import { imagePart, jpeg, type MmsValues, mmsBody, part, samePart, submit, textPart } from './bodies.js';
import { type Breach, onBody } from './breach.js';
import { aes } from './raw-client.js';

const mms = (values: MmsValues, declared?: number) => onBody(mmsBody(values), declared);
const friendTalk = (values: MmsValues) => onBody(mmsBody({ type: 'KFI', ...values }));
const withText = (...parts: Buffer[]) => mms({ parts: [textPart(), ...parts] });
const onlyText = (values: MmsValues = {}) => mms({ contents: 'TXT', parts: [textPart()], ...values });
const fragment = (data: string) => part({ dataType: 'z', data });

/** The same number of images as `shades`, each with a key of its own. */
const images = (count: number) =>
  Array.from({ length: count }, (_, i) => imagePart({ fileKey: `key${i}`, data: jpeg(i) }));

/** The rules of MMS, KFI and KFW, each with bytes that break it alone. */
export const MMS_BREACHES = {
  'mms-text-length': onlyText({ parts: [textPart('a'.repeat(2001))] }),
  'data-count': mms({ count: '5' }),
  'data-size': withText(imagePart({ dataSize: '12 ' })),
  'data-limit': withText(part({ dataType: 'i', dataSize: '307201' })),
  'parts-length': mms({}, mmsBody().length - 1),
  'part-datatype': withText(part({ dataType: 'T', data: 'x' })),
  'part-data': onlyText({ parts: [part({ data: '' })] }),
  'part-file-null': onlyText({ parts: [part({ fileName: 'a.txt', data: 'hello' })] }),
  'file-name': withText(imagePart({ fileName: '' })),
  'file-key': withText(imagePart({ fileKey: '123000123456' })),
  'file-size': withText(imagePart({ fileSize: '1' })),
  'file-key-content': {
    act: async (world) => {
      const sender = await world.sender('mms');
      expect((await submit(sender, mmsBody())).code).toBe('0');
      const other = mmsBody({ msgId: '2', parts: [textPart(), imagePart({ data: jpeg(1) })] });
      expect((await submit(sender, other)).code).toBe('3');
    },
  },
  'image-reuse': withText(samePart({ fileKey: '' })),
  'image-jpeg': withText(imagePart({ data: Buffer.from('89504e470d0a1a0a', 'hex') })),
  'image-count': mms({ contents: 'IMG', parts: images(4) }),
  'friendtalk-image': friendTalk({ contents: 'TXT', parts: [textPart()] }),
  'image-shape': friendTalk({ parts: [textPart(), fragment('"image":{"img_link":"https://x.kr"}')] }),
  'ad-flag': friendTalk({ adFlag: '' }),
} as const satisfies Partial<Record<LghvRule, Breach>>;

/** Further ways to break a rule with the types that carry parts. */
export const MORE_MMS: readonly (readonly [LghvRule, string, Breach])[] = [
  ['deliver-length', 'an MMS without its fixed fields', mms({ parts: [] }, 280)],
  [
    'deliver-length',
    'a KFW without its fixed fields',
    onBody(mmsBody({ type: 'KFW' }).subarray(0, 280), 280),
  ],
  ['deliver-encode', 'an MMS with ENCODE 3', mms({ encode: '3' })],
  ['deliver-gubun', 'an MMS with GUBUN r', mms({ gubun: 'r' })],
  ['deliver-gubun', 'a KFI with GUBUN 0', friendTalk({ gubun: '0' })],
  ['reserved-null', 'TEMP1', withText(imagePart({ temp: '1' }))],
  ['reserved-null', 'RESERVED of a KFI', friendTalk({ reserved: 'Y' })],
  ['field-padding', 'the twelfth byte of FILE_KEY', withText(imagePart({ fileKey: '1230001234\0x' }))],
  ['field-padding', 'what follows SUBJECT', mms({ subject: 'hello\0there' })],
  ['subject-length', 'an MMS with 51 bytes', mms({ subject: 'a'.repeat(51) })],
  ['text-charset', 'KSUBJECT in UTF-8', friendTalk({ kSubject: Buffer.from('안녕하세요') })],
  ['text-charset', 'a part t in UTF-8', mms({ parts: [textPart(Buffer.from('안녕하세요')), imagePart()] })],
  ['text-nul', 'a part t with a NUL', mms({ parts: [textPart('a\0'), imagePart()] })],
  ['contents-type', 'TXT beside an image', mms({ contents: 'TXT' })],
  ['contents-type', 'IMT without a text', mms({ parts: [imagePart()] })],
  ['contents-type', 'no word of the list', mms({ contents: 'ABC' })],
  [
    'contents-type',
    'film where the name says sound',
    mms({
      contents: 'MOT',
      parts: [textPart(), part({ dataType: 'e', fileName: 'a.mmf', data: 'sound' })],
    }),
  ],
  ['reseller-digits', 'an MMS with 8 digits', mms({ reseller: '12345678' })],
  ['sender-key-missing', 'a KFI', friendTalk({ senderKey: '' })],
  [
    'encrypted-field',
    'SUBJECT in the clear with ENCODE 2',
    mms({
      encode: '2',
      to: aes('01012345678'),
      from: aes('0212345678'),
      subject: 'hello',
    }),
  ],
  [
    'encrypted-field',
    'a part t in the clear with ENCODE 9',
    mms({
      encode: '9',
      to: aes('01012345678'),
      from: aes('0212345678'),
    }),
  ],
  [
    'mms-text-length',
    '2001 bytes behind the encryption',
    mms({
      encode: '9',
      to: aes('01012345678'),
      from: aes('0212345678'),
      parts: [textPart(aes('a'.repeat(2001))), imagePart()],
    }),
  ],
  [
    'kakao-text-length',
    'a KFI of 1001 characters',
    friendTalk({ parts: [textPart('a'.repeat(1001)), imagePart()] }),
  ],
  ['data-count', 'none', mms({ count: '0' })],
  [
    'data-size',
    'a DATA_SIZE of letters with a MSGLEN of everything',
    mms(
      { parts: [textPart(), imagePart({ dataSize: 'x' })] },
      mmsBody({ parts: [textPart(), imagePart()] }).length,
    ),
  ],
  [
    'parts-length',
    'bytes behind the last part',
    onBody(Buffer.concat([mmsBody(), Buffer.from('x')]), mmsBody().length + 1),
  ],
  ['part-datatype', 'buttons in an MMS', withText(imagePart({ fileKey: 'k' }), fragment('"button":[]'))],
  ['part-data', 'a part e without DATA', withText(part({ dataType: 'e' }))],
  [
    'part-file-null',
    'buttons with a size',
    friendTalk({
      parts: [
        imagePart(),
        textPart(),
        part({
          dataType: 'z',
          fileSize: '9',
          data: '"button":[{"name":"a","type":"MD"}]',
        }),
      ],
    }),
  ],
  ['image-reuse', 'no FILE_NAME', withText(samePart({ fileName: '' }))],
  ['image-reuse', 'no FILE_SIZE', withText(samePart({ fileSize: '' }))],
  ['image-jpeg', 'no EOI', withText(imagePart({ data: jpeg().subarray(0, -1) }))],
  ['image-jpeg', 'SOI and EOI alone', withText(imagePart({ data: Buffer.from('ffd8ffd9', 'hex') }))],
  [
    'button-json',
    'braces around it',
    friendTalk({
      parts: [textPart(), imagePart(), fragment('{"button":[{"name":"a","type":"MD"}]}')],
    }),
  ],
  [
    'deliver-wrong-server',
    'an MMS at the SMS server',
    {
      act: async (world) => expect((await submit(await world.sender('sms'), mmsBody())).code).toBe('3'),
    },
  ],
];
