export type { RequeueRequest, StepAnswer } from './acknowledge.js';
export { accept, findByWireId, markUncertain, readMessage, requeue } from './acknowledge.js';
export type { MemberStanding } from './batched.js';
export { batchedCount, batchOf, closeBatch, noteBatch, openBatch, sweepBatched } from './batched.js';
export { CIRCUIT_TTL_MS, keepCircuits, readCircuits, swapCircuit } from './circuits.js';
export type { ClaimAnswer, ClaimRequest, ProbeRequest } from './claim.js';
export { claim, claimProbe } from './claim.js';
export { composeResult } from './compose-result.js';
export type { EnqueuedMessage, Standing } from './conflicts.js';
export { standingInstead } from './conflicts.js';
export type { PathClock } from './deadlines.js';
export { dueDeadlines, reportPathUp, tickGatewayPath, tickPath, unsettledCount } from './deadlines.js';
export type { Decision, StageRefusal, StepEnd, WriteAnswer, WriteContext } from './decide.js';
export {
  decide,
  decideEarlierStep,
  decideStaging,
  decideStepEnd,
  RETRY_DELAYS_MS,
  TOO_OFTEN_DELAY_MS,
  TOO_OFTEN_RETRIES,
} from './decide.js';
export type { Durability, DurabilityFinding, RedisSettings } from './durability.js';
export { judgeDurability, readRedisSettings } from './durability.js';
export { Journal } from './journal.js';
export type { FateKeys } from './keys.js';
export { fateKeys } from './keys.js';
export type { Lease } from './lease.js';
export {
  acquireLease,
  keepRests,
  LEASE_QUIT_MS,
  LEASE_RENEW_MS,
  LEASE_TTL_MS,
  leaseHolders,
  releaseLease,
  renewLease,
  SUCCESSION_PAUSE_MS,
  signOff,
  signOn,
} from './lease.js';
export { type SharedMemory, sharedMemory } from './memory.js';
export { clearNextStep, nextStepLeftovers } from './next-steps.js';
export type { OptOut, OptOutPage } from './opt-out.js';
export { ANY_NUMBER, addOptOut, optOuts, optOutsOf, removeOptOut } from './opt-out.js';
export { buryTombstones, clearOutbox, DEDUPLICATION_TAIL_MS, isInOutbox, outboxLeftovers } from './outbox.js';
export type { ParkedEntry, ParkedReport } from './parked.js';
export { parkedReports, parkReport } from './parked.js';
export type { BurstCheck, BurstRule } from './recipient-burst.js';
export type {
  AttemptRecord,
  CommercialMark,
  MessageRecord,
  NextStepRecord,
  Outcome,
  RecordFields,
  RecordState,
  ResultMeta,
} from './record.js';
export { awaitsItsQueue, metaOf, RECORD_FIELDS, readRecord } from './record.js';
export { waitForReplicas } from './replicas.js';
export { type Script, script } from './script.js';
export type { SettleAnswer, UnsentMessage } from './settle.js';
export {
  settleByDeadline,
  settleByRefusal,
  settleByReport,
  settleByWireId,
  settleCancelled,
  settleUnsent,
} from './settle.js';
export type { ShareAdvice } from './share.js';
export { fairShare } from './share.js';
export type { SiftedJob } from './sift.js';
export { siftJobs } from './sift.js';
export type { StoreEvent, StoreOptions, StoreState } from './store.js';
export {
  isConnectionError,
  JOURNAL_MS,
  SETTLE_IN_MS,
  Store,
  storeConnectionOptions,
} from './store.js';
export { StoreUnavailable } from './store-unavailable.js';
export type { TurnAwayAnswer, TurnAwayRequest } from './turn-away.js';
export { turnAway } from './turn-away.js';
export type { WireIdSeed } from './wire-id.js';
export { deriveWireId, payloadHash } from './wire-id.js';
