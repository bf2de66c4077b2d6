import {
  type Channel,
  isInternational,
  LMS_BYTES,
  type MessageV1,
  measureText,
  type Problem,
  SMS_BYTES,
  SUBJECT_BYTES,
} from '@pabal/message';
import { type BodyOf, msgTypes } from '@pabal/protocol-smtnt';
import { FieldError } from '@pabal/wire';

/** Channels with a mapping, the MsgType of each, and the most bytes of its text in CP949 (SMTNT 3.3.6). */
const carried = {
  sms: { msgType: msgTypes.sms, textBytes: SMS_BYTES },
  lms: { msgType: msgTypes.lmsOrMms, textBytes: LMS_BYTES },
} as const satisfies Partial<Record<Channel, { msgType: number; textBytes: number }>>;

type CarriedChannel = keyof typeof carried;

/** What this gateway can carry. */
export const CARRIED: readonly Channel[] = Object.keys(carried).filter(isCarried);

function isCarried(channel: string): channel is CarriedChannel {
  return Object.hasOwn(carried, channel);
}

/**
 * The body of a MsgSendReq.
 * @param reseller the code of a message that names none.
 * @throws FieldError when the gateway cannot carry the channel.
 */
export function toMsgSendReq(message: MessageV1, wireId: string, reseller = ''): BodyOf<'MsgSendReq'> {
  if (!isCarried(message.channel))
    throw new FieldError('channel', 'carried', CARRIED.join(', '), message.channel);
  return {
    UserMsgId: wireId,
    UserMsgSubId: message.smtnt?.userMsgSubId ?? '',
    MsgType: carried[message.channel].msgType,
    PhoneNo: message.to,
    CallbackNo: message.from,
    TranId: message.smtnt?.tranId ?? '',
    Subject: message.subject ?? '',
    Message: message.text,
    KakaoAdFlag: '',
    KakaoNationCode: '',
    KakaoSenderKey: '',
    KakaoTemplateCode: '',
    KakaoTimeout: 0,
    KakaoButton: '',
    FileCount: 0,
    FileType1: '',
    FileName1: '',
    FileType2: '',
    FileName2: '',
    FileType3: '',
    FileName3: '',
    UserData: message.userData ?? '',
    ResellerCode: message.reseller ?? reseller,
  };
}

/** The handsets show CP949 although the wire is UTF-8: a text that is too long or unmappable there would arrive spoilt. */
function textProblem(field: string, text: string, maxBytes: number): Problem | undefined {
  const { bytes, unmappable } = measureText(text, 'cp949');
  const [first] = unmappable;
  if (first !== undefined) {
    const actual = `U+${(first.character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const message = `${field} has a character that CP949 lacks: ${actual} at ${first.index}`;
    return { field, rule: 'unmappable', message, limit: 'cp949', actual };
  }
  if (bytes <= maxBytes) return undefined;
  const message = `${field} must be at most ${maxBytes} bytes of CP949, it has ${bytes}`;
  return { field, rule: 'too-long', message, limit: maxBytes, actual: bytes };
}

/** Why SMTNT cannot carry this message, by its meaning; whether its values fit their fields is the codec's to say. */
export function contentProblems(message: MessageV1): readonly Problem[] {
  const { channel } = message;
  if (!isCarried(channel)) {
    const limit = CARRIED.join(', ');
    const text = `channel must be one of ${limit} for this gateway`;
    return [{ field: 'channel', rule: 'unsupported-channel', message: text, limit, actual: channel }];
  }
  const problems = [
    textProblem('text', message.text, carried[channel].textBytes),
    message.subject === undefined ? undefined : textProblem('subject', message.subject, SUBJECT_BYTES),
  ].filter((problem) => problem !== undefined);
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
  UserData: 'userData',
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
