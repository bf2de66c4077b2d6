import { type BodyOfRows, content, echoed, number, optional, phone, type Row, secret, text } from './rows.js';

/** One method of the code table (SMTNT 3.1): the rows of its body in the specification's order. */
export interface MethodTable<R extends readonly Row[] = readonly Row[]> {
  /** Undefined where the envelope has a header only. */
  readonly rows: R | undefined;
  /** True where the body is encrypted in plain mode too (SMTNT 1.3). */
  readonly sealed: boolean;
}

function plain<const R extends readonly Row[]>(rows: R): MethodTable<R> {
  return { rows, sealed: false };
}

function sealed<const R extends readonly Row[]>(rows: R): MethodTable<R> {
  return { rows, sealed: true };
}

const headerOnly: MethodTable<readonly []> = { rows: undefined, sealed: false };

/** Our id of a message; the digits fit in 20 as on the other wires. */
const userMsgId = text('UserMsgId', 20);
const userMsgSubId = text('UserMsgSubId', 400);
const phoneNo = phone(text('PhoneNo', 20));
const userData = content(text('UserData', 1000));
const fileName = text('FileName', 200);

/** SMTNT 3.3.6. */
const msgSendReq = plain([
  userMsgId,
  userMsgSubId,
  number('MsgType'),
  phoneNo,
  phone(text('CallbackNo', 20)),
  text('TranId', 400),
  content(text('Subject', 200)),
  content(text('Message', 4000)),
  text('KakaoAdFlag', 1),
  text('KakaoNationCode', 4),
  secret(text('KakaoSenderKey', 100)),
  text('KakaoTemplateCode', 100),
  number('KakaoTimeout'), // the table says text, the sample and the servers a number
  content(text('KakaoButton', 4000)),
  number('FileCount'),
  text('FileType1', 3),
  text('FileName1', 200),
  text('FileType2', 3),
  text('FileName2', 200),
  text('FileType3', 3),
  text('FileName3', 200),
  userData,
  optional(text('kakaoImageLink', 1000)),
  optional(content(text('kakaoUserKey', 100))),
  optional(content(text('kakaoTitle', 200))),
  optional(content(text('kakaoQuick', 4000))),
  optional(text('kakaoWide', 1)),
  optional(text('rcsMessageBaseId', 100)),
  optional(content(text('rcsButton', 4000))),
  optional(number('rcsHeader')),
  optional(text('rcsFooter', 100)),
  optional(text('rcsCopyAllowed', 10)),
  optional(text('rcsAgencyId', 100)),
  optional(secret(text('rcsBrandKey', 100))),
  optional(secret(text('rcsAgencyKey', 100))),
  // Frames of the document's own first revision lack it, so it may be absent when read; who sends always gives it.
  optional(text('ResellerCode', 9)),
]);

const fileChunk = plain([content(text('Data', 4096))]);

/** Every method whose body is documented, by its name on the wire. */
export const methods = {
  /** 3.3.1 */
  PrivateKeyReq: headerOnly,
  /** 3.3.2 */
  BindReq: sealed([text('BindId', 100), secret(text('BindPwd', 100)), number('Version')]),
  /** 3.3.3; a refusal may carry the result alone. */
  BindRes: sealed([
    number('Result'),
    optional(text('BindId', 100)),
    optional(number('Speed')),
    optional(number('BeginTime')),
    optional(number('EndTime')),
    optional(number('EffectiveTime')),
  ]),
  /** 3.3.4 */
  AliveReq: headerOnly,
  /** 3.3.5 */
  AliveRes: headerOnly,
  /** 3.3.6 */
  MsgSendReq: msgSendReq,
  /** 3.3.7 */
  MsgSendRes: plain([
    userMsgId,
    optional(userMsgSubId),
    optional(phoneNo),
    optional(number('MsgType')),
    number('Result'),
    optional(userData),
  ]),
  /** 3.3.8; DeliveryTime is `yyyy-MM-dd HH:mm:ss.SSS` in KST. */
  ReportReq: plain([
    userMsgId,
    optional(userMsgSubId),
    optional(text('ServerMsgId', 100)),
    optional(number('MsgType')),
    optional(phoneNo),
    number('Result'),
    optional(text('Telecom', 20)),
    optional(text('DeliveryTime', 40)),
    optional(userData),
  ]),
  /** 3.3.9 */
  ReportRes: plain([
    echoed(text('UserMsgId')),
    echoed(text('UserMsgSubId')),
    echoed(text('ServerMsgId')),
    number('Result'),
  ]),
  /** 3.3.10 */
  SpamReq: plain([text('SpamId', 100), phoneNo, text('DenyNo', 20)]),
  /** 3.3.11 */
  SpamRes: plain([
    echoed(text('SpamId')),
    echoed(phone(text('PhoneNo'))),
    echoed(text('DenyNo')),
    number('Result'),
  ]),
  /** 3.3.12 */
  ChangePhoneReq: plain([text('ServerMsgId', 100), phoneNo, phone(text('ChangePhoneNo', 20))]),
  /** 3.3.13 */
  ChangePhoneRes: plain([
    echoed(text('ServerMsgId')),
    echoed(phone(text('PhoneNo'))),
    echoed(phone(text('ChangePhoneNo'))),
    number('Result'),
  ]),
  /** 3.3.14 */
  UploadFileNameReq: plain([text('FileExtension', 10)]),
  /** 3.3.15 */
  UploadFileNameRes: plain([number('Result'), optional(fileName)]),
  /** 3.3.16, by the name of the samples … */
  UploadFileReq: fileChunk,
  /** … and by the name of the code table. */
  UploadFileDataReq: fileChunk,
  /** 3.3.17 */
  UploadFileFinishReq: plain([fileName, number('FileSize')]),
  /** 3.3.18 */
  UploadFileFinishRes: plain([number('Result')]),
  /** 3.3.19 */
  UnBindReq: sealed([text('BindId', 100)]),
  /** 3.3.20; the document prints BindRes over its sample. */
  UnBindRes: sealed([number('Result')]),
} as const satisfies Record<string, MethodTable>;

/** Name of a method in the header. */
export type MethodName = keyof typeof methods;

/** The body of a method; an object without keys where it has none. */
export type BodyOf<N extends MethodName> =
  (typeof methods)[N] extends MethodTable<infer R> ? BodyOfRows<R> : never;

/** Whether this is a method whose table we have. Letter case counts. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** MsgType (SMTNT 3.3.6). */
export const msgTypes = {
  sms: 4,
  lmsOrMms: 6,
  alimtalk: 7,
  alimtalkImage: 71,
  friendtalk: 8,
  rcsSms: 9,
  rcsLms: 10,
  rcsMms: 11,
  rcsTemplate: 12,
} as const;
