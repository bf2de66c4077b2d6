import { type Store, script } from '@pabal/fate';
import type { Caller } from './caller.js';
import { ApiProblem } from './problem-details.js';

/**
 * KEYS 1… one a caller  ARGV 1 length of a burst, ms, then for each caller: messages a second, and what is asked for, by
 * commas. Answers for each caller a list: 0 for what may go, else ms until it may.
 *
 * A key holds the time up to which what went is paid for. It is never more than a burst ahead, except for what is larger
 * than a burst by itself: that goes when nothing is owed, and the next ones wait for it to be paid.
 */
const ADMIT = script(
  'admit-rate',
  `
local burst = tonumber(ARGV[1])
local answer = {}
for i, key in ipairs(KEYS) do
  local each = 1000 / tonumber(ARGV[2 * i])
  local paid = math.max(now, tonumber(redis.call('GET', key) or 0))
  local verdicts = {}
  for asked in string.gmatch(ARGV[2 * i + 1], '%d+') do
    local cost = tonumber(asked) * each
    local ahead = paid - now
    local wait = math.min(ahead, ahead + cost - burst)
    if wait <= 0 then
      paid = paid + cost
      verdicts[#verdicts + 1] = '0'
    else
      verdicts[#verdicts + 1] = tostring(math.ceil(wait))
    end
  end
  if paid > now then redis.call('SET', key, string.format('%.3f', paid), 'PX', math.ceil(paid - now)) end
  answer[i] = table.concat(verdicts, ',')
end
return answer
`,
);

/** A caller may send its messages of a second at once. */
const BURST_MS = 1_000;

interface Asking {
  readonly messages: number;
  readonly resolve: (waitMs: number) => void;
  readonly reject: (error: unknown) => void;
}

interface Line {
  readonly perSecond: number;
  readonly asking: Asking[];
}

/**
 * Holds each key to its messages a second, over all processes together: what is owed stands in Redis. Requests that come
 * in one tick are asked for in one round trip.
 */
export class RateLimit {
  readonly #store: Store;
  readonly #defer: (run: () => void) => void;
  #lines = new Map<string, Line>();

  /** @param defer calls back once what comes at the same time has come */
  constructor(store: Store, defer: (run: () => void) => void = setImmediate) {
    this.#store = store;
    this.#defer = defer;
  }

  /**
   * Resolves when this caller may send so many messages now.
   * @throws ApiProblem rate-limited
   * @throws StoreUnavailable
   */
  async admit({ name, perSecond }: Caller, messages: number): Promise<void> {
    if (perSecond === undefined) return;
    const waitMs = await new Promise<number>((resolve, reject) => {
      if (this.#lines.size === 0) this.#defer(() => void this.#ask());
      const line = this.#lines.get(name) ?? { perSecond, asking: [] };
      line.asking.push({ messages, resolve, reject });
      this.#lines.set(name, line);
    });
    if (waitMs === 0) return;
    throw new ApiProblem('rate-limited', `the key may send ${perSecond} messages a second`, {
      retryAfter: Math.ceil(waitMs / 1_000),
    });
  }

  async #ask(): Promise<void> {
    const lines = [...this.#lines];
    this.#lines = new Map();
    const keys = lines.map(([name]) => `${this.#store.keys.prefix}:api-rate:${name}`);
    const args = lines.flatMap(([, { perSecond, asking }]) => [
      perSecond,
      asking.map(({ messages }) => messages).join(','),
    ]);
    try {
      const answers = await this.#store.run(ADMIT, keys, [BURST_MS, ...args]);
      for (const [index, [, { asking }]] of lines.entries()) {
        const verdicts = String(answers[index]).split(',');
        for (const [place, { resolve }] of asking.entries()) resolve(Number(verdicts[place]));
      }
    } catch (error) {
      for (const [, { asking }] of lines) for (const { reject } of asking) reject(error);
    }
  }
}
