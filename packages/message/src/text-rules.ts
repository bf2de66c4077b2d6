import type { Channel } from './channel.js';
import { type KakaoContent, kakaoFormOf } from './kakao-form.js';
import { measureText } from './measure.js';
import { codePointName, isInternational } from './phone-number.js';
import type { Problem } from './problem.js';
import { type RcsContent, rcsTypeOf } from './rcs-part.js';
import { characterCount, controlCharacter, loneSurrogate } from './text-characters.js';

/** How much text a message takes. */
export type TextLimit =
  | { readonly unit: 'bytes'; readonly charset: 'cp949' | 'utf-8'; readonly max: number }
  | { readonly unit: 'characters'; readonly max: number };

/** Bytes of CP949 in an SMS, an LMS or MMS text, and a subject (LGHV 2.2.4: 50 unencrypted; handsets show about 40). */
export const SMS_BYTES = 90;
export const LMS_BYTES = 2000;
export const SUBJECT_BYTES = 50;
/** An international SMS holds 300 bytes of UTF-8, of which the last is a NUL (LGHV 1.1). */
export const INTERNATIONAL_SMS_BYTES = 299;
/** Kakao counts characters, whatever their size (LGHV 2.2.6). */
export const KAKAO_CHARACTERS = 1000;
/** What is left of that beside an image of a FriendTalk, and beside a wide one. */
export const FRIENDTALK_IMAGE_CHARACTERS = 400;
export const FRIENDTALK_WIDE_CHARACTERS = 76;
/** What the common formats of the Korean RCS Biz Center take; a template of one's own sets its own limit below the last. */
export const RCS_CHARACTERS = { sms: 100, lms: 1300, mms: 1300, template: 2000 } as const;
const NAMED_CHARACTERS = 5;

/** What a text limit depends on. */
export interface LimitedContent {
  readonly channel: Channel;
  readonly files?: readonly string[] | undefined;
  readonly kakao?: KakaoContent['kakao'];
  readonly rcs?: RcsContent['rcs'];
}

/** The text limit of a message for a recipient given as normalised digits, `''` when unknown. */
export function textLimit(content: LimitedContent, to: string): TextLimit {
  switch (content.channel) {
    case 'sms':
      return to !== '' && isInternational(to)
        ? { unit: 'bytes', charset: 'utf-8', max: INTERNATIONAL_SMS_BYTES }
        : { unit: 'bytes', charset: 'cp949', max: SMS_BYTES };
    case 'lms':
    case 'mms':
      return { unit: 'bytes', charset: 'cp949', max: LMS_BYTES };
    case 'alimtalk':
      return { unit: 'characters', max: KAKAO_CHARACTERS };
    case 'friendtalk':
      return { unit: 'characters', max: FRIENDTALK_CHARACTERS[kakaoFormOf(content)] };
    case 'rcs':
      return { unit: 'characters', max: RCS_CHARACTERS[rcsTypeOf(content)] };
  }
}

const FRIENDTALK_CHARACTERS = {
  text: KAKAO_CHARACTERS,
  image: FRIENDTALK_IMAGE_CHARACTERS,
  wide: FRIENDTALK_WIDE_CHARACTERS,
} as const;

/** A text of several lines may hold line breaks and tabs, and no other control characters. */
function controlProblem(field: string, text: string): Problem | undefined {
  const actual = controlCharacter(text, 'several');
  if (actual === undefined) return undefined;
  return { field, rule: 'control-character', message: `${field} must not hold control characters`, actual };
}

/** Hangul in separate jamo, as some file systems write it, is not in CP949 although it looks the same. */
function hintFor(character: string): string {
  return /[\u1100-\u11ff]/.test(character) ? ' (decomposed Hangul: normalise it to NFC)' : '';
}

/** A text measured in the bytes of a charset: what that charset lacks, and what is too long. */
export function encodedProblems(
  field: string,
  text: string,
  charset: 'cp949' | 'utf-8',
  max: number,
): Problem[] {
  const { bytes, unmappable } = measureText(text, charset);
  const problems: Problem[] = [];
  const first = unmappable[0];
  if (first) {
    const named = unmappable
      .slice(0, NAMED_CHARACTERS)
      .map(({ character, index }) => `${codePointName(character)} at ${index}`)
      .join(', ');
    const more =
      unmappable.length > NAMED_CHARACTERS ? `, and ${unmappable.length - NAMED_CHARACTERS} more` : '';
    problems.push({
      field,
      rule: 'unmappable',
      message: `${field} has characters that ${charset.toUpperCase()} lacks: ${named}${more}${hintFor(first.character)}`,
      limit: charset,
      actual: named + more,
    });
  }
  if (bytes > max) {
    const message = `${field} must be at most ${max} bytes of ${charset.toUpperCase()}, it has ${bytes}`;
    problems.push({ field, rule: 'too-long', message, limit: max, actual: bytes });
  }
  return problems;
}

/** A text measured in characters, each code point one. */
function characterProblems(field: string, text: string, max: number): Problem[] {
  const problems: Problem[] = [];
  const half = loneSurrogate(text);
  if (half !== undefined) {
    problems.push({
      field,
      rule: 'unmappable',
      message: `${field} has half a character: ${half}`,
      actual: half,
    });
  }
  const actual = characterCount(text);
  if (actual > max) {
    const message = `${field} must be at most ${max} characters, it has ${actual}`;
    problems.push({ field, rule: 'too-long', message, limit: max, actual });
  }
  return problems;
}

/** What is wrong with a text that is there, by its limit. */
export function limitedProblems(field: string, text: string, limit: TextLimit): Problem[] {
  const size =
    limit.unit === 'bytes'
      ? encodedProblems(field, text, limit.charset, limit.max)
      : characterProblems(field, text, limit.max);
  const control = controlProblem(field, text);
  return control ? [control, ...size] : size;
}

/** What is wrong with a subject: one line of at most {@link SUBJECT_BYTES}. */
export function subjectProblems(field: string, subject: string): Problem[] {
  const control = controlProblem(field, subject);
  const size = encodedProblems(field, subject, 'cp949', SUBJECT_BYTES);
  const rest = control ? [control, ...size] : size;
  const line = /[\r\n]/.exec(subject);
  if (!line) return rest;
  const actual = `${codePointName(line[0])} at ${line.index}`;
  return [{ field, rule: 'one-line', message: `${field} must be one line`, actual }, ...rest];
}
