export type { BackoffHistory, BackoffPolicy, Setback } from './backoff.js';
export { afterReady, backoff, freshHistory } from './backoff.js';
export type { Cancel, Clock } from './clock.js';
export { FakeClock, systemClock } from './clock.js';
export type { Connect } from './connect.js';
export { tcpConnect } from './connect.js';
export type {
  AckOutcome,
  Dialect,
  DialectConnection,
  Endpoint,
  ErrandAnswer,
  Grants,
  Inbound,
} from './dialect.js';
export { LoginRefusedError } from './dialect.js';
export { durationSchema, parseDuration } from './duration.js';
export type { ErrandOutcome, ErrandStep, ErrandSteps } from './errands.js';
export type {
  Advice,
  AgentIdentity,
  AttachedFile,
  Attachments,
  Certainty,
  DeliveryReport,
  GatewayKind,
  LineDeps,
  LineEvent,
  LineStatus,
  Log,
  Notice,
  PreparedSubmit,
  ReportLine,
  SendLine,
  SessionStateName,
  SessionStatus,
  SharedMemory,
  Slot,
  Staged,
  StageOutcome,
  SubmitOutcome,
} from './gateway.js';
export type { KeepAlivePolicy, KeepAliveVerdict } from './keepalive.js';
export { KeepAlive } from './keepalive.js';
export type {
  LineOptions,
  ManagedLine,
  ManagedReportLine,
  ManagedSendLine,
  SendLineOptions,
  SessionSpec,
} from './line-options.js';
export { Pacer, type PacerOptions, type PaceTicket } from './pacer.js';
export type { SessionPolicy } from './policy.js';
export {
  defaultRecipientBurst,
  mustCountTogether,
  RecipientBurst,
  type RecipientBurstLimits,
  TRAVEL_MS,
} from './recipient-burst.js';
export { createReportLine } from './report-line.js';
export { createSendLine } from './send-line.js';
export { InFlightWindow, type SettleResult, type WindowCounts, windowFor } from './window.js';
