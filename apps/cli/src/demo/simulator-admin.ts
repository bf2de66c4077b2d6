import { setTimeout as pause } from 'node:timers/promises';
import type { LedgerEntry, Stats, ViolationCount } from '@pabal/simulator';

export type { LedgerEntry, Stats, ViolationCount };

const LOOK_MS = 50;

/** One raw frame as it travelled. */
export interface Captured {
  /** When it was read, epoch ms. */
  readonly at: number;
  readonly hex: string;
}

/** Asks a simulator, over its admin server, what it saw. */
export class SimulatorAdmin {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async stats(): Promise<Stats> {
    return JSON.parse(await this.#get('/stats')) as Stats;
  }

  async violations(): Promise<readonly ViolationCount[]> {
    return (JSON.parse(await this.#get('/violations')) as { violations: ViolationCount[] }).violations;
  }

  /** Every submit, oldest first. */
  async ledger(): Promise<readonly LedgerEntry[]> {
    const lines = (await this.#get('/ledger')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as LedgerEntry);
  }

  /** The last frames that came from the fleet, oldest first. */
  async received(): Promise<readonly Captured[]> {
    return JSON.parse(await this.#get('/captures?direction=received')) as Captured[];
  }

  /**
   * Has an SMTNT gateway tell the fleet that a recipient opted out; resolves once the fleet has acknowledged it.
   * @throws Error when it does not within `limitMs`
   */
  async tellOptOut(recipient: string, optOutNumber: string, limitMs: number): Promise<void> {
    await this.#post('/config', { spam: { phoneNo: recipient, denyNo: optOutNumber } });
    const end = performance.now() + limitMs;
    while ((await this.#unanswered()) > 0) {
      if (performance.now() > end) throw new Error('an opt-out was not acknowledged in time');
      await pause(LOOK_MS);
    }
  }

  /** Reports and notices that no account has acknowledged yet. */
  async #unanswered(): Promise<number> {
    const accounts = Object.values((await this.stats()).details) as readonly { unanswered: number }[];
    return accounts.reduce((sum, { unanswered }) => sum + unanswered, 0);
  }

  async #post(path: string, body: object): Promise<void> {
    const response = await fetch(this.url + path, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`the simulator answers ${response.status} to ${path}`);
  }

  async #get(path: string): Promise<string> {
    const response = await fetch(this.url + path);
    if (!response.ok) throw new Error(`the simulator answers ${response.status} to ${path}`);
    return response.text();
  }
}
