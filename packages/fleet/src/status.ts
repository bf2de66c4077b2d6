import type { Store } from '@pabal/fate';
import type { Channel } from '@pabal/message';
import type { LineStatus } from '@pabal/session';
import type { ResultCount } from './result-counts.js';

/** A line as the fleet shows it. */
export interface StatusLine extends LineStatus {
  readonly kind: 'send' | 'report';
  readonly gateway: string;
  readonly account: string;
  readonly agent: string;
  readonly open: boolean;
  /** Channels that it can send now; none of a line that only reports. */
  readonly carrying: readonly Channel[];
}

/** What a process tells about itself once a second. Holds no personal data and no secret. */
export interface ProcessStatus {
  readonly owner: string;
  readonly role: 'sender' | 'receiver';
  readonly at: number;
  readonly startedAt: number;
  readonly lines: readonly StatusLine[];
  /** Queues that it takes messages from now. */
  readonly serving: readonly string[];
  readonly waiting: number;
  readonly inFlight: number;
  /** Results published since it started. */
  readonly published: number;
  /** Those results, by how they ended. */
  readonly results: readonly ResultCount[];
  /** Local clock against Redis', ms. */
  readonly skewMs: number;
}

/** A process that was not heard of for so long is not shown. */
const STATUS_TTL_MS = 5_000;

function statusKey(store: Store, owner: string): string {
  return `${store.keys.prefix}:status:${owner}`;
}

/** Tells what this process does now. */
export async function publishStatus(store: Store, status: ProcessStatus): Promise<void> {
  await store.redis.set(statusKey(store, status.owner), JSON.stringify(status), 'PX', STATUS_TTL_MS);
}

/** Takes this process off the list. */
export async function retractStatus(store: Store, owner: string): Promise<void> {
  await store.redis.del(statusKey(store, owner));
}

/** What the live processes of the fleet tell. */
export async function readStatuses(store: Store): Promise<ProcessStatus[]> {
  const { keys, redis } = store;
  const roles = ['send', 'report'];
  const owners = (await Promise.all(roles.map((role) => redis.zrange(keys.members(role), '0', '-1')))).flat();
  if (owners.length === 0) return [];
  const texts = await redis.mget(...new Set(owners.map((owner) => statusKey(store, String(owner)))));
  return texts.filter((text) => text !== null).map(readStatus);
}

/** A process of an older version, beside which this one is being rolled out, tells less. */
function readStatus(text: string): ProcessStatus {
  return { results: [], ...(JSON.parse(text) as Omit<ProcessStatus, 'results'> & Partial<ProcessStatus>) };
}
