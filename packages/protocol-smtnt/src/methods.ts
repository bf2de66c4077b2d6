import {
  type BodyOfRows,
  content,
  digits,
  echoed,
  number,
  oneOf,
  optional,
  phone,
  type Row,
  secret,
  text,
} from './rows.js';

/** One method of the code table (SMTNT 3.1): the rows of its body in the specification's order. */
export interface MethodTable<R extends readonly Row[] = readonly Row[]> {
  /** Undefined where the envelope has a header only. */
  readonly rows: R | undefined;
  /**
   * Whether the body is encrypted (SMTNT 1.3): `always`, also on a connection that is not encrypted; `inEncryptedMode`,
   * as every body behind the key; `never`, as the key itself.
   */
  readonly sealed: 'always' | 'inEncryptedMode' | 'never';
}

function plain<const R extends readonly Row[]>(rows: R): MethodTable<R> {
  return { rows, sealed: 'inEncryptedMode' };
}

function sealed<const R extends readonly Row[]>(rows: R): MethodTable<R> {
  return { rows, sealed: 'always' };
}

const headerOnly: MethodTable<readonly []> = { rows: undefined, sealed: 'never' };

/** Our id of a message; the digits fit in 20 as on the other wires. */
const userMsgId = text('UserMsgId', 20);
const userMsgSubId = text('UserMsgSubId', 400);
const phoneNo = phone(text('PhoneNo', 20));
const userData = content(text('UserData', 1000));
const fileName = text('FileName', 200);

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

/** FileType of a JPEG, the only type there is (SMTNT 3.3.6). */
export const IMAGE_FILE_TYPE = 'IMG';

const fileType = <const N extends string>(name: N) => oneOf(text(name, 3), ['', IMAGE_FILE_TYPE]);
const yesOrNo = <const N extends string>(name: N) => oneOf(text(name, 1), ['', 'Y', 'N']);

/** SMTNT 3.3.6. Sizes are ours: the document gives none, and what is too long for any message is a mistake. */
const msgSendReq = plain([
  digits(userMsgId),
  userMsgSubId,
  oneOf(number('MsgType'), Object.values(msgTypes)),
  digits(phoneNo),
  digits(phone(text('CallbackNo', 20))),
  text('TranId', 400),
  content(text('Subject', 200)),
  content(text('Message', 8000)), // 2,000 characters of RCS, whatever their size
  yesOrNo('KakaoAdFlag'),
  digits(text('KakaoNationCode', 4)),
  secret(text('KakaoSenderKey', 100)),
  text('KakaoTemplateCode', 100),
  number('KakaoTimeout'), // the table says text, the sample and the servers a number
  content(text('KakaoButton', 8000)),
  oneOf(number('FileCount'), [0, 1, 2, 3]),
  fileType('FileType1'),
  text('FileName1', 200),
  fileType('FileType2'),
  text('FileName2', 200),
  fileType('FileType3'),
  text('FileName3', 200),
  userData,
  optional(content(text('kakaoImageLink', 1000))),
  optional(content(text('kakaoUserKey', 100))),
  optional(content(text('kakaoTitle', 200))),
  optional(content(text('kakaoQuick', 8000))),
  optional(yesOrNo('kakaoWide')),
  optional(text('rcsMessageBaseId', 100)), // printed with an l too many
  optional(content(text('rcsButton', 8000))),
  optional(oneOf(number('rcsHeader'), [0, 1])),
  optional(digits(text('rcsFooter', 20))),
  optional(yesOrNo('rcsCopyAllowed')), // no values are printed: written as the document's other flags are
  optional(text('rcsAgencyId', 100)),
  optional(secret(text('rcsBrandKey', 100))),
  optional(secret(text('rcsAgencyKey', 100))),
  // Frames of the document's own first revision lack it, so it may be absent when read; who sends always gives it.
  optional(digits(text('ResellerCode', 9))),
]);

/** Most characters of Base64 in one chunk of a file (SMTNT 3.3.16). */
export const MAX_CHUNK_CHARACTERS = 4096;
/** Most bytes of the packet of a chunk (SMTNT 1.2). */
export const MAX_CHUNK_PACKET_BYTES = 2048;

const fileChunk = plain([content(text('Data', MAX_CHUNK_CHARACTERS))]);

/** FileExtension of an upload: a JPEG (SMTNT 1.2, 3.3.14). */
export const JPEG_EXTENSION = '.jpg';

/** Every method whose body is documented, by its name on the wire. */
export const methods = {
  /** 3.3.1 */
  PrivateKeyReq: headerOnly,
  /**
   * Named in 3.1 and 1.2, without a table: how the key stands in it is open, so it is read by
   * {@link ./private-key.ts}, whatever it is named.
   */
  PrivateKeyRes: { rows: [secret(text('PrivateKey', 200))], sealed: 'never' },
  /** 3.3.2 */
  BindReq: sealed([text('BindId', 100), secret(text('BindPwd', 100)), oneOf(number('Version'), [1])]),
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
  UploadFileNameReq: plain([oneOf(text('FileExtension', 10), [JPEG_EXTENSION])]),
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
