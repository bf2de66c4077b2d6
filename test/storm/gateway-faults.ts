import type { Simulator } from '../support/index.js';
import type { GatewayFault } from './plan.js';

interface Strike {
  readonly name: string;
  readonly value?: string | number;
  readonly probability: number;
  readonly count: number;
}

/** Longer than `ackTimeout` of a storm: such an answer comes too late. */
const LATE_ACK_MS = 2_500;
const NO_CREDIT_MS = 2_000;

/** How each fault strikes. What ends a connection does so a few times, what only disturbs does so often. */
const STRIKES: Readonly<
  Record<Exclude<GatewayFault, 'drop' | 'noCredit'>, (at: Simulator['gateway'], roll: number) => Strike>
> = {
  neverAck: () => strike('neverAck', 4, 0.2),
  ackThenDrop: () => strike('ackThenDrop', 1, 0.2),
  dropBeforeAck: () => strike('dropBeforeAck', 2, 0.2),
  dropConnection: () => strike('dropConnection', 2, 0.2),
  slowAck: (_, roll) => strike('slowAck', 30, 0.3, roll < 0.5 ? LATE_ACK_MS : 400),
  splitEveryByte: () => strike('splitEveryByte', 100, 0.5),
  reportBeforeAck: () => strike('reportBeforeAck', 60, 0.5),
  duplicateReport: () => strike('duplicateReport', 60, 0.5, 3),
  withholdReport: () => strike('withholdReport', 2, 0.2),
  neverAlive: () => strike('neverAlive', 2, 1),
  refuseLogin: () => strike('refuseLogin', 1, 1),
  throttle: (at) => strike('refuseSubmit', 6, 0.3, at === 'lghv' ? '15' : '903'),
  systemError: (at) => strike('refuseSubmit', 6, 0.3, at === 'lghv' ? '1' : '999'),
  reportCode: (at) => strike('reportCode', 8, 0.3, at === 'lghv' ? '10' : '20'),
  brokenReport: (_, roll) => strike('brokenReport', 2, 0.3, roll < 0.5 ? 'ids' : 'length'),
  unknownReport: () => strike('unknownReport', 4, 0.3),
  duplicateAck: () => strike('duplicateAck', 10, 0.3),
  imageForgotten: () => strike('imageForgotten', 4, 0.5),
  damagedTail: () => strike('damagedTail', 20, 0.3),
  paddedLength: (_, roll) => strike('paddedLength', 20, 0.3, roll < 0.5 ? 'zero' : 'space'),
  refuseGrant: () => strike('refuseGrant', 1, 1),
  garbage: () => strike('garbage', 1, 0.3, 64),
};

function strike(name: string, count: number, probability: number, value?: string | number): Strike {
  return { name, count, probability, ...(value === undefined ? {} : { value }) };
}

/** The faults of one simulator: sets them, and remembers how often each struck in all. */
export class GatewayTrouble {
  readonly #simulator: Simulator;
  readonly #struck = new Map<string, number>();

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** Makes one. Says what was done. */
  async make(fault: GatewayFault, roll: number): Promise<string> {
    const { gateway } = this.#simulator;
    switch (fault) {
      case 'drop':
        await this.#simulator.dropConnections();
        return `${gateway} cuts all its connections`;
      case 'noCredit':
        await this.#simulator.configure({ credit: 0 });
        setTimeout(() => void this.#simulator.configure({ credit: -1 }).catch(() => undefined), NO_CREDIT_MS);
        return `${gateway} has no credit for ${NO_CREDIT_MS} ms`;
      default: {
        const { name, ...spec } = STRIKES[fault](gateway, roll);
        await this.#note(name);
        // LGHV knows two kinds of broken reports, SMTNT others: its own default stands for both there.
        const { value, ...without } = spec;
        const given = fault === 'brokenReport' && gateway === 'smtnt' ? without : { value, ...without };
        await this.#simulator.fault(name, given);
        return `${gateway} ${fault} ${JSON.stringify(given)}`;
      }
    }
  }

  /** Ends them all; gives how often each struck. */
  async end(): Promise<ReadonlyMap<string, number>> {
    await this.#note();
    await this.#simulator.clearFaults();
    if (this.#simulator.gateway === 'lghv') await this.#simulator.configure({ credit: -1 });
    return this.#struck;
  }

  /** A fault that is set again counts from nought: what it did is noted before. */
  async #note(only?: string): Promise<void> {
    for (const { name, struck } of await this.#simulator.faults()) {
      if (only === undefined || name === only) this.#struck.set(name, (this.#struck.get(name) ?? 0) + struck);
    }
  }
}
