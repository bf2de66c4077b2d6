import type { Capture, CaptureFilter } from './captures.js';
import type { FaultSpec } from './faults.js';
import type { Judge, Stats } from './judge.js';
import type { Ledger, LedgerEntry, LedgerFilter } from './ledger.js';
import type { ViolationCount } from './violations.js';

/** A running simulator: the same things by function call that the admin server offers by HTTP. */
export interface SimulatorHandle<Config = unknown> {
  readonly gateway: string;
  /** The loopback port of the admin server. */
  readonly adminPort: number;
  /** The port of every listener by name (`grant`, `sms`, `mms`; `smtnt`). */
  readonly ports: Readonly<Record<string, number>>;
  readonly ledger: Ledger;
  /** The submits that match, oldest first. */
  submits(filter?: LedgerFilter): LedgerEntry[];
  violations(): ViolationCount[];
  stats(): Stats;
  /** The kept raw frames that match; none unless the option `capture` asked for some. */
  captures(filter?: CaptureFilter): Capture[];
  setFault(name: string, spec?: FaultSpec): void;
  clearFaults(name?: string): void;
  /** Changes settings of a running simulator; throws TypeError for a bad one. */
  configure(change: Config): void;
  /** Cuts every connection now. */
  dropConnections(): void;
  /** Empties the ledger, the rates, the violations and the kept frames; sessions and the duplicate memory stay. */
  reset(): void;
  /** Cuts all connections, stops listening and resolves when every socket is gone. */
  close(): Promise<void>;
}

/** What a gateway adds to the common handle. */
export interface HandleParts<Config> {
  readonly adminPort: number;
  readonly ports: Readonly<Record<string, number>>;
  configure(change: Config): void;
  dropConnections(): void;
  close(): Promise<void>;
}

/** Joins a gateway's own parts with what every simulator has. */
export function createHandle<Config, Id extends string>(
  judge: Judge<Id>,
  parts: HandleParts<Config>,
): SimulatorHandle<Config> {
  return {
    gateway: judge.gateway,
    ledger: judge.ledger,
    submits: (filter) => [...judge.ledger.entries(filter)],
    violations: () => judge.violations.list(),
    stats: () => judge.stats(),
    captures: (filter) => judge.captures.list(filter),
    setFault: (name, spec) => judge.faults.set(name, spec),
    clearFaults: (name) => judge.faults.clear(name),
    reset: () => resetJudge(judge),
    adminPort: parts.adminPort,
    ports: parts.ports,
    configure: parts.configure,
    dropConnections: parts.dropConnections,
    close: parts.close,
  };
}

/** Empties what a judge has recorded. */
export function resetJudge<Id extends string>(judge: Judge<Id>): void {
  judge.ledger.clear();
  judge.rates.clear();
  judge.violations.clear();
  judge.captures.clear();
}
