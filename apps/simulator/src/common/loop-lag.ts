import type { Cancel, Clock } from './clock.js';
import { NumberColumn } from './column.js';

/** How often the loop is looked at, in milliseconds. */
const PERIOD_MS = 2;
/** Shorter delays are the timers' own coarseness and are not kept. */
const KEPT_FROM_MS = 4;

/**
 * The simulator's own stalls. A process that stood still reads everything that arrived meanwhile at once, and
 * would take an evenly paced sender for a bursting one; so every judgement of a rate asks here first.
 *
 * A stall is counted from the last look, not from when the next one was due: it may have begun right after that look, and what
 * arrived then was read as late.
 */
export class LoopLag {
  readonly #clock: Clock;
  /** Start, end (both epoch ms) of each stall; its lag is the difference. */
  readonly #starts = new NumberColumn();
  readonly #ends = new NumberColumn();
  #looked: number;
  #cancel: Cancel | undefined;
  #largest = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#looked = clock.now();
  }

  start(): void {
    if (this.#cancel) return;
    this.#looked = this.#clock.now();
    this.#arm();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** The largest stall since the start, in milliseconds. */
  get largestMs(): number {
    return this.#largest;
  }

  get stalls(): number {
    return this.#starts.length;
  }

  /** Notes a stall that ran from `from` to `to`. */
  note(from: number, to: number): void {
    if (to - from < KEPT_FROM_MS) return;
    this.#starts.push(from);
    this.#ends.push(to);
    this.#largest = Math.max(this.#largest, to - from);
  }

  /** The largest stall that touches the time from `from` to `to`, the one that may be under way included. */
  within(from: number, to: number): number {
    let largest = 0;
    for (let i = this.#ends.firstAtLeast(from); i < this.#starts.length && this.#starts.at(i) <= to; i++) {
      largest = Math.max(largest, this.#ends.at(i) - this.#starts.at(i));
    }
    // Incoming bytes are handled before timers, so a stall that just ended is not noted yet.
    if (this.#cancel && this.#looked <= to) {
      const open = this.#clock.now() - this.#looked;
      if (open >= KEPT_FROM_MS) largest = Math.max(largest, open);
    }
    return largest;
  }

  #arm(): void {
    this.#cancel = this.#clock.after(PERIOD_MS, () => {
      const now = this.#clock.now();
      this.note(this.#looked, now);
      this.#looked = now;
      this.#arm();
    });
  }
}
