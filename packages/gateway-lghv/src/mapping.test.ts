import { describe, expect, it } from '@jest/globals';
import type { MessageV1 } from '@pabal/message';
import { decodeFrame, headerReader, MAX_FRAME_BYTES, openDeliver } from '@pabal/protocol-lghv';
import { FieldError, FrameReader } from '@pabal/wire';
import { aesCipher } from './cipher.js';
import { channelsOf, deliverFrame, domainOf, messageProblems } from './mapping.js';
import { configOf, messageOf } from './testing.js';

const cipher = aesCipher('0123456789abcdef', 'fedcba9876543210');
const text = { charset: 'cp949', unmappable: 'reject' } as const;

function packetOf(message: MessageV1, change: object = {}) {
  const frame = deliverFrame(message, '00000000000000000042', configOf(change), cipher);
  const reader = new FrameReader({ header: headerReader(true), maxFrameBytes: MAX_FRAME_BYTES });
  const [only] = reader.push(frame);
  if (!only) throw new Error('no frame');
  return decodeFrame(only, text);
}

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
    expect(openDeliver({ deliverType: 'SMS', ...packet.values }, cipher, text)).toMatchObject({
      destAddr: '01012345678',
      text: '주문하신 상품이 발송되었습니다',
    });
  });
});

describe('a message that this gateway cannot carry', () => {
  it.each<[Partial<MessageV1>, object, readonly object[]]>([
    [{}, {}, []],
    [{ channel: 'rcs' }, {}, [{ field: 'channel', rule: 'unsupported-channel', actual: 'rcs' }]],
    [{ channel: 'mms' }, {}, [{ field: 'channel', rule: 'unsupported-channel', actual: 'mms' }]],
    [{ channel: 'lms', to: '8613800000000' }, {}, [{ field: 'to', rule: 'not-korean' }]],
    [{ urlCallback: true, to: '8613800000000' }, {}, [{ field: 'urlCallback', rule: 'not-for-gateway' }]],
    [{ text: 'a'.repeat(91) }, {}, [{ field: 'text', rule: 'max-bytes', limit: 90, actual: 91 }]],
    [{ text: '안녕😀' }, {}, [{ field: 'text', rule: 'unmappable', limit: 'cp949', actual: 'U+1F600' }]],
    [{ text: '안녕😀' }, { unmappable: 'replace' }, []],
    [{ text: '뷁' }, { charset: 'euc-kr' }, [{ field: 'text', rule: 'unmappable', actual: 'U+BDC1' }]],
    [
      { from: '1'.repeat(16) },
      { encode: '1' },
      [{ field: 'from', rule: 'max-bytes', limit: 40, actual: 44 }],
    ],
    [
      { channel: 'lms', subject: 'a'.repeat(51), text: '', to: '010-1', from: '' },
      {},
      [
        { field: 'to', rule: 'digits', actual: 'other characters' },
        { field: 'from', rule: 'digits', actual: 'nothing' },
        { field: 'subject', rule: 'max-bytes', limit: 50, actual: 51 },
        { field: 'text', rule: 'min-bytes', limit: 1, actual: 0 },
      ],
    ],
    [{ reseller: '12345678901' }, {}, [{ field: 'reseller', rule: 'max-bytes', limit: 10, actual: 11 }]],
  ])('is named by all its problems: %j with %j', (change, options, problems) => {
    expect(messageProblems(messageOf(change), configOf(options), cipher)).toEqual(
      problems.map((problem) => expect.objectContaining(problem)),
    );
  });

  it('is refused when it is prepared, in the words of the message', () => {
    expect(() => packetOf(messageOf({ to: '010-1234' }))).toThrow(
      new FieldError('to', 'digits', 'digits only', 'other characters'),
    );
    expect(() => packetOf(messageOf({ channel: 'rcs' }))).toThrow(
      new FieldError('channel', 'unsupported-channel', 'sms, lms', 'rcs'),
    );
  });

  it('is shown without its content', () => {
    const [problem] = messageProblems(messageOf({ to: '010-1234-5678' }), configOf(), cipher);
    expect(problem?.message).toBe(
      "to must fit the gateway's field: digits allows digits only, it has other characters",
    );
  });
});

describe('servers and rates', () => {
  it.each([
    ['smsclient1', ['sms']],
    ['SMSclient1', ['sms']],
    ['mmsclient1', ['lms']],
    ['client1', []],
  ])('%s carries %j by its name', (sid, channels) => {
    expect(channelsOf(sid, undefined)).toEqual(channels);
  });

  it('carry what the option says, where it names them', () => {
    const servers = { client1: ['sms', 'lms', 'mms'], smsclient1: [] } as const;
    const named = { client1: [...servers.client1], smsclient1: [...servers.smsclient1] };
    expect(channelsOf('client1', named)).toEqual(['sms', 'lms']);
    expect(channelsOf('smsclient1', named)).toEqual([]);
    expect(channelsOf('mmsclient9', named)).toEqual(['lms']);
  });

  it('draw from the rate of their type', () => {
    expect([domainOf('sms'), domainOf('lms'), domainOf('rcs')]).toEqual(['sms', 'lms', undefined]);
  });
});
