import type { ReasonCode } from '@pabal/message';
import type { Advice, Certainty } from './send-codes.js';

/** One row of the login result codes. */
export interface LoginCode {
  /** The specification's own words. */
  readonly ko: string;
  readonly en: string;
  /** A login offers no message to anybody. */
  readonly certainty: Extract<Certainty, 'notDelivered'>;
  /** Why nothing can be sent, in the words of results; undefined for success. */
  readonly reason: ReasonCode | undefined;
  readonly advice: Advice;
  /** True where waiting may help; false where the account or its configuration must change first. */
  readonly passes: boolean;
}

const row = (
  ko: string,
  en: string,
  reason: ReasonCode | undefined,
  advice: Advice,
  passes: boolean,
): LoginCode => ({ ko, en, certainty: 'notDelivered', reason, advice, passes });

const passes = (ko: string, en: string, reason: ReasonCode, advice: Advice) =>
  row(ko, en, reason, advice, true);
const stays = (ko: string, en: string, reason: ReasonCode) => row(ko, en, reason, 'alert', false);

/** Result codes of BindRes and UnBindRes (SMTNT 3.3.3.1). 1 to 7 mean other things than in the answers to messages. */
export const loginCodes = {
  0: row('성공', 'success', undefined, 'giveUp', true),
  1: passes('시스템 오류', 'system error', 'gateway-error', 'retry'),
  2: passes('중복 접속', 'already logged in', 'gateway-refused', 'wait'),
  3: stays('허용된 아이피가 아님', 'address not allowed', 'gateway-refused'),
  4: stays('사용자 아이디 오류', 'wrong user id', 'gateway-refused'),
  5: stays('사용자 암호 오류', 'wrong password', 'gateway-refused'),
  6: stays('사용이 중지된 아이디', 'user id suspended', 'gateway-refused'),
  7: stays('버전 오류', 'wrong version', 'gateway-refused'),
  901: passes('발송가능 시간이 아님', 'outside the sending hours', 'outside-hours', 'wait'),
  902: passes('로그인 상태가 아님', 'not logged in', 'gateway-refused', 'retry'),
  903: passes('발송속도 초과', 'over the rate', 'over-rate', 'wait'),
  904: stays('월 발송건수 부족', 'monthly quota used up', 'quota-exceeded'),
  905: stays('일일 발송건수 부족', 'daily quota used up', 'quota-exceeded'),
  906: stays('보유금액 부족(선불)', 'not enough prepaid credit', 'insufficient-credit'),
  908: stays('특정필드가 길이 초과', 'a field is too long', 'gateway-format'),
  909: stays('첨부파일 갯수 오류', 'wrong number of files', 'file-error'),
  910: stays('첨부파일 크기 오류', 'wrong size of a file', 'file-error'),
  911: stays('수신데이터 오류', 'wrong data received', 'gateway-format'),
  913: passes('DB오류', 'database error', 'gateway-error', 'retry'),
  999: passes('기타오류', 'other error', 'gateway-error', 'retry'),
} as const satisfies Record<number, LoginCode>;

/** The refusal of a second login while an earlier session still lives. */
export const DOUBLE_LOGIN = 2;

const unrecognised: LoginCode = passes(
  '알 수 없는 코드',
  'not in the specification',
  'unknown-code',
  'alert',
);

/** The row of a login code; any code that the specification lacks is a refusal that may pass. */
export function loginCode(code: number): LoginCode {
  return Object.hasOwn(loginCodes, code) ? loginCodes[code as keyof typeof loginCodes] : unrecognised;
}
