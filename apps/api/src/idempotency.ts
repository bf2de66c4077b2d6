import { createHash, randomUUID } from 'node:crypto';
import { type Store, script } from '@pabal/fate';
import type { Answer } from './answer.js';
import { ApiProblem } from './problem-details.js';

/** KEYS 1 the key  ARGV 1 fingerprint of the request 2 token 3 how long it may take, ms */
const BEGIN = script(
  'begin-idempotent',
  `
local known = redis.call('HMGET', KEYS[1], 'f', 'a')
if not known[1] then
  redis.call('HSET', KEYS[1], 'f', ARGV[1], 't', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return {'begun'}
end
if known[1] ~= ARGV[1] then return {'other'} end
if known[2] then return {'answered', known[2]} end
return {'underWay'}
`,
);

/** KEYS 1 the key  ARGV 1 token 2 answer 3 window, ms */
const FINISH = script(
  'finish-idempotent',
  `
if redis.call('HGET', KEYS[1], 't') ~= ARGV[1] then return {} end
redis.call('HDEL', KEYS[1], 't')
redis.call('HSET', KEYS[1], 'a', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {}
`,
);

/** KEYS 1 the key  ARGV 1 token */
const RELEASE = script(
  'release-idempotent',
  `
if redis.call('HGET', KEYS[1], 't') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {}
`,
);

/** How long a request under way keeps its repeats off. When its process was lost they are carried out after that. */
const UNDER_WAY_MS = 15_000;
const UNDER_WAY_RETRY_SECONDS = 2;
const KEY = /^[\x21-\x7e]{1,255}$/;

/** A request that may be repeated: whose, under which key, and what it asks for. */
export interface IdempotentRequest {
  readonly caller: string;
  /** The header `Idempotency-Key`. */
  readonly key: string;
  /** Method, path with query, and body. */
  readonly content: readonly (string | Buffer)[];
}

/** What ids are made from where a request has none: the same request makes the same ones. */
export type MakeId = (place: number) => string;

/**
 * Requests with an `Idempotency-Key`: carried out once, and answered the same again for the window in which ids are known.
 * The messages of a request without ids of its own get ids from its key and content, so that one that was carried out and
 * not noted (its process was lost in between) folds into itself when it is repeated.
 */
export class Idempotency {
  readonly #store: Store;
  readonly #windowMs: number;

  constructor(store: Store, windowMs: number) {
    this.#store = store;
    this.#windowMs = windowMs;
  }

  /**
   * Carries a request out, or answers what it was answered before. Only what succeeded is kept.
   * @throws ApiProblem invalid-request, idempotency-key-reused, idempotency-under-way, and what `run` throws
   * @throws StoreUnavailable
   */
  async once(request: IdempotentRequest, run: (makeId: MakeId) => Promise<Answer>): Promise<Answer> {
    assertKey(request.key);
    const fingerprint = hashOf(request.content);
    const place = hashOf([request.caller, '\n', request.key]);
    const key = `${this.#store.keys.prefix}:idempotency:${place.subarray(0, 18).toString('base64url')}`;
    const token = randomUUID();
    const [kind, answer] = await this.#store.run(
      BEGIN,
      [key],
      [fingerprint.toString('base64url'), token, UNDER_WAY_MS],
    );
    if (kind === 'answered') return replayed(String(answer));
    if (kind === 'other') throw reused();
    if (kind === 'underWay') throw underWay();
    try {
      const done = await run((index) => derivedId(place, fingerprint, index));
      // What is not noted is carried out again by a repeat, and folds.
      await this.#store.run(FINISH, [key], [token, JSON.stringify(done), this.#windowMs]).catch(() => {});
      return done;
    } catch (error) {
      await this.#store.run(RELEASE, [key], [token]).catch(() => {});
      throw error;
    }
  }
}

function assertKey(key: string): void {
  if (KEY.test(key)) return;
  const field = 'Idempotency-Key';
  const message = `${field} must be 1 to 255 printable ASCII characters`;
  throw new ApiProblem('invalid-request', message, {
    problems: [{ field, rule: 'format', message, limit: 255, actual: key.length }],
  });
}

function replayed(text: string): Answer {
  const answer = JSON.parse(text) as Answer;
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}

function reused(): ApiProblem {
  return new ApiProblem('idempotency-key-reused', 'this key came with another request before');
}

function underWay(): ApiProblem {
  return new ApiProblem('idempotency-under-way', 'the first request under this key is not answered yet', {
    retryAfter: UNDER_WAY_RETRY_SECONDS,
  });
}

function hashOf(parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

const ID_CHARACTERS = 26;

/** An id of the message at this place of a request: 26 characters, the same whenever the request is the same. Pure. */
export function derivedId(place: Buffer, fingerprint: Buffer, index: number): string {
  return hashOf([place, fingerprint, String(index)])
    .toString('base64url')
    .slice(0, ID_CHARACTERS);
}
