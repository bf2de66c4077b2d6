import { connectRedis, RESULTS_QUEUE } from '@pabal/queues';
import { Worker } from 'bullmq';
import type { Consumed, Path, QueueSettings, RunningRole } from '../messages.js';
import { monotonicMs } from '../monotonic.js';
import { loadIndex } from '../payload.js';
import { BARE, WORKER_OPTIONS } from './bare.js';

/** As much of what it reads as it looks at: a result of the fleet, or a message on the bare path. */
interface Ended {
  readonly id: string;
  readonly status?: string;
}

interface Listening {
  readonly worker: Worker<Ended>;
  readonly consumedAt: Float64Array;
  readonly statuses: Record<string, number>;
  seen: number;
  repeated: number;
}

/** Takes results as a user's program does, with a plain BullMQ worker, and notes when each came. */
export async function startConsumer({ redisUrl }: QueueSettings): Promise<RunningRole> {
  const connection = connectRedis({ url: redisUrl }, 'worker');
  connection.on('error', () => {}); // it reconnects, and the worker goes on
  let listening: Listening | undefined;

  async function listen(order: { path: Path; run: string; count: number }): Promise<undefined> {
    const { path, run, count } = order;
    const worker = new Worker<Ended>(
      path === 'fleet' ? RESULTS_QUEUE : BARE.second,
      async ({ data }) => {
        const index = loadIndex(run, data.id);
        if (index === undefined || listening === undefined) return;
        if (listening.consumedAt[index] !== 0) {
          listening.repeated++;
          return;
        }
        listening.consumedAt[index] = monotonicMs();
        listening.seen++;
        if (path === 'bare') return;
        const status = data.status ?? 'none';
        listening.statuses[status] = (listening.statuses[status] ?? 0) + 1;
      },
      { connection, prefix: path === 'fleet' ? 'pabal' : BARE.prefix, ...WORKER_OPTIONS },
    );
    worker.on('error', () => {}); // shown by a run that does not end
    listening = { worker, consumedAt: new Float64Array(count), statuses: {}, seen: 0, repeated: 0 };
    await worker.waitUntilReady();
  }

  async function finish(): Promise<Consumed> {
    if (!listening) throw new Error('nothing was listened to');
    const { worker, consumedAt, statuses, repeated } = listening;
    await worker.close();
    listening = undefined;
    return { consumedAt, statuses, repeated };
  }

  return {
    answers: { listen, finish, progress: () => listening?.seen ?? 0 },
    close: async () => {
      await listening?.worker.close();
      connection.disconnect();
    },
  };
}
