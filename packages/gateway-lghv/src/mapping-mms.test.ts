import { describe, expect, it } from '@jest/globals';
import { openDeliver } from '@pabal/protocol-lghv';
import { toLatin1 } from '@pabal/wire';
import type { ImagePart } from './mapping-mms.js';
import { cipher, frameOf, messageOf, packetOf, textOptions } from './testing/values.js';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const carried: ImagePart = { dataType: 'i', fileName: 'a.jpg', fileKey: '12300012345', bytes: jpeg };
const named: ImagePart = { dataType: 'i', fileName: 'b.jpg', fileKey: '12300012346', fileSize: 207_200 };
const message = messageOf({ channel: 'mms', text: '내용', subject: '제목', files: ['a'] });
const common = {
  encode: '0',
  msgId: '00000000000000000042',
  gubun: '0',
  destAddr: '01012345678',
  callback: '0212345678',
  reseller: '',
};
/** "내용" in EUC-KR. */
const CONTENT = Uint8Array.of(0xb3, 0xbb, 0xbf, 0xeb);
const textPart = { dataType: 't', fileName: '', fileKey: '', fileSize: 0, data: CONTENT };

describe('an MMS', () => {
  it('is its text, then its images', () => {
    expect(packetOf(message, {}, [carried])).toEqual({
      type: 'deliverMms',
      values: {
        ...common,
        contentsType: 'IMT',
        subject: '제목',
        parts: [
          textPart,
          { dataType: 'i', fileName: 'a.jpg', fileKey: '12300012345', fileSize: 4, data: jpeg },
        ],
      },
    });
  });

  it('names an image that the gateway still has, without its data', () => {
    const files = ['a', 'b', 'c'];
    expect(packetOf({ ...message, files }, {}, [carried, named, carried])).toMatchObject({
      values: {
        contentsType: 'IMT',
        parts: [
          { dataType: 't' },
          { fileName: 'a.jpg', data: jpeg },
          { fileName: 'b.jpg', fileKey: '12300012346', fileSize: 207_200, data: new Uint8Array(0) },
          { fileName: 'a.jpg', data: jpeg },
        ],
      },
    });
  });

  it('may have no text, no subject, or no image', () => {
    const image = messageOf({ channel: 'mms', text: '', files: ['a'] });
    expect(packetOf(image, {}, [carried])).toMatchObject({
      values: { contentsType: 'IMG', subject: '', parts: [{ dataType: 'i' }] },
    });
    expect(packetOf(messageOf({ channel: 'mms', text: '내용' }))).toMatchObject({
      values: { contentsType: 'TXT', parts: [textPart] },
    });
  });

  it("names the message's reseller, else the account's", () => {
    expect(packetOf(message, { reseller: '123456789' }, [carried])).toMatchObject({
      values: { reseller: '123456789' },
    });
    const own = { ...message, reseller: '987654321' };
    expect(packetOf(own, { reseller: '123456789' }, [carried])).toMatchObject({
      values: { reseller: '987654321' },
    });
  });

  it('is counted without its parts, or as a whole where the option says so and four digits hold it', () => {
    const msgLen = (change: object, images: readonly ImagePart[]) =>
      toLatin1(frameOf(message, change, images).subarray(1, 5));
    const large = { ...carried, bytes: new Uint8Array(10_000) };
    expect(msgLen({}, [carried])).toBe('281\0');
    expect(msgLen({ mmsLength: 'fixed' }, [carried])).toBe('281\0');
    // 281 + (50 + 4 bytes of text) + (50 + 4 bytes of image)
    expect(msgLen({ mmsLength: 'total' }, [carried])).toBe('389\0');
    expect(msgLen({ mmsLength: 'total' }, [large])).toBe('281\0');
  });

  it('is encrypted as the configuration says, but for its images', () => {
    const packet = packetOf(message, { encode: '9' }, [carried]);
    if (packet.type !== 'deliverMms') throw new Error(packet.type);
    expect(packet.values).toMatchObject({ encode: '9', destAddr: 'hPFncLerVaaFVOVki8mUPA==' });
    expect(packet.values.parts[0]?.data).not.toEqual(CONTENT);
    expect(packet.values.parts[1]?.data).toEqual(jpeg);
    expect(openDeliver({ deliverType: 'MMS', ...packet.values }, cipher, textOptions)).toMatchObject({
      destAddr: '01012345678',
      subject: '제목',
      parts: [textPart, { data: jpeg }],
    });
  });
});
