import { CONNECTION_RULES } from './rules-connection.js';
import { SUBMIT_RULES } from './rules-submit.js';
import { UPLOAD_RULES } from './rules-upload.js';

/**
 * Everything that the simulator judges. A rule that is broken is counted under its id; whether the peer also gets
 * an error code, loses its connection or is served all the same stands at the place that judges it.
 */
export const SMTNT_RULES = { ...CONNECTION_RULES, ...SUBMIT_RULES, ...UPLOAD_RULES } as const;

export type SmtntRuleId = keyof typeof SMTNT_RULES;

/** A broken rule. `detail` names field, limit and actual value, never content or a whole number. */
export interface Breach {
  readonly rule: SmtntRuleId;
  readonly detail: string;
}
