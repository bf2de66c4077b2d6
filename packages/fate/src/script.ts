import { createHash } from 'node:crypto';

/**
 * One Lua step: a text that Redis runs, and the hash under which it caches it. It takes any number of turns at once, packed
 * by {@link packTurns}, and answers for all of them in one text that {@link readAnswers} reads.
 */
export interface Script {
  readonly name: string;
  readonly lua: string;
  readonly sha: string;
}

/** One turn of a step: what its body finds in `KEYS` and `ARGV`. */
export interface Turn {
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/**
 * Fleet time inside a step, `now`: epoch milliseconds by Redis' own clock, the only clock that all processes share. And `once`:
 * reads what no turn of the step changes, for all turns that are made together.
 */
const PRELUDE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local read = {}
local function once(command, key, ...)
  local value = read[key]
  if value == nil then
    value = redis.call(command, key, ...)
    read[key] = value
  end
  return value
end
`;

/** With this word begins the answer of a turn that Redis refused. */
const REFUSED = '!';

// KEYS 1 one of the keys, which tells a cluster where the fleet's keys lie  ARGV 1 turns, JSON: their keys and arguments
const EACH = `
local turns = cjson.decode(ARGV[1])
local answers = {}
for i, turn in ipairs(turns) do
  local done, answer = pcall(step, turn[1], turn[2])
  if not done then
    local text = type(answer) == 'table' and answer.err or tostring(answer)
    -- Nothing is written by any of them: the connection itself must hear of it, and look for the master.
    if string.find(text, 'READONLY', 1, true) then return redis.error_reply('READONLY this server is a replica') end
    answer = {'${REFUSED}', text}
  end
  answers[i] = answer
end
return cjson.encode(answers)
`;

/** Declares a Lua step, the body of a function of `KEYS` and `ARGV` that answers with a table. `now` (epoch ms) and `once` are there for it. */
export function script(name: string, body: string): Script {
  const lua = `${PRELUDE}local function step(KEYS, ARGV)${body}end\n${EACH}`;
  return { name, lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/**
 * What EVALSHA is given after the script: the number of its keys, a key and the turns. Everything is in one text, since
 * each further word of a command costs the client and Redis more than its place in a JSON array does. Pure.
 */
export function packTurns(turns: readonly Turn[]): [keyCount: number, ...words: string[]] {
  const packed = JSON.stringify(turns.map(({ keys, args }) => [keys, args.map(String)]));
  const key = turns.find(({ keys }) => keys.length > 0)?.keys[0];
  return key === undefined ? [0, packed] : [1, key, packed];
}

/** The answers of all turns, in their order. Pure. @throws Error for a text that no step answers with */
export function readAnswers(packed: unknown): readonly TurnAnswer[] {
  const answers: unknown = JSON.parse(String(packed));
  if (!Array.isArray(answers)) throw new Error('a step answered with no list');
  return answers.map((answer: unknown): TurnAnswer => {
    const values = asRedisAnswers(answer);
    const [first, second] = values;
    return first === REFUSED ? { refusal: new Error(errorText(String(second))) } : { values };
  });
}

/** What one turn came to: its answer, or why Redis refused a command of it. */
export type TurnAnswer = { readonly values: unknown[] } | { readonly refusal: Error };

/** A table as Redis itself would answer it: an empty one is a list, `false` is what is not there, `true` is 1. */
function asRedisAnswers(table: unknown): unknown[] {
  if (!Array.isArray(table)) return [];
  const values: unknown[] = table;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === 'boolean') values[i] = value ? 1 : null;
    else if (typeof value === 'object' && value !== null) values[i] = asRedisAnswers(value);
  }
  return values;
}

/** Redis before 7 tells the place in the script before what went wrong. */
function errorText(text: string): string {
  return text.replace(/^(?:@?user_script: ?)?(?:\d+: )?-?/, '');
}
