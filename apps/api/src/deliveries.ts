import { RedisUnavailable } from '@pabal/client';
import { ownerName } from '@pabal/fleet';
import { connectRedis, Producer } from '@pabal/queues';
import type { Logger, PabalConfig } from '@pabal/runtime';
import type { Clock } from '@pabal/session';
import { Deliverer, type WebhookCounts, WebhookDesk } from '@pabal/webhooks';

/** How long a stopping process waits for the answers of receivers; what is left goes back to the queue. ms */
const ANSWERS_MS = 5_000;
/** How long a request waits for Redis, ms. */
const ASK_MS = 5_000;

/** Uses the desk. */
export type AskDesk = <T>(use: (desk: WebhookDesk) => Promise<T>) => Promise<T>;

/** The deliverer of results to URLs, beside the server, with connections of its own. */
export interface Deliveries {
  /**
   * Looks at deliveries, or has them tried again, within a limit.
   * @throws RedisUnavailable
   */
  readonly ask: AskDesk;
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
  const desk = new WebhookDesk(producer);
  return {
    ask: async (use) => {
      // A queue would wait for its connection.
      if (connection.status !== 'ready') throw new RedisUnavailable('there is no connection');
      let cancel = () => {};
      const late = new Promise<never>((_resolve, reject) => {
        const refuse = () => reject(new RedisUnavailable(`no answer within ${ASK_MS} ms`));
        cancel = clock.after(ASK_MS, refuse);
      });
      try {
        return await Promise.race([use(desk), late]);
      } finally {
        cancel();
      }
    },
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
