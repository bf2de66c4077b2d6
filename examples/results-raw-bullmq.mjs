/**
 * Takes results with nothing but BullMQ and prints one a line, until Ctrl-C.
 *
 *   node examples/results-raw-bullmq.mjs
 *
 * REDIS_URL and PABAL_PREFIX say where the fleet is (default redis://127.0.0.1:6379 and pabal).
 */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const connection = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', {
  maxRetriesPerRequest: null, // BullMQ's workers wait for a Redis that is away
});

const worker = new Worker(
  'results',
  async ({ data }) => {
    // Exactly one result for every message. Once this has returned it is gone from the queue; throw, and BullMQ keeps
    // the job among the failed ones. A crash right here brings it again: know it by its id.
    console.log(`${data.id}: ${data.status}, ${data.reason.message.ko} (${data.reason.code})`);
  },
  { connection, prefix: process.env.PABAL_PREFIX ?? 'pabal', removeOnComplete: { count: 0 } },
);
worker.on('error', (error) => console.error(error.message));

async function stop() {
  await worker.close(); // lets what it holds end
  connection.disconnect();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop());
