import type { Flags, Given } from '../command.js';
import { isSet, JSON_FLAG, textFlag } from '../command.js';
import { UsageError } from '../failure.js';
import type { Durability, GatewayChoice } from './fleet-config.js';
import { MAX_TEXT_BYTES } from './payload.js';

/** A grant so high that the pace is not what is measured. */
const OUT_OF_REACH = 20_000;

/** What `pabal bench fleet` is asked for. */
export interface FleetBenchOptions {
  readonly messages: number;
  readonly senders: number;
  /** Each path's runs; they alternate. */
  readonly rounds: number;
  readonly durability: Durability;
  readonly gateways: readonly GatewayChoice[];
  /** Bytes of a text in CP949. */
  readonly textBytes: number;
  readonly seed: number;
  /** Submits a second granted to each agent. */
  readonly grant: number;
  /** Messages a second that are put in; absent: as fast as they are taken. */
  readonly ratePerSecond?: number;
  /** Folder for CPU profiles of our processes. */
  readonly profile?: string;
  /** Also runs with the same messages in batches. */
  readonly batches: boolean;
  readonly memory: boolean;
  readonly json: boolean;
}

export const FLEET_FLAGS: Flags = {
  messages: { type: 'string', value: 'N', help: 'messages of each run; default 20000' },
  senders: { type: 'string', value: 'N', help: 'sender processes, 1 to 16; default 1' },
  rounds: { type: 'string', value: 'N', help: 'runs of each path, at least 2; default 3' },
  durability: {
    type: 'string',
    value: 'HOW',
    help: 'memory (no append-only file; default) or fsync (each write on disk before its answer)',
  },
  gateway: { type: 'string', value: 'NAME', help: 'lghv, smtnt or both (default)' },
  'payload-bytes': {
    type: 'string',
    value: 'N',
    help: `bytes of each text, 20 to ${MAX_TEXT_BYTES}; default 80, and LMS above 90`,
  },
  rate: {
    type: 'string',
    value: 'N',
    help: 'messages a second put in, for latencies without a backlog; default: as fast as they are taken',
  },
  grant: {
    type: 'string',
    value: 'N',
    help: `submits a second granted to each agent; default ${OUT_OF_REACH}, more than one can make`,
  },
  batches: { type: 'boolean', help: 'also runs with the same messages in batches, as the client makes them' },
  memory: {
    type: 'boolean',
    help: 'also what a message takes in Redis while it waits, pends and is settled',
  },
  profile: { type: 'string', value: 'DIR', help: 'writes a CPU profile of each of our processes there' },
  seed: { type: 'string', value: 'N', help: 'of texts, numbers and simulators; default 1' },
  ...JSON_FLAG,
};

/** What `--gateway` takes. */
export const GATEWAY_CHOICES: Readonly<Record<string, readonly GatewayChoice[]>> = {
  lghv: ['lghv'],
  smtnt: ['smtnt'],
  both: ['lghv', 'smtnt'],
};

/** @throws UsageError naming the flag, what it takes and what was given */
export function fleetOptions(given: Given): FleetBenchOptions {
  const gateways = GATEWAY_CHOICES[choice(given, 'gateway', Object.keys(GATEWAY_CHOICES), 'both')] ?? [];
  const durability = choice(given, 'durability', ['memory', 'fsync'] as const, 'memory');
  const rate = whole(given, 'rate', { least: 1, most: 1_000_000 });
  const profile = textFlag(given, 'profile');
  return {
    messages: whole(given, 'messages', { least: 10, most: 5_000_000 }) ?? 20_000,
    senders: whole(given, 'senders', { least: 1, most: 16 }) ?? 1,
    rounds: whole(given, 'rounds', { least: 2, most: 100 }) ?? 3,
    durability,
    gateways,
    textBytes: whole(given, 'payload-bytes', { least: 20, most: MAX_TEXT_BYTES }) ?? 80,
    seed: whole(given, 'seed', { least: 0, most: 4_294_967_295 }) ?? 1,
    grant: whole(given, 'grant', { least: 1, most: 99_999 }) ?? OUT_OF_REACH,
    ...(rate === undefined ? {} : { ratePerSecond: rate }),
    ...(profile === undefined ? {} : { profile }),
    batches: isSet(given, 'batches'),
    memory: isSet(given, 'memory'),
    json: isSet(given, 'json'),
  };
}

/** One of a few words. @throws UsageError */
export function choice<T extends string>(given: Given, name: string, known: readonly T[], usual: T): T {
  const text = textFlag(given, name);
  if (text === undefined) return usual;
  const found = known.find((one) => one === text);
  if (found === undefined) throw new UsageError(`--${name} must be ${known.join(' or ')}, is ${text}`);
  return found;
}

/** A whole number within bounds; undefined where the flag is not given. @throws UsageError */
export function whole(
  given: Given,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const text = textFlag(given, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, is ${text}`);
}
