import { measureText } from './measure.js';
import { isInternational, normaliseNumber } from './phone-number.js';
import type { Problem } from './problem.js';
import { characterCount } from './text-characters.js';
import {
  type LimitedContent,
  limitedProblems,
  subjectProblems,
  type TextLimit,
  textLimit,
} from './text-rules.js';

/** A text, and what its limit depends on. */
export interface TextContent extends LimitedContent {
  readonly text: string;
  readonly subject?: string | undefined;
}

/** A text as its channel measures it. */
export interface TextCheck {
  /** In the unit of `limit`; a character that the charset lacks counts as none. */
  readonly size: number;
  readonly limit: TextLimit;
  /** Negative where it is too long. */
  readonly left: number;
  /** What is wrong with the text or the subject: too long, a character that the charset lacks, a control character. */
  readonly problems: readonly Problem[];
}

/**
 * Measures a text as the fleet's door will: for a form that shows, while somebody types, how much is left. Pure. Says
 * nothing of what depends on more than the text, such as whether one is required.
 * @param to the recipient, if known: an SMS abroad has another limit
 */
export function checkText(content: TextContent, to = ''): TextCheck {
  const { text, subject } = content;
  const limit = textLimit(content, digitsOf(to));
  const size = limit.unit === 'bytes' ? measureText(text, limit.charset).bytes : characterCount(text);
  const problems = [
    ...limitedProblems('text', text, limit),
    ...(subject === undefined ? [] : subjectProblems('subject', subject)),
  ];
  return { size, limit, left: limit.max - size, problems };
}

/**
 * The cheaper one of SMS and LMS that carries this text whole; undefined where neither does, and {@link checkText} then
 * says why. A subject needs an LMS; abroad there is only the SMS.
 */
export function smsOrLms(
  text: string,
  { subject, to = '' }: { readonly subject?: string | undefined; readonly to?: string | undefined } = {},
): 'sms' | 'lms' | undefined {
  const fits = (channel: 'sms' | 'lms') => checkText({ channel, text, subject }, to).problems.length === 0;
  const digits = digitsOf(to);
  const abroad = digits !== '' && isInternational(digits);
  if (subject === undefined && fits('sms')) return 'sms';
  return !abroad && fits('lms') ? 'lms' : undefined;
}

function digitsOf(to: string): string {
  const number = normaliseNumber(to);
  return number.ok ? number.digits : '';
}
