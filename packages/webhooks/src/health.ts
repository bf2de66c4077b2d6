import { MAX_RETRY_AFTER_MS } from './retry.js';

/** What is known of a host: whether it is spoken to now. */
export interface Health {
  /** Failures in a row that say something about the host. */
  readonly failures: number;
  /** Of the last of them, ms. */
  readonly failedAt: number;
  /** Rests in a row; with one a single delivery at a time tries the host, until one arrives. */
  readonly rests: number;
  /** Nothing goes there before, ms. */
  readonly restsUntil: number;
}

export const WELL: Health = {
  failures: 0,
  failedAt: Number.NEGATIVE_INFINITY,
  rests: 0,
  restsUntil: Number.NEGATIVE_INFINITY,
};

/** So many failures in a row close a host. */
export const SICK_AFTER = 5;
/** Failures further apart than this are not in a row, ms: one delivery that alone fails comes again ever more seldom. */
export const IN_A_ROW_MS = 60_000;
/** The first rest, ms; doubled each time, up to {@link LONGEST_REST_MS}. */
export const FIRST_REST_MS = 5_000;
export const LONGEST_REST_MS = 5 * 60_000;

/** A delivery arrived, or the host answered something that only concerns that one. Pure. */
export function afterSuccess(health: Health): Health {
  return health.failures === 0 && health.rests === 0 ? health : WELL;
}

/** A delivery failed in a way that says something about the host. Pure. */
export function afterFailure(health: Health, now: number, retryAfterMs = 0): Health {
  const inRow = health.rests > 0 || now - health.failedAt <= IN_A_ROW_MS;
  const failures = inRow ? health.failures + 1 : 1;
  const asked = now + Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
  // Of those that were under way together the first one begins the rest.
  const resting = now < health.restsUntil;
  if (resting || (failures < SICK_AFTER && health.rests === 0 && retryAfterMs === 0)) {
    return { ...health, failures, failedAt: now, restsUntil: Math.max(health.restsUntil, asked) };
  }
  const rest = Math.min(FIRST_REST_MS * 2 ** Math.min(health.rests, 20), LONGEST_REST_MS);
  const restsUntil = Math.max(now + rest, asked);
  return { failures, failedAt: now, rests: health.rests + 1, restsUntil };
}
