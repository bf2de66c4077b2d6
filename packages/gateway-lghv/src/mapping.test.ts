import { describe, expect, it } from '@jest/globals';
import { openDeliver } from '@pabal/protocol-lghv';
import { FieldError } from '@pabal/wire';
import { cipher, messageOf, packetOf, textOptions } from './testing/values.js';

describe('a message as a DELIVER', () => {
  it('is a domestic SMS', () => {
    expect(packetOf(messageOf())).toEqual({
      type: 'deliverSms',
      values: {
        encode: '0',
        msgId: '00000000000000000042',
        gubun: '0',
        destAddr: '01012345678',
        callback: '0212345678',
        reseller: '',
        text: '주문하신 상품이 발송되었습니다',
      },
    });
  });

  it('is a URL callback where the message says so', () => {
    expect(packetOf(messageOf({ urlCallback: true }))).toMatchObject({ values: { gubun: '1' } });
  });

  it('is an international SMS in UTF-8 where the number is not Korean', () => {
    expect(packetOf(messageOf({ to: '8613800000000', text: '你好 안녕' }))).toMatchObject({
      type: 'deliverInternationalSms',
      values: { gubun: '3', destAddr: '8613800000000', text: '你好 안녕' },
    });
  });

  it('is an LMS, with a subject or without', () => {
    expect(packetOf(messageOf({ channel: 'lms', subject: '예약 안내' }))).toMatchObject({
      type: 'deliverLms',
      values: { gubun: '0', subject: '예약 안내' },
    });
    expect(packetOf(messageOf({ channel: 'lms' }))).toMatchObject({ values: { subject: '' } });
  });

  it("names the message's reseller, else the account's", () => {
    expect(packetOf(messageOf(), { reseller: '123456789' })).toMatchObject({
      values: { reseller: '123456789' },
    });
    expect(packetOf(messageOf({ reseller: '987654321' }), { reseller: '123456789' })).toMatchObject({
      values: { reseller: '987654321' },
    });
  });

  it('is encrypted as the configuration says', () => {
    const packet = packetOf(messageOf(), { encode: '9' });
    if (packet.type !== 'deliverSms') throw new Error(packet.type);
    expect(packet.values).toMatchObject({ encode: '9', destAddr: 'hPFncLerVaaFVOVki8mUPA==' });
    expect(openDeliver({ deliverType: 'SMS', ...packet.values }, cipher, textOptions)).toMatchObject({
      destAddr: '01012345678',
      text: '주문하신 상품이 발송되었습니다',
    });
  });
});

describe('a message that cannot be prepared', () => {
  it('is refused in the words of the message', () => {
    expect(() => packetOf(messageOf({ to: '010-1234' }))).toThrow(
      new FieldError('to', 'digits', 'digits only', 'other characters'),
    );
    expect(() => packetOf(messageOf({ channel: 'rcs' }))).toThrow(
      new FieldError('channel', 'unsupported-channel', 'sms, lms, mms, alimtalk, friendtalk', 'rcs'),
    );
  });

  it('is refused where an image of it is missing, or one too many is there', () => {
    const image = { dataType: 'i', fileName: 'a.jpg', fileKey: '', bytes: new Uint8Array(1) } as const;
    expect(() => packetOf(messageOf({ channel: 'mms', files: ['a', 'b'] }), {}, [image])).toThrow(
      new FieldError('files', 'attached', 2, 1),
    );
    expect(() => packetOf(messageOf(), {}, [image])).toThrow(new FieldError('files', 'attached', 0, 1));
  });
});
