import type { Cancel, Clock } from './clock.js';
import { KeepAlive, type KeepAlivePolicy } from './keepalive.js';

export interface PingerHooks {
  /** True while nothing is read: what is not read proves nothing. */
  readonly isPaused: () => boolean;
  readonly ping: () => void;
  readonly lost: () => void;
}

/** A timer later than this means that the whole process stood still, and has not read what came meanwhile, ms. */
const STOOD_STILL_MS = 1000;

/** The timer of one connection's keepalive. */
export class Pinger {
  readonly #clock: Clock;
  readonly #keepAlive: KeepAlive;
  readonly #hooks: PingerHooks;
  #timer: Cancel | undefined;
  #stopped = false;

  constructor(clock: Clock, policy: KeepAlivePolicy, hooks: PingerHooks) {
    this.#clock = clock;
    this.#keepAlive = new KeepAlive(policy, clock.now());
    this.#hooks = hooks;
    this.#arm();
  }

  heard(): void {
    // The timer stands where the answer would have been late, which may be after the next ping is due.
    if (this.#keepAlive.heard() && !this.#stopped) this.#arm();
  }

  spoke(now: number): void {
    this.#keepAlive.spoke(now);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.();
  }

  /** Never moved when something is written: it looks again when it fires. */
  #arm(): void {
    const dueAt = this.#keepAlive.dueAt();
    this.#timer?.();
    this.#timer = this.#clock.after(dueAt - this.#clock.now(), () => this.#look(dueAt));
  }

  #look(dueAt: number): void {
    const now = this.#clock.now();
    const stoodStill = now - dueAt > STOOD_STILL_MS;
    if (stoodStill || this.#hooks.isPaused()) this.#keepAlive.heard();
    const verdict = this.#keepAlive.check(now);
    if (verdict === 'lost') this.#hooks.lost();
    if (verdict === 'ping') this.#hooks.ping();
    if (!this.#stopped && verdict !== 'lost') this.#arm();
  }
}
