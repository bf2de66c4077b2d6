import type { RuleTable } from '../common/index.js';

/** Every rule of LGHV by which a client is judged, with its place in the specification. */
export const LGHV_RULES = {
  'grant-path': { text: 'GRANT is asked for at /goGrant.', cites: 'LGHV 1.3.1' },
  'grant-method': { text: 'GRANT is an HTTP POST.', cites: 'LGHV 1.3.1' },
  'grant-content-type': {
    text: 'The parameters of GRANT travel as application/x-www-form-urlencoded.',
    cites: 'LGHV 1.3.1',
  },
  'grant-parameters': { text: 'GRANT has the parameters id and pw, each once.', cites: 'LGHV 1.3.1' },
  'grant-encryption': { text: 'id and pw of GRANT are AES-128 in Base64.', cites: 'LGHV 1.3.1' },
  'grant-before-bind': {
    text: 'A client asks for GRANT before its first BIND and again after the gateway ended its connection.',
    cites: 'LGHV 1.2',
  },
  'bind-unusable-server': {
    text: 'BIND goes only to servers that GRANT named usable (status Y).',
    cites: 'LGHV 1.3.1',
  },
  'header-tail': { text: 'A header ends with 00 FE FF.', cites: 'LGHV 2.1' },
  'header-msglen': {
    text: 'MSGLEN is the length of the body in decimal digits, left-aligned and filled with NUL.',
    cites: 'LGHV 2.1',
  },
  'unknown-msgtype': { text: 'MSGTYPE is one of the eight letters of the table.', cites: 'LGHV 2.1' },
  'gateway-packet': {
    text: 'A client sends BIND, DELIVER, REPORT_ACK and LINK_CHECK only.',
    cites: 'LGHV 2.1',
  },
  'field-padding': { text: 'A value is left-aligned and what remains of its field is NUL.', cites: 'LGHV 2' },
  'reserved-null': { text: 'Reserved fields are NUL.', cites: 'LGHV 2.2.10' },
  'bind-first': { text: 'Nothing is sent before BIND was answered with success.', cites: 'LGHV 1.3.2' },
  'bind-twice': { text: 'A connection is bound once.', cites: 'LGHV 1.3.2' },
  'bind-length': { text: 'The body of BIND has 100 bytes.', cites: 'LGHV 2.2.1' },
  'bind-encode': { text: "ENCODE of BIND is '0' or '1'.", cites: 'LGHV 2.2.1' },
  'bind-line-type': { text: "LINE_TYPE is 'S' or 'R'.", cites: 'LGHV 2.2.1' },
  'bind-report': { text: "REPORT is 'A' or 'M'.", cites: 'LGHV 2.2.1' },
  'bind-info': { text: "INFO is 'V1.1'.", cites: 'LGHV 2.2.1' },
  'bind-password': { text: "With ENCODE '1' USER_PWD is AES-128 in Base64.", cites: 'LGHV 2.2.1' },
  'login-too-soon': {
    text: 'After a refused BIND at least 10 s pass before the next one.',
    cites: 'LGHV 1.3.2',
  },
  'deliver-on-recv': { text: 'DELIVER is sent on a SEND session.', cites: 'LGHV 1.2' },
  'deliver-wrong-server': {
    text: 'SMS goes to an SMS server, every other type to an LMS/MMS server.',
    cites: 'LGHV 1.3.2',
  },
  'deliver-type': { text: 'DELIVER_TYPE is one of the nine of the list.', cites: 'LGHV 2' },
  'deliver-length': {
    text: 'The body of DELIVER has its fixed fields and a TEXT of 1 byte to its largest size.',
    cites: 'LGHV 2.2.3, 2.2.4',
  },
  'deliver-encode': {
    text: "ENCODE is '0', '1' or '9' for SMS, and '2' too for LMS.",
    cites: 'LGHV 2.2.3, 2.2.4',
  },
  'encrypted-field': { text: 'What ENCODE names is AES-128 in Base64.', cites: 'LGHV 2.2.3, 2.2.4' },
  'msg-id-digits': { text: 'MSG_ID is 1 to 20 digits.', cites: 'LGHV 2.2.3' },
  'msg-id-reused': { text: 'A MSG_ID never stands for two messages.', cites: 'LGHV 2.2.3' },
  'deliver-gubun': { text: "GUBUN is '0', '1' or '3' for SMS and '0' for LMS.", cites: 'LGHV 2.2.3, 2.2.4' },
  'contents-type': { text: "CONTENTS_TYPE of SMS and LMS is 'TXT'.", cites: 'LGHV 2.2.3, 2.2.4' },
  'destaddr-digits': { text: 'DESTADDR is digits.', cites: 'LGHV 2' },
  'callback-digits': { text: 'CALLBACK is digits.', cites: 'LGHV 2' },
  'reseller-digits': { text: 'RESELLER is empty or 9 digits.', cites: 'LGHV 2.2.3' },
  'reseller-missing': { text: 'An account of a reseller sends RESELLER.', cites: 'LGHV 2.2.3' },
  'subject-length': { text: 'SUBJECT has at most 50 bytes where it is not encrypted.', cites: 'LGHV 2.2.4' },
  'sms-text-length': { text: 'The text of a domestic SMS has at most 90 bytes.', cites: 'LGHV 1.1' },
  'lms-text-length': { text: 'The text of an LMS has at most 2000 bytes.', cites: 'LGHV 1.1' },
  'text-charset': { text: 'Domestic text is EUC-KR.', cites: 'LGHV 2.2.3' },
  'text-nul': { text: 'Domestic text holds no NUL.', cites: 'LGHV 2' },
  'international-charset': { text: 'International text is UTF-8.', cites: 'LGHV 1.1' },
  'international-nul': { text: 'International text ends with one NUL.', cites: 'LGHV 1.1' },
  'over-rate': {
    text: 'No second has more DELIVERs of a type than BIND_ACK granted, over all connections of an agent.',
    cites: 'LGHV 2.2.2, appendix 1 (15)',
  },
  'pause-ignored': {
    text: 'After DELIVER_ACK 15 a client waits MSG_MSEC microseconds before the next DELIVER of the type.',
    cites: 'LGHV 2.2.8, appendix 1 (15)',
  },
  'recipient-burst': {
    text: 'A recipient gets at most 3 messages of an account within 5 s.',
    cites: 'LGHV appendix 1 (REPORT 17)',
  },
  'report-ack-length': { text: 'The body of REPORT_ACK has 32 bytes.', cites: 'LGHV 2.2.10' },
  'report-ack-result': { text: "RESULT of REPORT_ACK is '0'.", cites: 'LGHV 2.2.10' },
  'report-ack-unknown': {
    text: 'REPORT_ACK names the MSG_ID of a report that was sent.',
    cites: 'LGHV 2.2.10',
  },
  'report-ack-on-send': { text: 'REPORT_ACK is sent on a RECV session.', cites: 'LGHV 1.2' },
  'link-check-length': { text: 'The body of LINK_CHECK has 1 byte.', cites: 'LGHV 2.2.11' },
  'link-check-code': { text: 'CODE of LINK_CHECK is the LINE_TYPE of its session.', cites: 'LGHV 2.2.11' },
  'link-check-late-send': {
    text: 'On a SEND session 60 s never pass without a DELIVER or a LINK_CHECK.',
    cites: 'LGHV 1.3.2',
  },
  'link-check-late-recv': { text: 'On a RECV session LINK_CHECK comes every 60 s.', cites: 'LGHV 1.3.3' },
} as const satisfies RuleTable;

/** The id of a rule of LGHV. */
export type LghvRule = keyof typeof LGHV_RULES;
