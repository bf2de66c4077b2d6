/**
 * Stores images and sends them as one MMS with the client, as a service would.
 *
 *   node examples/enqueue-mms.mjs TO FROM TEXT JPEG…
 *
 * REDIS_URL and PABAL_PREFIX say where the fleet is (default redis://127.0.0.1:6379 and pabal).
 */
import { readFile } from 'node:fs/promises';
import { FileError, MessageRefused, PabalClient } from '@pabal/client';

const [to, from, text, ...pictures] = process.argv.slice(2);
if (to === undefined || from === undefined || text === undefined || pictures.length === 0) {
  console.error('usage: node examples/enqueue-mms.mjs TO FROM TEXT JPEG…');
  process.exit(2);
}

const pabal = await PabalClient.connect({
  redis: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  prefix: process.env.PABAL_PREFIX ?? 'pabal',
});
try {
  const files = [];
  for (const picture of pictures) {
    // The id is a hash of the bytes: storing the same picture for every message costs nothing but a look.
    const { id, size, width, height } = await pabal.putFile(await readFile(picture));
    console.log(`${picture}: ${width} x ${height}, ${size} bytes, stored as ${id}`);
    files.push(id);
  }
  const { id } = await pabal.send({
    channel: 'mms',
    to,
    from,
    subject: '사진',
    text,
    files,
    ref: 'order-4711',
  });
  console.log(`${id}: enqueued`);
  const result = await pabal.follow(id);
  console.log(`${id}: ${result.status}, ${result.reason.message.ko} (${result.reason.code})`);
} catch (error) {
  if (error instanceof FileError) console.error(`refused: ${error.message}`);
  else if (error instanceof MessageRefused) {
    for (const { field, message } of error.problems) console.error(`refused, ${field}: ${message}`);
  } else throw error;
  process.exitCode = 1;
} finally {
  await pabal.close();
}
