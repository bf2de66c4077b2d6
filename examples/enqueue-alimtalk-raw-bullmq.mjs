/**
 * Enqueues one Alimtalk with buttons, with nothing but BullMQ.
 *
 *   node examples/enqueue-alimtalk-raw-bullmq.mjs TO FROM TEXT
 *
 * REDIS_URL and PABAL_PREFIX say where the fleet is (default redis://127.0.0.1:6379 and pabal). Text and buttons must be
 * those of a template that Kakao approved, its variables filled in.
 */
import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

const [to, from, text] = process.argv.slice(2);
if (to === undefined || from === undefined || text === undefined) {
  console.error('usage: node examples/enqueue-alimtalk-raw-bullmq.mjs TO FROM TEXT');
  process.exit(2);
}

const connection = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
// Each channel has a queue of its own: send-default-alimtalk, send-default-mms, …
const queue = new Queue('send-default-alimtalk', { connection, prefix: process.env.PABAL_PREFIX ?? 'pabal' });

const id = randomUUID();
await queue.add(
  'message',
  {
    v: 1,
    id,
    channel: 'alimtalk',
    to,
    from,
    text,
    kakao: {
      senderKey: process.env.KAKAO_SENDER_KEY ?? '1f3870be274f6c49b3e31a0c6728957f1f3870be',
      templateCode: process.env.KAKAO_TEMPLATE ?? 'order_sent_01',
      // Field names of buttons are Kakao's own.
      buttons: [
        { type: 'DS', name: '배송 조회' },
        { type: 'WL', name: '주문 보기', url_mobile: 'https://shop.example/orders/4711' },
      ],
    },
    ref: 'order-4711',
  },
  { jobId: `m-${id}`, priority: 10 }, // as in enqueue-raw-bullmq.mjs
);
console.log(`${id}: enqueued; its result comes to the queue "results"`);

await queue.close();
connection.disconnect();
