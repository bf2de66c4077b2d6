import type { Problem } from '@pabal/message';

/** A message that a producer put into its own database and that is to be sent. */
export interface OutboxRow {
  /** The message's id. */
  readonly id: string;
  readonly route: string;
  /** A message v1, as {@link OutboxStore.claim} found it. */
  readonly message: unknown;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
  /** Since it was claimed for the first time, ms. */
  readonly claimedForMs: number;
}

/** Rows that one relay holds until its lease ends. */
export interface OutboxClaim {
  /** Names the holder: what is written under an older lease changes nothing. */
  readonly lease: string;
  readonly rows: readonly OutboxRow[];
}

/** Why a row is set aside. Holds nothing of the message's content. */
export interface OutboxFailure {
  /** `invalid-message`, `too-many-attempts`, or `too-old-to-repeat`. */
  readonly code: string;
  /** Of `invalid-message`: every rule that it breaks. */
  readonly problems?: readonly Problem[];
}

/** Why a row is tried again later. */
export interface OutboxRetry {
  readonly id: string;
  readonly delayMs: number;
  /** The code, else the name, of the error; never its message. */
  readonly why: string;
}

/**
 * Where messages wait that were written in a producer's own transactions. Every method is one statement, or one
 * transaction, of its own. Any may reject while the store is away: the relay tries again, and rows whose fate was not
 * written down come again when their lease ends.
 */
export interface OutboxStore {
  /** Claims at most `limit` rows that are due, oldest first; for `leaseMs` nobody else gets them. */
  claim(limit: number, leaseMs: number): Promise<OutboxClaim>;
  /** These are sent, under whatever lease: they never come again. */
  done(ids: readonly string[]): Promise<void>;
  /** These come again, each after its delay. */
  retry(lease: string, rows: readonly OutboxRetry[]): Promise<void>;
  /** These are set aside where people see them, and come again only when somebody says so. */
  fail(lease: string, rows: readonly (OutboxFailure & { readonly id: string })[]): Promise<void>;
  /** Forgets at most `limit` rows that were sent longer ago than this; returns how many. */
  prune(olderThanMs: number, limit: number): Promise<number>;
  /**
   * Calls `wake` when somebody put a message, and `lost` once when it no longer will. Resolves with what ends it. A store
   * without it is looked at every `pollMs`.
   */
  readonly listen?: ((wake: () => void, lost: () => void) => Promise<() => Promise<void>>) | undefined;
}
