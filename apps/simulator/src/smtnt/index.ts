export type { SmtntChange } from './change.js';
export { smtntCommand } from './command.js';
export type { SmtntCrypto } from './crypto.js';
export type { AccountDetails } from './gateway.js';
export {
  DEFAULT_ACCOUNT as SMTNT_DEFAULT_ACCOUNT,
  DEFAULT_CRYPTO as SMTNT_DEFAULT_CRYPTO,
  type SmtntAccount,
  type SmtntOptions,
} from './options.js';
export {
  DEFAULT_OUTCOMES as SMTNT_DEFAULT_OUTCOMES,
  type Outcome as SmtntOutcome,
  type Outcomes as SmtntOutcomes,
} from './outcomes.js';
export { SMTNT_RULES, type SmtntRuleId } from './rules.js';
export { type SmtntHandle, startSmtntSimulator } from './server.js';
export type { Grant as SmtntGrant, SmtntSettings } from './settings.js';
