/**
 * Sends one message with the client and waits for its result, as a service would.
 *
 *   node examples/enqueue.mjs TO FROM TEXT
 *
 * REDIS_URL and PABAL_PREFIX say where the fleet is (default redis://127.0.0.1:6379 and pabal).
 */
import { MessageRefused, PabalClient } from '@pabal/client';

const [to, from, text] = process.argv.slice(2);
if (to === undefined || from === undefined || text === undefined) {
  console.error('usage: node examples/enqueue.mjs TO FROM TEXT');
  process.exit(2);
}

const pabal = await PabalClient.connect({
  redis: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  prefix: process.env.PABAL_PREFIX ?? 'pabal',
});
try {
  // Your own id makes a repeat harmless: the same id twice is one message. Without one the client makes it.
  const { id } = await pabal.send({ channel: 'sms', to, from, text, ref: 'order-4711', ttlSeconds: 600 });
  console.log(`${id}: enqueued`);
  const result = await pabal.follow(id, {
    onChange: ({ state, gateway }) =>
      console.log(`${id}: ${state}${gateway === undefined ? '' : ` (${gateway})`}`),
  });
  console.log(`${id}: ${result.status}, ${result.reason.message.ko} (${result.reason.code})`);
} catch (error) {
  if (!(error instanceof MessageRefused)) throw error;
  // Nothing was enqueued. Each problem names the field, the rule, the limit and the actual size.
  for (const { field, message } of error.problems) console.error(`refused, ${field}: ${message}`);
  process.exitCode = 1;
} finally {
  await pabal.close();
}
