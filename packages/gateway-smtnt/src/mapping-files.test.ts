import { describe, expect, it } from '@jest/globals';
import type { MessageV1 } from '@pabal/message';
import type { AttachedFile } from '@pabal/session';
import { contentProblems, toMsgSendReq } from './mapping.js';
import { config } from './testing/config.js';
import { message } from './testing/message.js';

const file = (change: Partial<AttachedFile> = {}): AttachedFile => ({
  id: 'f',
  bytes: new Uint8Array(1000),
  width: 1024,
  height: 768,
  ...change,
});
const mms = (files: readonly string[]) => message({ channel: 'mms', text: '사진', files });
const rules = (change: Partial<MessageV1>, files?: readonly AttachedFile[]) =>
  contentProblems(message(change), files).map(({ field, rule, limit, actual }) => [
    field,
    rule,
    limit,
    actual,
  ]);

describe('the files of a message (SMTNT 3.3.6)', () => {
  it('stand with their names and types in their order', () => {
    expect(toMsgSendReq(mms(['a', 'b']), '1', config(), ['x.jpg', 'y.jpg'])).toMatchObject({
      MsgType: 6,
      FileCount: 2,
      FileType1: 'IMG',
      FileName1: 'x.jpg',
      FileType2: 'IMG',
      FileName2: 'y.jpg',
      FileType3: '',
      FileName3: '',
    });
    expect(toMsgSendReq(mms(['a', 'b', 'c']), '1', config(), ['x', 'y', 'z'])).toMatchObject({
      FileCount: 3,
      FileType3: 'IMG',
      FileName3: 'z',
    });
  });

  it('may be one to three, up to the last pixel and byte', () => {
    const bytes = (size: number) => file({ bytes: new Uint8Array(size) });
    expect(rules({ channel: 'mms', files: ['a'] }, [file()])).toEqual([]);
    expect(rules({ channel: 'mms', files: ['a', 'b', 'c'] }, [bytes(1_048_574), bytes(1), bytes(1)])).toEqual(
      [],
    );
  });

  it.each([
    ['no file', { files: undefined }, undefined, ['files', 'required', undefined, undefined]],
    ['four files', { files: ['a', 'b', 'c', 'd'] }, undefined, ['files', 'too-long', 3, 4]],
    [
      'an image of 1025 pixels',
      { files: ['a', 'b'] },
      [file(), file({ width: 1025 })],
      ['files.1', 'image-size', '1024x768', '1025x768'],
    ],
    [
      'an image of 769 lines',
      { files: ['a'] },
      [file({ height: 769 })],
      ['files.0', 'image-size', '1024x768', '1024x769'],
    ],
    [
      'a byte more than 1 MByte together',
      { files: ['a', 'b'] },
      [file({ bytes: new Uint8Array(1_048_576) }), file({ bytes: new Uint8Array(1) })],
      ['files', 'too-large', 1_048_576, 1_048_577],
    ],
  ])('of an MMS are refused when there is %s', (_name, { files }, given, problem) => {
    expect(rules({ channel: 'mms', ...(files && { files }) }, given)).toEqual([problem]);
  });
});
