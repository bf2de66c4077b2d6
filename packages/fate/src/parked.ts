import type { Store } from './store.js';

/** A report whose wire id nobody knows (yet): kept until it is known, or until it becomes an event. */
export interface ParkedReport {
  readonly gateway: string;
  readonly account: string;
  readonly report: Readonly<Record<string, unknown>> & { readonly wireId: string };
}

/** Parks a report; a repeat of the same report folds into it. Waits for Redis. */
export async function parkReport(store: Store, parked: ParkedReport): Promise<void> {
  const member = JSON.stringify(parked);
  const add = async () => {
    await store.redis.zadd(store.keys.parked, 'NX', String(store.fleetNow()), member);
  };
  await store.keepTrying(add);
  store.journal.note(`parked:${member}`, performance.now(), add);
}

/** Parked reports, oldest first, with the fleet time at which they were parked and how to take them off. */
export async function parkedReports(
  store: Store,
  limit: number,
): Promise<readonly { parked: ParkedReport; since: number; remove: () => Promise<void> }[]> {
  const { keys, redis } = store;
  const flat = await redis.zrange(keys.parked, '0', String(limit - 1), 'WITHSCORES');
  const entries = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const member = String(flat[i]);
    entries.push({
      parked: JSON.parse(member) as ParkedReport,
      since: Number(flat[i + 1]),
      remove: async () => {
        await redis.zrem(keys.parked, member);
      },
    });
  }
  return entries;
}
