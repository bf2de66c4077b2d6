/** When to ping, and when silence means that the link is gone. */

/**
 * `idle`: a ping after `afterMs` in which we wrote nothing (LGHV 1.3.2; SMTNT 1.2). `interval`: a ping every `afterMs`
 * whatever else is written (LGHV 1.3.3).
 */
export interface KeepAlivePolicy {
  readonly kind: 'idle' | 'interval';
  readonly afterMs: number;
  /** How long a ping may go unanswered before the next one is sent. */
  readonly answerMs: number;
  /** This many unanswered pings in a row mean that the link is lost. At least 1. */
  readonly maxUnanswered: number;
}

export type KeepAliveVerdict = 'quiet' | 'ping' | 'lost';

/** One connection's keepalive. Any inbound frame proves life. It owns no timer: ask {@link dueAt} and {@link check}. */
export class KeepAlive {
  readonly #policy: KeepAlivePolicy;
  #lastOutAt: number;
  #lastPingAt: number;
  #unanswered = 0;

  constructor(policy: KeepAlivePolicy, now: number) {
    this.#policy = policy;
    this.#lastOutAt = now;
    this.#lastPingAt = now;
  }

  /** Any inbound frame. True when a ping was waiting for one: {@link dueAt} is another then. */
  heard(): boolean {
    const waited = this.#unanswered > 0;
    this.#unanswered = 0;
    return waited;
  }

  /** Any outbound frame. */
  spoke(now: number): void {
    this.#lastOutAt = now;
  }

  /** When {@link check} should be called next. It may then still say `quiet`. */
  dueAt(): number {
    if (this.#unanswered > 0) return this.#lastPingAt + this.#policy.answerMs;
    const since = this.#policy.kind === 'idle' ? this.#lastOutAt : this.#lastPingAt;
    return since + this.#policy.afterMs;
  }

  /** What to do now. `ping` counts a ping as sent. */
  check(now: number): KeepAliveVerdict {
    if (now < this.dueAt()) return 'quiet';
    if (this.#unanswered >= this.#policy.maxUnanswered) return 'lost';
    this.#unanswered += 1;
    this.#lastPingAt = now;
    this.#lastOutAt = now;
    return 'ping';
  }
}
