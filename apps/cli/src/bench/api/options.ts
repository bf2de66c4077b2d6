import type { Flags, Given } from '../../command.js';
import { isSet, JSON_FLAG, textFlag } from '../../command.js';
import type { Durability } from '../fleet-config.js';
import { choice, whole } from '../options.js';

/** What `pabal bench api` is asked for. */
export interface ApiBenchOptions {
  /** Requests with one message each, of each run. */
  readonly requests: number;
  /** Messages in bulk, of each run. */
  readonly messages: number;
  /** Messages of a bulk request. */
  readonly bulk: number;
  /** Requests with one message under way at once; of bulk requests an eighth of it. */
  readonly connections: number;
  readonly rounds: number;
  readonly durability: Durability;
  /** Bytes of a text in CP949. */
  readonly textBytes: number;
  readonly seed: number;
  /** Folder for a CPU profile of the API. */
  readonly profile?: string;
  readonly json: boolean;
}

export const API_BENCH_FLAGS: Flags = {
  requests: { type: 'string', value: 'N', help: 'requests with one message, of each run; default 20000' },
  messages: { type: 'string', value: 'N', help: 'messages in bulk, of each run; default 100000' },
  bulk: { type: 'string', value: 'N', help: 'messages of a bulk request, 1 to 1000; default 1000' },
  connections: {
    type: 'string',
    value: 'N',
    help: 'requests under way at once; default 64, in bulk an eighth',
  },
  rounds: { type: 'string', value: 'N', help: 'runs of each way; default 3' },
  durability: {
    type: 'string',
    value: 'HOW',
    help: 'memory (no append-only file; default) or fsync (each write on disk before its answer)',
  },
  'payload-bytes': { type: 'string', value: 'N', help: 'bytes of each text, 20 to 2000; default 80' },
  profile: { type: 'string', value: 'DIR', help: 'writes a CPU profile of the API there' },
  seed: { type: 'string', value: 'N', help: 'of texts and numbers; default 1' },
  ...JSON_FLAG,
};

/** @throws UsageError naming the flag, what it takes and what was given */
export function apiBenchOptions(given: Given): ApiBenchOptions {
  const profile = textFlag(given, 'profile');
  return {
    requests: whole(given, 'requests', { least: 10, most: 5_000_000 }) ?? 20_000,
    messages: whole(given, 'messages', { least: 10, most: 50_000_000 }) ?? 100_000,
    bulk: whole(given, 'bulk', { least: 1, most: 1_000 }) ?? 1_000,
    connections: whole(given, 'connections', { least: 1, most: 1_000 }) ?? 64,
    rounds: whole(given, 'rounds', { least: 1, most: 100 }) ?? 3,
    durability: choice(given, 'durability', ['memory', 'fsync'] as const, 'memory'),
    textBytes: whole(given, 'payload-bytes', { least: 20, most: 2_000 }) ?? 80,
    seed: whole(given, 'seed', { least: 0, most: 4_294_967_295 }) ?? 1,
    ...(profile === undefined ? {} : { profile }),
    json: isSet(given, 'json'),
  };
}
