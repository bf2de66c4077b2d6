import type { Cancel, Clock, SendLine, StageOutcome } from '@pabal/session';
import type { DispatchLine } from './dispatch-line.js';
import type { Entry } from './entry.js';
import { isStagedOn, needsEverything } from './entry.js';

/** How many messages are staged at once per line: uploads must not take the connection from what is ready to go. */
export const MAX_STAGING = 8;
/** Timers hold no more ms than this; what expires later than that expires at its claim. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** What became of a staging, or that the message's time was over before it ended. */
export type StagingEnd =
  | StageOutcome
  | { readonly kind: 'expired' }
  | { readonly kind: 'broken'; readonly error: Error };

export interface StagingOptions {
  readonly clock: Clock;
  readonly fleetNow: () => number;
  /** The entry is the dispatcher's again. Not called for one that was taken out meanwhile. */
  readonly onEnd: (entry: Entry, line: DispatchLine, end: StagingEnd) => void;
}

interface UnderWay {
  readonly line: DispatchLine;
  readonly staging: Promise<StageOutcome>;
  readonly cancelExpiry: Cancel;
}

/**
 * Messages whose files are being made ready on a line. Nothing is claimed for them and no place is reserved: they hold up
 * nobody, can be cancelled and taken out at any time, and expire when they should. What goes on at the gateway is then
 * left to end by itself; it still counts, so that no line has more than {@link MAX_STAGING}.
 */
export class Staging {
  readonly #options: StagingOptions;
  readonly #underWay = new Map<Entry, UnderWay>();
  readonly #count = new WeakMap<SendLine, number>();

  constructor(options: StagingOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#underWay.size;
  }

  /** Has the line as much in hand as it may have? */
  isFull({ line }: DispatchLine): boolean {
    return (this.#count.get(line) ?? 0) >= MAX_STAGING;
  }

  /**
   * Sees to it that a message can be prepared on this line. True when it can at once; false when it is being staged, and
   * `onEnd` will give it back.
   */
  ready(entry: Entry, line: DispatchLine): boolean {
    if (entry.files.length === 0 || isStagedOn(entry, line.line)) return true;
    const complete = needsEverything(entry);
    const staging = line.line.stage(entry.message, entry.files, complete);
    if (!staging) return true;
    this.#count.set(line.line, (this.#count.get(line.line) ?? 0) + 1);
    this.#underWay.set(entry, { line, staging, cancelExpiry: this.#expireOnTime(entry) });
    const end = (outcome: StagingEnd) => {
      this.#count.set(line.line, Math.max(0, (this.#count.get(line.line) ?? 0) - 1));
      // One that was taken out meanwhile may by now be staged elsewhere: what comes of this is nothing to it.
      if (this.#underWay.get(entry)?.staging !== staging) return;
      if (outcome.kind === 'staged') entry.staged = { line: line.line, staged: outcome.staged, complete };
      this.#end(entry, line, outcome);
    };
    staging.then(end, (error: unknown) =>
      end({ kind: 'broken', error: error instanceof Error ? error : new Error(String(error)) }),
    );
    return false;
  }

  /** Takes out those for which it is true: they are the caller's. */
  remove(which: (entry: Entry) => boolean): Entry[] {
    const removed = [...this.#underWay.keys()].filter(which);
    for (const entry of removed) this.#forget(entry);
    return removed;
  }

  /** The line is gone: takes out what was being staged on it. */
  removeLine(line: SendLine): Entry[] {
    return this.remove((entry) => this.#underWay.get(entry)?.line.line === line);
  }

  #expireOnTime(entry: Entry): Cancel {
    const { clock, fleetNow } = this.#options;
    const { expiresAt } = entry.admitted;
    // What may have been sent cannot expire.
    if (expiresAt === undefined || entry.probe) return () => {};
    const leftMs = expiresAt - fleetNow();
    if (leftMs > LONGEST_TIMER_MS) return () => {};
    return clock.after(leftMs, () => {
      const underWay = this.#underWay.get(entry);
      if (underWay) this.#end(entry, underWay.line, { kind: 'expired' });
    });
  }

  #end(entry: Entry, line: DispatchLine, end: StagingEnd): void {
    this.#forget(entry);
    this.#options.onEnd(entry, line, end);
  }

  #forget(entry: Entry): void {
    this.#underWay.get(entry)?.cancelExpiry();
    this.#underWay.delete(entry);
  }
}
