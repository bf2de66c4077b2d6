import { batchOf, type Store } from '@pabal/fate';
import { findInBatch, findMessageJobs, type StandingJob } from '@pabal/queues';

/**
 * The jobs that carry a message, or one of its later steps: its own in any of these queues, else the batch that it waits in.
 */
export async function findJobs(
  store: Store,
  queues: readonly string[],
  id: string,
  step = 0,
): Promise<readonly StandingJob[]> {
  const { redis, keys } = store;
  const own = await findMessageJobs(redis, keys.prefix, queues, id, step);
  if (own.length > 0 || step > 0) return own;
  const batch = await batchOf(store, id);
  const inBatch = batch === undefined ? undefined : await findInBatch(redis, keys.prefix, batch, id);
  return inBatch ? [inBatch] : [];
}
