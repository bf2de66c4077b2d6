import { JOB_PRIORITY, Puller, type PullerOptions, RETENTION } from '@pabal/queues';

/** The bare path: the same Redis, queues of its own. */
export const BARE = { prefix: 'bare', first: 'first', second: 'second' } as const;

/** Jobs held at once by a worker of the bare path, and by the consumer of both: BullMQ is at its fastest here. */
const CONCURRENCY = 200;

/** What a message's job carries in the fleet, as far as it has a meaning without one. */
export function firstJobOptions(id: string) {
  return { jobId: `m-${id}`, attempts: 1, priority: JOB_PRIORITY.normal, ...RETENTION };
}

export function secondJobOptions(id: string) {
  return { jobId: `r-${id}`, ...RETENTION };
}

/** A BullMQ worker with the fleet's own settings, and nothing between it and `handle`. */
export function openWorker(
  options: Pick<PullerOptions, 'queue' | 'prefix' | 'connection'>,
  handle: (data: unknown) => void | Promise<void>,
): Puller {
  return new Puller({
    ...options,
    name: 'bench',
    concurrency: CONCURRENCY,
    handle: async ({ data }) => {
      await handle(data);
      return { kind: 'done' };
    },
    onError: () => {}, // it reconnects and goes on; a run that does not end shows what it cannot mend
  });
}
