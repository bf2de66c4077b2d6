/** What runs in a browser page too, without a schema library: measuring texts and checking numbers. */
export { CHANNELS, type Channel, isChannel } from './channel.js';
export type { KakaoContent } from './kakao-form.js';
export { type Charset, type Measure, measureText, type Unmappable } from './measure.js';
export {
  checkRecipient,
  checkSender,
  isInternational,
  isKoreanMobile,
  maskNumber,
  type NumberCheck,
  normaliseNumber,
} from './phone-number.js';
export type { Problem } from './problem.js';
export type { RcsContent, RcsType } from './rcs-part.js';
export { characterCount } from './text-characters.js';
export { checkText, smsOrLms, type TextCheck, type TextContent } from './text-check.js';
export {
  FRIENDTALK_IMAGE_CHARACTERS,
  FRIENDTALK_WIDE_CHARACTERS,
  INTERNATIONAL_SMS_BYTES,
  KAKAO_CHARACTERS,
  type LimitedContent,
  LMS_BYTES,
  RCS_CHARACTERS,
  SMS_BYTES,
  SUBJECT_BYTES,
  type TextLimit,
  textLimit,
} from './text-rules.js';
