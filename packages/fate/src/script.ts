import { createHash } from 'node:crypto';

/** A text that Redis runs, and the hash under which it caches it. */
export interface Lua {
  readonly lua: string;
  readonly sha: string;
}

/** One Lua step. */
export interface Script extends Lua {
  readonly name: string;
  /** The same for several at once, see {@link Together}. */
  readonly many: Lua;
}

/** Fleet time inside a step: epoch milliseconds by Redis' own clock, the only clock that all processes share. */
const PRELUDE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** With this word begins the answer of a step that Redis refused, where it was one of several. */
export const REFUSED = '!';

// ARGV 1 number of steps, then for each the numbers of its keys and arguments, and its arguments; KEYS: those of all
const EACH = `
local answers, key, arg = {}, 0, 1
for i = 1, tonumber(ARGV[1]) do
  local keys, args = {}, {}
  local keyCount, argCount = tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2])
  for n = 1, keyCount do keys[n] = KEYS[key + n] end
  for n = 1, argCount do args[n] = ARGV[arg + 2 + n] end
  key, arg = key + keyCount, arg + 2 + argCount
  local done, answer = pcall(step, keys, args)
  if not done then answer = {'${REFUSED}', type(answer) == 'table' and answer.err or tostring(answer)} end
  answers[i] = answer
end
return answers
`;

/** Declares a Lua step. `now` (epoch ms) is there for it. */
export function script(name: string, body: string): Script {
  const many = `${PRELUDE}local function step(KEYS, ARGV)${body}end\n${EACH}`;
  return { name, ...hashed(`${PRELUDE}${body}`), many: hashed(many) };
}

function hashed(lua: string): Lua {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}
