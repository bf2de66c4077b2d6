import {
  chars,
  choice,
  decimal,
  decodeText,
  encodeText,
  FieldError,
  fromLatin1,
  type PacketOf,
  packet,
  personal,
  reserved,
  sizeOf,
  type TextOptions,
  variableBytes,
} from '@pabal/wire';
import { needCipher, seal } from './cipher.js';
import type { PartInput } from './part-input.js';
import { checkBytes, checkKakaoText, type DeliverOptions, needValue, PLAIN_LIMITS } from './sealing.js';

/** Bytes of a part before its DATA (LGHV 2.2.5). */
export const PART_HEAD_BYTES = 50;
export const MAX_PARTS = 4;

/** One part of a DELIVER, 50 bytes + DATA (LGHV 2.2.5). */
export const deliverPart = packet('DATA', [
  reserved('temp1', 1), //  0   1
  choice('dataType', 1, ['t', 'i', 'z', 'e']), //  1   1  text, image, Kakao buttons, other
  chars('fileName', 20), //  2  20  NULs for t and z
  chars('fileKey', 12, 11), // 22  12  NULs for t and z; the twelfth byte is always NUL
  sizeOf('dataSize', 8, 'data', 'nul'), // 34   8  NULs where an image is used again
  decimal('fileSize', 8, 'nul'), // 42   8  NULs for t and z
  personal(variableBytes('data', { maxBytes: PLAIN_LIMITS.image, sizedBy: 'dataSize' })), // 50
]);
export type DeliverPart = PacketOf<typeof deliverPart>;

/** The parts as they stand on the wire: texts encrypted under ENCODE 9, nothing else ever (LGHV 2.2.5). @throws FieldError */
export function sealParts(
  deliverType: 'MMS' | 'KFI' | 'KFW',
  parts: readonly PartInput[],
  options: DeliverOptions,
): DeliverPart[] {
  let textBytes = 0;
  return parts.map((part) => {
    switch (part.dataType) {
      case 't': {
        needValue('text', part.text);
        if (deliverType !== 'MMS') checkKakaoText(part.text);
        const plain = fragment('text', part.text, options);
        textBytes += plain.length;
        if (deliverType === 'MMS' && textBytes > PLAIN_LIMITS.mms) {
          throw new FieldError('text', 'max-bytes', PLAIN_LIMITS.mms, textBytes);
        }
        const sealed = options.encode === '9';
        return bare('t', sealed ? fromLatin1(seal(plain, needCipher(options.cipher, 'text'))) : plain);
      }
      case 'z':
        if (deliverType === 'MMS') throw new FieldError('dataType', 'one-of', 't, i, e', 'z');
        needValue('button', part.text);
        return bare('z', fragment('button', part.text, options));
      case 'i':
      case 'e':
        return file(part);
      default:
        return part satisfies never;
    }
  });
}

/** A NUL inside a text would end it for the reader. */
function fragment(field: string, value: string, options: DeliverOptions): Uint8Array {
  const index = value.indexOf('\0');
  if (index !== -1) throw new FieldError(field, 'no-nul', 'no NUL character', `one at index ${index}`);
  checkBytes(field, value, PLAIN_LIMITS.image, options.text);
  return encodeText(value, options.text, field);
}

function bare(dataType: 't' | 'z', data: Uint8Array): DeliverPart {
  return { dataType, fileName: '', fileKey: '', fileSize: 0, data };
}

const NO_DATA = new Uint8Array(0);

function file(part: Extract<PartInput, { readonly fileName: string }>): DeliverPart {
  const { dataType, fileName, fileKey } = part;
  needValue('fileName', fileName);
  if ('bytes' in part) {
    const { bytes } = part;
    if (bytes.length === 0) throw new FieldError('data', 'min-bytes', 1, 0);
    return { dataType, fileName, fileKey, fileSize: bytes.length, data: bytes };
  }
  needValue('fileKey', fileKey);
  const { fileSize } = part;
  if (!Number.isInteger(fileSize) || fileSize < 1) {
    throw new FieldError('fileSize', 'whole-number', 'from 1', 'another value');
  }
  if (fileSize > PLAIN_LIMITS.image)
    throw new FieldError('fileSize', 'max-value', PLAIN_LIMITS.image, fileSize);
  return { dataType, fileName, fileKey, fileSize, data: NO_DATA };
}

/** A decoded part in plain words; its text must be opened first (see `openDeliver`). */
export function partInput(part: DeliverPart, text: TextOptions): PartInput {
  const { dataType, fileName, fileKey, fileSize, data } = part;
  switch (dataType) {
    case 't':
    case 'z':
      return { dataType, text: decodeText(data, text.charset) };
    case 'i':
      if (data.length === 0) return { dataType, fileName, fileKey, fileSize };
      return { dataType, fileName, fileKey, bytes: data };
    case 'e':
      return { dataType, fileName, fileKey, bytes: data };
    default:
      return dataType satisfies never;
  }
}
