import type { Cancel, Clock } from './clock.js';
import { KeepAlive, type KeepAlivePolicy } from './keepalive.js';

export interface PingerHooks {
  /** True while nothing is read: what is not read proves nothing. */
  readonly isPaused: () => boolean;
  readonly ping: () => void;
  readonly lost: () => void;
}

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
    this.#keepAlive.heard();
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
    this.#timer = this.#clock.after(this.#keepAlive.dueAt() - this.#clock.now(), () => this.#look());
  }

  #look(): void {
    if (this.#hooks.isPaused()) this.#keepAlive.heard();
    const verdict = this.#keepAlive.check(this.#clock.now());
    if (verdict === 'lost') this.#hooks.lost();
    if (verdict === 'ping') this.#hooks.ping();
    if (!this.#stopped && verdict !== 'lost') this.#arm();
  }
}
