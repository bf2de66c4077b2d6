import { CHANNELS, type Channel, isInternational, type MessageV1, type Problem } from '@pabal/message';
import { type BodyOf, msgTypes } from '@pabal/protocol-smtnt';
import type { AttachedFile } from '@pabal/session';
import { FieldError } from '@pabal/wire';
import { fileFields, filesProblems } from './mapping-files.js';
import { type KakaoButtonForm, kakaoFields, kakaoProblems } from './mapping-kakao.js';
import { rcsFields, rcsProblems } from './mapping-rcs.js';
import { textProblems } from './mapping-text.js';

/** What this gateway can carry: everything (SMTNT 3.3.6). */
export const CARRIED: readonly Channel[] = CHANNELS;

/** What the configuration has to say about a message on the wire. */
export interface MappingOptions {
  /** The code of a message that names none. */
  readonly reseller?: string | undefined;
  readonly kakaoButtonForm: KakaoButtonForm;
}

/** The Kakao fields that are always there, of a message that is none. */
const NO_KAKAO = {
  KakaoAdFlag: '',
  KakaoNationCode: '',
  KakaoSenderKey: '',
  KakaoTemplateCode: '',
  KakaoTimeout: 0,
  KakaoButton: '',
} as const;

/**
 * The body of a MsgSendReq.
 * @param fileNames those that the server gave the message's files, in their order.
 */
export function toMsgSendReq(
  message: MessageV1,
  wireId: string,
  options: MappingOptions,
  fileNames: readonly string[] = [],
): BodyOf<'MsgSendReq'> {
  return {
    UserMsgId: wireId,
    UserMsgSubId: message.smtnt?.userMsgSubId ?? '',
    PhoneNo: message.to,
    CallbackNo: message.from,
    TranId: message.smtnt?.tranId ?? '',
    Subject: message.subject ?? '',
    Message: message.text,
    ...NO_KAKAO,
    ...typeFields(message, options),
    ...fileFields(fileNames),
    UserData: message.userData ?? '',
    ResellerCode: message.reseller ?? options.reseller ?? '',
  };
}

function typeFields(message: MessageV1, { kakaoButtonForm }: MappingOptions) {
  switch (message.channel) {
    case 'sms':
      return { MsgType: msgTypes.sms };
    case 'lms':
    case 'mms':
      return { MsgType: msgTypes.lmsOrMms };
    case 'alimtalk':
    case 'friendtalk':
      return kakaoFields(message, kakaoButtonForm);
    case 'rcs':
      return rcsFields(message);
    default:
      return message.channel satisfies never;
  }
}

/**
 * Why SMTNT cannot carry this message, by its meaning; whether its values fit their fields is the codec's to say.
 * @param files left out where only their number is known, and then not judged.
 */
export function contentProblems(message: MessageV1, files?: readonly AttachedFile[]): readonly Problem[] {
  const problems = [
    ...textProblems(message),
    ...kakaoProblems(message),
    ...rcsProblems(message),
    ...filesProblems(message, files),
  ];
  if (isInternational(message.to)) {
    problems.push({
      field: 'to',
      rule: 'not-korean',
      message: 'to must be a Korean number for this gateway',
    });
  }
  if (message.urlCallback) {
    const text = 'urlCallback is not carried by this gateway';
    problems.push({ field: 'urlCallback', rule: 'not-for-gateway', message: text });
  }
  return problems;
}

/** Which field of a message a field of the wire comes from. */
const messageFields: Readonly<Record<string, string>> = {
  UserMsgSubId: 'smtnt.userMsgSubId',
  PhoneNo: 'to',
  CallbackNo: 'from',
  TranId: 'smtnt.tranId',
  Subject: 'subject',
  Message: 'text',
  KakaoNationCode: 'kakao.nationCode',
  KakaoSenderKey: 'kakao.senderKey',
  KakaoTemplateCode: 'kakao.templateCode',
  KakaoTimeout: 'kakao.timeoutSeconds',
  KakaoButton: 'kakao.buttons',
  UserData: 'userData',
  kakaoImageLink: 'kakao.image.link',
  kakaoUserKey: 'kakao.userKey',
  kakaoTitle: 'kakao.title',
  kakaoQuick: 'kakao.quickReplies',
  rcsMessageBaseId: 'rcs.messageBaseId',
  rcsButton: 'rcs.buttons',
  rcsFooter: 'rcs.footer',
  rcsAgencyId: 'rcs.agencyId',
  rcsBrandKey: 'rcs.brandKey',
  rcsAgencyKey: 'rcs.agencyKey',
  ResellerCode: 'reseller',
};

/** An error of the codec in the words of the message. */
export function problemOf(error: FieldError): Problem {
  const field = messageFields[error.field] ?? error.field;
  const message = `${field} must fit the gateway's field: ${error.rule} allows ${error.limit}, it has ${error.actual}`;
  return { field, rule: error.rule, message, limit: error.limit, actual: error.actual };
}

/** A problem as the error that a line's `prepare` throws. */
export function errorOf(problem: Problem): FieldError {
  return new FieldError(problem.field, problem.rule, problem.limit ?? 'none', problem.actual ?? 'given');
}
