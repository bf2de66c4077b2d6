import type { FieldSpec } from './fields.js';

/** MsgSendReq as SMTNT 3.3.6 prints it; KakaoTimeout is called text there and is a number in the sample. */
export const SUBMIT_FIELDS: readonly FieldSpec[] = [
  text('UserMsgId'),
  text('UserMsgSubId'),
  number('MsgType'),
  text('PhoneNo'),
  text('CallbackNo'),
  text('TranId'),
  text('Subject'),
  text('Message'),
  text('KakaoAdFlag'),
  text('KakaoNationCode'),
  text('KakaoSenderKey'),
  text('KakaoTemplateCode'),
  number('KakaoTimeout'),
  text('KakaoButton'),
  number('FileCount'),
  text('FileType1'),
  text('FileName1'),
  text('FileType2'),
  text('FileName2'),
  text('FileType3'),
  text('FileName3'),
  text('UserData'),
  text('kakaoImageLink'),
  text('kakaoUserKey'),
  text('kakaoTitle'),
  text('kakaoQuick'),
  text('kakaoWide'),
  text('rcsMessageBaseId'),
  text('rcsButton'),
  number('rcsHeader'),
  text('rcsFooter'),
  text('rcsCopyAllowed'),
  text('rcsAgencyId'),
  text('rcsBrandKey'),
  text('rcsAgencyKey'),
  text('ResellerCode'),
];

/** Always there, empty where unused: the fields that the sample of an SMS shows. */
const ALWAYS = new Set([...SUBMIT_FIELDS.slice(0, 22).map((field) => field.name), 'ResellerCode']);

export const isAlwaysThere = (name: string): boolean => ALWAYS.has(name);

/**
 * Fields behind the sample's that are there only when they are used. kakaoImageLink, the first of them, may also be
 * there empty: the document leaves open on which side it stands.
 */
export const isOnlyThereWhenUsed = (name: string): boolean =>
  /^(kakao|rcs)/.test(name) && name !== 'kakaoImageLink';

/** What only Kakao and RCS messages use. */
export const RICH_FIELDS: readonly string[] = SUBMIT_FIELDS.map((field) => field.name).filter((name) =>
  /^(kakao|rcs)/i.test(name),
);

function text(name: string): FieldSpec {
  return { name, type: 'string' };
}

function number(name: string): FieldSpec {
  return { name, type: 'number' };
}
