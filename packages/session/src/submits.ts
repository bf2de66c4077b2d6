import type { Cancel, Clock } from './clock.js';
import type { AckOutcome } from './dialect.js';
import type { SubmitOutcome } from './gateway.js';
import { InFlightWindow, type WindowCounts } from './window.js';

/** After reading stood still, acks that waited in the kernel get this long before they are called late, ms. */
const CATCH_UP_MS = 1000;

/** The submits of a session that wait for their outcome, and the one timer that finds those whose ack is overdue. */
export class Submits {
  readonly #window = new InFlightWindow<(outcome: SubmitOutcome) => void>();
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #isPaused: () => boolean;
  readonly #onOverdue: () => void;
  #timer: Cancel | undefined;
  #resumedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param isPaused true while nothing is read: what is not read can't be called late.
   * @param onOverdue an ack is overdue, and its submit has ended `unknown`; the connection must be given up.
   */
  constructor(clock: Clock, timeoutMs: number, isPaused: () => boolean, onOverdue: () => void) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#isPaused = isPaused;
    this.#onOverdue = onOverdue;
  }

  get counts(): WindowCounts {
    return this.#window.counts;
  }

  size(lane?: string): number {
    return this.#window.size(lane);
  }

  has(wireId: string): boolean {
    return this.#window.has(wireId);
  }

  /** Enters a submit that is about to be written; check {@link has} first. Resolves exactly once, never rejects. */
  add(wireId: string, lane: string, now: number): Promise<SubmitOutcome> {
    const outcome = new Promise<SubmitOutcome>((settle) => {
      this.#window.reserve(wireId, lane, settle, now);
    });
    this.#timer ??= this.#arm(now);
    return outcome;
  }

  /** An ack. One that belongs to nothing in flight is counted and dropped. */
  settle(wireId: string, outcome: AckOutcome): void {
    this.#window.settle(wireId).value?.(outcome);
  }

  /** The connection is gone: everything in flight ends `unknown`. */
  abandon(): void {
    this.#timer?.();
    this.#timer = undefined;
    for (const settle of this.#window.abandon()) settle({ kind: 'unknown', why: 'connectionLost' });
  }

  /** Reading stood still and goes on. */
  resumed(): void {
    this.#resumedAt = this.#clock.now();
  }

  /** It looks at the oldest submit and sleeps until that one can be late: no timer per submit. */
  #arm(now: number): Cancel {
    const overdueAt = (this.#window.oldestAt() ?? now) + this.#timeoutMs;
    const lookAt = Math.max(overdueAt, this.#resumedAt + CATCH_UP_MS);
    return this.#clock.after(lookAt - now, () => this.#look(lookAt));
  }

  #look(lookAt: number): void {
    const now = this.#clock.now();
    this.#timer = undefined;
    // A timer this late means that the whole process stood still, and has not read what came meanwhile.
    const stoodStill = now - lookAt > CATCH_UP_MS;
    if (stoodStill || this.#isPaused()) this.#resumedAt = now;
    const readEnough = now >= this.#resumedAt + CATCH_UP_MS;
    const overdue = readEnough ? this.#window.expire(now, this.#timeoutMs) : [];
    for (const settle of overdue) settle({ kind: 'unknown', why: 'ackTimeout' });
    if (overdue.length > 0) this.#onOverdue();
    else if (this.#window.size() > 0) this.#timer = this.#arm(now);
  }
}
