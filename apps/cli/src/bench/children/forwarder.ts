import type { MessageV1 } from '@pabal/message';
import { connectRedis, JOB, Producer } from '@pabal/queues';
import type { QueueSettings, RunningRole } from '../messages.js';
import { BARE, openWorker, secondJobOptions } from './bare.js';

/** What stands between the queues of the bare path: takes a job and adds the same data to the second queue. */
export async function startForwarder({ redisUrl }: QueueSettings): Promise<RunningRole> {
  const taking = connectRedis({ url: redisUrl }, 'worker');
  const adding = connectRedis({ url: redisUrl }, 'producer');
  for (const connection of [taking, adding]) connection.on('error', () => {}); // shown by a run that does not end
  const producer = new Producer({ connection: adding, prefix: BARE.prefix });
  const second = producer.queue(BARE.second);
  const worker = openWorker({ queue: BARE.first, prefix: BARE.prefix, connection: taking }, async (data) => {
    const message = data as MessageV1;
    await second.add(JOB.result, message, secondJobOptions(message.id));
  });
  return {
    answers: {},
    close: async () => {
      await worker.close();
      await producer.close();
      taking.disconnect();
      adding.disconnect();
    },
  };
}
