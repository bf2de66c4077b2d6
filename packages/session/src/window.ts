/**
 * The submits of one connection that wait for their ack. Each entry leaves exactly once, with its one outcome: settled by
 * an ack, or taken out as expired or abandoned. It owns no timer.
 */

/** How a settle turned out. `unknown`: this window never held that wire id, or it was so long ago that it forgot. */
export type SettleResult = 'settled' | 'duplicate' | 'late' | 'unknown';

export interface WindowCounts {
  /** A second ack for a submit that had one. */
  readonly duplicate: number;
  /** An ack for a submit that was given up (timeout, lost connection). */
  readonly late: number;
  readonly unknown: number;
}

interface Entry<T> {
  readonly lane: string;
  readonly value: T;
  readonly writtenAt: number;
}

/** Ids that are remembered after they left, to tell a late ack from a strange one. */
const REMEMBERED = 4096;
/** So many more may be there until the oldest are forgotten, all at once: to find the oldest costs more than to drop it. */
const FORGOTTEN_AT_ONCE = 256;

/** @typeParam T what an entry carries until its outcome. */
export class InFlightWindow<T> {
  /** In order of writing, hence of expiry. */
  readonly #entries = new Map<string, Entry<T>>();
  readonly #left = new Map<string, 'settled' | 'givenUp'>();
  readonly #held = new Map<string, number>();
  readonly #counts = { duplicate: 0, late: 0, unknown: 0 };

  /** Entries in flight, of one lane (a rate domain: a full one does not block another) or of all. */
  size(lane?: string): number {
    if (lane === undefined) return this.#entries.size;
    return this.#held.get(lane) ?? 0;
  }

  has(wireId: string): boolean {
    return this.#entries.has(wireId);
  }

  get counts(): WindowCounts {
    return { ...this.#counts };
  }

  /** False when the wire id is in flight already: then nothing changes, and it must not be written. */
  reserve(wireId: string, lane: string, value: T, now: number): boolean {
    if (this.#entries.has(wireId)) return false;
    this.#left.delete(wireId);
    this.#entries.set(wireId, { lane, value, writtenAt: now });
    this.#held.set(lane, this.size(lane) + 1);
    return true;
  }

  /** Takes the entry out, and gives its value when there was one. */
  settle(wireId: string): { readonly result: SettleResult; readonly value?: T } {
    const entry = this.#take(wireId, 'settled');
    if (entry) return { result: 'settled', value: entry.value };
    const left = this.#left.get(wireId);
    const result = left === undefined ? 'unknown' : left === 'settled' ? 'duplicate' : 'late';
    this.#counts[result] += 1;
    return { result };
  }

  /** Takes out every entry that was written `timeoutMs` ago or earlier. */
  expire(now: number, timeoutMs: number): T[] {
    const expired: T[] = [];
    for (const [wireId, entry] of this.#entries) {
      if (entry.writtenAt + timeoutMs > now) break;
      this.#take(wireId, 'givenUp');
      expired.push(entry.value);
    }
    return expired;
  }

  /** Takes out everything: the connection is gone. */
  abandon(): T[] {
    return this.expire(Number.POSITIVE_INFINITY, 0);
  }

  /** When the oldest entry was written; undefined when nothing is in flight. */
  oldestAt(): number | undefined {
    for (const entry of this.#entries.values()) return entry.writtenAt;
    return undefined;
  }

  #take(wireId: string, why: 'settled' | 'givenUp'): Entry<T> | undefined {
    const entry = this.#entries.get(wireId);
    if (!entry) return undefined;
    this.#entries.delete(wireId);
    this.#held.set(entry.lane, this.size(entry.lane) - 1);
    this.#left.set(wireId, why);
    if (this.#left.size > REMEMBERED + FORGOTTEN_AT_ONCE) {
      for (const oldest of this.#left.keys()) {
        this.#left.delete(oldest);
        if (this.#left.size <= REMEMBERED) break;
      }
    }
    return entry;
  }
}

/**
 * Submits in flight that a grant needs: two seconds of it, so that acks which take a second do not slow it down; at least
 * 32 and at most 2000.
 */
export function windowFor(granted: number): number {
  return Math.min(2000, Math.max(32, Math.ceil(granted * 2)));
}
