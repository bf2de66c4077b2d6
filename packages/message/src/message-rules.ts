import type { Channel } from './channel.js';
import { kakaoProblems } from './kakao-rules.js';
import type { ContentShape, MessageShape } from './message-schema.js';
import { checkRecipient, checkSender, isInternational, type NumberCheck } from './phone-number.js';
import { type Problem, required } from './problem.js';
import { rcsTypeOf } from './rcs-part.js';
import { rcsProblems } from './rcs-rules.js';
import { encodedProblems, limitedProblems, subjectProblems, textLimit } from './text-rules.js';

const REF_BYTES = 100;
const USER_DATA_BYTES = 1000;

/** How far ahead `sendAt` may lie. */
const MAX_AHEAD_DAYS = 60;
const DAY_MS = 24 * 3600 * 1000;

/** Where a content's field is: `''` for the message itself, `fallback.0.` for a step. */
type Prefix = string;

/** An MMS may be its images alone; the text of an RCS message may stand in its template or on its card. */
function mayBeEmpty(shape: ContentShape): boolean {
  if (shape.channel === 'mms') return shape.files !== undefined;
  if (shape.channel !== 'rcs') return false;
  const type = rcsTypeOf(shape);
  return type === 'mms' || type === 'template';
}

function textProblems(shape: ContentShape, channel: Channel, to: string, prefix: Prefix): Problem[] {
  const { text } = shape;
  const field = `${prefix}text`;
  if (text === undefined || text === '') return mayBeEmpty(shape) ? [] : [required(field, `for ${channel}`)];
  return limitedProblems(field, text, textLimit({ ...shape, channel }, to));
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
    problems.push(...kakaoProblems(shape, channel, prefix));
  }
  if (channel === 'rcs') problems.push(...rcsProblems(shape, prefix));
  return problems;
}

/** The rules of a content: those of the message itself and of every fallback step. `to`: normalised, `''` when unknown. */
export function contentProblems(shape: ContentShape, to: string, prefix: Prefix = ''): Problem[] {
  const { channel } = shape;
  if (channel === undefined) return [];
  const problems = textProblems(shape, channel, to, prefix);
  if (shape.subject !== undefined) problems.push(...subjectProblems(`${prefix}subject`, shape.subject));
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

/** To the millisecond, also when that is all that is too much. */
function iso(at: number): string {
  return new Date(at).toISOString();
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
  if (sendAt !== undefined && now !== undefined) {
    const last = now + MAX_AHEAD_DAYS * DAY_MS;
    const at = Date.parse(sendAt);
    if (at > last) {
      const message = `sendAt must lie at most ${MAX_AHEAD_DAYS} days ahead`;
      problems.push({ field: 'sendAt', rule: 'too-late', message, limit: iso(last), actual: iso(at) });
    }
  }
  return problems;
}

/** A result has one destination. */
function destinationProblem({ replyTo, webhook }: Partial<MessageShape>): Problem | undefined {
  if (replyTo === undefined || webhook === undefined) return undefined;
  const message = 'webhook must not stand beside replyTo: a result goes to one place';
  return { field: 'webhook', rule: 'exclusive', message };
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
    destinationProblem(shape),
  ].filter((problem) => problem !== undefined);
  const steps = shape.fallback ?? [];
  return [
    ...single,
    ...contentProblems(shape, digits),
    ...timeProblems(shape, now),
    ...steps.flatMap((step, index) => contentProblems(step, digits, `fallback.${index}.`)),
  ];
}
