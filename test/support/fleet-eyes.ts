import { Store, storeConnectionOptions } from '@pabal/fate';
import { type ProcessStatus, readStatuses } from '@pabal/fleet';
import { connectRedis } from '@pabal/queues';

/** What the live processes of a fleet tell of themselves, read as `pabal status` does, without starting one each time. */
export class FleetEyes {
  readonly #store: Store;

  constructor(redisUrl: string, prefix: string) {
    this.#store = new Store({
      redis: connectRedis({ url: redisUrl }, 'producer', storeConnectionOptions),
      prefix,
    });
  }

  async senders(): Promise<SenderStatus[]> {
    await this.#store.opened();
    const statuses = await readStatuses(this.#store);
    return statuses.filter(({ role }) => role === 'sender').map(senderStatus);
  }

  async close(): Promise<void> {
    await this.#store.close();
  }
}

export interface SenderStatus {
  readonly pid: number;
  /** Agents that it owns and that are logged in. */
  readonly agents: readonly string[];
  /** Sessions that are logged in. */
  readonly sessions: number;
}

function senderStatus({ owner, lines }: ProcessStatus): SenderStatus {
  const open = lines.filter((line) => line.open);
  const ready = open.flatMap(({ sessions }) => sessions).filter(({ state }) => state === 'ready');
  return {
    pid: Number(/\/(\d+)\//.exec(owner)?.[1]),
    agents: open.map(({ gateway, account, agent }) => `${gateway}/${account}/${agent}`),
    sessions: ready.length,
  };
}
