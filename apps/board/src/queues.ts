import { EVENTS_QUEUE, messageQueues, queueName, type RedisConnection, WEBHOOKS_QUEUE } from '@pabal/queues';
import type { PabalConfig } from '@pabal/runtime';
import { Queue } from 'bullmq';

/** As much of a configuration as says which queues there are. */
export type QueueConfig = Pick<PabalConfig, 'replies'> & {
  readonly routes: Readonly<Record<string, unknown>>;
  readonly gateways: Readonly<Record<string, unknown>>;
};

/** The names of all queues of a fleet. */
export function boardQueueNames({ routes, gateways, replies }: QueueConfig): string[] {
  const messages = messageQueues(Object.keys(routes), Object.keys(gateways)).map(queueName);
  return [...messages, ...replies, WEBHOOKS_QUEUE, EVENTS_QUEUE];
}

/** Opens queues to be looked at: nothing is written, not even that somebody looks. */
export function openQueues(names: readonly string[], connection: RedisConnection, prefix: string): Queue[] {
  return names.map((name) => {
    const queue = new Queue(name, { connection, prefix, skipMetasUpdate: true, skipVersionCheck: true });
    queue.on('error', () => {}); // every failed command rejects at its caller; reconnecting is the connection's
    return queue;
  });
}
