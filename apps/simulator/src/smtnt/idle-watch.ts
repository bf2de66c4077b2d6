import type { Cancel, Clock, LoopLag } from '../common/index.js';

/** Tells when a client was silent for too long; stalls of the simulator itself are not held against it. */
export class IdleWatch {
  readonly #clock: Clock;
  readonly #lag: LoopLag;
  readonly #limitMs: number;
  readonly #onIdle: (silentMs: number, limitMs: number) => void;
  #lastDataAt: number;
  #cancel: Cancel;

  constructor(
    judge: { readonly clock: Clock; readonly lag: LoopLag },
    limitMs: number,
    onIdle: (silentMs: number, limitMs: number) => void,
  ) {
    this.#clock = judge.clock;
    this.#lag = judge.lag;
    this.#limitMs = limitMs;
    this.#onIdle = onIdle;
    this.#lastDataAt = judge.clock.now();
    this.#cancel = judge.clock.after(limitMs, () => this.#check());
  }

  /** Data came. */
  heard(): void {
    this.#lastDataAt = this.#clock.now();
  }

  stop(): void {
    this.#cancel();
  }

  #check(): void {
    const now = this.#clock.now();
    // While we stood still ourselves, bytes may have arrived that are not read yet.
    const left = this.#lastDataAt + this.#limitMs + this.#lag.within(this.#lastDataAt, now) - now;
    if (left > 0) this.#cancel = this.#clock.after(left, () => this.#check());
    else this.#onIdle(now - this.#lastDataAt, this.#limitMs);
  }
}
