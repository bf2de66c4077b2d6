import { script } from './script.js';
import type { Store } from './store.js';

/**
 * Deadlines run on the report path's clock: milliseconds during which the gateway could have told us. It stands
 * still while the path (or Redis) is down and for a grace time after it came back, so that no message ends
 * `unknown` only because nobody was listening.
 */
export interface PathClock {
  /** Path time, ms. */
  readonly value: number;
  /** Fleet time of the last tick. */
  readonly at: number;
  /** Fleet time since when the path is up without a break; 0 while it is down. */
  readonly upSince: number;
  /** Whether the path was ever seen down after having been up: the first opening needs no grace. */
  readonly interrupted: boolean;
}

/** A gap between ticks longer than this counts as a break: nobody watched, or Redis was away. */
export const TICK_GAP_MS = 5_000;

/** One tick of the path clock. Pure. */
export function tickPath(clock: PathClock | undefined, up: boolean, now: number, graceMs: number): PathClock {
  const last = clock ?? { value: 0, at: now, upSince: 0, interrupted: false };
  const broken = last.upSince > 0 && (!up || now - last.at > TICK_GAP_MS);
  if (!up) return { value: last.value, at: now, upSince: 0, interrupted: last.interrupted || broken };
  if (last.upSince === 0 || broken) {
    return { value: last.value, at: now, upSince: now, interrupted: last.interrupted || broken };
  }
  const runsFrom = last.interrupted ? last.upSince + graceMs : last.upSince;
  const elapsed = Math.max(0, now - Math.max(last.at, runsFrom));
  return { value: last.value + elapsed, at: now, upSince: last.upSince, interrupted: last.interrupted };
}

// KEYS 1 path  ARGV 1 expected at ('' when absent) 2 v 3 at 4 up 5 interrupted
const TICK = script(
  'tick-path',
  `
local at = redis.call('HGET', KEYS[1], 'at') or ''
if at ~= ARGV[1] then return {'passed'} end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 'at', ARGV[3], 'up', ARGV[4], 'i', ARGV[5])
return {'ticked'}
`,
);

/** Advances a gateway's path clock; called about once a second by whoever sweeps. Two at once do no harm. */
export async function tickGatewayPath(
  store: Store,
  gateway: string,
  agents: readonly { readonly account: string; readonly agent: string }[],
  graceMs: number,
): Promise<PathClock> {
  const { keys, redis } = store;
  const [state, ...seen] = await Promise.all([
    redis.hgetall(keys.path(gateway)),
    ...agents.map(({ account, agent }) => redis.exists(keys.pathUp(gateway, account, agent))),
  ]);
  const before: PathClock | undefined =
    state.at === undefined
      ? undefined
      : {
          value: Number(state.v),
          at: Number(state.at),
          upSince: Number(state.up),
          interrupted: state.i === '1',
        };
  const after = tickPath(before, seen.length > 0 && seen.every((up) => up === 1), store.fleetNow(), graceMs);
  await store.run(
    TICK,
    [keys.path(gateway)],
    [before?.at ?? '', after.value, after.at, after.upSince, after.interrupted ? 1 : 0],
  );
  return after;
}

/** Says that this agent's report path is up, for the next three seconds. */
export async function reportPathUp(
  store: Store,
  gateway: string,
  account: string,
  agent: string,
): Promise<void> {
  await store.redis.set(store.keys.pathUp(gateway, account, agent), '1', 'PX', 3_000);
}

/** Ids of messages whose deadline has passed on the path's clock; earliest first. */
export async function dueDeadlines(store: Store, gateway: string, limit: number): Promise<string[]> {
  const { keys, redis } = store;
  const path = Number((await redis.hget(keys.path(gateway), 'v')) ?? 0);
  return redis.zrangebyscore(keys.deadlines(gateway), 0, path, 'LIMIT', 0, limit);
}

/** How many messages of a gateway wait for their report or for certainty. */
export function unsettledCount(store: Store, gateway: string): Promise<number> {
  return store.redis.zcard(store.keys.deadlines(gateway));
}
