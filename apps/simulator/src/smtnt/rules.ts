import type { RuleTable } from '../common/violations.js';

/**
 * Everything that the simulator judges. A rule that is broken is counted under its id; whether the peer also gets
 * an error code, loses its connection or is served all the same stands at the place that judges it.
 */
export const SMTNT_RULES = {
  'frame-header': {
    text: 'A packet begins with exactly Content-Length:<decimal>CRLF, no space, no sign, no leading zero.',
    cites: 'SMTNT 3, samples of 3.3.2',
  },
  'frame-size': {
    text: 'The compressed packet is no larger than the cap.',
    cites: 'SMTNT 3, 1.2 (largest packet)',
  },
  'frame-zlib': { text: 'The packet behind the length is one zlib stream.', cites: 'SMTNT 3' },
  'frame-trailing': {
    text: 'The length is that of the compressed string: nothing follows the zlib stream inside it.',
    cites: 'SMTNT 3',
  },
  'inflated-size': { text: 'The inflated packet is no larger than the cap.', cites: 'SMTNT 3' },
  'json-utf8': { text: 'The inflated packet is UTF-8.', cites: 'SMTNT 3' },
  'json-syntax': { text: 'The inflated packet is one JSON object.', cites: 'SMTNT 3' },
  'json-compact': {
    text: 'The JSON is compact: no white space between tokens, no needless escapes, no repeated key.',
    cites: 'SMTNT 3, samples of 3.3',
  },
  envelope: {
    text: 'A packet is {"Header":{"Method":…},"Body":…} in this order and nothing else.',
    cites: 'SMTNT 3.2',
  },
  'unknown-method': {
    text: 'Method is one of the operation codes, and one that this port carries.',
    cites: 'SMTNT 3.1',
  },
  'wrong-direction': { text: 'Only what the client role sends comes from the client.', cites: 'SMTNT 1.4' },
  'unexpected-body': { text: 'AliveReq has no Body.', cites: 'SMTNT 3.3.4' },
  'login-first': { text: 'Nothing is asked before the login has succeeded.', cites: 'SMTNT 1.2, 3.4 (902)' },
  'login-again': { text: 'A session logs in once.', cites: 'SMTNT 1.2' },
  'bind-body': {
    text: 'The Body of BindReq is JSON, AES-128-CBC with PKCS#5 padding, then Base64.',
    cites: 'SMTNT 1.3, 3.3.2',
  },
  'bind-fields': {
    text: 'BindReq holds BindId (text), BindPwd (text) and Version (number) in this order.',
    cites: 'SMTNT 3.3.2',
  },
  'bind-version': { text: 'Version is 1.', cites: 'SMTNT 3.3.2, 3.3.3.1 (7)' },
  'bind-address': { text: 'The client connects from a registered address.', cites: 'SMTNT 1.1, 3.3.3.1 (3)' },
  'bind-id': { text: 'BindId is one that was issued.', cites: 'SMTNT 3.3.3.1 (4)' },
  'bind-password': { text: 'BindPwd is the one that was issued.', cites: 'SMTNT 3.3.3.1 (5)' },
  'bind-suspended': { text: 'A suspended BindId does not log in.', cites: 'SMTNT 3.3.3.1 (6)' },
  'reconnect-too-soon': {
    text: 'After a refused login the client comes back no sooner than 30 s later.',
    cites: 'SMTNT 1.2 (로그인 응답)',
  },
  'reconnect-after-silence': {
    text: 'A client that closes because AliveRes did not come returns no sooner than 30 s later.',
    cites: 'SMTNT 1.2 (연결상태 확인 응답)',
  },
  idle: {
    text: 'The client is never silent for 30 s: AliveReq when there is nothing else to send.',
    cites: 'SMTNT 1.2 (연결상태 확인 요청)',
  },
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
    text: 'MsgType is one of the table that the server carries.',
    cites: 'SMTNT 3.3.6',
  },
  'submit-recipient': { text: 'PhoneNo is 8 to 15 digits.', cites: 'SMTNT 3.3.6' },
  'submit-callback': { text: 'CallbackNo is 3 to 15 digits.', cites: 'SMTNT 3.3.6' },
  'submit-text-empty': { text: 'Message is not empty.', cites: 'SMTNT 3.3.6, 3.4 (18)' },
  'submit-text-length': {
    text: 'Message takes at most 90 bytes as SMS and 2000 as LMS/MMS, counted in CP949.',
    cites: 'SMTNT 3.3.6, 3.4 (908)',
  },
  'submit-charset': {
    text: 'Message and Subject hold only characters that CP949 has.',
    cites: 'SMTNT 3.3.6, 3.4 (5)',
  },
  'submit-subject': { text: 'Subject is used for LMS and MMS only.', cites: 'SMTNT 3.3.6' },
  'submit-unused-field': {
    text: 'Kakao and RCS fields are empty (0 for KakaoTimeout and rcsHeader), or absent, on SMS and LMS/MMS.',
    cites: 'SMTNT 3.3.6 (sample)',
  },
  'submit-files': {
    text: 'FileCount is the number of named files, 0 on SMS, each with the type IMG and uploaded before.',
    cites: 'SMTNT 3.3.6, 3.4 (16, 909)',
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
  'report-res-fields': {
    text: 'ReportRes holds UserMsgId, UserMsgSubId, ServerMsgId (text) and Result (number) in this order.',
    cites: 'SMTNT 3.3.9',
  },
  'report-res-ids': { text: 'ReportRes repeats the ids of a ReportReq that was sent.', cites: 'SMTNT 3.3.9' },
  'report-res-result': { text: 'Result of ReportRes is 0.', cites: 'SMTNT 3.3.9' },
  'notice-res-fields': {
    text: 'SpamRes and ChangePhoneRes repeat the fields of the request in order and add Result (number).',
    cites: 'SMTNT 3.3.11, 3.3.13',
  },
  'notice-res-ids': {
    text: 'SpamRes and ChangePhoneRes repeat the values of a request that was sent, with Result 0.',
    cites: 'SMTNT 3.3.11, 3.3.13',
  },
  'unbind-body': {
    text: 'The Body of UnBindReq is encrypted like that of BindReq and holds BindId, that of the session.',
    cites: 'SMTNT 3.3.19',
  },
} as const satisfies RuleTable;

export type SmtntRuleId = keyof typeof SMTNT_RULES;

/** A broken rule. `detail` names field, limit and actual value, never content or a whole number. */
export interface Breach {
  readonly rule: SmtntRuleId;
  readonly detail: string;
}
