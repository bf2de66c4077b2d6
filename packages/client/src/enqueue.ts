import { noteBatch, type Store } from '@pabal/fate';
import type { MessageV1 } from '@pabal/message';
import { type Batch, type Producer, planBatches, queueName } from '@pabal/queues';

export interface EnqueueDeps {
  readonly store: Store;
  readonly producer: Producer;
}

/** Enqueues messages of one route: many that go the same way in batches, the others one by one. On error repeat the call. */
export async function enqueueAll(
  deps: EnqueueDeps,
  messages: readonly MessageV1[],
  route: string,
): Promise<void> {
  const now = deps.store.fleetNow();
  const items = messages.map((message) => ({ message, route }));
  const { singles, batches } = planBatches(items, now);
  await Promise.all([
    deps.producer.enqueueMany(singles, now),
    ...batches.map((batch) => enqueueBatch(deps, batch)),
  ]);
}

/** A batch is never in its queue without being found by its messages' ids. */
async function enqueueBatch({ store, producer }: EnqueueDeps, batch: Batch): Promise<void> {
  const job = `${queueName(batch.queue)}:${batch.jobId}`;
  await noteBatch(
    store,
    job,
    batch.messages.map(({ id }) => id),
  );
  await producer.enqueueBatch(batch);
}
