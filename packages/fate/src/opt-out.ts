import { script } from './script.js';
import type { Store } from './store.js';

/** Stands for every opt-out number: the recipient wants no commercial message at all, or nobody said which. */
export const ANY_NUMBER = '*';

/** A recipient who wants no commercial messages that name this opt-out number. */
export interface OptOut {
  /** Digits. */
  readonly recipient: string;
  /** Digits, or {@link ANY_NUMBER}. */
  readonly optOutNumber: string;
  /** Epoch ms; the first time that it was told. */
  readonly at: number;
}

// KEYS 1 opt-outs of the recipient 2 all opt-outs  ARGV 1 recipient 2 opt-out number
const ADD = script(
  'add-opt-out',
  `
if redis.call('HSETNX', KEYS[1], ARGV[2], now) == 0 then return {'known'} end
redis.call('ZADD', KEYS[2], now, ARGV[1] .. '/' .. ARGV[2])
return {'added'}
`,
);

// KEYS and ARGV as above; without a number all of the recipient's
const REMOVE = script(
  'remove-opt-out',
  `
local numbers = {ARGV[2]}
if ARGV[2] == '' then numbers = redis.call('HKEYS', KEYS[1]) end
local removed = 0
for _, number in ipairs(numbers) do
  removed = removed + redis.call('HDEL', KEYS[1], number)
  redis.call('ZREM', KEYS[2], ARGV[1] .. '/' .. number)
end
return {removed}
`,
);

/**
 * Lua of the claim: does the recipient's hash speak against a commercial message of this opt-out number? One that names
 * no number ({@link ANY_NUMBER}) is held up by any entry, since nobody could tell which of them it is about.
 */
export const OPTED_OUT = `
local function optedOut(key, number)
  if number == '${ANY_NUMBER}' then return redis.call('EXISTS', key) == 1 end
  local known = redis.call('HMGET', key, number, '${ANY_NUMBER}')
  return (known[1] or known[2]) and true or false
end
`;

/** Remembers for good that a recipient opted out; a repeat changes nothing. Waits for Redis. */
export async function addOptOut(store: Store, recipient: string, optOutNumber = ANY_NUMBER): Promise<void> {
  await store.persist(ADD, optOutKeys(store, recipient), [recipient, optOutNumber]);
}

/**
 * Forgets an opt-out, or all of a recipient's when no number is given: the recipient agreed anew. Answers how many there
 * were.
 * @throws StoreUnavailable
 */
export async function removeOptOut(store: Store, recipient: string, optOutNumber?: string): Promise<number> {
  const answer = await store.run(REMOVE, optOutKeys(store, recipient), [recipient, optOutNumber ?? '']);
  return Number(answer[0]);
}

/** What a recipient opted out of; empty when of nothing. */
export async function optOutsOf(store: Store, recipient: string): Promise<OptOut[]> {
  const entries = await store.redis.hgetall(store.keys.optOut(recipient));
  return Object.entries(entries).map(([optOutNumber, at]) => ({ recipient, optOutNumber, at: Number(at) }));
}

export interface OptOutPage {
  readonly optOuts: readonly OptOut[];
  /** Where the next page begins; absent after the last one. */
  readonly next?: string;
}

/**
 * All opt-outs in the order in which they were told, a page at a time.
 * @param from `next` of the page before; without it from the first one
 */
export async function optOuts(
  store: Store,
  { from, limit = 1_000 }: { readonly from?: string; readonly limit?: number } = {},
): Promise<OptOutPage> {
  const { at, seen } = readCursor(from);
  const { redis, keys } = store;
  const flat = await redis.zrangebyscore(keys.optOuts, at, '+inf', 'WITHSCORES', 'LIMIT', seen, limit);
  const page: OptOut[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const [recipient = '', optOutNumber = ''] = String(flat[i]).split('/');
    page.push({ recipient, optOutNumber, at: Number(flat[i + 1]) });
  }
  const last = page.at(-1);
  if (!last || page.length < limit) return { optOuts: page };
  const sameTime = page.filter((each) => each.at === last.at).length;
  return { optOuts: page, next: `${last.at}-${last.at === at ? seen + sameTime : sameTime}` };
}

/** `<epoch ms>-<how many of that millisecond were seen>`. Anything else begins at the first one. */
function readCursor(from: string | undefined): { readonly at: number; readonly seen: number } {
  const [, at, seen] = /^(\d+)-(\d+)$/.exec(from ?? '') ?? [];
  return { at: Number(at ?? 0), seen: Number(seen ?? 0) };
}

function optOutKeys({ keys }: Store, recipient: string): string[] {
  return [keys.optOut(recipient), keys.optOuts];
}
