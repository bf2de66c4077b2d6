import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  LOCK_DURATION_MS,
  LOCK_RENEW_MS,
  MAX_STALLED_COUNT,
  RETENTION,
  STALLED_CHECK_MS,
} from './catalogue.js';
import type { JobEnd, PulledJob } from './jobs.js';
import { leaveMoved } from './moved.js';
import { PullingWorker } from './pulling-worker.js';
import { setAside } from './set-aside.js';

export interface PullerOptions {
  readonly queue: string;
  readonly prefix: string;
  /** Shared connection of role `worker`; each puller adds one blocking connection of its own. */
  readonly connection: Redis;
  /** Jobs held at once: those waiting for their turn and those in flight. */
  readonly concurrency: number;
  /** Shows in the board as who works on a job. */
  readonly name: string;
  readonly handle: (job: PulledJob) => Promise<JobEnd>;
  readonly onError: (error: Error) => void;
}

/**
 * Takes jobs of one queue as long as it is open. It only holds them: what happens to a message is decided by its
 * record, so a job may come twice, and may be lost to another process in between.
 */
export class Puller {
  readonly queue: string;
  readonly #worker: PullingWorker;
  #closing: Promise<void> | undefined;

  constructor(options: PullerOptions) {
    this.queue = options.queue;
    const work = (job: Job, token?: string) => run(job, token ?? '', options);
    this.#worker = new PullingWorker(options.queue, work, options.concurrency, {
      connection: options.connection,
      prefix: options.prefix,
      name: options.name,
      lockDuration: LOCK_DURATION_MS,
      lockRenewTime: LOCK_RENEW_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED_COUNT,
      // A job handed back by another process sets no marker: this is how soon an idle puller looks by itself.
      drainDelay: 1,
      runRetryDelay: 500,
      removeOnComplete: { count: 0 },
      removeOnFail: RETENTION.removeOnFail,
    });
    this.#worker.on('error', options.onError);
    this.#worker.on('failed', (job) => {
      if (job) void setAside(options.connection, options.prefix, options.queue, job).catch(options.onError);
    });
  }

  /** Jobs that are held now. */
  get inHand(): number {
    return this.#worker.inHand;
  }

  get concurrency(): number {
    return this.#worker.most;
  }

  /** More are asked for at once; fewer are held as those in hand end. */
  set concurrency(value: number) {
    if (value !== this.#worker.most) this.#worker.most = value;
  }

  /** Takes no more jobs and resolves when those it holds have ended: their handlers must end for that. */
  close(): Promise<void> {
    this.#closing ??= this.#worker.close();
    return this.#closing;
  }
}

async function run(job: Job, token: string, options: PullerOptions): Promise<undefined> {
  // Whatever its producer asked for: a job that stays would keep the record of its message, and its text, from ever going.
  job.opts.removeOnComplete = true;
  const end = await handled(options, {
    queue: options.queue,
    id: job.id ?? '',
    name: job.name,
    data: job.data as unknown,
    token,
    enqueuedAt: job.timestamp,
    starts: job.attemptsStarted,
  });
  switch (end.kind) {
    case 'done':
      return undefined;
    case 'moved':
      if (
        (await leaveMoved(options.connection, options.prefix, options.queue, job.id ?? '', token)) === 'kept'
      )
        await job.moveToWait(token);
      throw new WaitingError();
    case 'failed':
      if (end.data) await job.updateData(end.data);
      throw new UnrecoverableError(end.why);
    case 'delayed':
      if (end.data) await job.updateData(end.data);
      await job.moveToDelayed(end.until, token);
      throw new DelayedError();
    case 'handBack':
      await job.moveToWait(token);
      throw new WaitingError();
    case 'lost':
      // BullMQ leaves a job alone that says it is waiting: whoever holds its lock, now or once it ran out, goes on with it.
      throw new WaitingError();
    default:
      return end satisfies never;
  }
}

/** A handler that throws says nothing about the message: a job failed for that would never get its result. */
async function handled(options: PullerOptions, job: PulledJob): Promise<JobEnd> {
  try {
    return await options.handle(job);
  } catch (error) {
    options.onError(error instanceof Error ? error : new Error(String(error)));
    return { kind: 'lost' };
  }
}
