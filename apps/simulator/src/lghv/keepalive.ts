import type { Cancel, Judge } from '../common/index.js';
import type { LghvRule } from './rules.js';

const LINK_CHECK_MS = 60_000;
/** A client's timer and the network may add this much to 60 s. */
const LINK_CHECK_GRACE_MS = 2_000;
const IDLE_MS = 300_000;

/** Watches one connection's silence: LINK_CHECK in time (LGHV 1.3.2, 1.3.3) and the end after 5 minutes (1.2). */
export class Keepalive {
  readonly #judge: Judge<LghvRule>;
  readonly #scale: number;
  readonly #session: number;
  readonly #onIdle: () => void;
  #line: 'S' | 'R' | undefined;
  #heardAt: number;
  #linkAt: number;
  #lateTold = false;
  #cancel: Cancel | undefined;

  constructor(judge: Judge<LghvRule>, scale: number, session: number, onIdle: () => void) {
    this.#judge = judge;
    this.#scale = scale;
    this.#session = session;
    this.#onIdle = onIdle;
    this.#heardAt = judge.clock.now();
    this.#linkAt = this.#heardAt;
    this.#arm();
  }

  /** Bytes came. */
  heard(now: number): void {
    this.#heardAt = now;
  }

  /** The session was bound: from now on it must send LINK_CHECK. */
  bound(line: 'S' | 'R', now: number): void {
    this.#line = line;
    this.#linkAt = now;
    this.#arm();
  }

  /** A LINK_CHECK came, or on a SEND session a DELIVER. */
  linked(now: number): void {
    const wasTold = this.#lateTold;
    this.#tellLate(now);
    this.#linkAt = now;
    this.#lateTold = false;
    // The timer of a session that was late looks at the idle limit alone until now.
    if (wasTold) this.#arm();
  }

  stop(): void {
    this.#cancel?.();
  }

  get #idleAt(): number {
    return this.#heardAt + IDLE_MS * this.#scale;
  }

  get #lateAt(): number {
    if (!this.#line || this.#lateTold) return Number.POSITIVE_INFINITY;
    return this.#linkAt + (LINK_CHECK_MS + LINK_CHECK_GRACE_MS) * this.#scale;
  }

  /** One timer for both limits; packets only move the times, and the timer looks again when it fires. */
  #arm(): void {
    this.#cancel?.();
    const now = this.#judge.clock.now();
    this.#cancel = this.#judge.clock.after(Math.min(this.#idleAt, this.#lateAt) - now, () => {
      const at = this.#judge.clock.now();
      this.#tellLate(at);
      if (at >= this.#idleAt) this.#onIdle();
      else this.#arm();
    });
  }

  #tellLate(now: number): void {
    if (now < this.#lateAt) return;
    this.#lateTold = true;
    const rule = this.#line === 'S' ? 'link-check-late-send' : 'link-check-late-recv';
    this.#judge.violations.add(rule, `${Math.round((now - this.#linkAt) / this.#scale)} ms`, this.#session);
  }
}
