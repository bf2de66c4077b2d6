/**
 * Sends one message and waits for its result with nothing but BullMQ.
 *
 *   node examples/send-raw-bullmq.mjs TO FROM TEXT [ORDER]
 *
 * REDIS_URL and PABAL_PREFIX say where the fleet is (default redis://127.0.0.1:6379 and pabal). It takes every result that
 * waits in the queue, as the one consumer of a service does: try it where nobody else waits for any.
 */
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const [to, from, text, order = String(Date.now())] = process.argv.slice(2);
if (to === undefined || from === undefined || text === undefined) {
  console.error('usage: node examples/send-raw-bullmq.mjs TO FROM TEXT [ORDER]');
  process.exit(2);
}

const connection = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', {
  maxRetriesPerRequest: null, // BullMQ's workers wait for a Redis that is away
});
const place = { connection, prefix: process.env.PABAL_PREFIX ?? 'pabal' };
const id = `order-${order}`;

const result = new Promise((resolve) => {
  const worker = new Worker(
    'results',
    async ({ data }) => {
      // Exactly one for every message; know a repeat after a crash by its id.
      if (data.id === id) resolve({ worker, data });
      else console.log(`${data.id}: ${data.status}, of somebody else`);
    },
    { ...place, removeOnComplete: { count: 0 } },
  );
  worker.on('error', (error) => console.error(error.message));
});

const queue = new Queue('send-default-sms', place);
// The job's id from the message's: added again, after an error say, it adds nothing. Never without a priority.
await queue.add('message', { v: 1, id, channel: 'sms', to, from, text }, { jobId: `m-${id}`, priority: 10 });
console.log(`${id}: enqueued`);

const { worker, data } = await result;
// A message that breaks a rule ends as `failed`, `invalid-message`, with the fields that broke it.
for (const { field, message } of data.problems ?? []) console.log(`refused, ${field}: ${message}`);
console.log(`${data.id}: ${data.status}, ${data.reason.message.ko} (${data.reason.code})`);
await Promise.all([worker.close(), queue.close()]);
connection.disconnect();
