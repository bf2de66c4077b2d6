import type { Cancel, Clock } from '@pabal/session';
import { ALWAYS, type SendingHours, untilOpenMs } from './hours.js';

export interface HoursGateOptions {
  readonly clock: Clock;
  /** Epoch milliseconds by the fleet's clock: the hours of the day come from it. */
  readonly fleetNow: () => number;
  /** Called when a closed gate that somebody asked about may have opened. */
  readonly onOpen: () => void;
}

/** Keeps a line closed outside the sending hours, and says when they begin. */
export class HoursGate {
  readonly #options: HoursGateOptions;
  #hours: SendingHours = ALWAYS;
  #timer: Cancel | undefined;
  #stopped = false;

  constructor(options: HoursGateOptions) {
    this.#options = options;
  }

  /** The hours of a new login. */
  learn(hours: SendingHours): void {
    this.#hours = hours;
    this.#disarm();
  }

  /** Milliseconds until the hours begin; 0 within them. */
  untilOpenMs(): number {
    return untilOpenMs(this.#hours, this.#options.fleetNow());
  }

  /**
   * Clock time from which messages are taken: long ago (a caller's `now` was read before ours), or Infinity until
   * `onOpen` has been called.
   */
  opensAt(): number {
    const wait = this.untilOpenMs();
    if (wait === 0) return Number.NEGATIVE_INFINITY;
    if (this.#timer === undefined && !this.#stopped) {
      this.#timer = this.#options.clock.after(wait, () => {
        this.#timer = undefined;
        this.#options.onOpen();
      });
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Forgets its timer: the line is closed for good. */
  stop(): void {
    this.#stopped = true;
    this.#disarm();
  }

  #disarm(): void {
    this.#timer?.();
    this.#timer = undefined;
  }
}
