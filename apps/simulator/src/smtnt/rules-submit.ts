import type { RuleTable } from '../common/violations.js';

/** What every MsgSendReq is held to. */
export const SUBMIT_RULES = {
  'submit-body': { text: 'The Body of MsgSendReq is an object.', cites: 'SMTNT 3.3.6' },
  'submit-field-missing': {
    text: 'The first 22 fields, from UserMsgId to UserData, and ResellerCode are always there, empty where unused.',
    cites: 'SMTNT 3.3.6 (sample)',
  },
  'submit-field-unknown': {
    text: 'Every field is one of the table, in the letter case of the table.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-field-type': {
    text: 'MsgType, KakaoTimeout, FileCount and rcsHeader are numbers, all other fields are strings.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-field-order': { text: 'The fields come in the order of the table.', cites: 'SMTNT 3.3.6' },
  'submit-message-id': { text: 'UserMsgId is 1 to 20 digits.', cites: 'SMTNT 3.3.6' },
  'submit-message-type': {
    text: 'MsgType is 4, 6, 7, 71, 8, 9, 10, 11 or 12.',
    cites: 'SMTNT 3.3.6, 3.4 (5)',
  },
  'submit-recipient': { text: 'PhoneNo is 8 to 15 digits.', cites: 'SMTNT 3.3.6' },
  'submit-callback': { text: 'CallbackNo is 3 to 15 digits.', cites: 'SMTNT 3.3.6' },
  'submit-text-empty': { text: 'Message is not empty.', cites: 'SMTNT 3.3.6, 3.4 (18)' },
  'submit-text-length': {
    text: 'Message takes at most 90 bytes as SMS and 2000 as LMS/MMS, counted in CP949.',
    cites: 'SMTNT 3.3.6, 3.4 (908)',
  },
  'submit-text-characters': {
    text: 'Message takes at most 1,000 characters on the Kakao types.',
    cites: 'SMTNT 3.3.6, 3.4 (35)',
  },
  'submit-charset': {
    text: 'Message and Subject of SMS and LMS/MMS hold only characters that CP949 has.',
    cites: 'SMTNT 3.3.6, 3.4 (5)',
  },
  'submit-subject': {
    text: 'Subject is used for LMS and MMS only, those of RCS included.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-unused-field': {
    text: 'Kakao and RCS fields that its type does not use are empty (0 for KakaoTimeout), or absent.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-field-empty': {
    text: 'The kakao and rcs fields behind UserData are there only when they are used.',
    cites: 'SMTNT 3.3.6 (sample)',
  },
  'submit-sender-key': {
    text: 'KakaoSenderKey is there on every Kakao type.',
    cites: 'SMTNT 3.3.6, 3.4 (22)',
  },
  'submit-template': {
    text: 'KakaoTemplateCode is there on Alimtalk, with and without image.',
    cites: 'SMTNT 3.3.6, 3.4 (36)',
  },
  'submit-kakao-ad-flag': { text: 'KakaoAdFlag is Y, N or empty.', cites: 'SMTNT 3.3.6' },
  'submit-kakao-nation': { text: 'KakaoNationCode is 1 to 4 digits, or empty.', cites: 'SMTNT 3.3.6' },
  'submit-kakao-timeout': { text: 'KakaoTimeout is not negative.', cites: 'SMTNT 3.3.6' },
  'submit-kakao-button': {
    text: 'KakaoButton is JSON: buttons with name and type, as an array or in an object under button.',
    cites: 'SMTNT 3.3.6, 3.4 (38)',
  },
  'submit-kakao-quick': {
    text: 'kakaoQuick is JSON: links with name and type, as an array or in an object under button or quick_reply.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-kakao-wide': { text: 'kakaoWide is Y or N.', cites: 'SMTNT 3.3.6' },
  'submit-rcs-base': {
    text: 'rcsMessageBaseId is there on an RCS template.',
    cites: 'SMTNT 3.3.6, 3.4 (36)',
  },
  'submit-rcs-button': {
    text: 'rcsButton is JSON: buttons as an array or in an object under button.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-rcs-header': { text: 'rcsHeader is 0 or 1.', cites: 'SMTNT 3.3.6' },
  'submit-rcs-footer': { text: 'rcsFooter is a telephone number.', cites: 'SMTNT 3.3.6' },
  'submit-rcs-copy': {
    text: 'rcsCopyAllowed is a yes or no: Y, N, true, false, 1 or 0.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-files': {
    text: 'FileCount is what the type may carry, and that many files are named from the first on, each as IMG.',
    cites: 'SMTNT 1.2, 3.3.6, 3.4 (909)',
  },
  'submit-file-name': {
    text: 'A named file was uploaded and finished by this account.',
    cites: 'SMTNT 3.3.15, 3.4 (16)',
  },
  'submit-files-size': {
    text: 'The files of one message are together at most 1 MByte.',
    cites: 'SMTNT 1.2 (파일 업로드 요청), 3.4 (910)',
  },
  'submit-reseller': {
    text: 'ResellerCode is 9 digits where the account is a reseller, else 9 digits or empty.',
    cites: 'SMTNT 3.3.6, 3.4 (39)',
  },
  'message-id-reused': {
    text: 'A UserMsgId stands for one message: it comes again only with the same content.',
    cites: 'SMTNT 3.3.6, 3.4 (320)',
  },
  'over-rate': {
    text: 'No more MsgSendReq in any second than the Speed of BindRes.',
    cites: 'SMTNT 1.2, 3.4 (903)',
  },
  'outside-hours': {
    text: 'MsgSendReq only between BeginTime and EndTime (Korean time).',
    cites: 'SMTNT 1.2, 3.4 (901)',
  },
  'recipient-burst': {
    text: 'At most 3 messages to one recipient in 5 s (only with the option recipientBurst).',
    cites: 'option; the specification is silent',
  },
} as const satisfies RuleTable;
