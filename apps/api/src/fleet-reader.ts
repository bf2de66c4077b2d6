import type { Store } from '@pabal/fate';
import { type FleetConfig, type FleetStatus, readFleetStatus } from '@pabal/fleet';

/** A gateway as the configuration has it. */
export interface KnownGateway {
  readonly name: string;
  readonly protocol: string;
  readonly channels: readonly string[];
}

const FRESH_MS = 1_000;

/** What the fleet tells of itself, read at most once a second however many ask. */
export class FleetReader {
  readonly gateways: readonly KnownGateway[];
  readonly #read: () => Promise<FleetStatus>;
  readonly #now: () => number;
  #status: Promise<FleetStatus> | undefined;
  #readAt = 0;

  /** @param now monotonic ms */
  constructor(store: Store, config: FleetConfig, now: () => number) {
    this.gateways = [...config.gateways.values()].map(({ name, kind, channels }) => ({
      name,
      protocol: kind.protocol,
      channels,
    }));
    this.#read = () => readFleetStatus(store, config);
    this.#now = now;
  }

  /** At most a second old. Rejects as Redis does, and then reads again the next time. */
  status(): Promise<FleetStatus> {
    if (this.#status && this.#now() - this.#readAt < FRESH_MS) return this.#status;
    this.#readAt = this.#now();
    const status = this.#read();
    this.#status = status;
    status.catch(() => {
      if (this.#status === status) this.#status = undefined;
    });
    return status;
  }
}
