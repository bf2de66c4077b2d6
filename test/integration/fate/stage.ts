import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import {
  type ClaimRequest,
  claim,
  deriveWireId,
  type MessageRecord,
  type ProbeRequest,
  readMessage,
  Store,
  type StoreEvent,
  type StoreOptions,
  storeConnectionOptions,
} from '@pabal/fate';
import { type PrivateRedis, type StartOptions, startPrivateRedis } from '@pabal/local-redis';
import { connectRedis, Producer, type RedisConnection, redisReady } from '@pabal/queues';

export const PREFIX = 'pabal';
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The machine may be busy with everything else. */
jest.setTimeout(60_000);

type Closing = () => unknown;

/** A real Redis of our own with a store on it, and what a claim expects to find there. */
export class Stage {
  readonly #closing: Closing[] = [];

  private constructor(
    readonly redis: PrivateRedis,
    readonly store: Store,
    readonly events: readonly StoreEvent[],
    /** Waits for Redis, unlike the store's connection. */
    readonly control: RedisConnection,
    readonly producer: Producer,
  ) {}

  static async open(options: StartOptions = {}, store: Partial<StoreOptions> = {}): Promise<Stage> {
    const redis = await startPrivateRedis(options);
    const control = connectRedis({ url: redis.url }, 'worker');
    control.on('error', () => {});
    const opened = await openStore(redis.url, store);
    const producer = new Producer({ connection: control, prefix: PREFIX });
    const stage = new Stage(redis, opened.store, opened.events, control, producer);
    stage.#closing.push(
      () => redis.stop(),
      () => control.disconnect(),
      () => opened.store.close(),
      () => producer.close(),
    );
    return stage;
  }

  /** Another process on the same Redis. */
  async another(
    options: Partial<StoreOptions> = {},
  ): Promise<{ store: Store; events: readonly StoreEvent[] }> {
    const other = await openStore(this.redis.url, options);
    this.onClose(() => other.store.close());
    return other;
  }

  onClose(close: Closing): void {
    this.#closing.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
  }

  /** A claim that would be given: its job is locked and its lease held. */
  async ready(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
    const request = claimRequest(change);
    await this.hold(request);
    return request;
  }

  /** Locks the job and holds the lease of a claim. */
  async hold({ job, lease }: ClaimRequest): Promise<void> {
    const { keys } = this.store;
    await this.control.mset(
      keys.jobLock(job.queue, job.id),
      job.token,
      keys.lease(lease.resource),
      lease.value,
    );
  }

  /** A message that has been claimed. */
  async claimed(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
    const request = await this.ready(change);
    const answer = await claim(this.store, request);
    if (answer.kind !== 'claimed') throw new Error(`not claimed: ${answer.kind}`);
    return request;
  }

  async record(id: string): Promise<MessageRecord> {
    const record = await readMessage(this.store, id);
    if (!record) throw new Error('there is no record');
    return record;
  }

  deadline({ id, gateway }: ClaimRequest): Promise<string | null> {
    return this.control.zscore(this.store.keys.deadlines(gateway), id);
  }

  holderOf({ gateway, account, wireId }: ClaimRequest): Promise<string | null> {
    return this.control.get(this.store.keys.wire(gateway, account, wireId));
  }

  async inOutbox(id: string): Promise<boolean> {
    return (await this.control.zscore(this.store.keys.outbox, id)) !== null;
  }

  /** Puts a gateway's report-path clock forward. */
  async advancePath(gateway: string, ms: number): Promise<void> {
    await this.control.hincrby(this.store.keys.path(gateway), 'v', ms);
  }
}

/** A connection as a store needs it, which lets go of a server that is gone at once. */
export function connectForStore(url: string): RedisConnection {
  const connection = connectRedis({ url }, 'producer', { ...storeConnectionOptions, disconnectTimeout: 50 });
  connection.on('error', () => {});
  return connection;
}

async function openStore(
  url: string,
  options: Partial<StoreOptions>,
): Promise<{ store: Store; events: readonly StoreEvent[] }> {
  const events: StoreEvent[] = [];
  const connection = options.redis ?? connectForStore(url);
  await redisReady(connection, 10_000);
  const store = new Store({
    redis: connection,
    prefix: PREFIX,
    onEvent: (event) => void events.push(event),
    ...options,
  });
  await store.opened();
  return { store, events };
}

/** A claim of a message that nobody has seen before. */
export function claimRequest(change: Partial<ClaimRequest> = {}): ClaimRequest {
  const id = change.id ?? randomUUID();
  const gateway = change.gateway ?? 'hellovision';
  const account = change.account ?? 'demo';
  const attempt = change.attempt ?? 1;
  return {
    id,
    token: `claim-${randomUUID()}`,
    job: { queue: 'send-default-sms', id: `m-${id}`, token: `job-${randomUUID()}` },
    lease: { resource: `send:${gateway}:${account}:S1`, value: 'sender-1#1' },
    payloadHash: 'AbCdEfGhIjKl',
    channel: 'sms',
    step: 0,
    attempt,
    gateway,
    account,
    agent: 'S1',
    sessionId: 'session-1',
    wireId: deriveWireId({ messageId: id, step: 0, attempt, gateway, account, salt: 0 }),
    reportDeadlineMs: 72 * HOUR_MS,
    enqueuedAt: 1_764_000_000_000,
    meta: '',
    ...change,
  };
}

/** The same message, offered again: by default over a login later than any claim, within the gateway's memory. */
export function probeOf(request: ClaimRequest, change: Partial<ProbeRequest> = {}): ProbeRequest {
  return {
    ...request,
    token: `probe-${randomUUID()}`,
    sessionId: 'session-2',
    loginAt: Date.now() + HOUR_MS,
    duplicateMemoryMs: HOUR_MS,
    ...change,
  };
}

/** Polls a condition; fails when it does not come true in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
