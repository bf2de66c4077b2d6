import type { MessageV1 } from '@pabal/message';
import { connectRedis, JOB, Producer } from '@pabal/queues';
import { Worker } from 'bullmq';
import type { QueueSettings, RunningRole } from '../messages.js';
import { BARE, secondJobOptions, WORKER_OPTIONS } from './bare.js';

/** What stands between the queues of the bare path: takes a job and adds the same data to the second queue. */
export async function startForwarder({ redisUrl }: QueueSettings): Promise<RunningRole> {
  const taking = connectRedis({ url: redisUrl }, 'worker');
  const adding = connectRedis({ url: redisUrl }, 'producer');
  for (const connection of [taking, adding]) connection.on('error', () => {}); // shown by a run that does not end
  const producer = new Producer({ connection: adding, prefix: BARE.prefix });
  const second = producer.queue(BARE.second);
  const worker = new Worker<MessageV1>(
    BARE.first,
    async ({ data }) => {
      await second.add(JOB.result, data, secondJobOptions(data.id));
    },
    { connection: taking, prefix: BARE.prefix, ...WORKER_OPTIONS },
  );
  worker.on('error', () => {});
  await worker.waitUntilReady();
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
