import type { Socket } from 'node:net';
import { Captures } from './captures.js';
import { type Clock, systemClock } from './clock.js';
import { DelayQueue } from './delay-queue.js';
import { type FaultSpec, Faults } from './faults.js';
import { Ledger, type LedgerCounts } from './ledger.js';
import { readLine } from './line.js';
import { LoopLag } from './loop-lag.js';
import { createRandom, type Random } from './random.js';
import { type RateFigures, RateMeter } from './rate-meter.js';
import { type RuleTable, Violations } from './violations.js';

/** What every simulator takes, whatever its gateway. */
export interface JudgeOptions {
  /** Repeats the random choices of an earlier run; default 1. */
  readonly seed?: number;
  /** Faults that are on from the start. */
  readonly faults?: Readonly<Record<string, FaultSpec>>;
  /** Entries the ledger holds before it forgets the oldest; default 2,000,000. */
  readonly ledgerLimit?: number;
  /** Raw frames to keep of each session, as received and sent; default 0, none. */
  readonly capture?: number;
  /** How fast each connection is read, bytes a second; default as fast as it goes. */
  readonly lineBytesPerSecond?: number;
  /** Default: the process's own. With another clock stalls of the process are not watched. */
  readonly clock?: Clock;
}

/** The figures of a run, as `GET /stats` shows them. */
export interface Stats {
  readonly gateway: string;
  readonly startedAt: number;
  readonly now: number;
  readonly counts: LedgerCounts;
  readonly rates: RateFigures[];
  readonly lag: { readonly largestMs: number; readonly stalls: number };
  readonly violations: number;
  /** Things worth knowing that break no rule, such as a second login that was refused. */
  readonly notes: Readonly<Record<string, number>>;
  /** The gateway's own figures: its sessions, what waits for a report, and so on. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly ledgerForgotten: number;
  /** CPU that this process used since it started, in milliseconds. */
  readonly cpuMs: number;
}

/** The parts that both simulators judge and record with. */
export class Judge<Id extends string = string> {
  readonly gateway: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly violations: Violations<Id>;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly lag: LoopLag;
  readonly rates = new RateMeter();
  readonly delays: DelayQueue;
  readonly captures: Captures;
  readonly #lineBytesPerSecond: number | undefined;
  /** Tells the gateway's own figures for the statistics. */
  details: () => Readonly<Record<string, unknown>> = () => ({});
  readonly #startedAt: number;
  readonly #notes = new Map<string, number>();
  #sessions = 0;

  constructor(gateway: string, rules: RuleTable<Id>, options: JudgeOptions = {}) {
    this.gateway = gateway;
    this.clock = options.clock ?? systemClock;
    this.#startedAt = this.clock.now();
    this.random = createRandom(options.seed ?? 1);
    this.violations = new Violations(rules, () => this.clock.now());
    this.ledger = new Ledger(options.ledgerLimit);
    this.faults = new Faults(this.random);
    for (const [name, spec] of Object.entries(options.faults ?? {})) this.faults.set(name, spec);
    this.delays = new DelayQueue(this.clock);
    this.captures = new Captures(options.capture ?? 0, () => this.clock.now());
    const { lineBytesPerSecond } = options;
    if (lineBytesPerSecond !== undefined && !(lineBytesPerSecond >= 1)) {
      throw new TypeError(`lineBytesPerSecond must be at least 1, is ${lineBytesPerSecond}`);
    }
    this.#lineBytesPerSecond = lineBytesPerSecond;
    this.lag = new LoopLag(this.clock);
    if (this.clock === systemClock) this.lag.start();
  }

  /** Hands on what comes on a connection, at the speed of the line. */
  read(socket: Socket, take: (chunk: Buffer) => void): void {
    readLine(socket, { bytesPerSecond: this.#lineBytesPerSecond, clock: this.clock }, take);
  }

  /** The number of the next session; counts up from 1 over all servers of this simulator. */
  nextSession(): number {
    this.#sessions += 1;
    return this.#sessions;
  }

  /** Counts something that breaks no rule and is still worth knowing. */
  note(what: string): void {
    this.#notes.set(what, (this.#notes.get(what) ?? 0) + 1);
  }

  stats(): Stats {
    const cpu = process.cpuUsage();
    return {
      gateway: this.gateway,
      startedAt: this.#startedAt,
      now: this.clock.now(),
      counts: structuredClone(this.ledger.counts) as LedgerCounts,
      rates: this.rates.figures(this.lag),
      lag: { largestMs: this.lag.largestMs, stalls: this.lag.stalls },
      violations: this.violations.total,
      notes: Object.fromEntries(this.#notes),
      details: this.details(),
      ledgerForgotten: this.ledger.forgotten,
      cpuMs: (cpu.user + cpu.system) / 1000,
    };
  }

  /** Stops the timers. The ledger and the violations stay readable. */
  close(): void {
    this.lag.stop();
    this.delays.close();
  }
}
