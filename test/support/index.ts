export { Child, pause, until } from './child.js';
export { type Account, drawLedger, idInText, type Ledger } from './ledger.js';
export { ordinaryMessages } from './messages.js';
export { ROOT } from './paths.js';
export { type Picture, picture } from './pictures.js';
export { ResultLog } from './result-log.js';
export { Simulator } from './simulator.js';
export { World, type WorldOptions } from './world.js';
