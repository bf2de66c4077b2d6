import { connectRedis, type Puller, RESULTS_QUEUE } from '@pabal/queues';
import type { Consumed, Path, QueueSettings, RunningRole } from '../messages.js';
import { monotonicMs } from '../monotonic.js';
import { loadIndex } from '../payload.js';
import { BARE, openWorker } from './bare.js';

/** As much of what it reads as it looks at: a result of the fleet, or a message on the bare path. */
interface Ended {
  readonly id: string;
  readonly status?: string;
}

interface Found {
  readonly consumedAt: Float64Array;
  readonly statuses: Record<string, number>;
  seen: number;
  repeated: number;
}

interface Listening {
  readonly worker: Puller;
  readonly found: Found;
}

/** Takes results as a user's program does and notes when each came. */
export async function startConsumer({ redisUrl }: QueueSettings): Promise<RunningRole> {
  const connection = connectRedis({ url: redisUrl }, 'worker');
  connection.on('error', () => {}); // it reconnects, and the worker goes on
  let listening: Listening | undefined;

  async function listen(order: { path: Path; run: string; count: number }): Promise<undefined> {
    const { path, run, count } = order;
    const consumedAt = new Float64Array(count);
    const found: Found = { consumedAt, statuses: {}, seen: 0, repeated: 0 };
    const queue = path === 'bare' ? BARE.second : RESULTS_QUEUE;
    const prefix = path === 'bare' ? BARE.prefix : 'pabal';
    const worker = openWorker({ queue, prefix, connection }, (data) => note(found, run, data as Ended));
    listening = { worker, found };
  }

  async function finish(): Promise<Consumed> {
    if (!listening) throw new Error('nothing was listened to');
    const { worker, found } = listening;
    await worker.close();
    listening = undefined;
    const { consumedAt, statuses, repeated } = found;
    return { consumedAt, statuses, repeated };
  }

  return {
    answers: { listen, finish, progress: () => listening?.found.seen ?? 0 },
    close: async () => {
      await listening?.worker.close();
      connection.disconnect();
    },
  };
}

/** Counts a result under its message, once. */
function note(found: Found, run: string, { id, status }: Ended): void {
  const index = loadIndex(run, id);
  if (index === undefined) return;
  if (found.consumedAt[index] !== 0) {
    found.repeated++;
    return;
  }
  found.consumedAt[index] = monotonicMs();
  found.seen++;
  if (status !== undefined) found.statuses[status] = (found.statuses[status] ?? 0) + 1;
}
