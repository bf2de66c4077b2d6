import { type Script, script, type Turn, type TurnAnswer } from './script.js';

/** A server from one start, or one promotion to master, to the next. */
export interface ServerRun {
  readonly id: string;
  readonly uptimeMs: number;
}

// KEYS 1 run  ARGV 1 this run 2 uptime ms 3 how long nobody claims, ms 4 '1' when there are no keys at all 5 '1' for a
//      process that comes from another run
// The key holds the run that was last met and when it was met first, 0 for one that was found empty.
const MEET_RUN = script(
  'meet-run',
  `
local settleIn = tonumber(ARGV[3])
local known, since = string.match(redis.call('GET', KEYS[1]) or '', '^(.*) (%d+)$')
local moved = ARGV[5] == '1'
if known == ARGV[1] and not (moved and since == '0') then
  return {math.max(0, settleIn - (now - tonumber(since)))}
end
local left = settleIn
since = now
if not moved and ARGV[4] == '1' then
  since, left = 0, 0
elseif not moved and not known then
  left = math.max(0, settleIn - tonumber(ARGV[2]))
  since = now - (settleIn - left)
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. string.format('%.0f', since))
return {left}
`,
);

/**
 * How long from now nobody may claim, ms. A run that no process of the fleet has met before may be a server that lost
 * its last second: the first one to meet it starts the time that everybody has to assert what it stored. That holds for
 * processes that start meanwhile, too, which cannot know that they came to another run.
 */
export async function meetRun(
  run: ServerRun,
  options: {
    readonly key: string;
    readonly settleInMs: number;
    /** This process comes from another run. */
    readonly moved: boolean;
    /** There are no keys at all. */
    readonly empty: boolean;
    readonly evaluate: (step: Script, turn: Turn) => Promise<readonly TurnAnswer[]>;
  },
): Promise<number> {
  const { key, settleInMs, moved, empty, evaluate } = options;
  const flags = [empty, moved].map((flag) => (flag ? '1' : ''));
  const args = [run.id, run.uptimeMs, settleInMs, ...flags];
  const [answer] = await evaluate(MEET_RUN, { keys: [key], args });
  if (!answer || 'refusal' in answer) throw answer?.refusal ?? new Error('step meet-run gave no answer');
  return Number(answer.values[0]);
}
