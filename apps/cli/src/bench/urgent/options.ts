import type { Flags, Given } from '../../command.js';
import { isSet, JSON_FLAG } from '../../command.js';
import type { GatewayChoice } from '../fleet-config.js';
import { choice, whole } from '../options.js';

/** How the backlog waits: a job for each message, or batches as the client makes them. */
export type Backlog = 'singles' | 'batches';

/** What `pabal bench urgent` is asked for. */
export interface UrgentBenchOptions {
  readonly gateway: GatewayChoice;
  /** Bulk messages that wait. */
  readonly waiting: number;
  readonly backlogs: readonly Backlog[];
  /** Submits a second granted to the one agent. */
  readonly grant: number;
  /** How long urgent messages come at each load. */
  readonly seconds: number;
  readonly seed: number;
  readonly json: boolean;
}

export const URGENT_FLAGS: Flags = {
  waiting: { type: 'string', value: 'N', help: 'bulk messages that wait; default 1000000' },
  backlog: { type: 'string', value: 'HOW', help: 'singles, batches or both (default), one after the other' },
  grant: { type: 'string', value: 'N', help: 'submits a second granted; default 1000' },
  seconds: {
    type: 'string',
    value: 'N',
    help: 'how long urgent ones come at each load, 2 to 600; default 10',
  },
  gateway: { type: 'string', value: 'NAME', help: 'lghv (default) or smtnt' },
  seed: { type: 'string', value: 'N', help: 'of texts, numbers and simulators; default 1' },
  ...JSON_FLAG,
};

/** @throws UsageError naming the flag, what it takes and what was given */
export function urgentOptions(given: Given): UrgentBenchOptions {
  const backlog = choice(given, 'backlog', ['singles', 'batches', 'both'] as const, 'both');
  return {
    gateway: choice(given, 'gateway', ['lghv', 'smtnt'] as const, 'lghv'),
    waiting: whole(given, 'waiting', { least: 1_000, most: 5_000_000 }) ?? 1_000_000,
    backlogs: backlog === 'both' ? ['singles', 'batches'] : [backlog],
    grant: whole(given, 'grant', { least: 10, most: 99_999 }) ?? 1_000,
    seconds: whole(given, 'seconds', { least: 2, most: 600 }) ?? 10,
    seed: whole(given, 'seed', { least: 0, most: 4_294_967_295 }) ?? 1,
    json: isSet(given, 'json'),
  };
}
