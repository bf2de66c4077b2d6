import type { LedgerEntry } from '../common/index.js';

/** The accepted MSG_IDs of every USER_ID, over all servers, for a limited time (LGHV 2.2.3). */
export class DuplicateMemory {
  readonly #byUser = new Map<string, Map<string, LedgerEntry>>();

  get size(): number {
    let size = 0;
    for (const known of this.#byUser.values()) size += known.size;
    return size;
  }

  /** The accepted submit that used this MSG_ID within the last `memoryMs`. */
  find(userId: string, msgId: string, now: number, memoryMs: number): LedgerEntry | undefined {
    const entry = this.#byUser.get(userId)?.get(msgId);
    return entry && now - entry.at <= memoryMs ? entry : undefined;
  }

  /** Remembers an accepted submit and forgets those that are older than `memoryMs`. */
  add(userId: string, entry: LedgerEntry, memoryMs: number): void {
    let known = this.#byUser.get(userId);
    if (!known) {
      known = new Map();
      this.#byUser.set(userId, known);
    }
    // Re-inserted at the end, so that the oldest are always at the front.
    known.delete(entry.wireId);
    known.set(entry.wireId, entry);
    for (const [msgId, old] of known) {
      if (entry.at - old.at <= memoryMs) break;
      known.delete(msgId);
    }
  }
}
