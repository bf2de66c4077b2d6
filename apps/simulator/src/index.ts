export {
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
  SMTNT_DEFAULTS,
  SMTNT_RULES,
  type SmtntAccountOptions,
  type SmtntSimulatorHandle,
  type SmtntSimulatorOptions,
  startSmtntSimulator,
} from './smtnt/index.js';
