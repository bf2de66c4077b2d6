import type { ContentShape } from './message-schema.js';
import { type Problem, required } from './problem.js';
import { type RcsType, rcsTypeOf } from './rcs-part.js';

function notForType(field: string, limit: string, actual: RcsType): Problem {
  return { field, rule: 'not-for-type', message: `${field} is for an RCS ${limit} only`, limit, actual };
}

/** Rules of an RCS message that hang on its type or on several of its fields. */
export function rcsProblems(shape: ContentShape, prefix: string): Problem[] {
  const { files, rcs = {}, subject } = shape;
  const type = rcsTypeOf(shape);
  const problems: Problem[] = [];
  if (rcs.messageBaseId === undefined) problems.push(required(`${prefix}rcs.messageBaseId`, 'for rcs'));
  if (rcs.header === true && rcs.footer === undefined) {
    problems.push(required(`${prefix}rcs.footer`, 'beside rcs.header: the number for opting out'));
  }
  if (files !== undefined && type !== 'mms') problems.push(notForType(`${prefix}files`, 'mms', type));
  if (subject !== undefined && type === 'sms') {
    problems.push(notForType(`${prefix}subject`, 'lms, mms or template', type));
  }
  return problems;
}
