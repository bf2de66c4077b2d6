import type { Store } from '@pabal/fate';
import { isConnectionError, readCircuits } from '@pabal/fate';
import type { Channel } from '@pabal/message';
import { type Circuit, phaseOf } from './circuit.js';
import type { ProcessStatus, StatusLine } from './status.js';
import { readStatuses } from './status.js';

/** A gateway that nobody had a session to for so long has failed. */
export const FAILOVER_AFTER_MS = 5_000;

/** A circuit with the very text that stands in Redis. */
export interface KnownCircuit {
  readonly text: string;
  readonly circuit: Circuit;
}

/** What this process knows of the others: which gateways are open somewhere, which are closed, and which queues are served. */
export class FleetView {
  readonly #store: Store;
  readonly #gateways: readonly string[];
  /** By gateway and channel, and by gateway alone for its sessions. */
  readonly #seenAt = new Map<string, number>();
  readonly #startedAt = performance.now();
  #circuits = new Map<string, KnownCircuit>();
  #statuses: readonly ProcessStatus[] = [];
  #refreshedAt = 0;

  constructor(store: Store, gateways: readonly string[]) {
    this.#store = store;
    this.#gateways = gateways;
  }

  /** Reads what the processes tell; keeps the old picture while Redis is away. */
  async refresh(): Promise<void> {
    try {
      const [statuses, circuits] = await Promise.all([
        readStatuses(this.#store),
        readCircuits(this.#store, this.#gateways),
      ]);
      this.#statuses = statuses;
      this.#circuits = new Map([...circuits].map(([gateway, text]) => [gateway, knownCircuit(text)]));
      this.#refreshedAt = performance.now();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      return;
    }
    for (const { lines } of this.#statuses) for (const line of lines) this.sawLine(line);
  }

  get statuses(): readonly ProcessStatus[] {
    return this.#statuses;
  }

  /** Milliseconds since the last picture. */
  get ageMs(): number {
    return performance.now() - this.#refreshedAt;
  }

  /** Takes note of a line that sends: of this process at once, of others by what they tell. */
  sawLine(line: StatusLine): void {
    if (!isUp(line)) return;
    const now = performance.now();
    this.#seenAt.set(line.gateway, now);
    for (const channel of line.carrying) this.#seenAt.set(`${line.gateway}/${channel}`, now);
  }

  /** Takes note of what this process put into Redis, or found there. */
  sawCircuit(gateway: string, text: string | undefined): void {
    if (text === undefined) this.#circuits.delete(gateway);
    else this.#circuits.set(gateway, knownCircuit(text));
  }

  circuit(gateway: string): KnownCircuit | undefined {
    return this.#circuits.get(gateway);
  }

  /** Does somebody have a session to it, as far as the last picture tells? */
  isUp(gateway: string): boolean {
    return this.#linesOf(gateway).some(isUp);
  }

  /** The code with which it refuses a login, as far as the last picture tells. */
  refusal(gateway: string): string | undefined {
    const sessions = this.#linesOf(gateway).flatMap((line) => line.sessions);
    return sessions.find(({ refusedWith }) => refusedWith !== undefined)?.refusedWith;
  }

  /** Has nobody had a session to it for {@link FAILOVER_AFTER_MS}? */
  isGone(gateway: string): boolean {
    return this.#unseenMs(gateway) >= FAILOVER_AFTER_MS;
  }

  /** Could nobody send this channel over it for {@link FAILOVER_AFTER_MS}? */
  hasFailed(gateway: string, channel: Channel): boolean {
    return this.#unseenMs(`${gateway}/${channel}`) >= FAILOVER_AFTER_MS;
  }

  /** May new messages be put to it: is it open, and can somebody send this channel? */
  isUsable(gateway: string, channel: Channel): boolean {
    const phase = phaseOf(this.#circuits.get(gateway)?.circuit, this.#store.fleetNow());
    return phase === 'open' && !this.hasFailed(gateway, channel);
  }

  /** The process that tries a closed gateway: the first, by name, of those with a session. */
  trier(gateway: string): string | undefined {
    const owners = this.#statuses
      .filter(({ lines }) => lines.some((line) => line.gateway === gateway && isUp(line)))
      .map(({ owner }) => owner);
    return owners.sort()[0];
  }

  /** Does some process take messages from this queue now? */
  isServed(queue: string): boolean {
    return this.#statuses.some((status) => status.serving.includes(queue));
  }

  #linesOf(gateway: string): readonly StatusLine[] {
    return this.#statuses.flatMap(({ lines }) =>
      lines.filter((line) => line.kind === 'send' && line.gateway === gateway),
    );
  }

  #unseenMs(key: string): number {
    return performance.now() - (this.#seenAt.get(key) ?? this.#startedAt);
  }
}

/** Is the line logged in, whether or not it may send at this hour? */
function isUp({ kind, open, sessions }: StatusLine): boolean {
  return kind === 'send' && (open || sessions.some(({ state }) => state === 'ready'));
}

function knownCircuit(text: string): KnownCircuit {
  return { text, circuit: JSON.parse(text) as Circuit };
}
