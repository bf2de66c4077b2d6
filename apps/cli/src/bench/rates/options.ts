import type { Flags, Given } from '../../command.js';
import { isSet, JSON_FLAG, textFlag } from '../../command.js';
import { UsageError } from '../../failure.js';
import type { GatewayChoice } from '../fleet-config.js';
import { choice, GATEWAY_CHOICES, whole } from '../options.js';

/** What `pabal bench rates` is asked for. */
export interface RatesBenchOptions {
  readonly gateways: readonly GatewayChoice[];
  /** Submits a second granted to an agent, one measurement each. */
  readonly grants: readonly number[];
  /** How late submits are answered in the steady runs, ms; one run each. */
  readonly ackDelaysMs: readonly number[];
  /** How long each run sends, and how long it goes on after a take-over. */
  readonly seconds: number;
  readonly steady: boolean;
  readonly takeOver: boolean;
  readonly seed: number;
  readonly json: boolean;
}

export const RATES_FLAGS: Flags = {
  gateway: { type: 'string', value: 'NAME', help: 'lghv, smtnt or both (default)' },
  grant: { type: 'string', value: 'N,…', help: 'submits a second granted; default 10,100,1000' },
  'ack-delay': { type: 'string', value: 'MS,…', help: 'how late submits are answered; default 10,100,1000' },
  seconds: { type: 'string', value: 'N', help: 'how long each run sends, 3 to 600; default 10' },
  phase: { type: 'string', value: 'NAME', help: 'steady, take-over or both (default)' },
  seed: { type: 'string', value: 'N', help: 'of texts, numbers and simulators; default 1' },
  ...JSON_FLAG,
};

/** @throws UsageError naming the flag, what it takes and what was given */
export function ratesOptions(given: Given): RatesBenchOptions {
  const phase = choice(given, 'phase', ['steady', 'take-over', 'both'] as const, 'both');
  return {
    gateways: GATEWAY_CHOICES[choice(given, 'gateway', Object.keys(GATEWAY_CHOICES), 'both')] ?? [],
    grants: list(given, 'grant', { least: 1, most: 99_999 }) ?? [10, 100, 1_000],
    ackDelaysMs: list(given, 'ack-delay', { least: 0, most: 10_000 }) ?? [10, 100, 1_000],
    seconds: whole(given, 'seconds', { least: 3, most: 600 }) ?? 10,
    steady: phase !== 'take-over',
    takeOver: phase !== 'steady',
    seed: whole(given, 'seed', { least: 0, most: 4_294_967_295 }) ?? 1,
    json: isSet(given, 'json'),
  };
}

/** Whole numbers within bounds, parted by commas; undefined where the flag is not given. @throws UsageError */
function list(given: Given, name: string, bounds: { least: number; most: number }): number[] | undefined {
  const text = textFlag(given, name);
  return text?.split(',').map((part) => {
    const number = whole({ words: [], flags: { [name]: part } }, name, bounds);
    if (number === undefined) throw new UsageError(`--${name} has an empty place: ${text}`);
    return number;
  });
}
