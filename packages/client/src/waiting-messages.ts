import { batchedCount, type Store } from '@pabal/fate';
import { CHANNELS, PRIORITIES } from '@pabal/message';
import { queueDepths, queueName, sendQueue } from '@pabal/queues';

/**
 * How many messages are ready to be sent over a route: jobs that wait in its queues, and members of batches, which are
 * counted for the whole fleet. Scheduled ones do not count.
 */
export async function waitingMessages(store: Store, route: string): Promise<number> {
  const queues = new Set(
    CHANNELS.flatMap((channel) =>
      PRIORITIES.map((priority) => queueName(sendQueue(route, channel, priority))),
    ),
  );
  const [depths, members] = await Promise.all([
    queueDepths(store.redis, store.keys.prefix, [...queues]),
    batchedCount(store),
  ]);
  return depths.reduce((sum, { waiting }) => sum + waiting, members);
}
