import type { Clock } from '@pabal/session';

/** How attempts to log in are slowed down. All times in milliseconds. */
export interface GatePolicy {
  /** Failures in a row that cost no wait. */
  readonly free: number;
  /** The wait after the first failure beyond those; it doubles with each further one. */
  readonly firstMs: number;
  readonly maxMs: number;
  /** Failures older than this are forgotten. */
  readonly forgetMs: number;
}

/** For one address. */
export const ADDRESS_POLICY: GatePolicy = { free: 3, firstMs: 1_000, maxMs: 60_000, forgetMs: 900_000 };
/** For all addresses together: somebody who has many of them does not get as many guesses. */
export const OVERALL_POLICY: GatePolicy = { free: 50, firstMs: 250, maxMs: 10_000, forgetMs: 900_000 };

const MAX_ADDRESSES = 10_000;
const EVERYBODY = '';

interface Failures {
  readonly count: number;
  readonly at: number;
}

/** How long to wait after so many failures in a row, ms. */
export function waitAfter(failures: number, { free, firstMs, maxMs }: GatePolicy): number {
  return failures <= free ? 0 : Math.min(maxMs, firstMs * 2 ** (failures - free - 1));
}

/** Failures of one kind of key. */
class Ledger {
  readonly #failures = new Map<string, Failures>();
  readonly #policy: GatePolicy;
  readonly #clock: Clock;

  constructor(policy: GatePolicy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
  }

  /** Milliseconds until this key may try again; 0 when it may now. */
  wait(key: string): number {
    const { count, at } = this.#of(key);
    return Math.max(0, at + waitAfter(count, this.#policy) - this.#clock.now());
  }

  fail(key: string): void {
    const { count } = this.#of(key);
    this.#failures.delete(key); // to the end: the Map's order is that of the last failure
    this.#failures.set(key, { count: count + 1, at: this.#clock.now() });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MAX_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest);
  }

  forgive(key: string): void {
    this.#failures.delete(key);
  }

  #of(key: string): Failures {
    const known = this.#failures.get(key);
    const now = this.#clock.now();
    return known && now - known.at < this.#policy.forgetMs ? known : { count: 0, at: now };
  }
}

/**
 * Slows down those who guess. An attempt counts as failed from its beginning, so that many at once gain nothing; the
 * one that succeeds takes it back.
 */
export class LoginGate {
  readonly #addresses: Ledger;
  readonly #overall: Ledger;

  constructor(clock: Clock) {
    this.#addresses = new Ledger(ADDRESS_POLICY, clock);
    this.#overall = new Ledger(OVERALL_POLICY, clock);
  }

  /** Begins an attempt; returns 0, or how many milliseconds this address must wait first. */
  begin(address: string): number {
    const wait = Math.max(this.#addresses.wait(address), this.#overall.wait(EVERYBODY));
    if (wait > 0) return wait;
    this.#addresses.fail(address);
    this.#overall.fail(EVERYBODY);
    return 0;
  }

  /** The attempt of this address succeeded: who knows the password is no guesser. */
  succeeded(address: string): void {
    this.#addresses.forgive(address);
    this.#overall.forgive(EVERYBODY);
  }
}
