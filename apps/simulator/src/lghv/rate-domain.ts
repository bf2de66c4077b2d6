import { type Judge, lagOfSecond, movedBy, type NumberColumn, SlidingSecond } from '../common/index.js';
import type { LghvSettings } from './options.js';
import type { LghvRule } from './rules.js';

/** In this time after a DELIVER_ACK 15 was written, a DELIVER may have been on its way already. */
const ON_THE_WAY_MS = 200;

/** What the rate says of one DELIVER: microseconds for MSG_MSEC (0: within the grant), or a session to drop. */
export interface RateVerdict {
  readonly microseconds: number;
  readonly drop: boolean;
}

const WITHIN: RateVerdict = { microseconds: 0, drop: false };

/** One rate of one agent: USER_ID, AGENT_ID and type, over every connection (LGHV 2.2.2, 2.2.8). */
export class RateDomain {
  readonly #judge: Judge<LghvRule>;
  readonly #name: string;
  #second: SlidingSecond;
  #arrivals: NumberColumn;
  #pausedFrom = 0;
  #pausedUntil = 0;
  #ignored = 0;

  constructor(judge: Judge<LghvRule>, name: string, grant: number) {
    this.#judge = judge;
    this.#name = name;
    this.#second = new SlidingSecond(grant);
    this.#arrivals = judge.rates.domain(name, grant);
  }

  /** A login was told this grant: it holds from now on, and the past second counts on. */
  grant(limit: number): void {
    if (limit === this.#second.limit) return;
    this.#second = this.#second.withLimit(limit);
    this.#arrivals = this.#judge.rates.domain(this.#name, limit);
  }

  /** Judges the DELIVER that arrived at `now` on `session`. */
  arrive(now: number, settings: LghvSettings, session: number): RateVerdict {
    this.#arrivals.push(now);
    const drop = this.#checkPause(now, settings, session);
    const waitMs = this.#second.take(now);
    if (waitMs === 0) return drop ? { microseconds: 0, drop } : WITHIN;
    if (settings.overRate === 'undisturbed' && !this.#isCertain(now, waitMs)) {
      this.#second.force(now);
      this.#judge.note('over-rate-not-judged');
      return drop ? { microseconds: 0, drop } : WITHIN;
    }
    this.#judge.violations.add(
      'over-rate',
      `${this.#second.limit + 1} within ${(1000 - waitMs).toFixed(3)} ms`,
      session,
    );
    return { microseconds: this.pause(now, waitMs), drop };
  }

  /** Begins or prolongs a pause, and answers its length in microseconds for MSG_MSEC. */
  pause(now: number, waitMs: number): number {
    if (now >= this.#pausedUntil) this.#pausedFrom = now;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + waitMs);
    return Math.min(9_999_999, Math.max(1, Math.ceil(waitMs * 1000)));
  }

  /** No stall of ours can have moved so many together. */
  #isCertain(now: number, waitMs: number): boolean {
    return waitMs > movedBy(lagOfSecond(this.#judge.lag, now));
  }

  /** Counts a DELIVER against the pause; true once there were too many. */
  #checkPause(now: number, settings: LghvSettings, session: number): boolean {
    if (now >= this.#pausedUntil) {
      this.#ignored = 0;
      return false;
    }
    if (now - this.#pausedFrom < ON_THE_WAY_MS) return false;
    this.#ignored += 1;
    this.#judge.violations.add('pause-ignored', `${this.#ignored} in this pause`, session);
    return this.#ignored > settings.ignoredPauseLimit;
  }
}
