import { noteBatch, type Store } from '@pabal/fate';
import type { MessageV1, Problem } from '@pabal/message';
import { type Batch, type Producer, planBatches, queueName } from '@pabal/queues';
import { conflictProblems } from './conflicts.js';

export interface EnqueueDeps {
  readonly store: Store;
  readonly producer: Producer;
}

/**
 * Enqueues messages of one route: many that go the same way in batches, the others one by one. On error repeat the call.
 * Gives a problem for each single one whose id stands for another message, in their order; of batches the fleet tells
 * later, in events.
 */
export async function enqueueAll(
  deps: EnqueueDeps,
  messages: readonly MessageV1[],
  route: string,
): Promise<readonly (readonly Problem[])[]> {
  const now = deps.store.fleetNow();
  const items = messages.map((message) => ({ message, route }));
  const { singles, batches } = planBatches(items, now);
  await Promise.all([
    deps.producer.enqueueMany(singles, now),
    ...batches.map((batch) => enqueueBatch(deps, batch, now)),
  ]);
  const problems = await conflictProblems(deps, singles);
  const found = new Map(singles.map(({ message }, place) => [message, problems[place] ?? []]));
  return messages.map((message) => found.get(message) ?? []);
}

/** A batch is never in its queue without being found by its messages' ids. */
async function enqueueBatch({ store, producer }: EnqueueDeps, batch: Batch, now: number): Promise<void> {
  const job = `${queueName(batch.queue)}:${batch.jobId}`;
  await noteBatch(
    store,
    job,
    batch.messages.map(({ id }) => id),
  );
  await producer.enqueueBatch(batch, now);
}
