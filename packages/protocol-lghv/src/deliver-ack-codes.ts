import { kakaoCode } from './kakao-codes.js';
import { ALERT, type DeliverAckCode, FINAL, LATER, UNRECOGNISED } from './result-code.js';

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
    ...LATER,
    reason: 'gateway-error',
    ko: '서버 문제로 접수 실패',
    en: 'Not taken because of a server fault',
  },
  {
    code: '3',
    names: ['E_FORMAT_ERR', 'E_CONTENT_ERR'],
    verdict: 'refused',
    ...FINAL,
    reason: 'gateway-format',
    ko: '메시지 형식 오류 또는 콘텐츠 크기, 개수 초과',
    en: 'Malformed, or too large or too many contents',
  },
  {
    code: '7',
    names: ['E_INVALID_PHONE'],
    verdict: 'refused',
    ...FINAL,
    reason: 'invalid-number',
    ko: '잘못된 전화번호',
    en: 'Invalid number',
  },
  {
    code: '12',
    names: ['E_INSUFFICIENT'],
    verdict: 'refused',
    ...ALERT,
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
    ...FINAL,
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
    ...ALERT,
    reason: 'sender-not-registered',
    ko: '사전 등록되지 않은 발신번호',
    en: 'Sender number not registered',
  },
  {
    code: '29',
    names: ['E_FORMAT_DESTINE'],
    verdict: 'refused',
    ...ALERT,
    reason: 'sender-format',
    ko: '전화번호 세칙에 어긋난 발신번호',
    en: 'Sender number breaks the numbering rules',
  },
  {
    code: '30',
    names: ['E_DESTINE_TRAN'],
    verdict: 'refused',
    ...ALERT,
    reason: 'sender-forged',
    ko: '변작으로 등록된 발신번호',
    en: 'Sender number listed as forged',
  },
  {
    code: '31',
    names: ['E_DESTINE_BLOCK'],
    verdict: 'refused',
    ...ALERT,
    reason: 'sender-blocked',
    ko: '번호도용문자차단서비스 가입 발신번호',
    en: 'Sender number protected against use in messages',
  },
];

const byCode = new Map(deliverAckCodes.map((row) => [row.code, row]));
/** Kakao refuses a serial number that it knows: under an id of ours that is our own earlier write. */
const KAKAO_DUPLICATE = '120';

/**
 * What a DELIVER_ACK says; a code that the specification lacks is kept verbatim, has no names and decides nothing.
 * @param deliverType DELIVER_TYPE of the ack: only Kakao's types have Kakao's codes. Without it any type may.
 */
export function deliverAckCode(code: string, deliverType?: string): DeliverAckCode {
  const common = byCode.get(code);
  if (common) return common;
  const kakao = kakaoCode(code, deliverType);
  if (kakao) return { ...kakao, verdict: code === KAKAO_DUPLICATE ? 'duplicate' : 'refused' };
  return { ...UNRECOGNISED, code, verdict: 'refused' };
}
