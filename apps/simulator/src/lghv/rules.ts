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
  'reserved-null': { text: 'TEMP1 and RESERVED are NUL.', cites: 'LGHV 2.2.5, 2.2.10' },
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
    text: 'SMS goes to an SMS server, LMS and MMS to an LMS/MMS server, Kakao types where the gateway takes them.',
    cites: 'LGHV 1.3.2',
  },
  'deliver-type': { text: 'DELIVER_TYPE is one of the nine of the list.', cites: 'LGHV 2' },
  'deliver-length': {
    text: 'The body of DELIVER has its fixed fields and, of SMS, LMS and KKO, a TEXT of 1 byte to its largest size.',
    cites: 'LGHV 2.2.3 to 2.2.7',
  },
  'deliver-encode': {
    text: "ENCODE is '0', '1' or '9' for SMS, and '2' too for every other type.",
    cites: 'LGHV 2.2.3 to 2.2.7',
  },
  'encrypted-field': { text: 'What ENCODE names is AES-128 in Base64.', cites: 'LGHV 2.2.3 to 2.2.7' },
  'msg-id-digits': { text: 'MSG_ID is 1 to 20 digits.', cites: 'LGHV 2.2.3' },
  'msg-id-reused': { text: 'A MSG_ID never stands for two messages.', cites: 'LGHV 2.2.3' },
  'deliver-gubun': {
    text: "GUBUN is '0', '1' or '3' for SMS, '0' for LMS, MMS and KKO, and 'r', 'u' or 'p' for the other types.",
    cites: 'LGHV 2.2.3 to 2.2.7',
  },
  'contents-type': {
    text: "CONTENTS_TYPE is 'TXT', and of MMS, KFI and KFW what their parts are together.",
    cites: 'LGHV 2.2.3 to 2.2.7, appendix 2',
  },
  'destaddr-digits': { text: 'DESTADDR is digits.', cites: 'LGHV 2' },
  'callback-digits': { text: 'CALLBACK is digits.', cites: 'LGHV 2' },
  'reseller-digits': { text: 'RESELLER is empty or 9 digits.', cites: 'LGHV 2.2.3 to 2.2.5' },
  'reseller-missing': {
    text: 'An account of a reseller sends RESELLER with SMS, LMS and MMS.',
    cites: 'LGHV 2.2.3 to 2.2.5',
  },
  'subject-length': {
    text: 'SUBJECT has at most 50 bytes where it is not encrypted.',
    cites: 'LGHV 2.2.4, 2.2.5',
  },
  'sms-text-length': { text: 'The text of a domestic SMS has at most 90 bytes.', cites: 'LGHV 1.1' },
  'lms-text-length': { text: 'The text of an LMS has at most 2000 bytes.', cites: 'LGHV 1.1' },
  'mms-text-length': {
    text: 'The text of a part t of an MMS has at most 2000 bytes.',
    cites: 'LGHV 1.1, 2.2.5',
  },
  'kakao-text-length': {
    text: 'The text of a Kakao type has at most 1000 characters.',
    cites: 'LGHV 1.1, 2.2.5 to 2.2.7',
  },
  'text-charset': { text: 'Domestic text, subjects, names and JSON are EUC-KR.', cites: 'LGHV 2.2.3' },
  'text-nul': { text: 'Domestic text holds no NUL.', cites: 'LGHV 2' },
  'international-charset': { text: 'International text is UTF-8.', cites: 'LGHV 1.1' },
  'international-nul': { text: 'International text ends with one NUL.', cites: 'LGHV 1.1' },
  'data-count': { text: "DATACNT is '1' to '4'.", cites: 'LGHV 2.2.5' },
  'data-size': {
    text: 'DATA_SIZE is digits, or NUL for an image that is used again.',
    cites: 'LGHV 2.2.5, 3.2',
  },
  'data-limit': { text: 'DATA has at most 300 KB.', cites: 'LGHV 2.2.5' },
  'parts-length': {
    text: 'MSGLEN of a DELIVER with parts is 281, or ends where its last part does.',
    cites: 'LGHV 2.1, 2.2.5',
  },
  'part-datatype': {
    text: "DATATYPE is 't', 'i' or 'e', and 'z' for KFI and KFW alone.",
    cites: 'LGHV 2.2.5',
  },
  'part-data': {
    text: 'A part has DATA unless it is an image that is used again.',
    cites: 'LGHV 2.2.5, 3.2',
  },
  'part-file-null': {
    text: 'FILE_NAME, FILE_KEY and FILE_SIZE of a text and of buttons are NUL.',
    cites: 'LGHV 2.2.5, 3.1',
  },
  'file-name': { text: 'A file has a FILE_NAME.', cites: 'LGHV 2.2.5' },
  'file-key': { text: 'FILE_KEY has at most 11 characters and ends with NUL.', cites: 'LGHV 2.2.5' },
  'file-size': { text: 'FILE_SIZE is the DATA_SIZE of the DATA beside it.', cites: 'LGHV 2.2.5, 3.1' },
  'file-key-content': { text: 'Within 24 h a FILE_KEY stands for one file.', cites: 'LGHV 2.2.5, 3.2' },
  'image-reuse': {
    text: 'An image that is used again has FILE_NAME, FILE_KEY and FILE_SIZE.',
    cites: 'LGHV 3.2',
  },
  'image-jpeg': { text: 'A part i is a JPEG, from SOI to EOI.', cites: 'LGHV 4.1' },
  'image-count': { text: 'A message has at most 3 images.', cites: 'LGHV 4.1.2' },
  'friendtalk-image': { text: 'KFI and KFW have an image.', cites: 'LGHV 2, 2.2.5' },
  'image-shape': { text: 'image has an img_url and perhaps an img_link.', cites: 'LGHV 2.2.5' },
  'ad-flag': { text: "AD_FLAG of KFI and KFW is 'Y' or 'N'.", cites: 'LGHV 2.2.5' },
  'sender-key-missing': { text: 'A Kakao type has a SENDER_KEY.', cites: 'LGHV 2.2.5 to 2.2.7' },
  'template-code-missing': { text: 'KKO, KKT and KKM have a TEMPLATE_CODE.', cites: 'LGHV 2.2.6, 2.2.7' },
  'fallback-type': { text: "FALLBACK_TYPE is 'SMS', 'LMS' or 'NON'.", cites: 'LGHV 2.2.6' },
  'smsmsg-unused': { text: 'SMSMSG stands beside the FALLBACK_TYPE SMS alone.', cites: 'LGHV 2.2.6' },
  'smsmsg-missing': {
    text: 'With the FALLBACK_TYPE SMS a text of more than 90 bytes has an SMSMSG.',
    cites: 'LGHV 2.2.6',
  },
  'kakao-sizes': {
    text: 'TEXT_SIZE, BUTTON_SIZE and EXTEND_SIZE are digits and add up to the body.',
    cites: 'LGHV 2.2.7',
  },
  'kakao-limits': {
    text: 'TEXT has 1 to 3000 bytes, BTN_DATA and EXTEND have at most 3000.',
    cites: 'LGHV 2.2.7',
  },
  'button-json': { text: 'Buttons are JSON without outer braces: "button":[…].', cites: 'LGHV 2.2.5, 2.2.7' },
  'button-count': {
    text: 'A message has 1 to 5 buttons where it has any.',
    cites: 'LGHV 2.2.7; the number is of Kakao',
  },
  'button-shape': {
    text: 'A button and a quick reply have a name, a type that Kakao knows and the addresses of that type.',
    cites: 'LGHV 2.2.7',
  },
  'extend-json': { text: 'EXTEND is one JSON object.', cites: 'LGHV 2.2.7' },
  'extend-key': { text: 'EXTEND has members of the table only.', cites: 'LGHV 2.2.7' },
  'extend-shape': { text: 'The members of EXTEND are of the shapes of the table.', cites: 'LGHV 2.2.7' },
  'extend-ad-flag': { text: "ad_flag is 'Y' or 'N'.", cites: 'LGHV 2.2.7' },
  'extend-timeout': {
    text: 'timeout is 5 to 30 seconds for realtime and 10 to 86400 for polling.',
    cites: 'LGHV 2.2.7',
  },
  'extend-price': { text: 'price is digits.', cites: 'LGHV 2.2.7' },
  'extend-currency': { text: 'currency_type is a currency of three letters.', cites: 'LGHV 2.2.7' },
  'extend-title-length': { text: 'title has at most 50 characters.', cites: 'LGHV appendix 1 (116)' },
  'extend-header-length': { text: 'header has at most 16 characters.', cites: 'LGHV appendix 1 (139)' },
  'highlight-length': {
    text: 'item_highlight has a title of at most 30 and a description of at most 19 characters.',
    cites: 'LGHV appendix 1 (141, 142); the numbers are of Kakao',
  },
  'item-count': {
    text: 'An item list has 2 to 10 items.',
    cites: 'LGHV appendix 1 (143); the numbers are of Kakao',
  },
  'item-length': {
    text: 'An item has a title of at most 6 and a description of at most 23 characters.',
    cites: 'LGHV appendix 1 (143, 144); the 6 is of Kakao',
  },
  'item-summary-length': {
    text: 'A summary has a title of at most 6 and a description of at most 14 characters.',
    cites: 'LGHV appendix 1 (145, 146); the 6 is of Kakao',
  },
  'item-list-type': { text: 'An item list travels as KKT.', cites: 'LGHV 2.2.7' },
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
