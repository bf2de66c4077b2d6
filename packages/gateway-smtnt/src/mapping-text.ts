import { type MessageV1, measureText, type Problem, SUBJECT_BYTES, textLimit } from '@pabal/message';

/** The handsets show CP949 although the wire is UTF-8: a text that is too long or unmappable there would arrive spoilt. */
function cp949Problem(field: string, text: string, max: number): Problem | undefined {
  const { bytes, unmappable } = measureText(text, 'cp949');
  const [first] = unmappable;
  if (first !== undefined) {
    const actual = `U+${(first.character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const message = `${field} has a character that CP949 lacks: ${actual} at ${first.index}`;
    return { field, rule: 'unmappable', message, limit: 'cp949', actual };
  }
  if (bytes <= max) return undefined;
  const message = `${field} must be at most ${max} bytes of CP949, it has ${bytes}`;
  return { field, rule: 'too-long', message, limit: max, actual: bytes };
}

/** Kakao and RCS take any character, and count them. */
function characterProblem(field: string, text: string, max: number): Problem | undefined {
  const actual = [...text].length;
  if (actual <= max) return undefined;
  const message = `${field} must be at most ${max} characters, it has ${actual}`;
  return { field, rule: 'too-long', message, limit: max, actual };
}

/** A message has a text (SMTNT 3.4, code 18): SMS 90, LMS and MMS 2,000 bytes, subject 50, of CP949; Kakao and RCS by characters (SMTNT 3.3.6). */
export function textProblems(message: MessageV1): readonly Problem[] {
  const { subject, text, to } = message;
  if (text === '') return [{ field: 'text', rule: 'required', message: 'text is required for this gateway' }];
  const limit = textLimit(message, to);
  const textProblem =
    limit.unit === 'bytes'
      ? cp949Problem('text', text, limit.max)
      : characterProblem('text', text, limit.max);
  const subjectProblem =
    subject === undefined || limit.unit === 'characters'
      ? undefined
      : cp949Problem('subject', subject, SUBJECT_BYTES);
  return [textProblem, subjectProblem].filter((problem) => problem !== undefined);
}
