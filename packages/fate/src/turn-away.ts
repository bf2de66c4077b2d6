import { reassert } from './assert.js';
import type { AttemptRecord, MessageRecord } from './record.js';
import { compactJob, fieldsOf, readRecord } from './record.js';
import { script } from './script.js';
import { initialFields, type UnsentMessage } from './settle.js';
import type { Store } from './store.js';

export type TurnAwayAnswer =
  | { readonly kind: 'turnedAway'; readonly record: MessageRecord }
  /** It was claimed or settled meanwhile; the record as it stands. */
  | { readonly kind: 'passed'; readonly record: MessageRecord }
  /** Another payload stands under this id. */
  | { readonly kind: 'conflict'; readonly record: MessageRecord };

// KEYS 1 record  ARGV 1 payload hash 2 next attempt 3 attempts JSON 4 job that carries it from now, or ''
//                5… fields and values of a record that does not exist yet
const TURN_AWAY = script(
  'turn-away',
  `
local r = redis.call('HMGET', KEYS[1], 's', 'h')
if r[1] then
  if r[2] ~= ARGV[1] then return {'conflict', redis.call('HGETALL', KEYS[1])} end
  if r[1] ~= 'q' then return {'passed', redis.call('HGETALL', KEYS[1])} end
else
  redis.call('HSET', KEYS[1], unpack(ARGV, 5))
end
redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('HSET', KEYS[1], 's', 'q', 'n', ARGV[2], 'at', ARGV[3])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'j', ARGV[4]) end
return {'turnedAway', redis.call('HGETALL', KEYS[1])}
`,
);

export interface TurnAwayRequest {
  readonly message: UnsentMessage;
  /** The attempt that the next claim makes. */
  readonly nextAttempt: number;
  /** Attempts that are over, the one that was turned away among them. */
  readonly attempts: readonly AttemptRecord[];
  /** `<queue>:<job id>` of the job that carries it from now on, where that is another one. */
  readonly job?: string;
}

/**
 * A gateway refused what had to be done before the message could be offered to it: no record or `queued` → `queued`, with
 * the attempt written down, so that nobody asks the same gateway again. Waits for Redis.
 */
export async function turnAway(store: Store, request: TurnAwayRequest): Promise<TurnAwayAnswer> {
  const { message, nextAttempt, attempts, job } = request;
  const [kind, flat] = await store.persist(
    TURN_AWAY,
    [store.keys.record(message.id)],
    [
      message.payloadHash,
      nextAttempt,
      JSON.stringify(attempts),
      job === undefined ? '' : compactJob(message.id, job),
      ...Object.entries(initialFields(message)).flat(),
    ],
  );
  const fields = fieldsOf(flat as unknown[]);
  const record = readRecord(message.id, fields);
  if (!record) throw new Error('turn-away answered with a record that does not exist');
  if (kind !== 'turnedAway') return { kind: kind === 'conflict' ? 'conflict' : 'passed', record };
  reassert(store, message.id, fields);
  return { kind, record };
}
