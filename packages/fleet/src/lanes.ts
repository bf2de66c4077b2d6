import type { MessageQueue } from '@pabal/queues';
import { queueName } from '@pabal/queues';
import type { Entry } from './entry.js';
import { homeLane } from './entry.js';
import { Lane, type Look } from './lane.js';

/** Ranks of lanes: a lower rank goes first whenever both could go. */
const RANKS = ['to-urgent', 'urgent', 'to', 'send'] as const satisfies readonly MessageQueue['kind'][];

/** All messages that this process holds and has not offered yet, each in the lane of its queue. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #turn = new Map<string, number>();

  /** The lane that an entry waits in. */
  of(entry: Entry): Lane {
    const queue = homeLane(entry);
    const name = queueName(queue);
    let lane = this.#lanes.get(name);
    if (!lane) {
      lane = new Lane(queue);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  get size(): number {
    let size = 0;
    for (const lane of this.#lanes.values()) size += lane.size;
    return size;
  }

  [Symbol.iterator](): IterableIterator<Lane> {
    return this.#lanes.values();
  }

  /** Takes out those for which it is true. */
  remove(which: (entry: Entry) => boolean): Entry[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.remove(which));
  }

  /** Takes the first entry of the lowest rank that may go, from lanes for which `open` is true. */
  take(now: number, open: (queue: MessageQueue) => boolean, look: Look): Entry | undefined {
    for (const rank of RANKS) {
      const lanes = [...this.#lanes.values()].filter(
        ({ queue, size }) => queue.kind === rank && size > 0 && open(queue),
      );
      const entry = this.#takeInTurn(rank, lanes, now, look);
      if (entry) return entry;
    }
    return undefined;
  }

  /** Lanes of one rank take turns, so that no route or channel waits behind another. */
  #takeInTurn(rank: string, lanes: readonly Lane[], now: number, look: Look): Entry | undefined {
    const turn = this.#turn.get(rank) ?? 0;
    for (let i = 0; i < lanes.length; i++) {
      const entry = lanes[(turn + i) % lanes.length]?.take(now, look);
      if (!entry) continue;
      this.#turn.set(rank, (turn + i + 1) % lanes.length);
      return entry;
    }
    return undefined;
  }
}
