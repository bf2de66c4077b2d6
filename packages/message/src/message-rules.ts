import type { Channel } from './channel.js';
import { measureText } from './measure.js';
import type { FallbackShape, MessageShape } from './message-schema.js';
import {
  checkRecipient,
  checkSender,
  codePointName,
  isInternational,
  type NumberCheck,
} from './phone-number.js';
import type { Problem } from './problem.js';

/** How much text a channel takes. */
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
const RCS_CHARACTERS = 2000;
const NAMED_CHARACTERS = 5;
const REF_BYTES = 100;
const USER_DATA_BYTES = 1000;

/** The text limit of a channel for a recipient given as normalised digits. */
export function textLimit(channel: Channel, to: string): TextLimit {
  switch (channel) {
    case 'sms':
      return to !== '' && isInternational(to)
        ? { unit: 'bytes', charset: 'utf-8', max: INTERNATIONAL_SMS_BYTES }
        : { unit: 'bytes', charset: 'cp949', max: SMS_BYTES };
    case 'lms':
    case 'mms':
      return { unit: 'bytes', charset: 'cp949', max: LMS_BYTES };
    case 'alimtalk':
    case 'friendtalk':
      return { unit: 'characters', max: KAKAO_CHARACTERS };
    case 'rcs':
      return { unit: 'characters', max: RCS_CHARACTERS };
  }
}

/** How far ahead `sendAt` may lie. */
const MAX_AHEAD_DAYS = 60;
const DAY_MS = 24 * 3600 * 1000;

type ContentShape = Partial<Omit<FallbackShape, 'onUnknown'>>;

/** Where a content's field is: `''` for the message itself, `fallback.0.` for a step. */
type Prefix = string;

/** C0 controls and DEL, without tab, line feed and carriage return: a NUL would end the text on the wire. */
function isForbiddenControl(unit: number): boolean {
  return unit === 0x7f || (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d);
}

function controlProblem(field: string, text: string): Problem | undefined {
  for (let index = 0; index < text.length; index++) {
    if (!isForbiddenControl(text.charCodeAt(index))) continue;
    const actual = `${codePointName(text.charAt(index))} at ${index}`;
    return { field, rule: 'control-character', message: `${field} must not hold control characters`, actual };
  }
  return undefined;
}

/** Hangul in separate jamo, as some file systems write it, is not in CP949 although it looks the same. */
function hintFor(character: string): string {
  return /[\u1100-\u11ff]/.test(character) ? ' (decomposed Hangul: normalise it to NFC)' : '';
}

function encodedProblems(field: string, text: string, charset: 'cp949' | 'utf-8', max: number): Problem[] {
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

function characterProblem(field: string, text: string, max: number): Problem | undefined {
  if (text.length <= max) return undefined;
  const actual = [...text].length;
  if (actual <= max) return undefined;
  const message = `${field} must be at most ${max} characters, it has ${actual}`;
  return { field, rule: 'too-long', message, limit: max, actual };
}

function required(field: string, why: string): Problem {
  return { field, rule: 'required', message: `${field} is required ${why}` };
}

function mayBeEmpty(shape: ContentShape): boolean {
  return shape.channel === 'rcs' || (shape.channel === 'mms' && shape.files !== undefined);
}

function textProblems(shape: ContentShape, to: string, prefix: Prefix): Problem[] {
  const { channel, text } = shape;
  const field = `${prefix}text`;
  if (channel === undefined) return [];
  if (text === undefined || text === '') return mayBeEmpty(shape) ? [] : [required(field, `for ${channel}`)];
  const limit = textLimit(channel, to);
  const size =
    limit.unit === 'bytes'
      ? encodedProblems(field, text, limit.charset, limit.max)
      : [characterProblem(field, text, limit.max)];
  return [controlProblem(field, text), ...size].filter((problem) => problem !== undefined);
}

function subjectProblems(subject: string, prefix: Prefix): Problem[] {
  const field = `${prefix}subject`;
  const line = /[\r\n]/.exec(subject);
  const broken: Problem[] = line
    ? [
        {
          field,
          rule: 'one-line',
          message: `${field} must be one line`,
          actual: `${codePointName(line[0])} at ${line.index}`,
        },
      ]
    : [];
  const control = controlProblem(field, subject);
  return [
    ...broken,
    ...(control ? [control] : []),
    ...encodedProblems(field, subject, 'cp949', SUBJECT_BYTES),
  ];
}

/** Which channels take which optional part; all others refuse it, so that a wrong channel does not go unnoticed. */
const PARTS: readonly (readonly [keyof ContentShape, readonly Channel[]])[] = [
  ['subject', ['lms', 'mms', 'friendtalk', 'rcs']],
  ['files', ['mms', 'alimtalk', 'friendtalk', 'rcs']],
  ['kakao', ['alimtalk', 'friendtalk']],
  ['rcs', ['rcs']],
  ['urlCallback', ['sms']],
];

function partProblems(shape: ContentShape, channel: Channel, prefix: Prefix): Problem[] {
  const problems: Problem[] = [];
  for (const [part, channels] of PARTS) {
    const value = shape[part];
    if (value === undefined || value === false || channels.includes(channel)) continue;
    const field = prefix + part;
    const limit = channels.join(', ');
    problems.push({
      field,
      rule: 'not-for-channel',
      message: `${field} is for ${limit} only`,
      limit,
      actual: channel,
    });
  }
  if (channel === 'alimtalk' || channel === 'friendtalk') {
    if (shape.kakao?.senderKey === undefined)
      problems.push(required(`${prefix}kakao.senderKey`, `for ${channel}`));
  }
  if (channel === 'alimtalk' && shape.kakao?.templateCode === undefined) {
    problems.push(required(`${prefix}kakao.templateCode`, `for ${channel}`));
  }
  if (channel === 'rcs' && shape.rcs?.messageBaseId === undefined) {
    problems.push(required(`${prefix}rcs.messageBaseId`, `for ${channel}`));
  }
  return problems;
}

/** The rules of a content: those of the message itself and of every fallback step. `to`: normalised, `''` when unknown. */
export function contentProblems(shape: ContentShape, to: string, prefix: Prefix = ''): Problem[] {
  const { channel } = shape;
  if (channel === undefined) return [];
  const problems = textProblems(shape, to, prefix);
  if (shape.subject !== undefined) problems.push(...subjectProblems(shape.subject, prefix));
  problems.push(...partProblems(shape, channel, prefix));
  if (to !== '' && isInternational(to) && channel !== 'sms') {
    const field = `${prefix}channel`;
    const message = `${field} must be sms for a recipient outside Korea`;
    problems.push({ field, rule: 'not-korean', message, limit: 'sms', actual: channel });
  }
  return problems;
}

/** The problem of a number field, or none. */
export function numberProblem(field: string, check: NumberCheck): Problem | undefined {
  if (check.ok) return undefined;
  const { ok: _, message, ...rest } = check;
  return { field, ...rest, message: `${field} ${message}` };
}

function byteProblem(field: string, value: string | undefined, max: number): Problem | undefined {
  if (value === undefined || value.length * 3 <= max) return undefined;
  return encodedProblems(field, value, 'utf-8', max)[0];
}

function timeProblems(shape: Partial<MessageShape>, now: number | undefined): Problem[] {
  const problems: Problem[] = [];
  const { sendAt, expiresAt, ttlSeconds } = shape;
  if (expiresAt !== undefined && ttlSeconds !== undefined) {
    const message = 'ttlSeconds must not stand beside expiresAt: give one of them';
    problems.push({ field: 'ttlSeconds', rule: 'exclusive', message });
  }
  if (sendAt !== undefined && expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(sendAt)) {
    problems.push({ field: 'expiresAt', rule: 'order', message: 'expiresAt must lie after sendAt' });
  }
  if (sendAt !== undefined && now !== undefined && Date.parse(sendAt) > now + MAX_AHEAD_DAYS * DAY_MS) {
    const message = `sendAt must lie at most ${MAX_AHEAD_DAYS} days ahead`;
    problems.push({ field: 'sendAt', rule: 'too-late', message, limit: MAX_AHEAD_DAYS });
  }
  return problems;
}

/**
 * Every rule of message v1 that its shape cannot say. Takes a shape whose bad fields were left out, so that all mistakes
 * of a message come out together.
 */
export function messageProblems(shape: Partial<MessageShape>, now: number | undefined): Problem[] {
  const to = shape.to === undefined ? undefined : checkRecipient(shape.to);
  const from = shape.from === undefined ? undefined : checkSender(shape.from);
  const digits = to?.ok ? to.digits : '';
  const single = [
    to && numberProblem('to', to),
    from && numberProblem('from', from),
    byteProblem('ref', shape.ref, REF_BYTES),
    byteProblem('userData', shape.userData, USER_DATA_BYTES),
  ].filter((problem) => problem !== undefined);
  const steps = shape.fallback ?? [];
  return [
    ...single,
    ...contentProblems(shape, digits),
    ...timeProblems(shape, now),
    ...steps.flatMap((step, index) => contentProblems(step, digits, `fallback.${index}.`)),
  ];
}

/** Parts of a message that are checked but not yet carried out by a fleet: refused by name rather than ignored. */
export function uncarriedParts(message: { readonly fallback?: unknown }): Problem[] {
  if (message.fallback === undefined) return [];
  return [{ field: 'fallback', rule: 'not-carried', message: 'fallback is not carried out by this version' }];
}
