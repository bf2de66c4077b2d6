import { FieldError } from '@pabal/wire';
import type { PartInput } from './part-input.js';

/** Every CONTENTS_TYPE, with what it stands for (LGHV appendix 2). */
export const CONTENTS_TYPES = {
  TXT: ['text'],
  IMG: ['image'],
  ADO: ['audio'],
  MOV: ['video'],
  IMT: ['image', 'text'],
  IMA: ['image', 'audio'],
  TXA: ['text', 'audio'],
  MOT: ['text', 'video'],
  ITA: ['text', 'image', 'audio'],
} as const satisfies Record<string, readonly Content[]>;
export type ContentsType = keyof typeof CONTENTS_TYPES;

type Content = 'text' | 'image' | 'audio' | 'video';

const NAMES = Object.keys(CONTENTS_TYPES) as readonly ContentsType[];
/** DATATYPE `e` says no more than "other": the file's name tells what it is (LGHV 4.2 to 4.4). */
const OTHER_FILES: readonly [RegExp, Content][] = [
  [/\.sis$/i, 'image'],
  [/\.(k3g|skm|3gp|3g2|mp4|avi|mov|wmv)$/i, 'video'],
  [/\.(mmf|ma2|ma3|ma5|mid|midi|amr|aac|m4a|mp3|wav|qcp)$/i, 'audio'],
];
const IMAGE_FRAGMENT = /^\s*"image"\s*:/;

/**
 * The CONTENTS_TYPE of these parts. Kakao's buttons count for nothing, its image by address for an image.
 * @throws FieldError where appendix 2 has no name for them, or a file's name does not tell what it is.
 */
export function contentsTypeOf(parts: readonly PartInput[]): ContentsType {
  const contents = new Set<Content>();
  for (const part of parts) {
    const content = contentOf(part);
    if (content !== undefined) contents.add(content);
  }
  const found = NAMES.find((name) => isSame(contents, CONTENTS_TYPES[name]));
  if (found === undefined) {
    const listed = contents.size === 0 ? 'nothing' : [...contents].join(' and ');
    throw new FieldError('contentsType', 'known-contents', NAMES.join(', '), listed);
  }
  return found;
}

function contentOf(part: PartInput): Content | undefined {
  switch (part.dataType) {
    case 't':
      return 'text';
    case 'i':
      return 'image';
    case 'z':
      return IMAGE_FRAGMENT.test(part.text) ? 'image' : undefined;
    case 'e': {
      const known = OTHER_FILES.find(([ending]) => ending.test(part.fileName));
      if (!known) {
        throw new FieldError('fileName', 'known-ending', 'an ending of audio, video or sis', 'another one');
      }
      return known[1];
    }
    default:
      return part satisfies never;
  }
}

function isSame(contents: ReadonlySet<Content>, listed: readonly Content[]): boolean {
  return contents.size === listed.length && listed.every((content) => contents.has(content));
}
