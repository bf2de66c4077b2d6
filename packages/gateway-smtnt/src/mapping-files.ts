import type { MessageV1, Problem } from '@pabal/message';
import { type BodyOf, IMAGE_FILE_TYPE } from '@pabal/protocol-smtnt';
import type { AttachedFile } from '@pabal/session';

/** What a message may carry (SMTNT 1.2): files, pixels of each, bytes of all. */
const MAX_FILES = 3;
const MAX_WIDTH = 1024;
const MAX_HEIGHT = 768;
const MAX_BYTES = 1024 * 1024;

type FileFields = Pick<
  BodyOf<'MsgSendReq'>,
  'FileCount' | 'FileType1' | 'FileName1' | 'FileType2' | 'FileName2' | 'FileType3' | 'FileName3'
>;

/** The file fields of a MsgSendReq, from the names that the server gave the uploads. */
export function fileFields([first = '', second = '', third = '']: readonly string[]): FileFields {
  const typeOf = (name: string) => (name === '' ? '' : IMAGE_FILE_TYPE);
  return {
    FileCount: [first, second, third].filter((name) => name !== '').length,
    FileType1: typeOf(first),
    FileName1: first,
    FileType2: typeOf(second),
    FileName2: second,
    FileType3: typeOf(third),
    FileName3: third,
  };
}

/**
 * Why the files of a message can't go to this gateway.
 * @param files left out where only their number is known.
 */
export function filesProblems(message: MessageV1, files?: readonly AttachedFile[]): readonly Problem[] {
  const count = message.files?.length ?? 0;
  const problems: Problem[] = [];
  if (message.channel === 'mms' && count === 0) {
    const text = 'files is required for mms on this gateway';
    problems.push({ field: 'files', rule: 'required', message: text });
  }
  if (message.channel === 'alimtalk' && count > 0) {
    const text = 'files is not carried by this gateway for alimtalk: its image is its template’s';
    problems.push({ field: 'files', rule: 'not-for-gateway', message: text });
  }
  if (count > MAX_FILES) {
    const text = `files must be at most ${MAX_FILES} for this gateway, there are ${count}`;
    problems.push({ field: 'files', rule: 'too-long', message: text, limit: MAX_FILES, actual: count });
  }
  return [...problems, ...sizeProblems(files ?? [])];
}

function sizeProblems(files: readonly AttachedFile[]): readonly Problem[] {
  const limit = `${MAX_WIDTH}x${MAX_HEIGHT}`;
  const problems: Problem[] = files.flatMap(({ width, height }, index) => {
    if (width <= MAX_WIDTH && height <= MAX_HEIGHT) return [];
    const field = `files.${index}`;
    const actual = `${width}x${height}`;
    const message = `${field} must be at most ${limit} pixels for this gateway, it has ${actual}`;
    return [{ field, rule: 'image-size', message, limit, actual }];
  });
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > MAX_BYTES) {
    const message = `files must be at most ${MAX_BYTES} bytes together for this gateway, they have ${total}`;
    problems.push({ field: 'files', rule: 'too-large', message, limit: MAX_BYTES, actual: total });
  }
  return problems;
}
