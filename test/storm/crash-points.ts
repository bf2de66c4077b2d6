/** How many steps that a trap waits for a command makes, in the fleet with this prefix. Words as they were sent. */
type Counter = (words: readonly string[], prefix: string) => number;

/** One Lua step as it was sent. */
interface SentStep {
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

/** The Lua steps of a command: its last word has the keys and arguments of each, those of one tick in one command. */
function stepsOf(words: readonly string[]): readonly SentStep[] {
  const packed = words.at(-1) ?? '';
  if (!/^eval(sha)?$/i.test(words[0] ?? '') || !packed.startsWith('[[')) return [];
  return (JSON.parse(packed) as [string[], string[]][]).map(([keys, args]) => ({ keys, args }));
}

/** Counts such steps. The first key of each is the record. */
const step =
  (keys: number, is: (sent: SentStep, prefix: string) => boolean): Counter =>
  (words, prefix) =>
    stepsOf(words).filter(
      (sent) =>
        sent.keys.length === keys && (sent.keys[0] ?? '').startsWith(`${prefix}:m:`) && is(sent, prefix),
    ).length;

const settle = (kind: string, keys = 3): Counter =>
  step(
    keys,
    ({ keys: its, args }, prefix) =>
      its[1] === `${prefix}:outbox` && its[2] === `${prefix}:next-steps` && args[2] === kind,
  );

/** The steps of the fate as they look on their way to Redis. */
export const STEPS = {
  claim: step(5, ({ keys }) => (keys[1] ?? '').endsWith(':lock')),
  accept: step(1, ({ args }) => args.length === 1 && /^\d{20}$/.test(args[0] ?? '')),
  // The last key is the index of the wire id.
  'settle (report)': settle('report', 4),
  'settle (refusal)': settle('refused'),
  'settle (deadline)': settle('deadline'),
  'settle (expiry)': settle('unsent'),
  publish: (words, prefix) =>
    Number(
      /^evalsha$/i.test(words[0] ?? '') &&
        words.some((word) => word.startsWith(`${prefix}:results:`)) &&
        words.some((word) => word.includes('"status"')),
    ),
  'clear the outbox': step(
    4,
    ({ keys }, prefix) => keys[1] === `${prefix}:outbox` && keys[3] === `${prefix}:graves`,
  ),
  'end the job': (words, prefix) =>
    Number(
      /^evalsha$/i.test(words[0] ?? '') &&
        words.some((word) => word.startsWith(`${prefix}:`) && word.endsWith(':completed')) &&
        words.some((word) => word.startsWith('m-')),
    ),
} as const satisfies Readonly<Record<string, Counter>>;

export type Step = keyof typeof STEPS;

/** What happens at the point. */
export type Blow =
  /** kill -9. */
  | 'killed'
  /** All of its connections to Redis are cut, and new ones are let through. */
  | 'cut off'
  /** SIGSTOP for longer than its lock and its lease last. */
  | 'frozen'
  /** The job's lock is somebody else's by then. */
  | 'robbed of its locks';

/** One row of the table. */
export interface CrashPoint {
  readonly role: 'sender' | 'receiver';
  readonly gateway: 'lghv' | 'smtnt';
  readonly when: 'before' | 'after';
  readonly step: Step;
  readonly blow: Blow;
}

const row = (
  role: CrashPoint['role'],
  gateway: CrashPoint['gateway'],
  step: Step,
  blows: readonly Blow[],
  whens: readonly CrashPoint['when'][] = ['before', 'after'],
): CrashPoint[] => blows.flatMap((blow) => whens.map((when) => ({ role, gateway, step, blow, when })));

const BOTH = ['killed', 'cut off'] as const;

/** Every crash point: before and after each step, of whoever makes it. SMTNT's sender takes reports too. */
export const CRASH_POINTS: readonly CrashPoint[] = [
  ...row('sender', 'lghv', 'claim', BOTH),
  ...row('sender', 'lghv', 'accept', BOTH),
  ...row('sender', 'lghv', 'end the job', BOTH),
  ...row('sender', 'lghv', 'settle (refusal)', BOTH),
  ...row('sender', 'smtnt', 'claim', ['killed'], ['after']),
  ...row('sender', 'smtnt', 'accept', ['killed'], ['before']),
  ...row('sender', 'smtnt', 'settle (report)', BOTH),
  ...row('sender', 'smtnt', 'publish', ['killed']),
  ...row('receiver', 'lghv', 'settle (report)', BOTH),
  ...row('receiver', 'lghv', 'publish', BOTH),
  ...row('receiver', 'lghv', 'clear the outbox', BOTH),
  ...row('receiver', 'lghv', 'settle (deadline)', BOTH),
  ...row('receiver', 'lghv', 'settle (expiry)', BOTH),
  ...row('sender', 'lghv', 'claim', ['frozen', 'robbed of its locks'], ['before']),
  ...row('sender', 'lghv', 'accept', ['frozen', 'robbed of its locks'], ['before']),
  ...row('sender', 'smtnt', 'claim', ['frozen'], ['before']),
];
