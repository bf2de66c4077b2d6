import type { BurstCheck, BurstRule } from '@pabal/fate';
import { type Clock, mustCountTogether, type RecipientBurstLimits, TRAVEL_MS } from '@pabal/session';
import { CLAIM_FRESH_MS } from './claim-fresh.js';
import { agentsOfAccount, type Gateway } from './fleet-config.js';

/** How much closer two messages may come to the gateway than their claims were made, ms. */
const SLACK_MS = CLAIM_FRESH_MS + TRAVEL_MS;

/**
 * The recipients of an account whose agents count together: the claims of all processes ask Redis, and this process remembers what it
 * was told, so that it asks once for all that waits for a recipient.
 */
export class AccountBurst {
  readonly #clock: Clock;
  readonly #first: BurstRule;
  readonly #probe: BurstRule;
  /** Recipients to be left alone, and until when (monotonic clock), in the order in which that was told. */
  readonly #busy = new Map<string, number>();

  /** @param quietMs how long the account must have left a recipient alone before a probe */
  constructor(clock: Clock, { limit, windowMs }: RecipientBurstLimits, quietMs: number) {
    const window = windowMs + SLACK_MS;
    const quiet = Math.max(windowMs, quietMs) + SLACK_MS;
    this.#clock = clock;
    this.#first = { limit, windowMs: window, keepMs: quiet };
    this.#probe = { limit: 1, windowMs: quiet, keepMs: quiet };
  }

  /** Recipients remembered. */
  get size(): number {
    return this.#busy.size;
  }

  /** What a claim asks. A probe asks for a rest, so that a duplicate answer can only mean its wire id. */
  check(recipient: string, probe: boolean): BurstCheck {
    return { ...(probe ? this.#probe : this.#first), recipient };
  }

  /** The claim of a first write was told to leave this recipient alone for so long, ms. */
  busy(recipient: string, ms: number): void {
    const now = this.#clock.now();
    this.#busy.delete(recipient);
    this.#busy.set(recipient, now + ms);
    for (const [other, until] of this.#busy) {
      if (until > now) return;
      this.#busy.delete(other);
    }
  }

  /** Earliest time (monotonic clock) at which it is worth asking about this recipient; 0 when at once. */
  freeAt(recipient: string): number {
    return this.#busy.get(recipient) ?? 0;
  }
}

/** Those of a process: one for each account whose agents are too many to have a part of the limit each. */
export class AccountBursts {
  readonly #clock: Clock;
  readonly #bursts = new Map<string, AccountBurst>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Undefined where the agents keep to parts of the limit, or there is none. */
  of(gateway: Gateway, account: string): AccountBurst | undefined {
    const { kind, config, name } = gateway;
    const limits = kind.recipientBurst?.(config);
    if (!limits || !mustCountTogether(limits, agentsOfAccount(gateway, account).length)) return undefined;
    const key = `${name}/${account}`;
    const known = this.#bursts.get(key) ?? new AccountBurst(this.#clock, limits, kind.probeQuietMs);
    this.#bursts.set(key, known);
    return known;
  }
}
