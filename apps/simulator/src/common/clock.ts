/** Cancels a timer; harmless after it fired. */
export type Cancel = () => void;

/** Time as the simulators see it. */
export interface Clock {
  /** Milliseconds since the epoch, with fractions, never going backwards. */
  now(): number;
  /** Calls `fn` once, no earlier than `ms` from now. */
  after(ms: number, fn: () => void): Cancel;
}

/** The process's clock: monotonic, placed on the epoch by the moment at which the process started. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, Math.max(0, Math.ceil(ms)));
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until it is advanced, so that a test spends five idle minutes in no time. */
export class FakeClock implements Clock {
  #now: number;
  #sequence = 0;
  readonly #timers = new Map<number, { at: number; fn: () => void }>();

  constructor(start = Date.UTC(2026, 0, 5, 3)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): Cancel {
    const id = this.#sequence++;
    this.#timers.set(id, { at: this.#now + Math.max(0, ms), fn });
    return () => void this.#timers.delete(id);
  }

  /** Moves time forward by `ms`; due timers fire in order, each at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let due = this.#next(end); due; due = this.#next(end)) {
      this.#timers.delete(due.id);
      this.#now = due.at;
      due.fn();
    }
    this.#now = end;
  }

  #next(end: number): { id: number; at: number; fn: () => void } | undefined {
    let first: { id: number; at: number; fn: () => void } | undefined;
    for (const [id, timer] of this.#timers) {
      if (timer.at <= end && (!first || timer.at < first.at)) first = { id, at: timer.at, fn: timer.fn };
    }
    return first;
  }
}
