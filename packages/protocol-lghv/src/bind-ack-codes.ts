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

/** The row of a BIND_ACK result; undefined for one that the specification lacks. */
export function bindAckCode(result: string): BindAckCode | undefined {
  return bindAckCodes.find((row) => row.code === result);
}
