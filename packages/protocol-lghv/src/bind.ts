import { chars, choice, decimal, type PacketOf, packet, reserved, secret } from '@pabal/wire';
import { type Cipher, needCipher, sealAscii } from './cipher.js';
import { encodeFrame } from './header.js';

/** The version of the protocol that BIND names (LGHV 2.2.1). */
const VERSION = 'V1.1';

/** BIND, 100 bytes (LGHV 2.2.1). Once for sending and once for receiving. */
export const bind = packet('BIND', [
  choice('encode', 1, ['0', '1']), //   0   1  1: userPwd is encrypted
  choice('lineType', 1, ['S', 'R']), //  1   1  send or receive
  chars('userId', 20), //   2  20
  chars('agentId', 6), //  22   6
  secret(chars('userPwd', 50)), //  28  50
  choice('report', 1, ['A', 'M']), //  78   1  reports with all fields or the necessary ones
  chars('info', 21), //  79  21  version
]);
export type Bind = PacketOf<typeof bind>;

/** BIND_ACK, 40 bytes (LGHV 2.2.2): the granted submits a second by type. */
export const bindAck = packet('BIND_ACK', [
  chars('result', 5), //   0   5  see bindAckCodes
  decimal('tpsSms', 5), //   5   5
  decimal('tpsLms', 5), //  10   5
  decimal('tpsMms', 5), //  15   5
  decimal('tpsKko', 5), //  20   5  Alimtalk
  decimal('tpsKkf', 5), //  25   5  FriendTalk; older servers leave it empty
  reserved('temp1', 5), //  30   5
  reserved('temp2', 5), //  35   5
]);
export type BindAck = PacketOf<typeof bindAck>;

export interface BindInput {
  readonly lineType: 'S' | 'R';
  readonly userId: string;
  readonly agentId: string;
  /** The plain password, ASCII. */
  readonly password: string;
  readonly report: 'A' | 'M';
  /** `1` writes the password encrypted; it needs the cipher. */
  readonly encode: '0' | '1';
  readonly cipher?: Cipher | undefined;
}

/** A BIND frame. @throws FieldError also where the encrypted password outgrows its 50 bytes. */
export function encodeBind(input: BindInput): Uint8Array<ArrayBuffer> {
  const { encode, lineType, userId, agentId, password, report, cipher } = input;
  const userPwd = encode === '1' ? sealAscii(password, needCipher(cipher, 'userPwd')) : password;
  return encodeFrame('BIND', bind, { encode, lineType, userId, agentId, userPwd, report, info: VERSION });
}
