/** A command that a trap waits for, among those of the fleet with this prefix. Words as they were sent. */
type Matcher = (words: readonly string[], prefix: string) => boolean;

/** The first words of every Lua step are EVALSHA (or EVAL), a name, the number of keys, and the first key: the record. */
const stepOf = (words: readonly string[], keys: number, prefix: string): boolean =>
  /^eval(sha)?$/i.test(words[0] ?? '') &&
  words[2] === String(keys) &&
  (words[3] ?? '').startsWith(`${prefix}:m:`);

const settle =
  (kind: string): Matcher =>
  (words, prefix) =>
    stepOf(words, 3, prefix) && words[4] === `${prefix}:outbox` && words[8] === kind;

/** The steps of the fate as they look on their way to Redis. */
export const STEPS = {
  claim: (words, prefix) => stepOf(words, 5, prefix) && (words[4] ?? '').endsWith(':lock'),
  accept: (words, prefix) =>
    stepOf(words, 1, prefix) && words.length === 5 && /^\d{20}$/.test(words[4] ?? ''),
  'settle (report)': settle('report'),
  'settle (refusal)': settle('refused'),
  'settle (deadline)': settle('deadline'),
  'settle (expiry)': settle('unsent'),
  publish: (words, prefix) =>
    /^evalsha$/i.test(words[0] ?? '') &&
    words.some((word) => word.startsWith(`${prefix}:results:`)) &&
    words.some((word) => word.includes('"status"')),
  'clear the outbox': (words, prefix) => stepOf(words, 4, prefix) && words[4] === `${prefix}:outbox`,
  'end the job': (words, prefix) =>
    /^evalsha$/i.test(words[0] ?? '') &&
    words.some((word) => word.startsWith(`${prefix}:`) && word.endsWith(':completed')) &&
    words.some((word) => word.startsWith('m-')),
} as const satisfies Readonly<Record<string, Matcher>>;

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
