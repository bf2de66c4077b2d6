import { kakaoCode } from './kakao-codes.js';
import { ALERT, FINAL, LATER, type ResultCode, UNRECOGNISED } from './result-code.js';

/** REPORT, all channels but Kakao's own codes. 21 codes for 22 names: 11 stands for two. */
export const reportCodes: readonly ResultCode[] = [
  {
    code: '6',
    names: ['E_SENT'],
    certainty: 'delivered',
    advice: 'giveUp',
    reason: 'delivered',
    ko: '전송 성공',
    en: 'Delivered',
  },
  {
    code: '7',
    names: ['E_INVALIDDST'],
    ...FINAL,
    reason: 'dead-number',
    ko: '결번, 비가입자, 서비스 정지',
    en: 'Number not in service',
  },
  {
    code: '8',
    names: ['E_POWEROFF'],
    ...LATER,
    reason: 'handset-off',
    ko: '단말기 꺼짐, 통화 중, 착신 거절',
    en: 'Handset off, busy or refusing',
  },
  { code: '9', names: ['E_HIDDEN'], ...LATER, reason: 'no-coverage', ko: '음영 지역', en: 'Out of coverage' },
  {
    code: '10',
    names: ['E_TERM_FILL'],
    ...LATER,
    reason: 'handset-full',
    ko: '단말기 저장 공간 부족',
    en: 'Handset full',
  },
  {
    // One of its two meanings is that no result came in time: then nobody knows.
    code: '11',
    names: ['E_ETC', 'E_TIMEOUT'],
    certainty: 'uncertain',
    advice: 'giveUp',
    reason: 'carrier-error',
    ko: '이동통신사 기타 오류 또는 결과 응답시간 초과',
    en: 'Other error of the carrier, or no result from it in time',
  },
  {
    code: '12',
    names: ['E_OVERFLOW'],
    ...ALERT,
    reason: 'insufficient-credit',
    ko: '계정의 잔여 건수 부족',
    en: 'The account has no credit left',
  },
  { code: '13', names: ['E_PORTED_OUT'], ...FINAL, reason: 'ported-out', ko: '번호이동', en: 'Ported out' },
  {
    code: '14',
    names: ['E_ETC'],
    ...LATER,
    reason: 'network-error',
    ko: '무선망 기타 오류',
    en: 'Other error of the radio network',
  },
  {
    code: '17',
    names: ['E_DUP_DEST'],
    ...LATER,
    reason: 'too-often',
    ko: '5초 안에 같은 수신번호로 4건 이상',
    en: 'Four or more to this recipient within 5 seconds',
  },
  {
    code: '20',
    names: ['E_UNKNOWN'],
    certainty: 'uncertain',
    advice: 'giveUp',
    reason: 'unknown-code',
    ko: '알 수 없는 결과',
    en: 'The gateway does not know either',
  },
  {
    code: '21',
    names: ['E_NO_DESTIN'],
    ...FINAL,
    reason: 'invalid-number',
    ko: '수신번호 자릿수 오류',
    en: 'Recipient number of a wrong length',
  },
  {
    code: '22',
    names: ['E_NO_DESTIN'],
    ...FINAL,
    reason: 'invalid-number',
    ko: '수신번호 국번 오류',
    en: 'Recipient number with a wrong exchange',
  },
  {
    code: '25',
    names: ['E_DELETEADMIN'],
    ...FINAL,
    reason: 'deleted-by-operator',
    ko: '운영자가 삭제',
    en: 'Deleted by an operator',
  },
  {
    code: '26',
    names: ['E_NOSUPPORTDEVICE'],
    ...FINAL,
    reason: 'unsupported-handset',
    ko: '미지원 단말기',
    en: 'Handset does not support it',
  },
  {
    code: '28',
    names: ['E_NO_AUTH'],
    ...ALERT,
    reason: 'sender-not-registered',
    ko: '사전 등록되지 않은 발신번호',
    en: 'Sender number not registered',
  },
  {
    code: '29',
    names: ['E_FORMAT_DESTINE'],
    ...ALERT,
    reason: 'sender-format',
    ko: '전화번호 세칙에 어긋난 발신번호',
    en: 'Sender number breaks the numbering rules',
  },
  {
    code: '30',
    names: ['E_DESTINE_TRAN'],
    ...ALERT,
    reason: 'sender-forged',
    ko: '변작으로 등록된 발신번호',
    en: 'Sender number listed as forged',
  },
  {
    code: '31',
    names: ['E_DESTINE_BLOCK'],
    ...ALERT,
    reason: 'sender-blocked',
    ko: '번호도용문자차단서비스 가입 발신번호',
    en: 'Sender number protected against use in messages',
  },
  {
    code: '32',
    names: ['E_REJECT_DESTINE'],
    ...FINAL,
    reason: 'recipient-opted-out',
    ko: '080 수신거부 등록 번호',
    en: 'Recipient opted out by an 080 number',
  },
  { code: '40', names: ['E_SPAM'], ...FINAL, reason: 'spam-blocked', ko: '스팸 차단', en: 'Blocked as spam' },
];

const byCode = new Map(reportCodes.map((row) => [row.code, row]));

/**
 * What a REPORT says; a code that the specification lacks is kept verbatim, has no names and decides nothing.
 * @param deliverType DELIVER_TYPE of the report: only Kakao's types have Kakao's codes. Without it any type may.
 */
export function reportCode(code: string, deliverType?: string): ResultCode {
  return byCode.get(code) ?? kakaoCode(code, deliverType) ?? { ...UNRECOGNISED, code };
}
