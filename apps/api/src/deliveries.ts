import { ownerName } from '@pabal/fleet';
import { connectRedis, Producer } from '@pabal/queues';
import type { Logger, PabalConfig } from '@pabal/runtime';
import type { Clock } from '@pabal/session';
import { Deliverer, type WebhookCounts, WebhookDesk } from '@pabal/webhooks';

/** How long a stopping process waits for the answers of receivers; what is left goes back to the queue. ms */
const ANSWERS_MS = 5_000;

/** The deliverer of results to URLs, beside the server, with connections of its own. */
export interface Deliveries {
  readonly desk: WebhookDesk;
  /** What became of deliveries since the start, by webhook. */
  readonly counts: () => ReadonlyMap<string, WebhookCounts>;
  start(): void;
  /** Lets deliveries under way finish within a limit, or until the signal, then lets go of Redis. */
  stop(signal?: AbortSignal): Promise<void>;
}

/** Opens the deliverer; it takes nothing before it is started. */
export function openDeliveries(
  config: Pick<PabalConfig, 'redis' | 'webhooks'>,
  { log, clock }: { readonly log: Logger; readonly clock: Clock },
): Deliveries {
  const connections = (['producer', 'worker'] as const).map((role) => {
    const connection = connectRedis(config.redis, role);
    connection.on('error', (error) => log.debug({ error: error.message }, 'redis.error'));
    return connection;
  });
  const [connection, workers] = connections;
  if (!connection || !workers) throw new Error('there are two connections');
  const producer = new Producer({ connection, prefix: config.redis.prefix });
  const deliverer = new Deliverer({
    webhooks: config.webhooks,
    producer,
    connection: workers,
    clock,
    now: Date.now,
    random: Math.random,
    log,
    name: ownerName('webhooks'),
  });
  return {
    desk: new WebhookDesk(producer),
    counts: () => deliverer.counts,
    start: () => deliverer.start(),
    stop: async (signal) => {
      const aborted = new Promise<void>((resolve) =>
        signal?.addEventListener('abort', () => resolve(), { once: true }),
      );
      await Promise.race([deliverer.stop(ANSWERS_MS), aborted]);
      await Promise.race([producer.close(), aborted]);
      for (const each of connections) each.disconnect();
    },
  };
}
