import { createHash } from 'node:crypto';

/** One Lua step: its text and the hash under which Redis caches it. */
export interface Script {
  readonly name: string;
  readonly lua: string;
  readonly sha: string;
}

/** Fleet time inside a step: epoch milliseconds by Redis' own clock, the only clock that all processes share. */
const PRELUDE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** Declares a Lua step. `now` (epoch ms) is there for it. */
export function script(name: string, body: string): Script {
  const lua = `${PRELUDE}${body}`;
  return { name, lua, sha: createHash('sha1').update(lua).digest('hex') };
}
