import type { LedgerEntry, Stats, ViolationCount } from '@pabal/simulator';

export type { LedgerEntry, Stats, ViolationCount };

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

  async #get(path: string): Promise<string> {
    const response = await fetch(this.url + path);
    if (!response.ok) throw new Error(`the simulator answers ${response.status} to ${path}`);
    return response.text();
  }
}
