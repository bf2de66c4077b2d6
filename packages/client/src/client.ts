import { randomBytes } from 'node:crypto';
import type { Durability } from '@pabal/fate';
import { readMessage, Store, waitForReplicas } from '@pabal/fate';
import type { StoredFileInfo } from '@pabal/files';
import { checkJpeg, FileStore } from '@pabal/files';
import type { MessageInput, MessageV1, ParsedMessage, Problem, ResultV1 } from '@pabal/message';
import { parseMessage } from '@pabal/message';
import type { FleetCatalogue, RedisConnection, RedisLocation } from '@pabal/queues';
import {
  connectRedis,
  Producer,
  prefixAt,
  queueName,
  queuesOfCatalogue,
  redisReady,
  removeWaiting,
  resultJobId,
  takeJobs,
} from '@pabal/queues';
import type { CancelAnswer } from './cancel.js';
import { cancelMessage } from './cancel.js';
import { CatalogueReader } from './catalogue-reader.js';
import type { ClientOptions, RedisHealth } from './client-options.js';
import { enqueueAll } from './enqueue.js';
import { MemoryGuardClosed, MessageRefused, RedisUnavailable } from './errors.js';
import { findJobs } from './find-jobs.js';
import { DEFAULT_ROUTE, fleetProblems } from './fleet-rules.js';
import { type FollowOptions, followMessage } from './follow.js';
import { MEMORY_LIMIT_SHARE, MemoryGuard } from './memory-guard.js';
import { fileLifetimes, filesOf, unknownFiles } from './message-files.js';
import { makeMessageId } from './message-id.js';
import { pause } from './pause.js';
import { RedisReach } from './redis-reach.js';
import type { AcknowledgeAnswer, ResultHandler, ResultsHandle, ResultsOptions } from './results.js';
import {
  ACKNOWLEDGE_ANSWERS,
  consumeResults,
  handleResult,
  readResult,
  resultsQueueName,
} from './results.js';
import type { SendManyOptions } from './send-many.js';
import { sendChunks } from './send-many.js';
import type { SendManyReport } from './send-many-report.js';
import type { MessageTimeline } from './timeline.js';
import { timelineOfJob, timelineOfRecord } from './timeline.js';
import { Together } from './together.js';
import { waitingMessages } from './waiting-messages.js';

const DEFAULT_TIMEOUT_MS = 5_000;

/**
 * What other services use: sends messages, follows and cancels them, consumes results. Every call fails fast, with a
 * typed error, while Redis is away; repeating it under the same message id is always safe.
 */
export class PabalClient {
  readonly #location: RedisLocation;
  readonly #prefix: string;
  readonly #redisReach: RedisReach;
  readonly #catalogue: CatalogueReader;
  readonly #redis: RedisConnection;
  readonly #store: Store;
  readonly #producer: Producer;
  readonly #guard: MemoryGuard;
  readonly #durability: Durability | undefined;
  readonly #consumers = new Set<ResultsHandle>();
  readonly #together = new Together((messages, route) => this.#enqueue(messages, route));
  #workers: RedisConnection | undefined;

  private constructor(
    location: RedisLocation,
    prefix: string,
    redis: RedisConnection,
    { timeoutMs = DEFAULT_TIMEOUT_MS, durability }: ClientOptions,
  ) {
    this.#location = location;
    this.#prefix = prefix;
    this.#durability = durability;
    this.#redis = redis;
    this.#store = new Store({ redis, prefix });
    this.#redisReach = new RedisReach(redis, this.#store, timeoutMs);
    this.#catalogue = new CatalogueReader(
      () => this.#reach(() => redis.get(this.#store.keys.catalogue)),
      () => performance.now(),
    );
    this.#producer = new Producer({ connection: redis, prefix });
    this.#guard = new MemoryGuard(
      async () => String(await redis.info('memory')),
      () => performance.now(),
    );
  }

  /**
   * Connects.
   * @throws RedisUnavailable when Redis does not answer in time
   */
  static async connect(options: ClientOptions): Promise<PabalClient> {
    const { redis: where, timeoutMs = DEFAULT_TIMEOUT_MS, connectMs = timeoutMs } = options;
    const place: RedisLocation = typeof where === 'string' ? { url: where } : where;
    const prefix = prefixAt(place, options.prefix ?? place.prefix ?? 'pabal');
    const location = { ...place, prefix };
    const redis = connectRedis(location, 'producer', { commandTimeout: timeoutMs });
    redis.on('error', () => {}); // shows as a rejected command
    try {
      await redisReady(redis, connectMs);
      const client = new PabalClient(location, prefix, redis, options);
      const closing = setTimeout(() => void client.#store.close(), timeoutMs);
      await client.#store.opened().finally(() => clearTimeout(closing));
      return client;
    } catch (error) {
      redis.disconnect();
      throw new RedisUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  /**
   * Checks a message as {@link send} does, without sending it.
   * @throws RedisUnavailable
   */
  async check(input: unknown, { route = DEFAULT_ROUTE }: { route?: string } = {}): Promise<ParsedMessage> {
    const parsed = await this.#parse(input, route);
    if (!parsed.ok) return parsed;
    const files = filesOf(parsed.message);
    if (files.length === 0) return parsed;
    const there = await this.#reach(() => this.#files().has(files));
    const problems = unknownFiles(parsed.message, there);
    return problems.length > 0 ? { ok: false, problems } : parsed;
  }

  /**
   * Stores a JPEG of at most 1 MByte for messages to name. The same bytes are the same file: storing it again renews its
   * time, and a message that names it keeps it until it is surely sent.
   * @throws FileError when it is none, or too large
   * @throws RedisUnavailable
   * @throws MemoryGuardClosed Redis is nearly full
   */
  async putFile(bytes: Uint8Array): Promise<StoredFileInfo> {
    checkJpeg(bytes);
    const catalogue = await this.#readCatalogue();
    await this.#assertRoom();
    return this.#storing(async () => {
      const info = await this.#files(catalogue?.filesKeepMs).put(bytes);
      await this.#hold();
      return info;
    });
  }

  /**
   * Enqueues one message; resolves once Redis holds it. The same id again is the same message.
   * @throws MessageRefused with every rule that it breaks; with the rule `id-conflict` when its id stands for another message
   * @throws RedisUnavailable it may or may not be enqueued: send `error.interrupted.pending` again
   * @throws MemoryGuardClosed Redis is nearly full
   */
  async send(
    input: MessageInput,
    { route = DEFAULT_ROUTE }: { route?: string } = {},
  ): Promise<{ id: string }> {
    const parsed = await this.#parse(input, route);
    if (!parsed.ok) throw new MessageRefused(parsed.problems);
    const { message } = parsed;
    const [problems = []] = await this.#keepFiles([message]);
    if (problems.length > 0) throw new MessageRefused(problems);
    let conflict: readonly Problem[];
    try {
      conflict = await this.#together.enqueue(message, route);
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      throw new RedisUnavailable('the message may not have been taken', {
        cause: error,
        interrupted: { pending: [message] },
      });
    }
    if (conflict.length > 0) throw new MessageRefused(conflict);
    return { id: message.id };
  }

  /**
   * Enqueues many. A bad item is refused by itself and listed with its problems; the others are sent. Where many normal or
   * bulk messages go the same way they are put into batches, which cost the fleet less; nothing else differs.
   * The next item is asked for once the chunk before it is stored, so an input of any size takes the memory of a chunk
   * beside its report; `onChunk`, `maxWaiting` and `waitForMemory` are for large ones.
   * @throws RedisUnavailable with `interrupted`: what was done, and the chunk to send again
   * @throws MemoryGuardClosed the same
   * @throws SendingStopped the same, when the signal is aborted or the input throws
   */
  async sendMany(
    items: Iterable<unknown> | AsyncIterable<unknown>,
    options: SendManyOptions = {},
  ): Promise<SendManyReport> {
    const { route = DEFAULT_ROUTE } = options;
    return sendChunks(items, options, {
      check: (item) => this.#parse(item, route),
      keepFiles: (messages) => this.#keepFiles(messages),
      enqueue: (messages) => this.#enqueue(messages, route),
      waiting: () => this.#reach(() => waitingMessages(this.#store, route)),
      pause,
    });
  }

  /** Consumes results until the handle is closed. At least once each: a handler must bear a repeat after a crash. */
  results(handler: ResultHandler, options: ResultsOptions = {}): ResultsHandle {
    const consumer = consumeResults(handler, options, {
      connection: this.#workerConnection(),
      prefix: this.#prefix,
    });
    const handle: ResultsHandle = {
      close: async () => {
        this.#consumers.delete(handle);
        await consumer.close();
      },
    };
    this.#consumers.add(handle);
    return handle;
  }

  /**
   * The oldest results that wait in a queue, without taking them; `unreadable` counts jobs that are none.
   * @throws RedisUnavailable
   */
  async peekResults({ queue, limit = 100 }: { queue?: string; limit?: number } = {}): Promise<{
    readonly results: readonly ResultV1[];
    readonly unreadable: number;
  }> {
    const name = resultsQueueName(queue);
    const jobs = await this.#reach(() =>
      this.#producer.queue(name).getJobs(['wait', 'prioritized', 'delayed'], 0, limit - 1, true),
    );
    const standing = jobs.filter((job) => job != null).sort((a, b) => a.timestamp - b.timestamp);
    const read = standing.slice(0, limit).map((job) => readResult(job.data as unknown));
    const results = read.filter((result) => result !== undefined);
    return { results, unreadable: read.length - results.length };
  }

  /**
   * Takes the results that wait, one after the other, until there are no more or `limit` is reached. Each is gone once
   * the handler has resolved; one that fails puts its result back and ends the taking. Returns how many were taken.
   * @throws RedisUnavailable, and what the handler throws
   */
  async takeResults(
    handler: ResultHandler,
    { queue, limit = Number.POSITIVE_INFINITY }: { queue?: string; limit?: number } = {},
  ): Promise<number> {
    this.#redisReach.assertReady();
    return takeJobs({
      queue: resultsQueueName(queue),
      prefix: this.#prefix,
      connection: this.#workerConnection(),
      limit,
      handle: (job) => handleResult(job.data, handler),
    });
  }

  /**
   * Takes the result of a message out of its queue, once it was looked at with {@link peekResults} and dealt with. One
   * that a consumer holds is left to it.
   * @throws RedisUnavailable it may be taken all the same: ask again
   */
  async acknowledgeResult(id: string, { queue }: { queue?: string } = {}): Promise<AcknowledgeAnswer> {
    const name = resultsQueueName(queue);
    if (id.includes(':')) return { kind: 'notFound' }; // BullMQ allows no such job
    const answer = await this.#reach(() => removeWaiting(this.#redis, this.#prefix, name, resultJobId(id)));
    return { kind: ACKNOWLEDGE_ANSWERS[answer] };
  }

  /**
   * Cancels a message before the wire; the answer is the truth at that moment.
   * @throws RedisUnavailable it may be cancelled all the same: ask again
   */
  async cancel(id: string): Promise<CancelAnswer> {
    const catalogue = await this.#readCatalogue();
    const queues = queuesOfCatalogue(catalogue).map(queueName);
    const replies = catalogue?.replies ?? [];
    return this.#reach(async () => {
      const deps = { store: this.#store, producer: this.#producer, queues, replies };
      const answer = await cancelMessage(id, deps);
      if (answer.kind === 'cancelled') await this.#hold();
      return answer;
    });
  }

  /**
   * Where a message stands; undefined when nobody knows it.
   * @throws RedisUnavailable
   */
  async status(id: string): Promise<MessageTimeline | undefined> {
    const queues = await this.#queues();
    const look = async () => {
      const record = await readMessage(this.#store, id);
      const jobs = await findJobs(this.#store, queues, id, record?.step);
      if (record) return timelineOfRecord(record, jobs[0]);
      return jobs[0] && timelineOfJob(id, jobs[0], this.#store.fleetNow());
    };
    // Claimed between the two looks, and its job gone since: then there is a record now.
    return this.#reach(async () => (await look()) ?? (await look()));
  }

  /**
   * Follows a message to its final result, without touching the results queue. Waits while Redis is away.
   * @throws MessageNotFound
   */
  async follow(id: string, options: FollowOptions = {}): Promise<ResultV1> {
    return followMessage(options, { status: () => this.status(id), pause });
  }

  /**
   * How Redis does; its memory as it was at most a second ago.
   * @throws RedisUnavailable
   */
  async health(): Promise<RedisHealth> {
    const usedShare = await this.#reach(() => this.#guard.share());
    return { usedShare, skewMs: this.#store.skewMs };
  }

  /** What the fleet tells about itself; undefined when none ever started on this Redis. */
  async catalogue(): Promise<FleetCatalogue | undefined> {
    return this.#readCatalogue();
  }

  /** Lets consumers finish what they hold, then disconnects. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#consumers].map((consumer) => consumer.close()));
    await this.#producer.close();
    await this.#store.close(); // disconnects
    this.#workers?.disconnect();
  }

  async #parse(input: unknown, route: string): Promise<ParsedMessage> {
    const now = this.#store.fleetNow();
    const makeId = () => makeMessageId(now, randomBytes(16));
    const parsed = parseMessage(input, { makeId, now });
    if (!parsed.ok) return parsed;
    const problems = fleetProblems(parsed.message, route, await this.#readCatalogue());
    return problems.length > 0 ? { ok: false, problems } : parsed;
  }

  /** Sees to it that the files of these messages stay for as long as they are needed; what each lacks, in their order. */
  async #keepFiles(messages: readonly MessageV1[]): Promise<readonly (readonly Problem[])[]> {
    const lifetimes = fileLifetimes(messages, this.#store.fleetNow());
    if (lifetimes.size === 0) return messages.map(() => []);
    const there = await this.#reach(() => this.#files().keepEach(lifetimes));
    return messages.map((message) => unknownFiles(message, there));
  }

  #files(keepMs?: number): FileStore {
    const keeps = keepMs === undefined ? {} : { keepMs };
    return new FileStore({ redis: this.#redis, prefix: this.#prefix, ...keeps });
  }

  async #enqueue(messages: readonly MessageV1[], route: string): Promise<readonly (readonly Problem[])[]> {
    await this.#assertRoom();
    const deps = { store: this.#store, producer: this.#producer };
    return this.#storing(async () => {
      const conflicts = await enqueueAll(deps, messages, route);
      await this.#hold();
      return conflicts;
    });
  }

  /** Resolves once Redis holds what was written before as durably as it is to. */
  async #hold(): Promise<void> {
    const durability = this.#durability ?? (await this.#readCatalogue())?.durability;
    if (durability === 'replica') await waitForReplicas(this.#redis);
  }

  /** Nothing new while Redis is nearly full. */
  async #assertRoom(): Promise<void> {
    const share = await this.#reach(() => this.#guard.share());
    if (share > MEMORY_LIMIT_SHARE) throw new MemoryGuardClosed(share);
  }

  async #storing<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await this.#reach(operation);
    } catch (error) {
      if (error instanceof Error && /^OOM\b/.test(error.message)) throw new MemoryGuardClosed(1);
      throw error;
    }
  }

  #workerConnection(): RedisConnection {
    if (!this.#workers) {
      this.#workers = connectRedis(this.#location, 'worker');
      this.#workers.on('error', () => {}); // waits until Redis is back
    }
    return this.#workers;
  }

  async #queues(): Promise<string[]> {
    return queuesOfCatalogue(await this.#readCatalogue()).map(queueName);
  }

  #readCatalogue(): Promise<FleetCatalogue | undefined> {
    return this.#catalogue.read();
  }

  #reach<T>(operation: () => Promise<T>): Promise<T> {
    return this.#redisReach.run(operation);
  }
}
