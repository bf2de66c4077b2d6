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

/** A report in the park. */
export interface ParkedEntry {
  /** As it stands in Redis: the same report has the same text. */
  readonly text: string;
  readonly parked: ParkedReport;
  /** Fleet time at which it was parked. */
  readonly since: number;
  /** Takes it off. */
  readonly remove: () => Promise<void>;
}

/** Parked reports, oldest first. @param from how many of the oldest to leave out */
export async function parkedReports(store: Store, limit: number, from = 0): Promise<readonly ParkedEntry[]> {
  const { keys, redis } = store;
  const flat = await redis.zrange(keys.parked, String(from), String(from + limit - 1), 'WITHSCORES');
  const entries = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const member = String(flat[i]);
    entries.push({
      text: member,
      parked: JSON.parse(member) as ParkedReport,
      since: Number(flat[i + 1]),
      remove: async () => {
        await redis.zrem(keys.parked, member);
      },
    });
  }
  return entries;
}
