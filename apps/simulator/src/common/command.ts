import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type FaultSpec, parseFault } from './faults.js';
import type { SimulatorHandle } from './handle.js';

/** One gateway's simulator on the command line. */
export interface SimulatorCommand {
  /** The word after `pabal simulate`. */
  readonly gateway: string;
  /** The help text, flags one a line. */
  readonly usage: string;
  /** Starts the simulator; throws UsageError for flags that make no sense. */
  start(flags: readonly string[]): Promise<SimulatorHandle>;
}

/** A command line that makes no sense. */
export class UsageError extends Error {
  readonly code = 'usage';
}

/** The flags that every simulator takes, for `parseArgs`. */
export const COMMON_FLAGS = {
  host: { type: 'string' },
  'admin-port': { type: 'string' },
  seed: { type: 'string' },
  fault: { type: 'string', multiple: true },
  'ack-delay': { type: 'string' },
  'report-delay': { type: 'string' },
  'report-repeat': { type: 'string' },
  'time-scale': { type: 'string' },
  'plain-numbers': { type: 'boolean' },
  capture: { type: 'string' },
  'line-speed': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** The help for COMMON_FLAGS. */
export const COMMON_USAGE = `  --host ADDRESS         where to listen (default 127.0.0.1)
  --admin-port N         ledger, violations, statistics and faults by HTTP, on loopback (default: any free)
  --seed N               repeats the random choices of another run
  --fault NAME[=VALUE]   a fault from the start; more settings: NAME=VALUE,probability:0.1,after:100,count:5
  --ack-delay MS         or FROM-TO, each drawn from the range
  --report-delay MS      or FROM-TO
  --report-repeat MS     how long a report waits for its acknowledgement before it is sent again
  --time-scale FACTOR    shortens (below 1) the limits of silence and of logging in again
  --plain-numbers        no recipient number chooses a code (for load)
  --line-speed N         reads each connection at N bytes a second (default: as fast as it goes)
  --capture N            keeps the last N raw frames of each session for GET /captures (default: none)`;

/** The common flags as a command line gave them. */
export interface CommonFlags {
  readonly host?: string | undefined;
  readonly 'admin-port'?: string | undefined;
  readonly seed?: string | undefined;
  readonly fault?: string[] | undefined;
  readonly 'ack-delay'?: string | undefined;
  readonly 'report-delay'?: string | undefined;
  readonly 'report-repeat'?: string | undefined;
  readonly 'time-scale'?: string | undefined;
  readonly 'plain-numbers'?: boolean | undefined;
  readonly capture?: string | undefined;
  readonly 'line-speed'?: string | undefined;
}

/** The options that the common flags stand for; only those that were given. */
export interface CommonChoices {
  host?: string;
  adminPort?: number;
  seed?: number;
  faults?: Record<string, FaultSpec>;
  ackDelayMs?: number | readonly [number, number];
  reportDelayMs?: number | readonly [number, number];
  reportRepeatMs?: number;
  timeScale?: number;
  recipients?: Readonly<Record<string, never>>;
  capture?: number;
  lineBytesPerSecond?: number;
}

/** Reads flags strictly: an unknown one or a stray word is a UsageError. */
export function readFlags<T extends NonNullable<ParseArgsConfig['options']>>(
  flags: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ options: T; strict: true; allowPositionals: false }>>['values'] {
  try {
    return parseArgs({ args: [...flags], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Turns the common flags into options. Throws UsageError. */
export function commonChoices(flags: CommonFlags): CommonChoices {
  const choices: CommonChoices = {};
  if (flags.host !== undefined) choices.host = flags.host;
  if (flags['admin-port'] !== undefined) choices.adminPort = flagPort('admin-port', flags['admin-port']);
  if (flags.seed !== undefined) choices.seed = flagNumber('seed', flags.seed);
  if (flags['ack-delay'] !== undefined) choices.ackDelayMs = flagDelay('ack-delay', flags['ack-delay']);
  if (flags['report-delay'] !== undefined) {
    choices.reportDelayMs = flagDelay('report-delay', flags['report-delay']);
  }
  if (flags['report-repeat'] !== undefined) {
    choices.reportRepeatMs = flagNumber('report-repeat', flags['report-repeat']);
  }
  if (flags['time-scale'] !== undefined) choices.timeScale = flagNumber('time-scale', flags['time-scale']);
  if (flags['plain-numbers']) choices.recipients = {};
  if (flags.capture !== undefined) choices.capture = flagNumber('capture', flags.capture);
  if (flags['line-speed'] !== undefined) {
    choices.lineBytesPerSecond = flagNumber('line-speed', flags['line-speed']);
  }
  if (flags.fault) {
    choices.faults = Object.fromEntries(
      flags.fault.map((argument) => {
        const { name, spec } = parseFault(argument);
        return [name, spec];
      }),
    );
  }
  return choices;
}

/** A flag's value as a number that is not negative. Throws UsageError. */
export function flagNumber(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new UsageError(`--${name} must be a number, is ${value}`);
  }
  return number;
}

const LARGEST_PORT = 65_535;

/** A flag's value as a port, 0 for any free one. Throws UsageError. */
export function flagPort(name: string, value: string): number {
  const port = flagNumber(name, value);
  if (!Number.isInteger(port) || port > LARGEST_PORT) {
    throw new UsageError(`--${name} must be a port from 0 to ${LARGEST_PORT}, is ${value}`);
  }
  return port;
}

function flagDelay(name: string, value: string): number | readonly [number, number] {
  const [from = '', to] = value.split('-', 2);
  return to === undefined ? flagNumber(name, from) : [flagNumber(name, from), flagNumber(name, to)];
}
