import type { Redis } from 'ioredis';
import { Journal } from './journal.js';
import type { FateKeys } from './keys.js';
import { fateKeys } from './keys.js';
import { waitForReplicas } from './replicas.js';
import { packTurns, readAnswers, type Script, type Turn } from './script.js';
import { meetRun, type ServerRun } from './server-run.js';
import { StoreUnavailable } from './store-unavailable.js';
import { Together } from './together.js';

/** How long what was stored is remembered for a Redis that loses its last second. */
export const JOURNAL_MS = 10_000;
/**
 * How long after a restart of Redis nobody claims: every live process reconnects within two seconds and asserts
 * what it stored; only then may a waiting job be taken for one that was never sent.
 */
export const SETTLE_IN_MS = 5_000;

/** How long a repeated operation waits before it tries again. */
const TRY_AGAIN_MS = 20;
/** And one that Redis itself refused for now. */
const REFUSED_AGAIN_MS = 500;
/** A measurement of the clock that took longer says nothing: this process or Redis stood still in it. */
const CLOCK_PATIENCE_MS = 500;

export type StoreState = 'away' | 'asserting' | 'open';

export type StoreEvent =
  | { readonly kind: 'away' }
  | { readonly kind: 'open'; readonly restarted: boolean; readonly asserted: number }
  | { readonly kind: 'skew'; readonly ms: number };

export interface StoreOptions {
  /** A connection of its own: `enableOfflineQueue: false`, `maxRetriesPerRequest: 0`, see {@link storeConnectionOptions}. */
  readonly redis: Redis;
  readonly prefix: string;
  readonly onEvent?: (event: StoreEvent) => void;
  /** Commands wait for so many replicas (durability `replica`); 0 does not wait. */
  readonly waitReplicas?: number;
}

/**
 * Options for the connection behind a {@link Store}: it must fail at once, never queue, never repeat a command by
 * itself. A server that is master no longer is left for whoever is.
 */
export const storeConnectionOptions = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  reconnectOnError: (error: Error) => /^(READONLY|MASTERDOWN|MOVED|CLUSTERDOWN)\b/.test(error.message),
  retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 4), 500),
} as const;

/**
 * The connection on which every step of the fate runs. It knows when Redis was restarted, or another server took over
 * (another run), asserts then what this process stored last, and lets nobody claim before every live process had time
 * to do the same.
 */
export class Store {
  readonly keys: FateKeys;
  readonly redis: Redis;
  readonly journal = new Journal(JOURNAL_MS);
  readonly #onEvent: (event: StoreEvent) => void;
  readonly #waitReplicas: number;
  readonly #together = new Together((step, turns) =>
    this.#send(step, turns, (answer) => this.#replicated(answer)),
  );
  #state: StoreState = 'away';
  #run: string | undefined;
  #claimsFrom = 0;
  /** When Redis last answered, monotonic: what was stored up to here may be missing when it comes back. */
  #lastContact = 0;
  #offsetMs = 0;
  #opening = 0;
  #waiters: (() => void)[] = [];
  #closed = false;
  #generation = 0;
  readonly #restartListeners: ((lastContact: number) => void)[] = [];
  #clockTimer: NodeJS.Timeout | undefined;

  constructor(options: StoreOptions) {
    this.redis = options.redis;
    this.keys = fateKeys(options.prefix);
    this.#onEvent = options.onEvent ?? (() => {});
    this.#waitReplicas = options.waitReplicas ?? 0;
    this.redis.on('ready', () => void this.#open());
    this.redis.on('close', () => this.#away());
    this.redis.on('error', () => {}); // every error shows as 'close' or as a rejected command
    if (this.redis.status === 'ready') void this.#open();
    this.#clockTimer = setInterval(() => void this.#measureClock(), 5_000);
    this.#clockTimer.unref();
  }

  /** One more with each restart of Redis that was noticed: what was done under another number may be undone. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * Calls `listener` whenever Redis came back as another run, after everything was asserted and the store is open.
   * `lastContact` (monotonic) is when it was last heard of before: what was stored up to then may be missing.
   */
  onRestarted(listener: (lastContact: number) => void): void {
    this.#restartListeners.push(listener);
  }

  get state(): StoreState {
    return this.#state;
  }

  /** Fleet time: epoch ms by Redis' clock, from the local one plus the measured offset. */
  fleetNow(): number {
    return Date.now() + this.#offsetMs;
  }

  /** How far the local clock is from Redis', ms. */
  get skewMs(): number {
    return this.#offsetMs;
  }

  /** May a message be claimed now? Not while Redis is away, asserting, or within {@link SETTLE_IN_MS} of a restart. */
  get claimsOpen(): boolean {
    return this.#state === 'open' && performance.now() >= this.#claimsFrom;
  }

  /** Resolves once the store is open; at once when it is. Rejects when it is closed for good. */
  async opened(): Promise<void> {
    while (this.#state !== 'open') {
      if (this.#closed) throw new StoreUnavailable('closed');
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** Runs one step. Throws {@link StoreUnavailable} when Redis did not answer: the step may or may not have run. */
  async run(step: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown[]> {
    if (this.#state !== 'open') throw new StoreUnavailable(this.#state);
    return this.#evaluate(step, keys, args);
  }

  /** Like {@link run}, but for what must not be given up: waits for Redis and tries again until it is stored. */
  async persist(
    step: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown[]> {
    return this.keepTrying(() => this.run(step, keys, args));
  }

  /**
   * Repeats an idempotent operation until Redis has taken it. Only errors of the connection are repeated, and refusals
   * that somebody must lift: what came in must not be lost for a Redis that is full.
   */
  async keepTrying<T>(operation: () => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#state !== 'open') await this.opened();
      try {
        return await operation();
      } catch (error) {
        const refused = isRefusedForNow(error);
        if (!refused && !isConnectionError(error)) throw error;
        if (this.#closed) throw error;
        // Mostly the connection is going down: 'close' follows, and opened() waits. This must not spin until it does.
        await new Promise<void>((resolve) => setTimeout(resolve, refused ? REFUSED_AGAIN_MS : TRY_AGAIN_MS));
      }
    }
  }

  /** Runs a step while the store is still asserting. For the journal's redo functions only. */
  async assert(
    step: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown[]> {
    return this.#evaluate(step, keys, args);
  }

  /** Stops; what waits for Redis is rejected. The connection is closed too. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#clockTimer);
    this.#wake();
    this.redis.disconnect();
  }

  async #evaluate(
    step: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown[]> {
    try {
      const answer = await this.#together.run(step, { keys, args });
      this.#heard();
      return answer;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      if (isConnectionError(error)) throw new StoreUnavailable('the connection was lost', { cause: error });
      throw error;
    }
  }

  async #send<T>(
    { lua, sha }: Script,
    turns: readonly Turn[],
    held: (answer: Promise<unknown>) => Promise<T>,
  ): Promise<T> {
    const packed = packTurns(turns);
    try {
      return await held(this.redis.evalsha(sha, ...packed));
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return held(this.redis.eval(lua, ...packed));
    }
  }

  /** The answer, once as many replicas hold the step as the durability wants. */
  async #replicated(answer: Promise<unknown>): Promise<unknown> {
    if (this.#waitReplicas === 0) return answer;
    const [result] = await Promise.all([answer, waitForReplicas(this.redis, this.#waitReplicas)]);
    return result;
  }

  /** While it is not open, the last contact stays what it was before: the journal is asked from there. */
  #heard(): void {
    if (this.#state === 'open') this.#lastContact = performance.now();
  }

  #away(): void {
    this.#opening++;
    if (this.#state === 'away') return;
    this.#state = 'away';
    if (!this.#closed) this.#onEvent({ kind: 'away' });
  }

  async #open(): Promise<void> {
    const opening = ++this.#opening;
    this.#state = 'asserting';
    try {
      const run = await this.#askRun();
      const restarted = this.#run !== undefined && this.#run !== run.id;
      await this.#measureClock();
      // However long Redis was away: what counts is what it may have held when it was last heard of.
      const lastContact = this.#lastContact;
      const redo = restarted ? this.journal.recent(lastContact) : [];
      for (let i = 0; i < redo.length; i += 500)
        await Promise.all(redo.slice(i, i + 500).map((again) => again()));
      const settleIn = await meetRun(run, {
        key: this.keys.run,
        settleInMs: SETTLE_IN_MS,
        moved: restarted,
        empty: (await this.redis.dbsize()) === 0,
        evaluate: async (step, turn) => readAnswers(await this.#send(step, [turn], (answer) => answer)),
      });
      if (opening !== this.#opening || this.#closed) return;
      this.#run = run.id;
      if (restarted) this.#generation++;
      this.#claimsFrom = performance.now() + settleIn;
      this.#state = 'open';
      this.#heard();
      this.#wake();
      this.#onEvent({ kind: 'open', restarted, asserted: redo.length });
      if (restarted) for (const listener of this.#restartListeners) listener(lastContact);
    } catch {
      if (opening !== this.#opening || this.#closed) return;
      // It answers, but not as it should (still loading, a replica now): start over with a new connection.
      if (this.redis.status === 'ready') this.redis.disconnect(true);
    }
  }

  async #askRun(): Promise<ServerRun> {
    const info = String(await this.redis.info());
    const value = (name: string) => new RegExp(`^${name}:(\\w+)`, 'm').exec(info)?.[1] ?? '';
    if (value('role') === 'slave') throw new StoreUnavailable('this server is a replica');
    return {
      // A master that was replaced and came back as master keeps its run id, but not its replication id.
      id: `${value('run_id')}/${value('master_replid')}`,
      uptimeMs: Number(value('uptime_in_seconds')) * 1_000,
    };
  }

  async #measureClock(): Promise<void> {
    if (this.redis.status !== 'ready') return;
    try {
      const before = Date.now();
      const [seconds, micros] = await this.redis.time();
      this.#heard();
      const after = Date.now();
      if (after - before > CLOCK_PATIENCE_MS) return;
      const middle = (before + after) / 2;
      this.#offsetMs = Math.round(Number(seconds) * 1_000 + Number(micros) / 1_000 - middle);
      if (Math.abs(this.#offsetMs) > 2_000) this.#onEvent({ kind: 'skew', ms: this.#offsetMs });
    } catch {
      // The connection was lost in between: the next opening measures again.
    }
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter();
  }
}

/** Is this the connection's fault, so that the same may be tried again, rather than an answer of Redis? */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  if (!(error instanceof Error)) return false;
  if (error.name === 'MaxRetriesPerRequestError' || error.name === 'AbortError') return true;
  if (
    'code' in error &&
    typeof error.code === 'string' &&
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(error.code)
  )
    return true;
  return /Connection is closed|Stream isn't writeable|Command aborted|Socket timeout|^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MOVED|ASK)\b/.test(
    error.message,
  );
}

/** Redis takes no writes for now: its memory or its disk is full, or too few replicas are there. */
export function isRefusedForNow(error: unknown): boolean {
  return error instanceof Error && /^(OOM|MISCONF|NOREPLICAS)\b/.test(error.message);
}
