import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { LOCK_DURATION_MS, RETENTION } from './catalogue.js';
import type { JobEnd } from './jobs.js';

/** A job as it is handed to whoever takes one by one. */
export interface TakenJob {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

export interface TakeOptions {
  readonly queue: string;
  readonly prefix: string;
  readonly connection: Redis;
  readonly limit: number;
  /** The job goes, or stays among the failed ones, once this has resolved; rejecting puts it back and ends the taking. */
  readonly handle: (job: TakenJob) => Promise<Extract<JobEnd, { kind: 'done' | 'failed' }>>;
}

/** Takes what waits in a queue, one job after the other, until it is empty or the limit is reached. Returns how many. */
export async function takeJobs({ queue, prefix, connection, limit, handle }: TakeOptions): Promise<number> {
  const worker = new Worker(queue, null, {
    connection,
    prefix,
    autorun: false,
    skipStalledCheck: true,
    lockDuration: LOCK_DURATION_MS,
    removeOnComplete: { count: 0 },
    removeOnFail: RETENTION.removeOnFail,
  });
  worker.on('error', () => {}); // every failed command rejects below
  const token = `take-${process.pid}-${Date.now()}`;
  try {
    let taken = 0;
    while (taken < limit) {
      const job: Job | undefined = await worker.getNextJob(token, { block: false });
      if (!job) break;
      const end = await handle({ id: job.id ?? '', name: job.name, data: job.data as unknown }).catch(
        async (error: unknown) => {
          await job.moveToWait(token);
          throw error;
        },
      );
      if (end.kind === 'done') await job.moveToCompleted(undefined, token, false);
      else await job.moveToFailed(new UnrecoverableError(end.why), token, false);
      taken++;
    }
    return taken;
  } finally {
    await worker.close();
  }
}
