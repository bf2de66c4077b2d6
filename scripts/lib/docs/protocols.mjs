import { table } from './blocks.mjs';
import { lghvMeaning, smtntMeaning } from './protocol-meanings.mjs';

const code = (text) => `\`${text}\``;
const MASKED = { open: '', personal: 'masked', secret: 'hidden' };
const GUARDED = { phone: 'masked', content: 'length only', secret: 'hidden' };
const CERTAINTY = { delivered: 'delivered', notDelivered: 'not delivered', uncertain: 'not certain' };

/**
 * The parts of the pages of both protocols.
 * @param {object} exports what the protocol packages export
 * @returns {Record<string, string>}
 */
export function protocolParts(exports) {
  const packets = Object.entries(LGHV_PACKETS).map(([part, name]) => [
    part,
    lghvPacketTable(exports[name], exports.specName),
  ]);
  const methods = Object.entries(SMTNT_METHODS).map(([part, names]) => [
    part,
    names.map((name) => `### ${name}\n\n${smtntMethodTable(name, exports.methods[name])}`).join('\n\n'),
  ]);
  leaveOutNone(exports.methods);
  return {
    ...Object.fromEntries(packets),
    ...Object.fromEntries(methods),
    'lghv-msgtypes': msgTypeTable(exports.MSG_TYPES),
    'lghv-contents-types': contentsTypeTable(exports.CONTENTS_TYPES),
    'lghv-codes-bind': lghvBindCodes(exports.bindAckCodes),
    'lghv-codes-deliver': lghvCodes(exports.deliverAckCodes),
    'lghv-codes-report': lghvCodes(exports.reportCodes),
    'lghv-codes-kakao': lghvCodes(exports.kakaoCodes),
    'smtnt-codes-login': smtntCodes(exports.loginCodes),
    'smtnt-codes-send': smtntCodes(exports.sendCodes),
  };
}

/** Packets in the order of their chapters, by the part that they make and the name under which they are exported. */
const LGHV_PACKETS = {
  'lghv-header': 'header',
  'lghv-bind': 'bind',
  'lghv-bind-ack': 'bindAck',
  'lghv-sms': 'deliverSms',
  'lghv-international-sms': 'deliverInternationalSms',
  'lghv-lms': 'deliverLms',
  'lghv-mms': 'deliverMms',
  'lghv-kakao-image': 'deliverKakaoImage',
  'lghv-part': 'deliverPart',
  'lghv-kko': 'deliverKko',
  'lghv-kakao-talk': 'deliverKakao',
  'lghv-ack': 'deliverAck',
  'lghv-report-fields': 'report',
  'lghv-report-all': 'reportAll',
  'lghv-report-ack': 'reportAck',
  'lghv-link-check': 'linkCheck',
  'lghv-link-ack': 'linkAck',
};

const SMTNT_METHODS = {
  'smtnt-session': [
    'PrivateKeyReq',
    'PrivateKeyRes',
    'BindReq',
    'BindRes',
    'AliveReq',
    'AliveRes',
    'UnBindReq',
    'UnBindRes',
  ],
  'smtnt-messages': ['MsgSendReq', 'MsgSendRes'],
  'smtnt-uploads': [
    'UploadFileNameReq',
    'UploadFileNameRes',
    'UploadFileReq',
    'UploadFileDataReq',
    'UploadFileFinishReq',
    'UploadFileFinishRes',
  ],
  'smtnt-notices': ['ReportReq', 'ReportRes', 'SpamReq', 'SpamRes', 'ChangePhoneReq', 'ChangePhoneRes'],
};

function leaveOutNone(methods) {
  const listed = Object.values(SMTNT_METHODS).flat();
  const missing = Object.keys(methods).filter((name) => !listed.includes(name));
  if (missing.length > 0) throw new Error(`no part of a page has ${missing.join(', ')}`);
}

/** A packet as its specification prints it, with offsets. */
export function lghvPacketTable({ name, layout }, specName) {
  return table(
    ['offset', 'bytes', 'kind', 'field', 'meaning', 'in logs'],
    layout.map((row) => [
      row.offset === undefined ? 'then' : String(row.offset),
      row.size === 0 ? 'varies' : String(row.size),
      code(row.notation),
      specName(name, row.name),
      lghvMeaning(name, row.name),
      MASKED[row.masking],
    ]),
  );
}

/** The body of a method, field by field. */
export function smtntMethodTable(name, { rows, sealed }) {
  const encrypted = {
    always: 'The Body is always encrypted.',
    inEncryptedMode: '',
    never: rows === undefined ? '' : 'The Body is never encrypted.',
  }[sealed];
  if (rows === undefined) return 'Header alone, without a Body.';
  const fields = table(
    ['field', 'kind', 'most bytes', 'present', 'values', 'meaning', 'in logs'],
    rows.map((row) => [
      row.name,
      row.type === 'number' ? 'number' : row.digits ? 'digits' : 'text',
      row.echoed ? 'as it came' : row.maxBytes === undefined ? '' : String(row.maxBytes),
      row.optional ? 'when used' : 'always',
      (row.values ?? [])
        .filter((value) => value !== '')
        .map((value) => code(value))
        .join(', '),
      smtntMeaning(name, row.name),
      row.guard === undefined ? '' : GUARDED[row.guard],
    ]),
  );
  return encrypted === '' ? fields : `${encrypted}\n\n${fields}`;
}

function msgTypeTable(types) {
  return table(
    ['MSGTYPE', 'packet'],
    Object.entries(types).map(([name, letter]) => [code(letter), name]),
  );
}

function contentsTypeTable(types) {
  return table(
    ['CONTENTS_TYPE', 'parts'],
    Object.entries(types).map(([name, parts]) => [code(name), parts.join(', ')]),
  );
}

function lghvBindCodes(rows) {
  return table(
    ['code', 'name', 'English', '한국어'],
    rows.map(({ code: value, name, en, ko }) => [value === undefined ? 'none' : code(value), name, en, ko]),
  );
}

function lghvCodes(rows) {
  return table(
    ['code', 'name', 'English', '한국어', 'certainty'],
    rows.map(({ code: value, names, en, ko, certainty }) => [
      code(value),
      names.join(', '),
      en,
      ko,
      CERTAINTY[certainty],
    ]),
  );
}

function smtntCodes(codes) {
  return table(
    ['code', 'English', '한국어'],
    Object.entries(codes).map(([value, { en, ko }]) => [code(value), en, ko]),
  );
}
