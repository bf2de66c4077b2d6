import type { Random } from './random.js';

/** The faults a simulator can be told to make, each with what its value means. */
export const FAULTS = {
  neverAck: 'accept the submit, report it, and never acknowledge it',
  ackThenDrop: 'acknowledge the submit, then cut the connection',
  dropBeforeAck: 'accept the submit, then cut the connection instead of acknowledging it',
  dropConnection: 'cut the connection when a submit arrives, without accepting it',
  slowAck: 'hold the acknowledgement back; value: milliseconds (default 1000)',
  splitEveryByte: 'write an answer byte by byte',
  reportBeforeAck: 'send the report before the acknowledgement',
  duplicateReport: 'send the report again although it was acknowledged; value: how often in all (default 2)',
  withholdReport: 'never send the report',
  neverAlive: 'leave the keepalive unanswered',
  refuseLogin: 'refuse the login; value: the code (a default of the gateway)',
  refuseSubmit: 'refuse the submit; value: the code (default 1 of LGHV, 999 of SMTNT)',
  refuseUpload: 'refuse the finished upload; value: the code (SMTNT; default 999)',
  unansweredUpload: 'take the finished upload and never answer it (SMTNT)',
  reportCode: 'report another end; value: the code (default 20 of LGHV, 999 of SMTNT)',
  brokenReport:
    'send a whole frame whose report makes no sense; value: length or ids (LGHV; default length), ' +
    'text, list, empty or ids (SMTNT; default ids)',
  unknownReport: 'after the report, send one of a message that was never submitted',
  duplicateAck: 'acknowledge the submit twice',
  imageForgotten: 'forget a kept image when it is named again, and refuse the submit with 16',
  damagedTail: 'end a header with 00 3F 3F instead of 00 FE FF (LGHV)',
  paddedLength: 'fill MSGLEN otherwise; value: zero (leading, default) or space (LGHV)',
  refuseGrant: 'answer GRANT with a failure; value: error (default) or agent (LGHV)',
  garbage: 'write random bytes before the acknowledgement; value: how many (default 64)',
} as const;

/** The name of a fault. */
export type FaultName = keyof typeof FAULTS;

/** When and how a fault strikes. */
export interface FaultSpec {
  /** What the fault's table says; a number of milliseconds, bytes or times, or a code. */
  readonly value?: string | number;
  /** The chance at each opportunity, 0 to 1; default 1. */
  readonly probability?: number;
  /** Opportunities that pass unharmed first; default 0. */
  readonly after?: number;
  /** How often it strikes at most; default without limit. */
  readonly count?: number;
}

/** A fault as it stands: its settings and how often it struck. */
export interface ActiveFault extends FaultSpec {
  readonly name: FaultName;
  readonly struck: number;
}

/** Thrown for a fault that is unknown or has a setting out of range. */
export class FaultError extends Error {
  readonly code = 'bad-fault';
}

interface State {
  readonly spec: FaultSpec;
  seen: number;
  struck: number;
}

/** Decides at each opportunity whether a fault strikes. */
export class Faults {
  readonly #random: Random;
  readonly #active = new Map<FaultName, State>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Turns a fault on, or replaces its settings and starts its counts anew. Throws FaultError. */
  set(name: string, spec: FaultSpec = {}): void {
    if (!isFaultName(name)) {
      throw new FaultError(`unknown fault ${name}; known: ${Object.keys(FAULTS).join(', ')}`);
    }
    checkNumber(name, 'probability', spec.probability, 1);
    checkNumber(name, 'after', spec.after, Number.MAX_SAFE_INTEGER);
    checkNumber(name, 'count', spec.count, Number.MAX_SAFE_INTEGER);
    this.#active.set(name, { spec, seen: 0, struck: 0 });
  }

  /** Turns one fault off, or all of them. */
  clear(name?: string): void {
    if (name === undefined) this.#active.clear();
    else this.#active.delete(name as FaultName);
  }

  list(): ActiveFault[] {
    return [...this.#active].map(([name, { spec, struck }]) => ({ name, ...spec, struck }));
  }

  /** Whether the fault strikes at this opportunity; its settings if it does. */
  strike(name: FaultName): FaultSpec | undefined {
    if (this.#active.size === 0) return undefined;
    const state = this.#active.get(name);
    if (!state) return undefined;
    const { spec } = state;
    state.seen += 1;
    if (state.seen <= (spec.after ?? 0) || state.struck >= (spec.count ?? Number.POSITIVE_INFINITY)) {
      return undefined;
    }
    if (spec.probability !== undefined && this.#random() >= spec.probability) return undefined;
    state.struck += 1;
    return spec;
  }
}

/** The value of a fault as a number, or `otherwise` where it has none. */
export function faultNumber(spec: FaultSpec, otherwise: number): number {
  const value = Number(spec.value ?? otherwise);
  return Number.isFinite(value) && value >= 0 ? value : otherwise;
}

/**
 * Reads a fault from a command line: `NAME`, `NAME=VALUE`, or settings joined by commas after the value:
 * `slowAck=500,probability:0.1,after:100,count:5` (`slowAck=probability:0.1` keeps the default value).
 */
export function parseFault(argument: string): { name: string; spec: FaultSpec } {
  const split = argument.indexOf('=');
  if (split < 0) return { name: argument, spec: {} };
  const spec: { value?: string; probability?: number; after?: number; count?: number } = {};
  for (const part of argument.slice(split + 1).split(',')) {
    const [key = '', value] = part.split(':', 2);
    if (value === undefined) spec.value = key;
    else if (key === 'value') spec.value = value;
    else if (key === 'probability' || key === 'after' || key === 'count') spec[key] = Number(value);
    else throw new FaultError(`unknown setting ${key} of a fault; known: value, probability, after, count`);
  }
  return { name: argument.slice(0, split), spec };
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

function checkNumber(name: string, field: string, value: unknown, most: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || !(value >= 0) || value > most) {
    throw new FaultError(`fault ${name}: ${field} must be a number from 0 to ${most}`);
  }
}
