import type { RuleTable } from '../common/violations.js';

/** What the client is held to on every connection: frames, packets, keys, login, and the answers that it owes. */
export const CONNECTION_RULES = {
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
  'unexpected-body': { text: 'AliveReq and PrivateKeyReq have no Body.', cites: 'SMTNT 3.3.1, 3.3.4' },
  'key-first': {
    text: 'On the encrypted port PrivateKeyReq comes before everything else.',
    cites: 'SMTNT 1.2 (개인 암호화 키 요청), 1.3',
  },
  'key-again': { text: 'A connection asks for its key once.', cites: 'SMTNT 1.3, 3.3.1' },
  'sealed-body': {
    text: 'On the encrypted port every Body is JSON, encrypted like that of BindReq with the key of the connection.',
    cites: 'SMTNT 1.3',
  },
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
