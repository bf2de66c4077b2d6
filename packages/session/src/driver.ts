import type { Cancel, Clock } from './clock.js';
import type { SessionStateName } from './gateway.js';
import {
  begin,
  type Effect,
  type EndReason,
  type MachinePolicy,
  type SessionEvent,
  type SessionState,
  step,
} from './machine.js';

export interface DriverHooks {
  /** Does what an effect says; the driver itself does `arm`. */
  readonly perform: (effect: Exclude<Effect, { readonly kind: 'arm' }>) => void;
  /** The timer of the state fired: what that means. */
  readonly timeUp: () => SessionEvent;
  /** After the effects of a step that changed the state's name. */
  readonly moved: (from: SessionStateName, to: SessionStateName, reason: EndReason | undefined) => void;
}

/** Holds the machine's state and its timer, and feeds it one event at a time. */
export class Driver {
  readonly #policy: MachinePolicy;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #hooks: DriverHooks;
  readonly #events: SessionEvent[] = [];
  #state: SessionState;
  #lastReason: EndReason | undefined;
  #refusedWith: string | undefined;
  readonly #first: readonly Effect[];
  #timer: Cancel | undefined;
  #stepping = false;

  /** @param restUntil the gateway asked an earlier process to stay away until then, clock time */
  constructor(
    policy: MachinePolicy,
    clock: Clock,
    random: () => number,
    hooks: DriverHooks,
    restUntil?: number,
  ) {
    this.#policy = policy;
    this.#clock = clock;
    this.#random = random;
    this.#hooks = hooks;
    [this.#state, this.#first] = begin(policy, clock.now(), restUntil);
    this.#lastReason = 'reason' in this.#state ? this.#state.reason : undefined;
  }

  get state(): SessionStateName {
    return this.#state.name;
  }

  /** Why the last connection, or the session, ended. */
  get lastReason(): EndReason | undefined {
    return this.#lastReason;
  }

  /** The gateway's code, if it refused the last login that was answered. */
  get refusedWith(): string | undefined {
    return this.#refusedWith;
  }

  /** Does what a new session does first. Call once. */
  start(): void {
    this.#perform(this.#first);
  }

  /** An event that arises from an effect waits until the effects of the present step are done. */
  apply(event: SessionEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) this.#step(next);
    } finally {
      this.#stepping = false;
    }
  }

  #step(event: SessionEvent): void {
    const from = this.#state;
    const moment = { now: this.#clock.now(), chance: this.#random() };
    const [next, effects] = step(this.#policy, from, event, moment);
    if (next === from) return;
    this.#state = next;
    this.#timer?.();
    this.#timer = undefined;
    const reason = 'reason' in next ? next.reason : undefined;
    this.#lastReason = reason ?? this.#lastReason;
    // While it tries again, the last answer still stands.
    if (next.name === 'backingOff') this.#refusedWith = next.refusedWith;
    else if (next.name === 'ready') this.#refusedWith = undefined;
    this.#perform(effects);
    if (next.name !== from.name) this.#hooks.moved(from.name, next.name, reason);
  }

  #perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'arm')
        this.#timer = this.#clock.after(effect.ms, () => this.apply(this.#hooks.timeUp()));
      else this.#hooks.perform(effect);
    }
  }
}
