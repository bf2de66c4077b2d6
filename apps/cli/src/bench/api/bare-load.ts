import type { MessageInput } from '@pabal/message';
import type { Producer } from '@pabal/queues';
import { JOB } from '@pabal/queues';
import { firstJobOptions } from '../children/bare.js';

export interface BareFigures {
  readonly ms: number;
  /** Of each call, ms. */
  readonly latencies: Float64Array;
}

/** Puts messages into a queue with BullMQ alone, one a call, so many calls under way at once. */
export async function bareSingles(
  producer: Producer,
  messages: readonly MessageInput[],
  atOnce: number,
): Promise<BareFigures> {
  const queue = producer.queue('bare');
  return calls(messages.length, atOnce, async (place) => {
    const message = messages[place];
    await queue.add(JOB.message, message, firstJobOptions(message?.id ?? ''));
  });
}

/** The same, so many messages a call. */
export async function bareBulk(
  producer: Producer,
  messages: readonly MessageInput[],
  bulk: number,
  atOnce: number,
): Promise<BareFigures> {
  const queue = producer.queue('bare');
  return calls(Math.ceil(messages.length / bulk), atOnce, async (place) => {
    const some = messages.slice(place * bulk, (place + 1) * bulk);
    await queue.addBulk(
      some.map((message) => ({ name: JOB.message, data: message, opts: firstJobOptions(message.id ?? '') })),
    );
  });
}

async function calls(
  count: number,
  atOnce: number,
  call: (place: number) => Promise<void>,
): Promise<BareFigures> {
  const latencies = new Float64Array(count);
  let next = 0;
  const start = performance.now();
  const work = async () => {
    for (let place = next++; place < count; place = next++) {
      const began = performance.now();
      await call(place);
      latencies[place] = performance.now() - began;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { ms: performance.now() - start, latencies };
}
