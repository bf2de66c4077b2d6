import type { MessageV1, Problem } from '@pabal/message';
import { type DeliverInput, type PartInput, PLAIN_LIMITS } from '@pabal/protocol-lghv';
import { problemOf } from './mapping-problem.js';
import type { Numbers } from './mapping-text.js';

/** An image of a message as a part: its data, or the name and key under which the gateway still has it (LGHV 3.2). */
export type ImagePart = Exclude<PartInput, { readonly dataType: 't' | 'z' }>;

/** Images that every carrier takes in one MMS (LGHV 4.1.2). */
const MMS_IMAGES = 3;

/** DELIVER MMS (LGHV 2.2.5): the text, where there is one, then the images. */
export function mmsDeliver(
  message: MessageV1,
  numbers: Numbers,
  reseller: string | undefined,
  images: readonly ImagePart[],
): DeliverInput {
  const { subject = '', text } = message;
  return { deliverType: 'MMS', ...numbers, reseller, subject, parts: [...textPart(text), ...images] };
}

/** No part where there is no text. */
export function textPart(text: string): readonly PartInput[] {
  return text === '' ? [] : [{ dataType: 't', text }];
}

export function mmsProblems(message: MessageV1): readonly Problem[] {
  const { files = [], text } = message;
  if (text === '' && files.length === 0) return [problemOf('text', 'required', 'is required without files')];
  return countProblems(files.length, MMS_IMAGES);
}

export function countProblems(count: number, most: number): readonly Problem[] {
  if (count <= most) return [];
  const text = `must hold at most ${most}, it holds ${count}`;
  return [problemOf('files', 'max-count', text, { limit: most, actual: count })];
}

/** What speaks against the files themselves. That they are JPEGs was checked when they were stored. */
export function sizeProblems(files: readonly { readonly bytes: Uint8Array }[]): readonly Problem[] {
  const limit = PLAIN_LIMITS.image;
  return files.flatMap(({ bytes: { length: actual } }, index) =>
    actual <= limit
      ? []
      : [
          problemOf(`files.${index}`, 'max-bytes', `must have at most ${limit} bytes, it has ${actual}`, {
            limit,
            actual,
          }),
        ],
  );
}
