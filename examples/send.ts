/**
 * Sends messages with the client from TypeScript, and ends with the first one's result.
 *
 *   node examples/dist/send.js TO FROM TEXT        (npm run demo compiles it; Node 22.18 and later run send.ts itself)
 *
 * REDIS_URL and PABAL_PREFIX say where the fleet is (default redis://127.0.0.1:6379 and pabal).
 */
import { isPabalError, MessageRefused, PabalClient, type ResultV1 } from '@pabal/client';
import { smsOrLms } from '@pabal/client/text';

const [to, from, text, order = String(Date.now())] = process.argv.slice(2);
if (to === undefined || from === undefined || text === undefined) {
  console.error('usage: node examples/dist/send.js TO FROM TEXT [ORDER]');
  process.exit(2);
}

/** Sends again, under the same id, while Redis is away: however often that is, it is one message. */
async function sendSurely(pabal: PabalClient, id: string): Promise<ResultV1> {
  const channel = smsOrLms(text ?? '') ?? 'lms';
  for (let attempt = 1; ; attempt++) {
    try {
      await pabal.send({ id, channel, to: to ?? '', from: from ?? '', text: text ?? '', ttlSeconds: 600 });
      console.log(`${id}: accepted as ${channel}`);
      return await pabal.follow(id);
    } catch (error) {
      if (!isPabalError(error) || error.code !== 'redis-unavailable' || attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000 * attempt));
    }
  }
}

const pabal = await PabalClient.connect({
  redis: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  prefix: process.env.PABAL_PREFIX ?? 'pabal',
});
try {
  // From what the message is about, so that whoever sends it twice by mistake sends it once.
  const { id, status, reason } = await sendSurely(pabal, `order-${order}`);
  console.log(`${id}: ${status}, ${reason.message.ko} (${reason.code})`);
} catch (error) {
  if (!(error instanceof MessageRefused)) throw error;
  for (const { field, message } of error.problems) console.error(`refused, ${field}: ${message}`);
  process.exitCode = 1;
} finally {
  await pabal.close();
}
