export type { LghvAccount, LghvOptions, LghvSettings } from './options.js';
export { DEFAULT_ACCOUNT as LGHV_DEFAULT_ACCOUNT, DEFAULT_CRYPTO as LGHV_DEFAULT_CRYPTO } from './options.js';
export { DEFAULT_OUTCOMES as LGHV_DEFAULT_OUTCOMES, type Outcome, type Outcomes } from './outcomes.js';
export { LGHV_RULES, type LghvRule } from './rules.js';
export { type LghvHandle, startLghvSimulator } from './simulator.js';
