export { type Admin, type AdminHooks, startAdmin } from './admin.js';
export { type Capture, type CaptureFilter, Captures, type Direction } from './captures.js';
export { type Cancel, type Clock, FakeClock, systemClock } from './clock.js';
export { NumberColumn } from './column.js';
export {
  COMMON_FLAGS,
  COMMON_USAGE,
  type CommonChoices,
  type CommonFlags,
  commonChoices,
  flagNumber,
  flagPort,
  readFlags,
  type SimulatorCommand,
  UsageError,
} from './command.js';
export { DelayQueue } from './delay-queue.js';
export {
  type ActiveFault,
  FAULTS,
  FaultError,
  type FaultName,
  type FaultSpec,
  Faults,
  faultNumber,
  parseFault,
} from './faults.js';
export { createHandle, type HandleParts, resetJudge, type SimulatorHandle } from './handle.js';
export { Judge, type JudgeOptions, type Stats } from './judge.js';
export { Ledger, type LedgerCounts, type LedgerEntry, type LedgerFilter, type Verdict } from './ledger.js';
export { type Listener, listen } from './listener.js';
export { LoopLag } from './loop-lag.js';
export { Peer } from './peer.js';
export { createRandom, type Random } from './random.js';
export { lagOfSecond, movedBy, type RateFigures, RateMeter } from './rate-meter.js';
export { SlidingSecond } from './sliding-second.js';
export {
  type Rule,
  type RuleTable,
  type ViolationCount,
  type ViolationSample,
  Violations,
} from './violations.js';
