import { JOB_PRIORITY, RETENTION } from '@pabal/queues';
import type { JobsOptions, WorkerOptions } from 'bullmq';

/** The bare path: the same Redis, queues of its own. */
export const BARE = { prefix: 'bare', first: 'first', second: 'second' } as const;

/** Jobs held at once by a worker of the bare path, and by the consumer of both: BullMQ is at its fastest here. */
export const CONCURRENCY = 200;

/** What a message's job carries in the fleet, as far as it has a meaning without one. */
export function firstJobOptions(id: string): JobsOptions {
  return { jobId: `m-${id}`, attempts: 1, priority: JOB_PRIORITY.normal, ...RETENTION };
}

export function secondJobOptions(id: string): JobsOptions {
  return { jobId: `r-${id}`, ...RETENTION };
}

/** Completed jobs go, as they do in the fleet. */
export const WORKER_OPTIONS = {
  concurrency: CONCURRENCY,
  drainDelay: 1,
  removeOnComplete: { count: 0 },
} as const satisfies Omit<WorkerOptions, 'connection'>;
