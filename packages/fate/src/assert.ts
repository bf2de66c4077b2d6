import type { RecordFields } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

// KEYS  1 record  2 wire index or the record again  3 deadlines  4 outbox
// ARGV  1 id  2 version  3 state  4 deadline in report-path time: it starts anew  5… fields and values
const ASSERT_RECORD = script(
  'assert-record',
  `
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
if version >= tonumber(ARGV[2]) then return {'newer'} end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, 5))
if KEYS[2] ~= KEYS[1] then redis.call('SET', KEYS[2], ARGV[1]) end
if ARGV[3] == 'x' then
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('ZADD', KEYS[4], now, ARGV[1])
elseif ARGV[3] == 'q' then
  redis.call('ZREM', KEYS[3], ARGV[1])
else
  redis.call('ZADD', KEYS[3], 'NX', ARGV[4], ARGV[1])
end
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
  if (fields.s === 'c') lastKnown(store).set(id, fields);
  else lastKnown(store).delete(id);
  store.journal.note(`record:${id}`, performance.now(), () => assertRecord(store, id, fields));
}

/** Like {@link reassert}, for a step that changed a few fields of a record this process has stored before. */
export function reassertChange(
  store: Store,
  id: string,
  version: string,
  changed: RecordFields,
  removed: readonly (keyof RecordFields)[] = [],
): void {
  const known = lastKnown(store).get(id);
  if (!known) return;
  const fields: RecordFields = { ...known, ...changed, v: version };
  for (const name of removed) delete fields[name];
  reassert(store, id, fields);
}

async function assertRecord(store: Store, id: string, fields: RecordFields): Promise<void> {
  const { keys } = store;
  const { g: gateway, k: account, w: wireId } = fields;
  const record = keys.record(id);
  const wire = gateway && account && wireId ? keys.wire(gateway, account, wireId) : record;
  const path = gateway ? Number((await store.redis.hget(keys.path(gateway), 'v')) ?? 0) : 0;
  const flat = Object.entries(fields).flat();
  await store.assert(
    ASSERT_RECORD,
    [record, wire, keys.deadlines(gateway ?? ''), keys.outbox],
    [id, fields.v ?? 0, fields.s ?? '', path + Number(fields.d ?? 0), ...flat],
  );
}

/**
 * Records as this process claimed them, until the next step on them. Two generations: what others settled meanwhile
 * is forgotten when the younger one is turned over.
 */
class LastKnown {
  #young = new Map<string, RecordFields>();
  #old = new Map<string, RecordFields>();
  #turnedAt = performance.now();
  readonly #memoryMs: number;

  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs;
  }

  set(id: string, fields: RecordFields): void {
    const now = performance.now();
    if (now - this.#turnedAt > this.#memoryMs) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#turnedAt = now;
    }
    this.#young.set(id, fields);
  }

  delete(id: string): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  get(id: string): RecordFields | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }
}

/** Acknowledgements come within this long of their claim, or not at all. */
const LAST_KNOWN_MS = 60_000;
const perStore = new WeakMap<Store, LastKnown>();
function lastKnown(store: Store): LastKnown {
  let known = perStore.get(store);
  if (!known) {
    known = new LastKnown(LAST_KNOWN_MS);
    perStore.set(store, known);
  }
  return known;
}
