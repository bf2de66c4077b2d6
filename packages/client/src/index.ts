export type { Outcome } from '@pabal/fate';
export type { FileRule, StoredFileInfo } from '@pabal/files';
export { FileError } from '@pabal/files';
export type {
  AdPart,
  Channel,
  Content,
  FallbackInput,
  FallbackStep,
  JsonObject,
  JsonSchema,
  JsonValue,
  KakaoButton,
  KakaoItem,
  KakaoItems,
  KakaoPart,
  KakaoQuickReply,
  MessageInput,
  MessageV1,
  ParsedMessage,
  Priority,
  Problem,
  RcsButton,
  RcsPart,
  RcsType,
  ReasonCode,
  ResultAttempt,
  ResultStatus,
  ResultV1,
  SmtntPart,
  WebhookPart,
} from '@pabal/message';
export { toJsonSchema } from '@pabal/message';
export type { FleetCatalogue, NodeAddress, RedisLocation, TlsLocation } from '@pabal/queues';
export type { CancelAnswer } from './cancel.js';
export { PabalClient } from './client.js';
export type { ClientOptions, RedisHealth } from './client-options.js';
export type { Interrupted, PabalError } from './errors.js';
export {
  isPabalError,
  MemoryGuardClosed,
  MessageConflict,
  MessageNotFound,
  MessageRefused,
  RedisUnavailable,
  SendingStopped,
} from './errors.js';
export { DEFAULT_ROUTE, fleetProblems } from './fleet-rules.js';
export type { FollowOptions } from './follow.js';
export { MEMORY_LIMIT_SHARE } from './memory-guard.js';
export { makeMessageId } from './message-id.js';
export type { AcknowledgeAnswer, ResultHandler, ResultsHandle, ResultsOptions } from './results.js';
export type { SendManyOptions, SendManyProgress } from './send-many.js';
export type { SendManyReport, SendManyTotals } from './send-many-report.js';
export type { MessageState, MessageTimeline } from './timeline.js';
export type { VerifiedWebhook, WebhookHeaders, WebhookRefusal, WebhookRequest } from './webhook.js';
export { signWebhook, verifyWebhook, WebhookRefused } from './webhook.js';
