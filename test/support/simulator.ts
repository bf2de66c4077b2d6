import type { ActiveFault, Capture, LedgerEntry, Stats, ViolationCount } from '@pabal/simulator';
import { askAdmin } from './admin-http.js';
import { Child } from './child.js';
import { PABAL } from './paths.js';

/** Starting takes a second, and far longer where many processes start at once. */
const START_MS = 90_000;

/** A gateway simulator in a process of its own: its loop is not disturbed by the test's. */
export class Simulator {
  readonly gateway: 'lghv' | 'smtnt';
  readonly ports: Readonly<Record<string, number>>;
  readonly #flags: readonly string[];
  readonly #admin: string;
  #child: Child;
  /** What runs before a restart have seen. */
  #pastLedger: LedgerEntry[] = [];
  #pastViolations: ViolationCount[] = [];

  private constructor(
    gateway: 'lghv' | 'smtnt',
    child: Child,
    flags: readonly string[],
    ports: Record<string, number>,
    admin: string,
  ) {
    this.gateway = gateway;
    this.#child = child;
    this.#flags = flags;
    this.ports = ports;
    this.#admin = admin;
  }

  get child(): Child {
    return this.#child;
  }

  /** Starts one on free ports; `flags` as for `pabal simulate`. */
  static async start(gateway: 'lghv' | 'smtnt', flags: readonly string[] = []): Promise<Simulator> {
    const free = gateway === 'lghv' ? ['--grant-port', '0'] : ['--port', '0'];
    const child = spawn(gateway, [...free, '--admin-port', '0', ...flags]);
    const admin = /(http:\S+)/.exec(await child.line(/ admin on http/, START_MS))?.[1] ?? '';
    const ports: Record<string, number> = {};
    for (const line of child.lines) {
      const match = /^\S+ (\S+) on port (\d+)/.exec(line);
      if (match?.[1]) ports[match[1]] = Number(match[2]);
    }
    return new Simulator(gateway, child, flags, ports, admin);
  }

  /**
   * Kills an SMTNT simulator and starts another on its ports: it knows nothing any more of logins, files and messages.
   * Ledger and violations go on to tell of both.
   */
  async restart(): Promise<void> {
    await this.kill();
    await this.revive();
  }

  /** Kills it: its ports are closed, and what it saw stays in ledger and violations. */
  async kill(): Promise<void> {
    const [ledger, { violations }] = await Promise.all([this.ledger(), this.violations()]);
    await this.#child.stop('SIGKILL');
    this.#pastLedger = ledger;
    this.#pastViolations = violations;
  }

  /** Starts another SMTNT simulator on the ports of one that was killed. */
  async revive(): Promise<void> {
    const ports = ['--port', String(this.ports.smtnt), '--admin-port', new URL(this.#admin).port];
    this.#child = spawn(this.gateway, [...this.#flags, ...ports]);
    await this.#child.line(/ admin on http/, START_MS);
  }

  /** Every submit that it saw, oldest first. */
  async ledger(query = ''): Promise<LedgerEntry[]> {
    if (!this.#child.running) return this.#pastLedger;
    const text = await askAdmin(`${this.#admin}/ledger${query}`);
    const entries = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LedgerEntry);
    return query === '' ? [...this.#pastLedger, ...entries] : entries;
  }

  /** The raw frames that it kept, with the flag `--capture`; `?direction=sent` for those of one way. */
  async captures(query = ''): Promise<Capture[]> {
    return JSON.parse(await askAdmin(`${this.#admin}/captures${query}`)) as Capture[];
  }

  async stats(): Promise<Stats> {
    return JSON.parse(await askAdmin(`${this.#admin}/stats`)) as Stats;
  }

  async violations(): Promise<{ total: number; violations: ViolationCount[] }> {
    const past = this.#pastViolations.reduce((sum, { count }) => sum + count, 0);
    if (!this.#child.running) return { total: past, violations: this.#pastViolations };
    const { total, violations } = JSON.parse(await askAdmin(`${this.#admin}/violations`)) as {
      total: number;
      violations: ViolationCount[];
    };
    return { total: total + past, violations: [...this.#pastViolations, ...violations] };
  }

  fault(name: string, spec: object = {}): Promise<void> {
    return this.#post('/fault', { name, ...spec });
  }

  /** Faults as they stand, with how often each struck. */
  async faults(): Promise<ActiveFault[]> {
    return JSON.parse(await askAdmin(`${this.#admin}/faults`)) as ActiveFault[];
  }

  clearFaults(): Promise<void> {
    return this.#post('/fault/clear', {});
  }

  configure(change: object): Promise<void> {
    return this.#post('/config', change);
  }

  dropConnections(): Promise<void> {
    return this.#post('/drop', {});
  }

  reset(): Promise<void> {
    return this.#post('/reset', {});
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }

  async #post(path: string, body: object): Promise<void> {
    await askAdmin(`${this.#admin}${path}`, 'POST', body);
  }
}

function spawn(gateway: string, flags: readonly string[]): Child {
  return new Child(gateway, process.execPath, [PABAL, 'simulate', gateway, ...flags]);
}
