import type { Store } from '@pabal/fate';
import { isConnectionError } from '@pabal/fate';
import type { ProcessStatus } from './status.js';
import { readStatuses } from './status.js';

/** A gateway that nobody had a session to for so long has failed, as far as `failover` routes go. */
export const FAILOVER_AFTER_MS = 5_000;

/** What this process knows of the others: which gateways are open somewhere, and which queues are served. */
export class FleetView {
  readonly #store: Store;
  readonly #openAt = new Map<string, number>();
  readonly #startedAt = performance.now();
  #statuses: readonly ProcessStatus[] = [];
  #refreshedAt = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads what the processes tell; keeps the old picture while Redis is away. */
  async refresh(): Promise<void> {
    try {
      this.#statuses = await readStatuses(this.#store);
      this.#refreshedAt = performance.now();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      return;
    }
    for (const { lines } of this.#statuses) {
      for (const line of lines) if (line.kind === 'send' && line.open) this.sawOpen(line.gateway);
    }
  }

  get statuses(): readonly ProcessStatus[] {
    return this.#statuses;
  }

  /** Milliseconds since the last picture. */
  get ageMs(): number {
    return performance.now() - this.#refreshedAt;
  }

  sawOpen(gateway: string): void {
    this.#openAt.set(gateway, performance.now());
  }

  /** Has nobody had a session to it for {@link FAILOVER_AFTER_MS}? */
  hasFailed(gateway: string): boolean {
    return performance.now() - (this.#openAt.get(gateway) ?? this.#startedAt) >= FAILOVER_AFTER_MS;
  }

  /** Does some process take messages from this queue now? */
  isServed(queue: string): boolean {
    return this.#statuses.some((status) => status.serving.includes(queue));
  }
}
