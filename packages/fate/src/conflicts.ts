import { createHash } from 'node:crypto';
import { KEEP_FOR_REPEAT } from './record.js';
import { script } from './script.js';
import type { Store } from './store.js';

/** A message right after it was put into its queue. */
export interface EnqueuedMessage {
  readonly id: string;
  /** `<queue>:<job id>` that it was put under. */
  readonly job: string;
  /** The job's data as it was handed over, JSON. */
  readonly data: string;
  readonly payloadHash: string;
}

/** What stands under the id of a message instead of it. */
export type Standing =
  /** A record of another payload: it is, or was, another message. */
  | { readonly kind: 'record' }
  /** Another job of the same id, into which this one folded: its data, JSON. Perhaps only spelled otherwise. */
  | { readonly kind: 'job'; readonly data: string };

/** So many messages in one step. */
const CHUNK = 250;

// ARGV 1 prefix, then of each message: id, job, SHA-1 of its data, payload hash
const STANDING = script(
  'standing',
  `${KEEP_FOR_REPEAT}
local answer = {}
for i = 2, #ARGV, 4 do
  local hash = redis.call('HGET', ARGV[1] .. ':m:' .. ARGV[i], 'h')
  if hash == ARGV[i + 3] then keepForRepeat(ARGV[1], ARGV[i]) end
  if hash and hash ~= ARGV[i + 3] then
    answer[#answer + 1] = {(i - 2) / 4}
  else
    local data = redis.call('HGET', ARGV[1] .. ':' .. ARGV[i + 1], 'data')
    if data and redis.sha1hex(data) ~= ARGV[i + 2] then answer[#answer + 1] = {(i - 2) / 4, data} end
  end
end
return answer
`,
);

/**
 * What stands under the ids of these messages instead of them, in their order; undefined where nothing does. BullMQ folds
 * whatever comes under a job id that is there, without a word: only a look afterwards tells. The record of a message that
 * has its result already is kept for as long as the repeat waits. @throws StoreUnavailable
 */
export async function standingInstead(
  store: Store,
  messages: readonly EnqueuedMessage[],
): Promise<readonly (Standing | undefined)[]> {
  const found = new Map<EnqueuedMessage, Standing>();
  for (let from = 0; from < messages.length; from += CHUNK) {
    const chunk = messages.slice(from, from + CHUNK);
    const args = chunk.flatMap(({ id, job, data, payloadHash }) => [id, job, sha1(data), payloadHash]);
    const answer = await store.run(STANDING, [], [store.keys.prefix, ...args]);
    for (const [place, data] of answer as [number, string?][]) {
      const message = chunk[place];
      if (message) found.set(message, data === undefined ? { kind: 'record' } : { kind: 'job', data });
    }
  }
  return messages.map((message) => found.get(message));
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
