import { parseRetryAfter } from './retry.js';

/** What came of one POST. */
export type Answer =
  /** The receiver answered. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  /** It did not; `reason` is a class of error, kebab-case, without anything that it or the network said. */
  | { readonly kind: 'failed'; readonly reason: FailureReason };

export type FailureReason =
  | 'timeout'
  | 'name-not-found'
  | 'name-lookup-failed'
  | 'connection-refused'
  | 'connection-lost'
  | 'unreachable'
  | 'tls-failed'
  | 'bad-answer'
  | 'address-refused'
  | 'bad-url'
  | 'failed';

/** What an answer means for the delivery. */
export type Verdict =
  | { readonly kind: 'delivered' }
  /** Tried again later. `sick`: it says something about the receiver, not about this delivery alone. */
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly sick: boolean;
      readonly retryAfterMs?: number;
    }
  /** Not tried again: nothing that time mends. */
  | { readonly kind: 'dead'; readonly reason: string };

/** The receiver wants no more of this. */
const GONE = 410;
const TOO_MANY = 429;
const UNAVAILABLE = 503;

/**
 * Judges an answer: 2xx is delivered; 410, and an address that must not be spoken to, are the end; everything else is tried
 * again, a redirect too, which is never followed. Pure.
 * @param now epoch ms, for a `Retry-After` that is a date
 */
export function judge(answer: Answer, now: number): Verdict {
  if (answer.kind === 'failed') {
    const { reason } = answer;
    if (reason === 'address-refused' || reason === 'bad-url') return { kind: 'dead', reason };
    return { kind: 'retry', reason, sick: true };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const reason = `http-${status}`;
  if (status === GONE) return { kind: 'dead', reason };
  const busy = status === TOO_MANY || status === UNAVAILABLE;
  const retryAfterMs = busy ? parseRetryAfter(answer.retryAfter, now) : undefined;
  return {
    kind: 'retry',
    reason,
    sick: busy || status >= 500,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

const REASONS: readonly (readonly [RegExp, FailureReason])[] = [
  [/^(ENOTFOUND|ENODATA|ENONAME)$/, 'name-not-found'],
  [/^EAI_/, 'name-lookup-failed'],
  [/^(ECONNREFUSED)$/, 'connection-refused'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, 'connection-lost'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/, 'unreachable'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^(HPE_|ERR_HTTP_|ERR_INVALID_)/, 'bad-answer'],
  [
    /^(ERR_TLS_|ERR_SSL_|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|CRL_)/,
    'tls-failed',
  ],
];

/** The class of an error of Node's, by its code. Pure. */
export function failureReason(error: unknown): FailureReason {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'failed';
}
