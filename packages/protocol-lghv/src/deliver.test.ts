import { describe, expect, it } from '@jest/globals';
import { FieldError, FrameReader, fromBase64, fromHex, ProtocolError, toLatin1 } from '@pabal/wire';
import fc from 'fast-check';
import { encodeBind } from './bind.js';
import type { Cipher } from './cipher.js';
import { decodeFrame } from './decode.js';
import { type DeliverInput, encodeDeliver } from './encode-deliver.js';
import { headerReader, MAX_FRAME_BYTES } from './header.js';
import { openDeliver } from './open-deliver.js';
import type { DeliverOptions, Encode } from './sealing.js';
import { turningCipher as cipher } from './testing/turning-cipher.js';

const cp949 = { charset: 'cp949', unmappable: 'reject' } as const;
const plain: DeliverOptions = { text: cp949, encode: '0' };

const sms = {
  deliverType: 'SMS',
  msgId: '1',
  gubun: '0',
  destAddr: '01012345678',
  callback: '0212345678',
  text: '안녕',
} as const satisfies DeliverInput;
const lms = { ...sms, deliverType: 'LMS', subject: '' } as const;

describe('a message that has no place', () => {
  it.each<[DeliverInput, FieldError]>([
    [{ ...sms, text: `${'가'.repeat(45)}a` }, new FieldError('text', 'max-bytes', 90, 91)],
    [{ ...sms, gubun: '1', text: 'a'.repeat(91) }, new FieldError('text', 'max-bytes', 90, 91)],
    [{ ...sms, gubun: '3', text: 'a'.repeat(300) }, new FieldError('text', 'max-bytes', 299, 300)],
    [{ ...sms, gubun: '3', text: '가'.repeat(100) }, new FieldError('text', 'max-bytes', 299, 300)],
    [{ ...lms, text: 'a'.repeat(2001) }, new FieldError('text', 'max-bytes', 2000, 2001)],
    [{ ...lms, subject: '가'.repeat(26) }, new FieldError('subject', 'max-bytes', 50, 52)],
    [{ ...sms, text: '' }, new FieldError('text', 'min-bytes', 1, 0)],
    [{ ...sms, text: 'a\0b' }, new FieldError('text', 'no-nul', 'no NUL character', 'one at index 1')],
    [{ ...sms, text: '😀' }, new FieldError('text', 'unmappable', 'cp949', 'U+1F600')],
    [
      { ...sms, destAddr: '010-1234-5678' },
      new FieldError('destAddr', 'digits', 'digits only', 'other characters'),
    ],
    [{ ...sms, callback: '' }, new FieldError('callback', 'digits', 'digits only', 'nothing')],
    [{ ...sms, callback: '1'.repeat(41) }, new FieldError('callback', 'max-bytes', 40, 41)],
    [{ ...sms, reseller: '12345678901' }, new FieldError('reseller', 'max-bytes', 10, 11)],
    [{ ...sms, msgId: '1'.repeat(21) }, new FieldError('msgId', 'max-bytes', 20, 21)],
    [{ ...sms, msgId: 'm1' }, new FieldError('msgId', 'digits', 'digits only', 'other characters')],
  ])('is refused by field, limit and what was found: %j', (input, error) => {
    expect(() => encodeDeliver(input, plain)).toThrow(error);
  });

  it('is taken at exactly its limit', () => {
    expect(encodeDeliver({ ...sms, text: '가'.repeat(45) }, plain)).toHaveLength(8 + 130 + 90);
    expect(encodeDeliver({ ...sms, gubun: '3', text: 'a'.repeat(299) }, plain)).toHaveLength(8 + 130 + 300);
    const longest = { ...lms, subject: '가'.repeat(25), text: '가'.repeat(1000) };
    expect(encodeDeliver(longest, plain)).toHaveLength(8 + 280 + 2000);
  });

  it('is refused in euc-kr where cp949 has a place for it, and replaced where that is asked for', () => {
    const eucKr = { ...plain, text: { charset: 'euc-kr', unmappable: 'reject' } } as const;
    expect(() => encodeDeliver({ ...sms, text: '뷁' }, eucKr)).toThrow(
      new FieldError('text', 'unmappable', 'euc-kr', 'U+BDC1'),
    );
    const replaced = { ...plain, text: { charset: 'euc-kr', unmappable: 'replace' } } as const;
    expect(encodeDeliver({ ...sms, text: '뷁' }, replaced).at(-1)).toBe(0x3f);
  });
});

describe('what encryption adds', () => {
  const sealed = (encode: Encode): DeliverOptions => ({ text: cp949, encode, cipher });

  it('fits at the limits of the plain text', () => {
    // 90 bytes are 96 in blocks, 128 in Base64; 2000 are 2016 and 2688; 50 are 64 and 88.
    expect(encodeDeliver({ ...sms, text: 'a'.repeat(90) }, sealed('9'))).toHaveLength(8 + 130 + 128);
    const longest = { ...lms, subject: 'a'.repeat(50), text: 'a'.repeat(2000) };
    expect(encodeDeliver(longest, sealed('9'))).toHaveLength(8 + 280 + 2688);
  });

  it('covers the final NUL of an international text', () => {
    // 222 bytes and the NUL are 224 in blocks, 300 in Base64: the longest that fits.
    expect(encodeDeliver({ ...sms, gubun: '3', text: 'a'.repeat(222) }, sealed('9'))).toHaveLength(
      8 + 130 + 300,
    );
    const packet = decode(encodeDeliver({ ...sms, gubun: '3', text: 'Hi' }, sealed('9')));
    if (packet.type !== 'deliverInternationalSms') throw new Error(packet.type);
    expect(toLatin1(cipher.decrypt(fromBase64(packet.values.text)))).toBe('Hi\0');
  });

  it('is refused where it outgrows the field, though the plain value fits', () => {
    // 16 digits fill two blocks: 44 characters of Base64.
    expect(() => encodeDeliver({ ...sms, callback: '1'.repeat(16) }, sealed('1'))).toThrow(
      new FieldError('callback', 'max-bytes', 40, 44),
    );
    // 299 bytes and the NUL are 304 in blocks, 408 in Base64.
    expect(() => encodeDeliver({ ...sms, gubun: '3', text: 'a'.repeat(299) }, sealed('9'))).toThrow(
      new FieldError('text', 'max-bytes', 300, 408),
    );
    const long = { lineType: 'S', userId: 'demo', agentId: 'S1', report: 'M', encode: '1', cipher } as const;
    expect(() => encodeBind({ ...long, password: 'p'.repeat(32) })).toThrow(
      new FieldError('userPwd', 'max-bytes', 50, 64),
    );
  });

  it('is refused where no cipher is given', () => {
    expect(() => encodeDeliver(sms, { text: cp949, encode: '1' })).toThrow(
      new FieldError('destAddr', 'cipher', 'a key and an IV', 'none'),
    );
  });

  it('covers what ENCODE names and nothing else', () => {
    const shown = (encode: Encode, input: DeliverInput) => {
      const packet = decode(encodeDeliver(input, sealed(encode)));
      if (packet.type !== 'deliverLms' && packet.type !== 'deliverSms') throw new Error(packet.type);
      const { encode: written, destAddr, callback, text } = packet.values;
      const subject = packet.type === 'deliverLms' ? packet.values.subject : '제목';
      const plainFields = [
        destAddr === sms.destAddr,
        callback === sms.callback,
        subject === '제목',
        text === '안녕',
      ];
      return [written, ...plainFields];
    };
    const titled = { ...lms, subject: '제목' };
    expect(shown('0', titled)).toEqual(['0', true, true, true, true]);
    expect(shown('1', titled)).toEqual(['1', false, false, true, true]);
    expect(shown('2', titled)).toEqual(['2', false, false, false, true]);
    expect(shown('9', titled)).toEqual(['9', false, false, false, false]);
    expect(shown('2', sms)).toEqual(['1', false, false, true, true]);
    expect(shown('9', sms)).toEqual(['9', false, false, true, false]);
  });

  it('leaves an absent subject empty', () => {
    const packet = decode(encodeDeliver(lms, sealed('9')));
    expect(packet).toMatchObject({ type: 'deliverLms', values: { subject: '' } });
  });
});

describe('any message that can be written', () => {
  const text = fc.string({
    unit: fc.constantFrom('가', '힣', '뷁', 'A', ' ', '~', '№'),
    minLength: 1,
    maxLength: 45,
  });
  const number = fc.stringMatching(/^[0-9]{3,15}$/);
  const input: fc.Arbitrary<DeliverInput> = fc.oneof(
    fc.record({
      deliverType: fc.constant('SMS' as const),
      msgId: fc.stringMatching(/^[0-9]{1,20}$/),
      gubun: fc.constantFrom('0' as const, '1' as const, '3' as const),
      destAddr: number,
      callback: number,
      reseller: fc.constantFrom('', '123456789'),
      text,
    }),
    fc.record({
      deliverType: fc.constant('LMS' as const),
      msgId: fc.stringMatching(/^[0-9]{1,20}$/),
      destAddr: number,
      callback: number,
      reseller: fc.constantFrom('', '123456789'),
      subject: fc.string({ unit: fc.constantFrom('가', '뷁', 'z'), maxLength: 25 }),
      text,
    }),
  );

  it('comes back as it was, through every ENCODE', () => {
    fc.assert(
      fc.property(input, fc.constantFrom<Encode>('0', '1', '2', '9'), (message, encode) => {
        const packet = decode(encodeDeliver(message, { text: cp949, encode, cipher }));
        expect(reopened(packet)).toMatchObject(message);
      }),
    );
  });

  function reopened(packet: ReturnType<typeof decode>) {
    switch (packet.type) {
      case 'deliverLms':
        return openDeliver({ deliverType: 'LMS', ...packet.values }, cipher, cp949);
      case 'deliverSms':
      case 'deliverInternationalSms':
        return openDeliver({ deliverType: 'SMS', ...packet.values }, cipher, cp949);
      default:
        throw new Error(packet.type);
    }
  }
});

describe('reading a text', () => {
  const header = (length: string) => `64 ${length} 00feff`;
  const rest = `534d5300 31 ${'00'.repeat(19)}`; // DELIVER_TYPE SMS, MSG_ID 1
  const numbers = `54585400 ${'00'.repeat(100)}`; // CONTENTS_TYPE TXT, the numbers, RESELLER
  const read = (hex: string) => {
    const frames = new FrameReader({ header: headerReader(true), maxFrameBytes: MAX_FRAME_BYTES });
    const [frame] = frames.push(fromHex(hex));
    if (!frame) throw new Error('no frame');
    return decodeFrame(frame, cp949);
  };

  it('refuses an SMS without one', () => {
    expect(() => read(`${header('31333000')} 30 ${rest} 30 ${numbers}`)).toThrow(
      expect.objectContaining({ reason: 'field-too-short' }),
    );
  });

  it('refuses one to a foreign number without its final NUL, unless both are encrypted', () => {
    expect(() => read(`${header('31333200')} 30 ${rest} 33 ${numbers} 4869`)).toThrow(
      expect.objectContaining({ reason: 'no-final-nul' }),
    );
    expect(read(`${header('31333300')} 30 ${rest} 33 ${numbers} 486900`)).toMatchObject({
      values: { text: 'Hi' },
    });
    expect(read(`${header('31333200')} 39 ${rest} 33 ${numbers} 4869`)).toMatchObject({
      type: 'deliverInternationalSms',
      values: { encode: '9', text: 'Hi' },
    });
  });
});

describe('opening an encrypted message', () => {
  it('refuses what was not encrypted under this key, without its content', () => {
    const deliver = {
      deliverType: 'SMS',
      encode: '1',
      msgId: '1',
      gubun: '0',
      destAddr: 'AAAA',
      callback: '*',
      reseller: '',
      text: 'x',
    } as const;
    const failing: Cipher = {
      ...cipher,
      decrypt() {
        throw new Error('wrong final block');
      },
    };
    expect(() => openDeliver(deliver, failing, cp949)).toThrow(new ProtocolError('not-decryptable'));
    expect(() => openDeliver({ ...deliver, destAddr: '*' }, cipher, cp949)).toThrow(
      new ProtocolError('not-base64'),
    );
  });
});

function decode(frame: Uint8Array) {
  const reader = new FrameReader({ header: headerReader(true), maxFrameBytes: MAX_FRAME_BYTES });
  const [only] = reader.push(frame);
  if (!only) throw new Error('no frame');
  return decodeFrame(only, cp949);
}
