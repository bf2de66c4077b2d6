import type { ActiveFault, LedgerEntry, Stats, ViolationCount } from '@pabal/simulator';
import { Child } from './child.js';
import { PABAL } from './paths.js';

/** A gateway simulator in a process of its own: its loop is not disturbed by the test's. */
export class Simulator {
  readonly gateway: 'lghv' | 'smtnt';
  readonly child: Child;
  readonly ports: Readonly<Record<string, number>>;
  readonly #admin: string;

  private constructor(gateway: 'lghv' | 'smtnt', child: Child, ports: Record<string, number>, admin: string) {
    this.gateway = gateway;
    this.child = child;
    this.ports = ports;
    this.#admin = admin;
  }

  /** Starts one on free ports; `flags` as for `pabal simulate`. */
  static async start(gateway: 'lghv' | 'smtnt', flags: readonly string[] = []): Promise<Simulator> {
    const free = gateway === 'lghv' ? ['--grant-port', '0'] : ['--port', '0'];
    const child = new Child(gateway, process.execPath, [
      PABAL,
      'simulate',
      gateway,
      ...free,
      '--admin-port',
      '0',
      ...flags,
    ]);
    const admin = /(http:\S+)/.exec(await child.line(/ admin on http/))?.[1] ?? '';
    const ports: Record<string, number> = {};
    for (const line of child.lines) {
      const match = /^\S+ (\S+) on port (\d+)/.exec(line);
      if (match?.[1]) ports[match[1]] = Number(match[2]);
    }
    return new Simulator(gateway, child, ports, admin);
  }

  /** Every submit that it saw, oldest first. */
  async ledger(query = ''): Promise<LedgerEntry[]> {
    const text = await (await fetch(`${this.#admin}/ledger${query}`)).text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LedgerEntry);
  }

  async stats(): Promise<Stats> {
    return (await (await fetch(`${this.#admin}/stats`)).json()) as Stats;
  }

  async violations(): Promise<{ total: number; violations: ViolationCount[] }> {
    return (await (await fetch(`${this.#admin}/violations`)).json()) as {
      total: number;
      violations: ViolationCount[];
    };
  }

  fault(name: string, spec: object = {}): Promise<void> {
    return this.#post('/fault', { name, ...spec });
  }

  /** Faults as they stand, with how often each struck. */
  async faults(): Promise<ActiveFault[]> {
    return (await (await fetch(`${this.#admin}/faults`)).json()) as ActiveFault[];
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
    await this.child.stop();
  }

  async #post(path: string, body: object): Promise<void> {
    const response = await fetch(`${this.#admin}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}
