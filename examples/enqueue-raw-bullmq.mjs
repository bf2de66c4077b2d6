/**
 * Enqueues one message with nothing but BullMQ, as a service in any of its languages would.
 *
 *   node examples/enqueue-raw-bullmq.mjs TO FROM TEXT
 *
 * REDIS_URL and PABAL_PREFIX say where the fleet is (default redis://127.0.0.1:6379 and pabal).
 */
import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

const [to, from, text] = process.argv.slice(2);
if (to === undefined || from === undefined || text === undefined) {
  console.error('usage: node examples/enqueue-raw-bullmq.mjs TO FROM TEXT');
  process.exit(2);
}

const connection = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
// send-<route>-<channel>; one-time passwords go to urgent-<route>-<channel>, without a priority.
const queue = new Queue('send-default-sms', { connection, prefix: process.env.PABAL_PREFIX ?? 'pabal' });

const id = randomUUID();
await queue.add(
  'message',
  { v: 1, id, channel: 'sms', to, from, text, ref: 'order-4711' },
  {
    // From the message's id, so that adding it again, after an error say, adds nothing.
    jobId: `m-${id}`,
    // Never leave it out in a send- queue: a job without a priority goes before all others. 10 normal, 100 bulk.
    priority: 10,
  },
);
console.log(`${id}: enqueued; its result comes to the queue "results"`);

await queue.close();
connection.disconnect();
