import { MemoryGuardClosed } from './errors.js';
import { MEMORY_LIMIT_SHARE } from './memory-guard.js';
import { type OutboxSettlement, type OutboxTarget, settlementOf } from './outbox-settlement.js';
import type { OutboxStore } from './outbox-store.js';
import { pause } from './pause.js';

/** What happened in a relay, for logs and figures. Holds no content of messages. */
export type OutboxEvent =
  | { readonly kind: 'sent'; readonly count: number }
  | { readonly kind: 'retry'; readonly count: number; readonly why: string }
  /** Set aside: somebody has to look. */
  | { readonly kind: 'failed'; readonly id: string; readonly code: string }
  | { readonly kind: 'pruned'; readonly count: number }
  /** The store or Redis is away or full; the relay waits `waitMs` and tries again. */
  | { readonly kind: 'trouble'; readonly error: unknown; readonly waitMs: number };

export interface OutboxRelayOptions {
  /** Rows a claim; default 500. */
  readonly batch?: number;
  /** How long a claim holds, ms; longer than any sending takes. Default 60,000. */
  readonly leaseMs?: number;
  /** How often an idle relay looks, ms; default 1,000. */
  readonly pollMs?: number;
  /** A row that fails for no known reason so many times is set aside; default 20. */
  readonly maxAttempts?: number;
  /**
   * The fleet's `idempotencyWindow`, ms; default 24 h. A row that was claimed longer ago, and whose sending nobody wrote
   * down, is set aside: sent again it might be a second message.
   */
  readonly idempotencyWindowMs?: number;
  /** How long rows stay after they were sent, ms; default 7 days. */
  readonly keepDoneMs?: number;
  readonly onEvent?: (event: OutboxEvent) => void;
  /** 0 to below 1, for the spread of delays; default Math.random. */
  readonly random?: () => number;
  /** Lets time pass; for tests. */
  readonly pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const DAY_MS = 86_400_000;
const LONGEST_WAIT_MS = 30_000;
const PRUNE_ROWS = 1_000;
/** Turns of an idle relay between two prunings. */
const PRUNE_EVERY = 60;
/** Turns between two attempts to listen. */
const LISTEN_EVERY = 10;

/**
 * Carries messages from a producer's own database to the fleet. Any number may run on one store: each row is one relay's
 * at a time. At least once, and since a message keeps its id, one message: a relay that dies between sending and writing
 * it down leaves a row that comes again under the same id, which folds.
 */
export class OutboxRelay {
  readonly #store: OutboxStore;
  readonly #target: OutboxTarget;
  readonly #options: Required<Omit<OutboxRelayOptions, 'onEvent'>>;
  readonly #onEvent: (event: OutboxEvent) => void;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #running: Promise<void> | undefined;
  #unlisten: (() => Promise<void>) | undefined;

  constructor(store: OutboxStore, target: OutboxTarget, options: OutboxRelayOptions = {}) {
    this.#store = store;
    this.#target = target;
    this.#onEvent = options.onEvent ?? (() => {});
    this.#options = {
      batch: options.batch ?? 500,
      leaseMs: options.leaseMs ?? 60_000,
      pollMs: options.pollMs ?? 1_000,
      maxAttempts: options.maxAttempts ?? 20,
      idempotencyWindowMs: options.idempotencyWindowMs ?? DAY_MS,
      keepDoneMs: options.keepDoneMs ?? 7 * DAY_MS,
      random: options.random ?? Math.random,
      pause: options.pause ?? pause,
    };
  }

  /** Begins to carry, until {@link stop}; once. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Takes no more rows, finishes those under way, then stops listening. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#running;
    const unlisten = this.#unlisten;
    this.#unlisten = undefined;
    await unlisten?.();
  }

  /**
   * Carries one batch; returns how many rows it took. For callers with a schedule of their own.
   * @throws RedisUnavailable, MemoryGuardClosed, or what the store throws
   */
  async runOnce(): Promise<number> {
    // Claimed rows grow old: none is claimed while they could not be sent.
    const { usedShare } = await this.#target.health();
    if (usedShare > MEMORY_LIMIT_SHARE) throw new MemoryGuardClosed(usedShare);
    const { lease, rows } = await this.#store.claim(this.#options.batch, this.#options.leaseMs);
    if (rows.length === 0) return 0;
    const settlement = await settlementOf(rows, this.#target, this.#options);
    await this.#write(lease, settlement);
    return rows.length;
  }

  async #write(lease: string, { done, retries, failures, trouble }: OutboxSettlement): Promise<void> {
    // What was sent first: that is what must not be forgotten.
    if (done.length > 0) await this.#store.done(done);
    if (failures.length > 0) await this.#store.fail(lease, failures);
    if (retries.length > 0) await this.#store.retry(lease, retries);
    if (done.length > 0) this.#onEvent({ kind: 'sent', count: done.length });
    for (const { id, code } of failures) this.#onEvent({ kind: 'failed', id, code });
    const why = retries[0]?.why;
    if (why !== undefined) this.#onEvent({ kind: 'retry', count: retries.length, why });
    if (trouble !== undefined) throw trouble;
  }

  async #run(): Promise<void> {
    const { batch, pollMs, keepDoneMs } = this.#options;
    let troubles = 0;
    for (let turn = 0; !this.#stop.signal.aborted; turn++) {
      let waitMs = pollMs;
      try {
        await this.#listen(turn);
        const taken = await this.runOnce();
        troubles = 0;
        if (taken >= batch) waitMs = 0;
        if (turn % PRUNE_EVERY === 0) {
          const count = await this.#store.prune(keepDoneMs, PRUNE_ROWS);
          if (count > 0) this.#onEvent({ kind: 'pruned', count });
        }
      } catch (error) {
        waitMs = Math.min(LONGEST_WAIT_MS, pollMs * 2 ** Math.min(troubles++, 10));
        this.#onEvent({ kind: 'trouble', error, waitMs });
      }
      if (waitMs > 0) await this.#rest(waitMs);
    }
  }

  /** Waits, or until somebody put a message, or until the end. */
  async #rest(ms: number): Promise<void> {
    await this.#options.pause(ms, this.#wake.signal).catch(() => {}); // woken
    if (!this.#stop.signal.aborted && this.#wake.signal.aborted) this.#wake = new AbortController();
  }

  /** Without anybody to wake it the relay polls, and asks again after a while. */
  async #listen(turn: number): Promise<void> {
    if (this.#unlisten !== undefined || this.#store.listen === undefined || turn % LISTEN_EVERY !== 0) return;
    const wake = () => this.#wake.abort();
    const lost = () => {
      this.#unlisten = undefined;
    };
    try {
      this.#unlisten = await this.#store.listen(wake, lost);
    } catch (error) {
      this.#onEvent({ kind: 'trouble', error, waitMs: this.#options.pollMs * LISTEN_EVERY });
    }
  }
}
