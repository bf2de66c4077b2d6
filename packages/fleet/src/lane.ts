import type { MessageQueue } from '@pabal/queues';
import type { Entry } from './entry.js';

/** Looks at an entry for one line: now, not before a time (monotonic clock), or never on this line. */
export type Look = (entry: Entry) => 'now' | 'never' | number;

/** How many entries are looked at for one turn: recipients that get too many must not make a turn expensive. */
const LOOKS_PER_TURN = 64;

/**
 * The messages of one queue that this process holds and has not offered yet: urgent and normal before bulk, each in
 * the order of its coming, with those that must wait set aside.
 */
export class Lane {
  readonly queue: MessageQueue;
  /** Since when (monotonic clock) no open line serves it, while something waits in it. */
  unservedSince: number | undefined;
  readonly #classes: [Entry[], Entry[]] = [[], []];
  #waiting: Entry[] = [];
  #brokeOff = false;

  constructor(queue: MessageQueue) {
    this.queue = queue;
  }

  get size(): number {
    return this.#classes[0].length + this.#classes[1].length + this.#waiting.length;
  }

  add(entry: Entry): void {
    this.#classOf(entry).push(entry);
  }

  /** Puts an entry back to the head of its class. */
  putBack(entry: Entry): void {
    this.#classOf(entry).unshift(entry);
  }

  /** Sets an entry aside until a time (monotonic clock). */
  setAside(entry: Entry, until: number, resting = false): void {
    entry.notBefore = until;
    entry.resting = resting;
    this.#waiting.push(entry);
  }

  /** Takes the first entry that the line can carry now. */
  take(now: number, look: Look): Entry | undefined {
    this.#wake(now);
    let looks = 0;
    let aside = 0;
    this.#brokeOff = false;
    for (const entries of this.#classes) {
      for (let i = 0; i < entries.length && looks < LOOKS_PER_TURN; i++, looks++) {
        const entry = entries[i];
        if (!entry) break;
        const when = look(entry);
        if (when === 'never') continue;
        entries.splice(i, 1);
        if (when === 'now') return entry;
        this.setAside(entry, when, true);
        aside++;
        i--;
      }
    }
    this.#brokeOff = looks === LOOKS_PER_TURN && aside > 0;
    return undefined;
  }

  /** The last turn was over before it had looked at all, and the next one will find others in their place. */
  get brokeOff(): boolean {
    return this.#brokeOff;
  }

  /** How many of a job queue were set aside because no line may take them now, though it could take others. */
  resting(jobQueue: string): number {
    return this.#waiting.filter(({ job, resting }) => resting && job.queue === jobQueue).length;
  }

  /** When the next one that was set aside may be looked at again; Infinity when none was. */
  nextWake(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.#waiting) next = Math.min(next, entry.notBefore);
    return next;
  }

  /** Is there one that may be looked at now? */
  hasReady(now: number): boolean {
    this.#wake(now);
    return this.#classes[0].length + this.#classes[1].length > 0;
  }

  /** Takes out those for which it is true. */
  remove(which: (entry: Entry) => boolean): Entry[] {
    const removed: Entry[] = [];
    const stays = (entry: Entry) => {
      if (!which(entry)) return true;
      removed.push(entry);
      return false;
    };
    for (const entries of this.#classes) entries.splice(0, entries.length, ...entries.filter(stays));
    this.#waiting = this.#waiting.filter(stays);
    return removed;
  }

  /** Takes everything out. */
  clear(): Entry[] {
    const all = [...this.#classes[0], ...this.#classes[1], ...this.#waiting];
    this.#classes[0].length = 0;
    this.#classes[1].length = 0;
    this.#waiting = [];
    return all;
  }

  #classOf(entry: Entry): Entry[] {
    return this.#classes[entry.message.priority === 'bulk' ? 1 : 0];
  }

  #wake(now: number): void {
    if (this.#waiting.length === 0) return;
    const due = this.#waiting.filter((entry) => entry.notBefore <= now);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((entry) => entry.notBefore > now);
    // The earliest go first, and of several at once those that were set aside first.
    for (const entry of due.sort((a, b) => a.notBefore - b.notBefore).reverse()) this.putBack(entry);
  }
}
