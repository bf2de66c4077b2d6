import { LastKnown } from './last-known.js';
import type { RecordFields } from './record.js';
import { awaitsItsQueue, readRecord, WIRE_KEYS } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

// KEYS  1 record  2 deadlines  3 outbox  4 next steps
// ARGV  1 prefix  2 id  3 version  4 state  5 deadline in report-path time: it starts anew  6 its step waits to be put into a
//       queue: '1'  7… fields and values
const ASSERT_RECORD = script(
  'assert-record',
  `${WIRE_KEYS}
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
if version >= tonumber(ARGV[3]) then return {'newer'} end
local before = redis.call('HGET', KEYS[1], 'g')
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, 7))
local r = redis.call('HMGET', KEYS[1], 'g', 'k', 'w', 'ew')
-- What came back waited for a gateway that has nothing of it any more.
if before and before ~= r[1] then redis.call('ZREM', ARGV[1] .. ':deadlines:' .. before, ARGV[2]) end
for _, key in ipairs(wireKeys(ARGV[1], r[1], r[2], r[3], r[4])) do redis.call('SET', key, ARGV[2]) end
if ARGV[4] == 'x' then
  redis.call('ZREM', KEYS[2], ARGV[2])
  redis.call('ZADD', KEYS[3], now, ARGV[2])
elseif ARGV[4] == 'q' then
  redis.call('ZREM', KEYS[2], ARGV[2])
else
  -- That of an earlier write may have come back: a lost probe put it off.
  redis.call('ZADD', KEYS[2], 'GT', ARGV[5], ARGV[2])
end
if ARGV[6] == '1' then redis.call('ZADD', KEYS[4], now, ARGV[2]) end
return {'asserted'}
`,
);

/**
 * Remembers a record as this process last stored it. A Redis that comes back without it gets it again, before
 * anything else is claimed; one that has a later version keeps its own.
 */
export function reassert(store: Store, id: string, fields: RecordFields | undefined): void {
  if (!fields?.s || !fields.v) return;
  // Only a claim is followed by a step that does not answer with the whole record: the acceptance.
  if (fields.s === 'c') lastKnown(store).set(id, () => fields);
  else lastKnown(store).delete(id);
  note(store, id, () => fields);
}

/** Like {@link reassert}, for a claim: its fields are put together when they are asked for, which is hardly ever. */
export function reassertClaim(store: Store, id: string, fields: () => RecordFields): void {
  lastKnown(store).set(id, fields);
  note(store, id, fields);
}

function note(store: Store, id: string, fields: () => RecordFields): void {
  store.journal.note(`record:${id}`, performance.now(), () => assertRecord(store, id, fields()));
}

/** Like {@link reassert}, for the step after a claim of this process: it changed a few fields of what that has stored. */
export function reassertChange(
  store: Store,
  id: string,
  version: string,
  changed: RecordFields,
  removed: readonly (keyof RecordFields)[] = [],
): void {
  const known = lastKnown(store).take(id);
  if (!known) return;
  note(store, id, () => {
    const fields: RecordFields = { ...known(), ...changed, v: version };
    for (const name of removed) delete fields[name];
    return fields;
  });
}

async function assertRecord(store: Store, id: string, fields: RecordFields): Promise<void> {
  const { keys } = store;
  const { g: gateway } = fields;
  const record = readRecord(id, fields);
  const path = gateway ? Number((await store.redis.hget(keys.path(gateway), 'v')) ?? 0) : 0;
  const flat = Object.entries(fields).flat();
  await store.assert(
    ASSERT_RECORD,
    [keys.record(id), keys.deadlines(gateway ?? ''), keys.outbox, keys.nextSteps],
    [
      keys.prefix,
      id,
      fields.v ?? 0,
      fields.s ?? '',
      path + Number(fields.d ?? 0),
      record && awaitsItsQueue(record) ? '1' : '',
      ...flat,
    ],
  );
}

/** Acknowledgements come within this long of their claim, or not at all. */
const LAST_KNOWN_MS = 60_000;
const perStore = new WeakMap<Store, LastKnown>();
function lastKnown(store: Store): LastKnown {
  let known = perStore.get(store);
  if (!known) {
    known = new LastKnown(LAST_KNOWN_MS, () => performance.now());
    perStore.set(store, known);
  }
  return known;
}
