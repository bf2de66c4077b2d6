import { script } from './script.js';
import type { Store } from './store.js';

/** A lease lives this long without renewal. */
export const LEASE_TTL_MS = 8_000;
/** Owners renew this often. */
export const LEASE_RENEW_MS = 1_500;
/** An owner that could not renew for this long closes its sockets: three seconds before the lease may end. */
export const LEASE_QUIT_MS = LEASE_TTL_MS - 3_000;
/** A successor of an owner that did not let go waits this long beyond the lease's end before it logs in. */
export const SUCCESSION_PAUSE_MS = 1_000;

/** A held lease. `value` names owner and fencing number; claims compare it. */
export interface Lease {
  readonly resource: string;
  readonly value: string;
  readonly epoch: number;
  /** The last owner let go by itself, or there never was one: no need for {@link SUCCESSION_PAUSE_MS}. */
  readonly clean: boolean;
  /** Sessions that earlier owners were asked to rest, by name, until a fleet time (epoch ms). */
  readonly rests: ReadonlyMap<string, number>;
}

// KEYS 1 lease 2 epoch 3 released 4 rests  ARGV 1 owner 2 ttl
const ACQUIRE = script(
  'lease-acquire',
  `
local holder = redis.call('GET', KEYS[1])
if holder then return {'held', holder} end
local epoch = redis.call('INCR', KEYS[2])
local value = ARGV[1] .. '#' .. epoch
redis.call('SET', KEYS[1], value, 'PX', ARGV[2])
local clean = redis.call('DEL', KEYS[3])
if epoch == 1 then clean = 1 end
return {'acquired', value, epoch, clean, redis.call('HGETALL', KEYS[4])}
`,
);

// KEYS 1 lease 2 epoch  ARGV 1 value 2 epoch 3 ttl
const RENEW = script(
  'lease-renew',
  `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  -- A restored Redis may name an owner from before us; one with a higher number has taken over.
  if tonumber(string.match(holder, '#(%d+)$') or '0') >= tonumber(ARGV[2]) then return {'lost', holder} end
elseif not holder and tonumber(redis.call('GET', KEYS[2]) or '0') > tonumber(ARGV[2]) then
  return {'lost', ''}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
if tonumber(redis.call('GET', KEYS[2]) or '0') < tonumber(ARGV[2]) then redis.call('SET', KEYS[2], ARGV[2]) end
return {'renewed'}
`,
);

// KEYS 1 lease 2 released  ARGV 1 value
const RELEASE = script(
  'lease-release',
  `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'lost'} end
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], '1', 'PX', 60000)
return {'released'}
`,
);

// KEYS 1 rests  ARGV session, until, session, until, …
const KEEP_RESTS = script(
  'lease-keep-rests',
  `
local last = 0
for i = 1, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  last = math.max(last, tonumber(ARGV[i + 1]))
end
redis.call('PEXPIREAT', KEYS[1], last)
return {'kept'}
`,
);

/** Takes a lease if nobody holds it; else says who does. */
export async function acquireLease(
  store: Store,
  resource: string,
  owner: string,
): Promise<
  { readonly kind: 'acquired'; readonly lease: Lease } | { readonly kind: 'held'; readonly by: string }
> {
  const { keys } = store;
  const answer = await store.run(
    ACQUIRE,
    [keys.lease(resource), keys.leaseEpoch(resource), keys.leaseReleased(resource), keys.rests(resource)],
    [owner, LEASE_TTL_MS],
  );
  if (answer[0] === 'held') return { kind: 'held', by: ownerOf(String(answer[1])) };
  return {
    kind: 'acquired',
    lease: {
      resource,
      value: String(answer[1]),
      epoch: Number(answer[2]),
      clean: answer[3] === 1,
      rests: restsOf(answer[4]),
    },
  };
}

function restsOf(flat: unknown): ReadonlyMap<string, number> {
  const rests = new Map<string, number>();
  if (!Array.isArray(flat)) return rests;
  for (let i = 0; i + 1 < flat.length; i += 2) rests.set(String(flat[i]), Number(flat[i + 1]));
  return rests;
}

/** Leaves word for whoever owns the resource next. Throws StoreUnavailable when Redis did not answer. */
export async function keepRests(
  store: Store,
  resource: string,
  rests: ReadonlyMap<string, number>,
): Promise<void> {
  await store.run(
    KEEP_RESTS,
    [store.keys.rests(resource)],
    [...rests].flatMap(([session, until]) => [session, Math.ceil(until)]),
  );
}

/** Renews; false when somebody else has it. Throws StoreUnavailable when Redis did not answer. */
export async function renewLease(store: Store, lease: Lease): Promise<boolean> {
  const { keys } = store;
  const answer = await store.run(
    RENEW,
    [keys.lease(lease.resource), keys.leaseEpoch(lease.resource)],
    [lease.value, lease.epoch, LEASE_TTL_MS],
  );
  return answer[0] === 'renewed';
}

/** Lets go, so that a successor may log in at once. */
export async function releaseLease(store: Store, lease: Lease): Promise<void> {
  const { keys } = store;
  await store.run(RELEASE, [keys.lease(lease.resource), keys.leaseReleased(lease.resource)], [lease.value]);
}

/** Who holds each of these resources now. */
export async function leaseHolders(
  store: Store,
  resources: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> {
  if (resources.length === 0) return new Map();
  const values = await store.redis.mget(...resources.map((resource) => store.keys.lease(resource)));
  return new Map(resources.map((resource, i) => [resource, values[i] ? ownerOf(values[i]) : undefined]));
}

/** Signs a process on as alive for {@link LEASE_TTL_MS}; returns the live ones of its role, sorted. */
export async function signOn(store: Store, role: string, owner: string): Promise<string[]> {
  const key = store.keys.members(role);
  const now = store.fleetNow();
  await store.redis.zadd(key, String(now), owner);
  await store.redis.zremrangebyscore(key, 0, now - LEASE_TTL_MS);
  return (await store.redis.zrange(key, '0', '-1')).sort();
}

/** Signs a process off. */
export async function signOff(store: Store, role: string, owner: string): Promise<void> {
  await store.redis.zrem(store.keys.members(role), owner);
}

function ownerOf(value: string): string {
  return value.slice(0, value.lastIndexOf('#'));
}
