import type { ReasonCode } from '@pabal/message';

/** How sure the code makes us that the recipient did or did not get the message. */
export type Certainty = 'delivered' | 'notDelivered' | 'uncertain';

/** `retry`: the same may succeed later; `wait`: over a limit that passes; `alert`: someone must act; `giveUp`: final. */
export type Advice = 'retry' | 'wait' | 'alert' | 'giveUp';

/** One row of the send result codes. */
export interface SendCode {
  /** The specification's own words. */
  readonly ko: string;
  readonly en: string;
  readonly certainty: Certainty;
  readonly reason: ReasonCode;
  readonly advice: Advice;
}

const row =
  (certainty: Certainty) =>
  (ko: string, en: string, reason: ReasonCode, advice: Advice): SendCode => ({
    ko,
    en,
    certainty,
    reason,
    advice,
  });

const no = row('notDelivered');
const unsure = row('uncertain');

/**
 * Result codes of sending (SMTNT 3.4), as they stand in MsgSendRes and in ReportReq. A code is `uncertain` where its
 * words do not exclude that the message went out: errors inside their systems, what Kakao cannot confirm, and a repeat
 * of something that may have gone out before.
 */
export const sendCodes = {
  0: row('delivered')('성공', 'success', 'delivered', 'giveUp'),
  1: no('API 버전오류', 'wrong API version', 'gateway-refused', 'alert'),
  2: no('인증실패', 'authentication failed', 'gateway-refused', 'alert'),
  3: no('BIND 미수행', 'not logged in', 'gateway-refused', 'retry'),
  4: unsure('호스팅 시스템 내부오류', 'internal error of the hosting system', 'gateway-error', 'retry'),
  5: no('메시지 형식 오류', 'wrong message format', 'gateway-format', 'giveUp'),
  6: no('유효기간 만료', 'validity expired', 'carrier-expired', 'retry'),
  7: no('결번', 'number not in service', 'dead-number', 'giveUp'),
  8: no('단말기 Power Off', 'handset is off', 'handset-off', 'retry'),
  9: no('음영', 'handset out of coverage', 'no-coverage', 'retry'),
  10: no('전송건수 초과', 'too many messages', 'quota-exceeded', 'alert'),
  11: no('전송속도 초과', 'over the rate', 'over-rate', 'wait'),
  12: no('번호이동', 'number moved to another carrier', 'ported-out', 'giveUp'),
  13: no('NPDB 불일치', 'number portability database disagrees', 'number-database-mismatch', 'retry'),
  14: no('호 처리 실패', 'call processing failed', 'call-failed', 'retry'),
  15: no('단말기 전송 실패', 'transmission to the handset failed', 'handset-error', 'retry'),
  16: no('파일이 없음', 'file is missing', 'file-error', 'giveUp'),
  17: no('키사 스팸 차단', 'blocked as spam by KISA', 'spam-blocked', 'giveUp'),
  18: no('전달 메시지 없음', 'no message to deliver', 'gateway-format', 'giveUp'),
  19: no('입력 데이터 오류', 'wrong input data', 'gateway-format', 'giveUp'),
  20: no('메시지 저장개수 초과', 'too many messages stored', 'handset-full', 'retry'),
  21: no('잘못된 파라메터', 'wrong parameter', 'kakao-format', 'giveUp'),
  22: no('발신 프로필 키가 유효하지 않음', 'sender profile key is not valid', 'kakao-sender-key', 'alert'),
  23: no('발신 프로필을 찾을 수 없음', 'sender profile not found', 'kakao-sender-key', 'alert'),
  24: no('삭제된 발신프로필', 'sender profile deleted', 'kakao-sender-blocked', 'alert'),
  25: no('차단 상태의 발신프로필', 'sender profile blocked', 'kakao-sender-blocked', 'alert'),
  26: no('차단 상태의 옐로아이디', 'Yellow ID blocked', 'kakao-channel-closed', 'alert'),
  27: no('닫힘 상태의 옐로아이디', 'Yellow ID closed', 'kakao-channel-closed', 'alert'),
  28: no('삭제 상태의 옐로아이디', 'Yellow ID deleted', 'kakao-channel-closed', 'alert'),
  29: no('메시지 전송 실패', 'sending failed', 'kakao-error', 'retry'),
  30: no('템플릿 일치 확인 시 오류', 'error while matching the template', 'kakao-error', 'retry'),
  31: unsure('메시지 수신확인 안됨', 'receipt not confirmed', 'kakao-unconfirmed', 'giveUp'),
  32: unsure('내부 시스템 오류', 'internal system error', 'gateway-error', 'retry'),
  33: no('전화번호 오류', 'wrong phone number', 'invalid-number', 'giveUp'),
  35: no('메시지 길이 제한 오류', 'message is too long', 'kakao-too-long', 'giveUp'),
  36: no('템플릿을 찾을 수 없음', 'template not found', 'kakao-template-missing', 'alert'),
  37: no('메시지에 포함된 이미지를 전송할 수 없음', 'image cannot be sent', 'kakao-image', 'giveUp'),
  38: no(
    '메시지 버튼이 템플릿과 일치하지 않음',
    'buttons differ from the template',
    'kakao-template-mismatch',
    'giveUp',
  ),
  39: no('특부가사업자 재판매사코드 미입력', 'reseller code missing', 'reseller-code-missing', 'alert'),
  315: no('세칙 미준수', 'sender breaks the numbering rules', 'sender-format', 'alert'),
  316: no('발신번호 미등록', 'sender not registered', 'sender-not-registered', 'alert'),
  317: no('발신번호 변작으로 등록된 발신번호', 'sender listed as forged', 'sender-forged', 'alert'),
  318: no('번호도용문자 차단서비스에 가입된 번호', 'sender protected against use', 'sender-blocked', 'alert'),
  320: unsure('중복발송 에러', 'duplicate', 'duplicate', 'giveUp'),
  800: no(
    '발송메시지에 허용 되지 않은 문구가 포함됨',
    'wording that is not allowed',
    'content-blocked',
    'giveUp',
  ),
  900: no('대량전송 동보갯수 초과', 'too many recipients at once', 'gateway-format', 'giveUp'),
  901: no('발송 가능시간이 아님', 'outside the sending hours', 'outside-hours', 'wait'),
  902: no('로그인 상태가 아님', 'not logged in', 'gateway-refused', 'retry'),
  903: no('발송속도 초과', 'over the rate', 'over-rate', 'wait'),
  904: no('월 제한건수 초과', 'monthly limit used up', 'quota-exceeded', 'alert'),
  905: no('일 제한건수 초과', 'daily limit used up', 'quota-exceeded', 'alert'),
  906: no('보유 금액 부족', 'not enough credit', 'insufficient-credit', 'alert'),
  907: no('시스템 과부하', 'system overloaded', 'gateway-busy', 'retry'),
  908: no('특정필드가 허용된 길이를 초과함', 'a field is too long', 'gateway-format', 'giveUp'),
  909: no('첨부파일 파일갯수 오류', 'wrong number of files', 'file-error', 'giveUp'),
  910: no('첨부파일 크기 오류', 'wrong size of a file', 'file-error', 'giveUp'),
  911: no('수신데이터 오류입니다.', 'wrong data received', 'gateway-format', 'giveUp'),
  997: no('자체 스팸 차단', 'blocked as spam by the gateway', 'spam-blocked', 'giveUp'),
  998: no('분배정보 없음', 'no route configured', 'gateway-error', 'alert'),
  999: unsure('기타 오류', 'other error', 'gateway-error', 'retry'),
} as const satisfies Record<number, SendCode>;

/** What a code that no table has says: nothing that anybody could rely on. */
export const unrecognisedCode: SendCode = unsure(
  '알 수 없는 코드',
  'not in the specification',
  'unknown-code',
  'alert',
);

/** The row of a code, {@link unrecognisedCode} for one that the specification lacks. */
export function sendCode(code: number): SendCode {
  return Object.hasOwn(sendCodes, code) ? sendCodes[code as keyof typeof sendCodes] : unrecognisedCode;
}

/** What the answer to a MsgSendReq means for the sender, before its reason matters. */
export type AckMeaning =
  | 'accepted'
  /** The gateway already holds this UserMsgId. */
  | 'duplicate'
  /** Not taken, since too many came within a second. */
  | 'throttled'
  | 'outsideHours'
  /** Not taken, and nothing will be before the next login. */
  | 'notLoggedIn'
  | 'refused';

/** Pairs of codes mean the same: 11 and 903, 3 and 902. */
const ackMeanings: Readonly<Record<number, AckMeaning>> = {
  0: 'accepted',
  3: 'notLoggedIn',
  11: 'throttled',
  320: 'duplicate',
  901: 'outsideHours',
  902: 'notLoggedIn',
  903: 'throttled',
};

/** What this Result of a MsgSendRes means. */
export function ackMeaning(code: number): AckMeaning {
  return ackMeanings[code] ?? 'refused';
}
