import { parseArgs } from 'node:util';

/** What a storm is made of. Everything that chance decides in it follows from the seed. */
export interface StormOptions {
  readonly messages: number;
  /** How long messages are enqueued and faults strike, ms; then everything has to drain. */
  readonly durationMs: number;
  readonly seed: number;
  /** `short`: both gateways forget wire ids after 60 s and look at credit before they look for duplicates. */
  readonly memory: 'long' | 'short';
  /** `appendfsync` of Redis. */
  readonly fsync: 'always' | 'everysec';
  /** How often Redis loses its last second. */
  readonly cuts: number;
  /** Largest time for which a process or Redis is frozen or away, ms. */
  readonly longestOutageMs: number;
  /**
   * A message without a report ends after this, ms, counted from its last claim, be it a probe's: longer than a report may take
   * after that (12 s, and a repeat every 3 s where it was not acknowledged).
   */
  readonly reportDeadlineMs: number;
  /** Within this after the last fault every message has its result, ms. */
  readonly drainMs: number;
  /** Pause between two faults of the fleet at most, ms; gateways fail twice as often. */
  readonly faultEveryMs: number;
}

const MINUTE = 60_000;

/** The storm of the command line. @throws RangeError for a value that makes no sense */
export function stormOptions(args: readonly string[]): StormOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string', default: '100000' },
      minutes: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(freshSeed()) },
      memory: { type: 'string' },
      fsync: { type: 'string' },
      cuts: { type: 'string' },
    },
  });
  const seed = wholeNumber('seed', values.seed);
  const minutes = Number(values.minutes);
  if (!(minutes >= 0.5)) throw new RangeError('--minutes must be at least 0.5');
  return {
    messages: wholeNumber('messages', values.messages),
    durationMs: minutes * MINUTE,
    seed,
    memory: choice('memory', values.memory ?? (seed % 2 === 0 ? 'long' : 'short'), ['long', 'short']),
    fsync: choice('fsync', values.fsync ?? (seed % 3 === 0 ? 'everysec' : 'always'), ['always', 'everysec']),
    cuts: wholeNumber('cuts', values.cuts ?? (minutes >= 4 ? '1' : '0')),
    longestOutageMs: minutes >= 4 ? 30_000 : 8_000,
    reportDeadlineMs: minutes >= 4 ? 120_000 : 40_000,
    drainMs: 10 * MINUTE,
    faultEveryMs: 8_000,
  };
}

/** The storm of every test run. */
export function shortStorm(seed: number): StormOptions {
  return {
    messages: 2_000,
    durationMs: 35_000,
    seed,
    memory: seed % 2 === 0 ? 'long' : 'short',
    fsync: seed % 4 < 2 ? 'always' : 'everysec',
    cuts: 0,
    longestOutageMs: 5_000,
    reportDeadlineMs: 30_000,
    drainMs: 150_000,
    faultEveryMs: 5_000,
  };
}

/** The words that repeat a storm. */
export function commandOf(options: StormOptions): string {
  const { messages, durationMs, seed, memory, fsync, cuts } = options;
  const minutes = Math.round((durationMs / MINUTE) * 100) / 100;
  return `npm run storm -- --messages ${messages} --minutes ${minutes} --seed ${seed} --memory ${memory} --fsync ${fsync} --cuts ${cuts}`;
}

/** A seed that no run had. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (value === '' || !Number.isSafeInteger(number) || number < 0) {
    throw new RangeError(`--${name} is no whole number`);
  }
  return number;
}

function choice<T extends string>(name: string, value: string, of: readonly T[]): T {
  const found = of.find((each) => each === value);
  if (found === undefined) throw new RangeError(`--${name} must be one of ${of.join(', ')}`);
  return found;
}
