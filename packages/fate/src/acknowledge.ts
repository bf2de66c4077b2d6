import { reassert, reassertChange } from './assert.js';
import type { MessageRecord, RecordState } from './record.js';
import { compactJob, fieldsOf, readRecord, stateOf } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

/**
 * The steps that follow a gateway's answer, or its absence, as long as they do not settle the message. Each is a
 * compare-and-set on the record: the one that comes too late changes nothing and is told what stands there.
 */
export type StepAnswer =
  | { readonly kind: 'done'; readonly at: number; readonly state: RecordState }
  | { readonly kind: 'passed'; readonly state: RecordState | undefined };

// KEYS 1 record  ARGV 1 wire id
const ACCEPT = script(
  'accept',
  `
local r = redis.call('HMGET', KEYS[1], 's', 'w', 'v')
if (r[1] ~= 'c' and r[1] ~= 'u') or r[2] ~= ARGV[1] then return {'passed', r[1] or ''} end
local version = r[3] + 1
redis.call('HSET', KEYS[1], 's', 'a', 'v', version, 'ta', now)
redis.call('HDEL', KEYS[1], 'tk', 'pb', 'np', 'e', 'tc')
return {'done', now, 'a', version}
`,
);

/**
 * The gateway took it: `claimed` or `uncertain` → `accepted`. A positive answer is true whoever reads it, so it
 * needs no claim token, only the wire id. Waits for Redis.
 */
export async function accept(store: Store, id: string, wireId: string): Promise<StepAnswer> {
  const answer = await store.persist(ACCEPT, [store.keys.record(id)], [wireId]);
  if (answer[0] === 'done') {
    const over = ['tk', 'pb', 'np', 'e', 'tc'] as const;
    reassertChange(store, id, String(answer[3]), { s: 'a', ta: String(answer[1]) }, over);
  }
  return readStep(answer);
}

// KEYS 1 record  ARGV 1 prefix 2 id 3 claim token 4 next attempt 5 attempts JSON or '' 6 too-often count
//                7 job that carries it from now, or ''
const REQUEUE = script(
  'requeue',
  `
local r = redis.call('HMGET', KEYS[1], 's', 'tk', 'pb', 'g', 'k', 'w')
if r[1] ~= 'c' or r[2] ~= ARGV[3] then return {'passed', r[1] or ''} end
redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('HDEL', KEYS[1], 'tk', 'pb', 'e')
if r[3] then
  -- This write was certainly not taken: what counts is the claim before it, also for the login of the next probe.
  redis.call('HSET', KEYS[1], 's', 'u', 'tc', r[3])
  return {'done', now, 'u', redis.call('HGETALL', KEYS[1])}
end
redis.call('HSET', KEYS[1], 's', 'q', 'n', ARGV[4], 'o', ARGV[6])
if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'at', ARGV[5]) end
if ARGV[7] ~= '' then redis.call('HSET', KEYS[1], 'j', ARGV[7]) end
redis.call('DEL', ARGV[1] .. ':w:' .. r[4] .. '/' .. r[5] .. ':' .. r[6])
redis.call('ZREM', ARGV[1] .. ':deadlines:' .. r[4], ARGV[2])
-- Nothing of it stands at any gateway now.
redis.call('HDEL', KEYS[1], 'g', 'k', 'ag', 'w', 'tf', 'tc', 'd')
return {'done', now, 'q', redis.call('HGETALL', KEYS[1])}
`,
);

export interface RequeueRequest {
  readonly id: string;
  readonly token: string;
  /** The attempt that the next claim makes: the same number where nothing was written or the gateway was only throttling. */
  readonly nextAttempt: number;
  /** Attempts that are over, for the result. */
  readonly attempts?: readonly object[];
  readonly tooOften?: number;
  /** `<queue>:<job id>` of the job that carries it from now on, where that is another one. */
  readonly job?: string;
}

/**
 * The message was certainly not taken by this write (throttled, refused for now, or nothing was written):
 * `claimed` → `queued`; a probe goes back to `uncertain` instead, since its earlier write still counts. Waits for Redis.
 */
export async function requeue(store: Store, request: RequeueRequest): Promise<StepAnswer> {
  const answer = await store.persist(
    REQUEUE,
    [store.keys.record(request.id)],
    [
      store.keys.prefix,
      request.id,
      request.token,
      request.nextAttempt,
      request.attempts ? JSON.stringify(request.attempts) : '',
      request.tooOften ?? 0,
      request.job === undefined ? '' : compactJob(request.id, request.job),
    ],
  );
  if (answer[0] === 'done') reassert(store, request.id, fieldsOf(answer[3] as unknown[]));
  return readStep(answer);
}

// KEYS 1 record  ARGV 1 claim token 2 '1' when no further probe is to be made 3 job that carries it from now, or '' 4 step
const UNCERTAIN = script(
  'uncertain',
  `
local r = redis.call('HMGET', KEYS[1], 's', 'tk', 'p')
if not ((r[1] == 'c' and r[2] == ARGV[1]) or (r[1] == 'u' and r[3] == ARGV[4])) then return {'passed', r[1] or ''} end
redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('HDEL', KEYS[1], 'tk', 'pb', 'e')
redis.call('HSET', KEYS[1], 's', 'u')
if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'np', '1') end
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'j', ARGV[3]) end
return {'done', now, 'u', redis.call('HGETALL', KEYS[1])}
`,
);

/**
 * Written, or possibly written, and not answered: `claimed` → `uncertain`. With `endProbes` only its report or its
 * deadline ends it. `job` is the job that carries it from now on, `step` the step that was written, 0 when left out: a
 * report may have ended it meanwhile. Waits for Redis.
 */
export async function markUncertain(
  store: Store,
  id: string,
  token: string,
  options: { readonly endProbes?: boolean; readonly job?: string; readonly step?: number } = {},
): Promise<StepAnswer> {
  const answer = await store.persist(
    UNCERTAIN,
    [store.keys.record(id)],
    [
      token,
      options.endProbes ? '1' : '',
      options.job === undefined ? '' : compactJob(id, options.job),
      options.step ?? 0,
    ],
  );
  if (answer[0] === 'done') reassert(store, id, fieldsOf(answer[3] as unknown[]));
  return readStep(answer);
}

/** Reads a record as it stands; undefined when there is none. */
export async function readMessage(store: Store, id: string): Promise<MessageRecord | undefined> {
  const fields = await store.redis.hgetall(store.keys.record(id));
  return readRecord(id, Object.keys(fields).length === 0 ? undefined : fields);
}

/** The message id behind a wire id, if any. */
export async function findByWireId(
  store: Store,
  gateway: string,
  account: string,
  wireId: string,
): Promise<string | undefined> {
  return (await store.redis.get(store.keys.wire(gateway, account, wireId))) ?? undefined;
}

function readStep(answer: readonly unknown[]): StepAnswer {
  if (answer[0] === 'done') {
    const state = stateOf(String(answer[2]));
    if (!state) throw new Error('a step answered with an unknown state');
    return { kind: 'done', at: Number(answer[1]), state };
  }
  return { kind: 'passed', state: stateOf(String(answer[1])) };
}
