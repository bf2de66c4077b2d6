export { MAX_BATCH_MESSAGES, type ParsedBatch, parseBatch, problemOfMember } from './batch.js';
export { canonicalMessage } from './canonical.js';
export { type NextStep, nextStep, stepsOf } from './chain.js';
export { CHANNELS, type Channel, isChannel, PRIORITIES, type Priority } from './channel.js';
export { type Commercial, commercialOf } from './commercial.js';
export type { JsonObject, JsonValue } from './json.js';
export { type JsonSchema, toJsonSchema } from './json-schema.js';
export { type KakaoMessageForm, kakaoFormOf } from './kakao-form.js';
export type {
  KakaoButton,
  KakaoItem,
  KakaoItems,
  KakaoPart,
  KakaoQuickReply,
} from './kakao-part.js';
export { kakaoButtonSchema, kakaoItemsSchema, kakaoQuickReplySchema } from './kakao-schema.js';
export { type Charset, type Measure, measureText, type Unmappable } from './measure.js';
export type {
  AdPart,
  Content,
  FallbackInput,
  FallbackStep,
  MessageInput,
  MessageV1,
  ParseOptions,
  SmtntPart,
} from './message.js';
export { messageShape } from './message-schema.js';
export { type ParsedMessage, parseMessage } from './parse-message.js';
export {
  checkRecipient,
  checkSender,
  codePointName,
  isInternational,
  isKoreanMobile,
  maskNumber,
  type NumberCheck,
  normaliseNumber,
} from './phone-number.js';
export { type Problem, problemsOf } from './problem.js';
export { RCS_TYPES, type RcsButton, type RcsPart, type RcsType, rcsTypeOf } from './rcs-part.js';
export { rcsButtonSchema } from './rcs-schema.js';
export { isReasonCode, REASONS, type Reason, type ReasonCode, reasonOf } from './reasons.js';
export {
  RESULT_STATUSES,
  type ResultAttempt,
  type ResultStatus,
  type ResultV1,
  resultV1,
} from './result.js';
export { characterCount } from './text-characters.js';
export { checkText, smsOrLms, type TextCheck, type TextContent } from './text-check.js';
export {
  FRIENDTALK_IMAGE_CHARACTERS,
  FRIENDTALK_WIDE_CHARACTERS,
  INTERNATIONAL_SMS_BYTES,
  KAKAO_CHARACTERS,
  LMS_BYTES,
  RCS_CHARACTERS,
  SMS_BYTES,
  SUBJECT_BYTES,
  type TextLimit,
  textLimit,
} from './text-rules.js';
export {
  readWebhook,
  WEBHOOK_URL_CHARACTERS,
  type WebhookPart,
  webhookUrlProblem,
} from './webhook-schema.js';
