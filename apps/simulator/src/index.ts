export {
  type ActiveFault,
  type Capture,
  type CaptureFilter,
  FAULTS,
  FakeClock,
  type FaultName,
  type FaultSpec,
  type LedgerEntry,
  type LedgerFilter,
  type RateFigures,
  type SimulatorHandle,
  type Stats,
  type ViolationCount,
} from './common/index.js';
export {
  LGHV_DEFAULT_ACCOUNT,
  LGHV_DEFAULT_CRYPTO,
  LGHV_DEFAULT_OUTCOMES,
  LGHV_RULES,
  type LghvAccount,
  type LghvHandle,
  type LghvOptions,
  type LghvRule,
  type LghvSettings,
  startLghvSimulator,
} from './lghv/index.js';
export { runSimulator } from './main.js';
export type { RunIo } from './run.js';
export {
  SMTNT_DEFAULT_ACCOUNT,
  SMTNT_DEFAULT_CRYPTO,
  SMTNT_DEFAULT_OUTCOMES,
  SMTNT_RULES,
  type SmtntAccount,
  type SmtntChange,
  type SmtntHandle,
  type SmtntOptions,
  type SmtntRuleId,
  type SmtntSettings,
  startSmtntSimulator,
} from './smtnt/index.js';
