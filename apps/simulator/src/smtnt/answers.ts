import { compareFields, describeFault, type FieldSpec, numberOf, textOf } from './fields.js';
import { isObject } from './packets.js';
import type { PushBook } from './pushes.js';
import type { Breach, SmtntRuleId } from './rules.js';

interface AnswerKind {
  /** The field that names what is answered. */
  readonly id: string;
  readonly fields: readonly FieldSpec[];
  readonly fieldRule: SmtntRuleId;
  readonly idRule: SmtntRuleId;
  readonly resultRule: SmtntRuleId;
}

/** What a client answers to the server's own requests. */
const ANSWERS = {
  ReportRes: {
    id: 'ServerMsgId',
    fields: echoed('UserMsgId', 'UserMsgSubId', 'ServerMsgId'),
    fieldRule: 'report-res-fields',
    idRule: 'report-res-ids',
    resultRule: 'report-res-result',
  },
  SpamRes: {
    id: 'SpamId',
    fields: echoed('SpamId', 'PhoneNo', 'DenyNo'),
    fieldRule: 'notice-res-fields',
    idRule: 'notice-res-ids',
    resultRule: 'notice-res-ids',
  },
  ChangePhoneRes: {
    id: 'ServerMsgId',
    fields: echoed('ServerMsgId', 'PhoneNo', 'ChangePhoneNo'),
    fieldRule: 'notice-res-fields',
    idRule: 'notice-res-ids',
    resultRule: 'notice-res-ids',
  },
} as const satisfies Record<string, AnswerKind>;

export type AnswerMethod = keyof typeof ANSWERS;

export function isAnswer(method: string): method is AnswerMethod {
  return Object.hasOwn(ANSWERS, method);
}

/**
 * Takes an answer. Only one with all fields, the same ids and Result 0 settles what it answers; anything else is
 * counted and the request comes again.
 */
export function takeAnswer(pushes: PushBook, method: AnswerMethod, body: unknown): Breach[] {
  const kind: AnswerKind = ANSWERS[method];
  if (!isObject(body)) return [{ rule: kind.fieldRule, detail: `Body of ${method} is not an object` }];
  const faults = compareFields(body, kind.fields);
  const breaches: Breach[] = faults.map((fault) => ({
    rule: kind.fieldRule,
    detail: `${method}: ${describeFault(fault)}`,
  }));
  if (faults.some((fault) => fault.kind === 'missing' || fault.kind === 'type')) return breaches;
  const id = textOf(body, kind.id);
  const push = pushes.find(`${method}:${id}`);
  if (push === undefined) {
    if (id === '' && pushes.excuse()) return breaches;
    breaches.push({ rule: kind.idRule, detail: `${method}: ${kind.id} was never sent` });
    return breaches;
  }
  const result = numberOf(body, 'Result');
  if (result !== 0)
    breaches.push({ rule: kind.resultRule, detail: `${method}: Result ${result}, must be 0` });
  if (push === 'answered') return breaches;
  const differing = Object.entries(push.echo).filter(([name, value]) => body[name] !== value);
  const isEmptied = differing.length > 0 && differing.every(([name]) => body[name] === '');
  if (isEmptied && pushes.excuse()) return breaches;
  for (const [name] of differing) {
    breaches.push({ rule: kind.idRule, detail: `${method}: ${name} differs from what was sent` });
  }
  if (result === 0 && differing.length === 0) pushes.answer(push);
  return breaches;
}

function echoed(...names: readonly string[]): readonly FieldSpec[] {
  return [...names.map((name): FieldSpec => ({ name, type: 'string' })), { name: 'Result', type: 'number' }];
}
