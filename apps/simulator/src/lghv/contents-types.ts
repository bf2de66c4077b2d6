/** What a part is, as far as CONTENTS_TYPE tells it; `media` is sound or film that its name does not tell apart. */
export type PartKind = 'text' | 'image' | 'audio' | 'video' | 'media' | 'button' | 'unknown';

/** Appendix 2, the kinds in the order of the alphabet. */
const CONTENTS_TYPES: Readonly<Record<string, string>> = {
  TXT: 'text',
  IMG: 'image',
  ADO: 'audio',
  MOV: 'video',
  IMT: 'image+text',
  IMA: 'audio+image',
  TXA: 'audio+text',
  MOT: 'text+video',
  ITA: 'audio+image+text',
};

/** Whether CONTENTS_TYPE names what the parts are (LGHV appendix 2). Buttons have no letter of their own. */
export function fitsContents(contents: string, kinds: readonly PartKind[]): boolean {
  const expected = Object.hasOwn(CONTENTS_TYPES, contents) ? CONTENTS_TYPES[contents] : undefined;
  if (expected === undefined) return false;
  if (kinds.includes('unknown')) return true;
  return (['audio', 'video'] as const).some((media) => {
    const told = kinds.filter((kind) => kind !== 'button').map((kind) => (kind === 'media' ? media : kind));
    return [...new Set(told)].sort().join('+') === expected;
  });
}

const EXTENSIONS: Readonly<Record<string, PartKind>> = { mmf: 'audio', k3g: 'video', sis: 'image' };

/** What an "other" part is by its name: LGHV 4 names mmf for sound, k3g for film and sis for moving images. */
export function kindOfFile(fileName: string): PartKind {
  return EXTENSIONS[fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()] ?? 'media';
}
