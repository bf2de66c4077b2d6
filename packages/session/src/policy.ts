/** The numbers a session lives by. All are milliseconds unless the name says otherwise. */
import type { BackoffPolicy } from './backoff.js';
import type { KeepAlivePolicy } from './keepalive.js';

export interface SessionPolicy {
  /** From the start of an attempt (endpoint look-up included) to an open connection. */
  readonly connectTimeoutMs: number;
  /** From an open connection to the login answer. */
  readonly loginTimeoutMs: number;
  /** From a submit's write to its ack. One that is late closes the connection. */
  readonly ackTimeoutMs: number;
  /** From the logout to the close. */
  readonly logoutTimeoutMs: number;
  /** Notices handled at once; while that many wait for storage the socket is not read. */
  readonly noticeLimit: number;
  readonly keepAlive: KeepAlivePolicy;
  readonly backoff: BackoffPolicy;
}
