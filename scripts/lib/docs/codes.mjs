import { table } from './blocks.mjs';

const code = (text) => `\`${text}\``;
const STATUS = { delivered: 'delivered', notDelivered: 'failed', uncertain: 'unknown' };

/** What a result's reason means, in both languages. */
export function reasonTable(reasons) {
  return table(
    ['reason', '한국어', 'English', 'retryable'],
    Object.entries(reasons).map(([name, { ko, en, retryable }]) => [
      code(name),
      ko,
      en,
      retryable ? 'yes' : '',
    ]),
  );
}

/** DELIVER_ACK: what each code makes of the submit. */
export function lghvAckTable(rows) {
  return table(
    ['code', 'name', 'the submit was', 'reason', 'advice', '한국어'],
    rows.map(({ code: value, names, verdict, reason, advice, ko }) => [
      code(value),
      names.join(', '),
      verdict,
      verdict === 'refused' ? code(reason) : '',
      verdict === 'refused' ? advice : '',
      ko,
    ]),
  );
}

/** REPORT: how each code ends the message. */
export function lghvReportTable(rows) {
  return table(
    ['code', 'name', 'status', 'reason', '한국어'],
    rows.map(({ code: value, names, certainty, reason, ko }) => [
      code(value),
      names.join(', '),
      STATUS[certainty],
      code(reason),
      ko,
    ]),
  );
}

/** Kakao's codes, which come in DELIVER_ACK and REPORT alike. */
export function lghvKakaoTable(rows) {
  return table(
    ['code', 'name', 'status', 'reason', 'advice', '한국어'],
    rows.map(({ code: value, names, certainty, reason, advice, ko }) => [
      code(value),
      names.join(', '),
      STATUS[certainty],
      code(reason),
      advice,
      ko,
    ]),
  );
}

/** BIND_ACK. */
export function lghvLoginTable(rows) {
  return table(
    ['code', 'name', 'reason', 'advice', '한국어', 'English'],
    rows.map(({ code: value, name, reason, advice, ko, en }) => [
      value === undefined ? '(none documented)' : code(value),
      name,
      ...loginWords(reason, advice),
      ko,
      en,
    ]),
  );
}

/** Result of MsgSendRes and of ReportReq: one table of codes, read in two places. */
export function smtntSendTable(codes, ackMeaning) {
  return table(
    ['code', 'in an answer', 'in a report', 'reason', 'advice', '한국어'],
    Object.entries(codes).map(([value, { ko, certainty, reason, advice }]) => [
      code(value),
      ackMeaning(Number(value)),
      STATUS[certainty],
      code(reason),
      ackMeaning(Number(value)) === 'refused' ? advice : '',
      ko,
    ]),
  );
}

/** Result of BindRes. */
export function smtntLoginTable(codes) {
  return table(
    ['code', 'reason', 'advice', '한국어', 'English', 'may pass by itself'],
    Object.entries(codes).map(([value, { reason, advice, ko, en, passes }]) => [
      code(value),
      ...loginWords(reason, advice),
      ko,
      en,
      passes ? 'yes' : '',
    ]),
  );
}

/** A login that succeeded needs no reason and asks for nothing. */
function loginWords(reason, advice) {
  return reason === undefined ? ['', ''] : [code(reason), advice];
}
