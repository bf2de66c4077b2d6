import type { BackoffPolicy, SessionPolicy } from '@pabal/session';
import type { LghvConfig } from './config.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A server forgets a silent connection after 5 minutes (LGHV 1.2); until then our successor is refused. */
const TAKE_OVER_MS = 5 * MINUTE + 30 * SECOND;
/** Beyond the gateway's least wait: its clock is not ours. */
const LOGIN_MARGIN_MS = 200;

/** How long to wait after what: a refusal as the gateway asks (LGHV 1.3.2), a lost link briefly. */
export function backoffPolicy(config: LghvConfig): BackoffPolicy {
  const minMs = config.loginRetry + LOGIN_MARGIN_MS;
  return {
    lost: { firstMs: SECOND / 2, capMs: 10 * SECOND },
    refused: { minMs, capMs: Math.max(minMs, 5 * MINUTE), takeOverMs: TAKE_OVER_MS },
    keepAliveLostMs: 0,
    stableMs: 10 * SECOND,
  };
}

/** The numbers of a SEND or RECV session. On RECV a LINK_CHECK is due whatever else is written (LGHV 1.3.3). */
export function sessionPolicy(config: LghvConfig, lineType: 'S' | 'R'): SessionPolicy {
  return {
    connectTimeoutMs: config.grantTimeout + 10 * SECOND,
    loginTimeoutMs: 10 * SECOND,
    ackTimeoutMs: config.ackTimeout,
    logoutTimeoutMs: SECOND,
    noticeLimit: 256,
    keepAlive: {
      kind: lineType === 'S' ? 'idle' : 'interval',
      afterMs: config.linkCheck,
      answerMs: 10 * SECOND,
      maxUnanswered: 2,
    },
    backoff: backoffPolicy(config),
  };
}
