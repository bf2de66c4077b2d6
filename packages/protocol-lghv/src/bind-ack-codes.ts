import type { ReasonCode } from '@pabal/message';
import type { Advice, Certainty } from './result-code.js';

/** A BIND_ACK result (LGHV appendix 1). */
export interface BindAckCode {
  /** Undefined where the specification names a result without a code. */
  readonly code: string | undefined;
  readonly name: string;
  readonly accepted: boolean;
  /** A login offers no message to anybody. */
  readonly certainty: Extract<Certainty, 'notDelivered'>;
  /** Why nothing can be sent, in the words of results; undefined for success. */
  readonly reason: ReasonCode | undefined;
  readonly advice: Advice;
  readonly ko: string;
  readonly en: string;
}

const row = (
  code: string | undefined,
  name: string,
  reason: ReasonCode | undefined,
  advice: Advice,
  ko: string,
  en: string,
): BindAckCode => ({
  code,
  name,
  accepted: reason === undefined,
  certainty: 'notDelivered',
  reason,
  advice,
  ko,
  en,
});

/** The BIND_ACK result that says that this agent is connected already. */
export const BIND_ALREADY_CONNECTED = '5';

/** BIND_ACK. Whatever is not `0` is a refusal, listed or not. */
export const bindAckCodes: readonly BindAckCode[] = [
  row('0', 'E_OK', undefined, 'giveUp', '인증 성공', 'Logged in'),
  row('1', 'E_UNKNOWN_ID', 'gateway-refused', 'alert', '잘못된 아이디', 'Unknown user'),
  row(undefined, 'E_INVALID_PWD', 'gateway-refused', 'alert', '잘못된 암호', 'Wrong password'),
  row('2', 'E_DENY', 'gateway-refused', 'alert', '차단된 계정', 'The account is blocked'),
  row('3', 'E_FORMAT_ERR', 'gateway-format', 'alert', '메시지 형식 오류', 'Malformed BIND'),
  row('4', 'E_REJECT_IP', 'gateway-refused', 'alert', '허용되지 않은 IP', 'Our address is not allowed'),
  row(
    BIND_ALREADY_CONNECTED,
    'E_REJECT_MULTI',
    'gateway-refused',
    'wait',
    '중복 연결',
    'Another connection of this agent is up',
  ),
];

/** The row of a BIND_ACK result; undefined for one that the specification lacks. */
export function bindAckCode(result: string): BindAckCode | undefined {
  return bindAckCodes.find((each) => each.code === result);
}
