import { PabalClient } from '@pabal/client';
import { type MessageInput, type MessageV1, parseMessage } from '@pabal/message';
import { connectRedis, JOB, Producer, redisReady } from '@pabal/queues';
import type { ProduceOrder, QueueSettings, RunningRole } from '../messages.js';
import { monotonicMs } from '../monotonic.js';
import { type Load, loadMessages } from '../payload.js';
import { BARE, firstJobOptions } from './bare.js';
import { batches } from './batches.js';

const REDIS_LIMIT_MS = 10_000;
/** Messages that the client puts in at once: enough for it to make batches of them. */
const CLIENT_CHUNK = 1_000;

/** Puts messages in. For the fleet each is checked on its way, as the client library does; for the bare path it goes as it is. */
export async function startProducer({ redisUrl }: QueueSettings): Promise<RunningRole> {
  const connection = connectRedis({ url: redisUrl }, 'producer');
  connection.on('error', () => {}); // a failed command rejects at its caller
  await redisReady(connection, REDIS_LIMIT_MS);
  const client = await PabalClient.connect({ redis: redisUrl });
  const fleet = new Producer({ connection, prefix: 'pabal' });
  const bare = new Producer({ connection, prefix: BARE.prefix });
  let inputs: MessageInput[] = [];
  let checked: MessageV1[] = [];

  function prepare(load: Load): number {
    inputs = loadMessages(load);
    checked = inputs.map(check);
    return Buffer.byteLength(JSON.stringify(checked[0] ?? null));
  }

  function enqueue(path: ProduceOrder['path'], from: number, to: number): Promise<unknown> {
    if (path === 'batches') return client.sendMany(inputs.slice(from, to));
    if (path === 'fleet') {
      const items = inputs.slice(from, to).map((input) => ({ message: check(input), route: 'default' }));
      return fleet.enqueueMany(items, Date.now());
    }
    const jobs = checked
      .slice(from, to)
      .map((data) => ({ name: JOB.message, data, opts: firstJobOptions(data.id) }));
    return bare.queue(BARE.first).addBulk(jobs);
  }

  async function produce({ path, ratePerSecond, oneByOne = false }: ProduceOrder): Promise<Float64Array> {
    const enqueuedAt = new Float64Array(inputs.length);
    const size = oneByOne ? 1 : path === 'batches' ? CLIENT_CHUNK : undefined;
    await batches({ count: inputs.length, ratePerSecond, size, now: monotonicMs, wait }, (from, to) => {
      enqueuedAt.fill(monotonicMs(), from, to);
      return enqueue(path, from, to);
    });
    return enqueuedAt;
  }

  return {
    answers: { prepare, produce },
    close: async () => {
      await Promise.all([fleet.close(), bare.close(), client.close()]);
      connection.disconnect();
    },
  };
}

function check(input: MessageInput): MessageV1 {
  const parsed = parseMessage(input);
  if (!parsed.ok) throw new Error(`a message of the load is bad: ${JSON.stringify(parsed.problems)}`);
  return parsed.message;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
