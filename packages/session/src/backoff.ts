/**
 * How long to wait before the next attempt. Pure: the history is a value, chance is a parameter.
 *
 * Attempts count up from the first failure and start again only after a session stayed ready for a while: a gateway that
 * lets us in and drops us at once is not tried in a tight loop.
 */

export interface BackoffPolicy {
  /** A lost link or a failed connect: from `firstMs` doubling up to `capMs`, each shortened by up to half by chance. */
  readonly lost: { readonly firstMs: number; readonly capMs: number };
  /**
   * A refused login: never under `minMs` (LGHV 1.3.2: 10 s, SMTNT 1.2: 30 s), doubling up to `capMs`. A refusal because
   * of another connection of ours does not double for `takeOverMs`: it ends when the gateway notices the dead one.
   */
  readonly refused: { readonly minMs: number; readonly capMs: number; readonly takeOverMs: number };
  /** After a lost keepalive at least this long (SMTNT 1.2: 30 s); 0 where the protocol asks for nothing. */
  readonly keepAliveLostMs: number;
  /** A session that stayed ready this long starts counting anew. */
  readonly stableMs: number;
}

/** Why the next attempt has to wait. */
export type Setback =
  | { readonly kind: 'lost' }
  | { readonly kind: 'keepAliveLost' }
  | { readonly kind: 'refused'; readonly alreadyConnected: boolean };

/** Failures in a row. */
export interface BackoffHistory {
  readonly lost: number;
  readonly refused: number;
  /** Of the refusals, those that doubled the wait. */
  readonly escalated: number;
  /** When the present row of refusals began. */
  readonly refusedSince: number;
}

export const freshHistory: BackoffHistory = { lost: 0, refused: 0, escalated: 0, refusedSince: 0 };

/** The history to go on with after a session was ready from `readyAt` to `now`. */
export function afterReady(
  history: BackoffHistory,
  policy: BackoffPolicy,
  readyAt: number,
  now: number,
): BackoffHistory {
  return now - readyAt >= policy.stableMs ? freshHistory : history;
}

/** The wait after a setback, and the history that includes it. `chance` is uniform in [0, 1). */
export function backoff(
  history: BackoffHistory,
  policy: BackoffPolicy,
  setback: Setback,
  now: number,
  chance: number,
): { readonly delayMs: number; readonly history: BackoffHistory } {
  switch (setback.kind) {
    case 'refused': {
      const refusedSince = history.refused === 0 ? now : history.refusedSince;
      const expected = setback.alreadyConnected && now - refusedSince < policy.refused.takeOverMs;
      const base = doubled(policy.refused.minMs, expected ? 0 : history.escalated, policy.refused.capMs);
      return {
        // Only ever lengthened by chance: the gateway's minimum holds.
        delayMs: Math.max(policy.refused.minMs, base) * (1 + 0.05 * chance),
        history: {
          ...history,
          refused: history.refused + 1,
          escalated: history.escalated + (expected ? 0 : 1),
          refusedSince,
        },
      };
    }
    case 'keepAliveLost':
    case 'lost': {
      const wait = doubled(policy.lost.firstMs, history.lost, policy.lost.capMs) * (1 - 0.5 * chance);
      return {
        delayMs: setback.kind === 'keepAliveLost' ? Math.max(policy.keepAliveLostMs, wait) : wait,
        history: { ...history, lost: history.lost + 1 },
      };
    }
    default:
      return setback satisfies never;
  }
}

/** `first` doubled `times` times, at most `cap`. */
function doubled(first: number, times: number, cap: number): number {
  return Math.min(cap, first * 2 ** Math.min(times, 30));
}
