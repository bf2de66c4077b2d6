/** A reason in both languages, and whether the same message, sent again later as a new one, may well succeed. */
export interface Reason {
  readonly ko: string;
  readonly en: string;
  readonly retryable: boolean;
}

const final = (ko: string, en: string): Reason => ({ ko, en, retryable: false });
const again = (ko: string, en: string): Reason => ({ ko, en, retryable: true });

/**
 * Why a message ended as it did. The codes are ours and stable: gateways map their own onto them, and customers' programs
 * branch on them, so a code is never renamed and never changes its meaning.
 */
export const REASONS = {
  delivered: final('전송 성공', 'Delivered to the handset'),

  'invalid-message': final('메시지 내용이 규격에 맞지 않음', 'The message breaks a rule of its fields'),
  'unsupported-channel': final(
    '이 채널을 보낼 수 있는 게이트웨이가 없음',
    'No gateway of this route carries this channel',
  ),
  'no-route': again('보낼 수 있는 게이트웨이가 없음', 'No gateway could take the message'),
  expired: again('유효시간 안에 발송하지 못함', 'Not sent within its time'),
  cancelled: final('발송 전에 취소됨', 'Cancelled before it was sent'),

  'no-report': final('결과를 받지 못함', 'The gateway never reported what became of it'),
  'unknown-code': final('알 수 없는 결과 코드', 'The gateway gave a code that is not documented'),

  'invalid-number': final('잘못된 수신번호', 'The recipient number is malformed'),
  'dead-number': final('결번, 비가입자 또는 서비스 정지', 'The number is not in service'),
  'handset-off': again('단말기 전원 꺼짐 또는 응답 불가', 'The handset is off, busy or refuses'),
  'handset-busy': again('단말기 통화 중', 'The handset is busy'),
  'handset-error': again('단말기 전송 실패', 'The handset did not take the message'),
  'handset-full': again('단말기 메시지 저장 공간 부족', 'The memory of the handset is full'),
  'no-coverage': again('음영 지역', 'The handset is out of coverage'),
  'unsupported-handset': final('미지원 단말기', 'The handset does not support this kind of message'),
  'ported-out': final('번호이동된 번호', 'The number moved to another carrier'),
  'number-database-mismatch': again('번호이동 정보 불일치', 'The number portability database disagrees'),
  'call-failed': again('호 처리 실패', 'The network could not set up the delivery'),
  'network-error': again('무선망 오류', 'An error of the radio network'),
  'carrier-error': again('이동통신사 오류', 'An error of the carrier'),
  'carrier-timeout': again('이동통신사 응답시간 초과', 'The carrier did not answer in time'),
  'carrier-expired': again('이동통신사 유효기간 만료', 'The carrier tried until its validity ran out'),
  'deleted-by-operator': final('운영자가 삭제함', 'Deleted by an operator of the gateway'),

  'recipient-opted-out': final('수신자가 수신을 거부함', 'The recipient opted out'),
  'spam-blocked': final('스팸으로 차단됨', 'Blocked as spam'),
  'content-blocked': final('허용되지 않은 문구가 포함됨', 'The text holds a wording that is not allowed'),
  'sender-not-registered': final('사전 등록되지 않은 발신번호', 'The sender number is not registered'),
  'sender-format': final(
    '전화번호 세칙에 맞지 않는 발신번호',
    'The sender number breaks the numbering rules',
  ),
  'sender-forged': final('변작으로 등록된 발신번호', 'The sender number is listed as forged'),
  'sender-blocked': final(
    '번호도용문자차단서비스에 가입된 발신번호',
    'The sender number is protected against use in messages',
  ),
  'sender-number-invalid': final('잘못된 발신번호', 'The sender number is malformed'),
  'reseller-code-missing': final('재판매사 식별코드 없음', 'The reseller code is missing'),

  duplicate: final('중복 발송', 'The gateway holds it for a repeat'),
  'too-often': again(
    '같은 수신번호로 짧은 시간에 너무 많이 보냄',
    'Too many messages to this recipient within seconds',
  ),
  'over-rate': again('허용된 발송 속도 초과', 'Over the granted rate'),
  'outside-hours': again('발송 가능한 시간이 아님', 'Outside the hours in which the gateway sends'),
  'insufficient-credit': again('잔여 건수 또는 금액 부족', 'The account has no credit left'),
  'quota-exceeded': again('월 또는 일 발송 건수 초과', 'The monthly or daily quota is used up'),
  'gateway-busy': again('게이트웨이 과부하', 'The gateway is overloaded'),
  'gateway-error': again('게이트웨이 시스템 오류', 'An error of the gateway'),
  'gateway-refused': final(
    '게이트웨이가 계정 또는 접속을 거부함',
    'The gateway refuses the account or the session',
  ),
  'gateway-format': final('게이트웨이가 메시지 형식을 거부함', 'The gateway refuses the form of the message'),
  'file-error': final('첨부파일 오류', 'An attached file is missing or not acceptable'),

  'kakao-sender-key': final('유효하지 않은 발신 프로필', 'The Kakao sender profile does not exist'),
  'kakao-sender-blocked': final(
    '차단 또는 삭제된 발신 프로필',
    'The Kakao sender profile is blocked or deleted',
  ),
  'kakao-channel-closed': final(
    '사용할 수 없는 카카오톡 채널',
    'The Kakao channel is closed, blocked or deleted',
  ),
  'kakao-template-missing': final('템플릿을 찾을 수 없음', 'The Kakao template does not exist'),
  'kakao-template-mismatch': final('템플릿과 일치하지 않음', 'The message differs from its Kakao template'),
  'kakao-format': final('카카오 메시지 형식 오류', 'The form of the Kakao message is wrong'),
  'kakao-too-long': final('카카오 메시지 길이 제한 초과', 'A part of the Kakao message is too long'),
  'kakao-not-friend': final('친구 관계가 아님', 'The recipient is no friend of the Kakao channel'),
  'kakao-not-user': final(
    '카카오톡 미사용자 또는 채널 차단',
    'The recipient does not use KakaoTalk or blocks the channel',
  ),
  'kakao-image': final('이미지를 전송할 수 없음', 'The image of the Kakao message cannot be sent'),
  'kakao-outside-hours': again('카카오 발송 가능한 시간이 아님', 'Outside the hours in which Kakao sends'),
  'kakao-unconfirmed': final('카카오 수신 확인 안 됨', 'Kakao cannot say whether it was received'),
  'kakao-error': again('카카오 시스템 오류', 'An error of Kakao'),
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

/** True for a code of {@link REASONS}. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** A reason as it stands in a result: its code with its texts. */
export function reasonOf(code: ReasonCode): { code: ReasonCode; message: { ko: string; en: string } } {
  const { ko, en } = REASONS[code];
  return { code, message: { ko, en } };
}
