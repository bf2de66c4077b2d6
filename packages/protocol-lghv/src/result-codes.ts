import type { ReasonCode } from '@pabal/message';

/** How sure a code makes us that the recipient did or did not get the message. */
export type Certainty = 'delivered' | 'notDelivered' | 'uncertain';

/** What a code asks of the sender: the same again later; wait (over the rate); someone must act; nothing, it is final. */
export type Advice = 'retry' | 'wait' | 'alert' | 'giveUp';

/** A result code of a message (LGHV appendix 1). */
export interface ResultCode {
  /** As it stands in RESULT. */
  readonly code: string;
  /** The specification's names; two where it gives one code two meanings. */
  readonly names: readonly string[];
  readonly certainty: Certainty;
  readonly reason: ReasonCode;
  readonly advice: Advice;
  readonly ko: string;
  readonly en: string;
}

/** A DELIVER_ACK code, with what it makes of the submit. */
export interface DeliverAckCode extends ResultCode {
  readonly verdict: 'accepted' | 'duplicate' | 'throttled' | 'refused';
}

/** A BIND_ACK result (LGHV appendix 1). */
export interface BindAckCode {
  /** Undefined where the specification names a result without a code. */
  readonly code: string | undefined;
  readonly name: string;
  readonly accepted: boolean;
  readonly ko: string;
  readonly en: string;
}

/** BIND_ACK. Whatever is not `0` is a refusal, listed or not. */
export const bindAckCodes: readonly BindAckCode[] = [
  { code: '0', name: 'E_OK', accepted: true, ko: '인증 성공', en: 'Logged in' },
  { code: '1', name: 'E_UNKNOWN_ID', accepted: false, ko: '잘못된 아이디', en: 'Unknown user' },
  { code: undefined, name: 'E_INVALID_PWD', accepted: false, ko: '잘못된 암호', en: 'Wrong password' },
  { code: '2', name: 'E_DENY', accepted: false, ko: '차단된 계정', en: 'The account is blocked' },
  { code: '3', name: 'E_FORMAT_ERR', accepted: false, ko: '메시지 형식 오류', en: 'Malformed BIND' },
  {
    code: '4',
    name: 'E_REJECT_IP',
    accepted: false,
    ko: '허용되지 않은 IP',
    en: 'Our address is not allowed',
  },
  {
    code: '5',
    name: 'E_REJECT_MULTI',
    accepted: false,
    ko: '중복 연결',
    en: 'Another connection of this agent is up',
  },
];

/** The BIND_ACK result that says that this agent is connected already. */
export const BIND_ALREADY_CONNECTED = '5';

const final = { certainty: 'notDelivered', advice: 'giveUp' } as const;
const later = { certainty: 'notDelivered', advice: 'retry' } as const;

/** DELIVER_ACK, all channels but Kakao's own codes. */
export const deliverAckCodes: readonly DeliverAckCode[] = [
  {
    code: '0',
    names: ['E_OK'],
    verdict: 'accepted',
    certainty: 'uncertain',
    reason: 'no-report',
    advice: 'giveUp',
    ko: '접수 성공',
    en: 'Accepted; its report tells the rest',
  },
  {
    code: '1',
    names: ['E_SYS_ERR'],
    verdict: 'refused',
    ...later,
    reason: 'gateway-error',
    ko: '서버 문제로 접수 실패',
    en: 'Not taken because of a server fault',
  },
  {
    code: '3',
    names: ['E_FORMAT_ERR', 'E_CONTENT_ERR'],
    verdict: 'refused',
    ...final,
    reason: 'gateway-format',
    ko: '메시지 형식 오류 또는 콘텐츠 크기, 개수 초과',
    en: 'Malformed, or too large or too many contents',
  },
  {
    code: '7',
    names: ['E_INVALID_PHONE'],
    verdict: 'refused',
    ...final,
    reason: 'invalid-number',
    ko: '잘못된 전화번호',
    en: 'Invalid number',
  },
  {
    code: '12',
    names: ['E_INSUFFICIENT'],
    verdict: 'refused',
    certainty: 'notDelivered',
    advice: 'alert',
    reason: 'insufficient-credit',
    ko: '잔여 건수 부족',
    en: 'No credit left',
  },
  {
    code: '15',
    names: ['E_TPS_ERROR'],
    verdict: 'throttled',
    certainty: 'notDelivered',
    advice: 'wait',
    reason: 'over-rate',
    ko: '지정된 초당 건수 초과',
    en: 'Over the granted rate; MSG_MSEC says how long to wait',
  },
  {
    code: '16',
    names: ['E_MMS_FILE_ERROR'],
    verdict: 'refused',
    ...final,
    reason: 'file-error',
    ko: 'MMS 파일 전송 오류',
    en: 'Error in a file of the MMS',
  },
  {
    code: '17',
    names: ['E_DUP_KEY', 'E_DUP_PHONE'],
    verdict: 'duplicate',
    certainty: 'uncertain',
    advice: 'retry',
    reason: 'duplicate',
    ko: '중복된 키 또는 수신번호',
    en: 'MSG_ID already taken, or too many to this recipient',
  },
  {
    code: '28',
    names: ['E_NO_AUTH'],
    verdict: 'refused',
    ...final,
    reason: 'sender-not-registered',
    ko: '사전 등록되지 않은 발신번호',
    en: 'Sender number not registered',
  },
  {
    code: '29',
    names: ['E_FORMAT_DESTINE'],
    verdict: 'refused',
    ...final,
    reason: 'sender-format',
    ko: '전화번호 세칙에 어긋난 발신번호',
    en: 'Sender number breaks the numbering rules',
  },
  {
    code: '30',
    names: ['E_DESTINE_TRAN'],
    verdict: 'refused',
    ...final,
    reason: 'sender-forged',
    ko: '변작으로 등록된 발신번호',
    en: 'Sender number listed as forged',
  },
  {
    code: '31',
    names: ['E_DESTINE_BLOCK'],
    verdict: 'refused',
    ...final,
    reason: 'sender-blocked',
    ko: '번호도용문자차단서비스 가입 발신번호',
    en: 'Sender number protected against use in messages',
  },
];

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
    ...final,
    reason: 'dead-number',
    ko: '결번, 비가입자, 서비스 정지',
    en: 'Number not in service',
  },
  {
    code: '8',
    names: ['E_POWEROFF'],
    ...later,
    reason: 'handset-off',
    ko: '단말기 꺼짐, 통화 중, 착신 거절',
    en: 'Handset off, busy or refusing',
  },
  { code: '9', names: ['E_HIDDEN'], ...later, reason: 'no-coverage', ko: '음영 지역', en: 'Out of coverage' },
  {
    code: '10',
    names: ['E_TERM_FILL'],
    ...later,
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
    certainty: 'notDelivered',
    advice: 'alert',
    reason: 'insufficient-credit',
    ko: '계정의 잔여 건수 부족',
    en: 'The account has no credit left',
  },
  { code: '13', names: ['E_PORTED_OUT'], ...final, reason: 'ported-out', ko: '번호이동', en: 'Ported out' },
  {
    code: '14',
    names: ['E_ETC'],
    ...later,
    reason: 'network-error',
    ko: '무선망 기타 오류',
    en: 'Other error of the radio network',
  },
  {
    code: '17',
    names: ['E_DUP_DEST'],
    ...later,
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
    ...final,
    reason: 'invalid-number',
    ko: '수신번호 자릿수 오류',
    en: 'Recipient number of a wrong length',
  },
  {
    code: '22',
    names: ['E_NO_DESTIN'],
    ...final,
    reason: 'invalid-number',
    ko: '수신번호 국번 오류',
    en: 'Recipient number with a wrong exchange',
  },
  {
    code: '25',
    names: ['E_DELETEADMIN'],
    ...final,
    reason: 'deleted-by-operator',
    ko: '운영자가 삭제',
    en: 'Deleted by an operator',
  },
  {
    code: '26',
    names: ['E_NOSUPPORTDEVICE'],
    ...final,
    reason: 'unsupported-handset',
    ko: '미지원 단말기',
    en: 'Handset does not support it',
  },
  {
    code: '28',
    names: ['E_NO_AUTH'],
    ...final,
    reason: 'sender-not-registered',
    ko: '사전 등록되지 않은 발신번호',
    en: 'Sender number not registered',
  },
  {
    code: '29',
    names: ['E_FORMAT_DESTINE'],
    ...final,
    reason: 'sender-format',
    ko: '전화번호 세칙에 어긋난 발신번호',
    en: 'Sender number breaks the numbering rules',
  },
  {
    code: '30',
    names: ['E_DESTINE_TRAN'],
    ...final,
    reason: 'sender-forged',
    ko: '변작으로 등록된 발신번호',
    en: 'Sender number listed as forged',
  },
  {
    code: '31',
    names: ['E_DESTINE_BLOCK'],
    ...final,
    reason: 'sender-blocked',
    ko: '번호도용문자차단서비스 가입 발신번호',
    en: 'Sender number protected against use in messages',
  },
  {
    code: '32',
    names: ['E_REJECT_DESTINE'],
    ...final,
    reason: 'recipient-opted-out',
    ko: '080 수신거부 등록 번호',
    en: 'Recipient opted out by an 080 number',
  },
  { code: '40', names: ['E_SPAM'], ...final, reason: 'spam-blocked', ko: '스팸 차단', en: 'Blocked as spam' },
];

const UNRECOGNISED = {
  names: [],
  certainty: 'uncertain',
  reason: 'unknown-code',
  advice: 'alert',
  ko: '규격에 없는 코드',
  en: 'Not in the specification',
} as const;

const deliverAckByCode = new Map(deliverAckCodes.map((row) => [row.code, row]));
const reportByCode = new Map(reportCodes.map((row) => [row.code, row]));

/** What a DELIVER_ACK says; a code that the specification lacks is kept verbatim, has no names and decides nothing. */
export function deliverAckCode(code: string): DeliverAckCode {
  return deliverAckByCode.get(code) ?? { ...UNRECOGNISED, code, verdict: 'refused' };
}

/** What a REPORT says; a code that the specification lacks is kept verbatim, has no names and decides nothing. */
export function reportCode(code: string): ResultCode {
  return reportByCode.get(code) ?? { ...UNRECOGNISED, code };
}
