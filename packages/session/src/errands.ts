/**
 * Conversations beside the submits of one connection: files are brought to the gateway this way. The answers of such a
 * conversation carry no id of what they answer, so a connection holds one errand at a time and the others queue; and
 * when an answer is overdue the connection ends, since a late one would be taken for the answer to something else.
 */
import type { Cancel, Clock } from './clock.js';
import type { ErrandAnswer } from './dialect.js';
import { nameOf } from './end-reason.js';
import type { Log } from './gateway.js';

/** A write never follows the one before it sooner, ms: whoever waits for the socket gets a turn between two. */
const BETWEEN_WRITES_MS = 1;
/** Where the link is slower than we are: how long a write lets submits go first that have a place, ms. */
const YIELD_MS = 50;
/** After reading stood still, an answer that waited in the kernel gets this long before it is called late, ms. */
const CATCH_UP_MS = 1000;

/** What an errand does next. Without `awaits` the next step follows as soon as these bytes are flushed. */
export interface ErrandStep {
  /** Written while nothing of ours waits to be sent. Keep them small: an urgent submit waits for their transmission. */
  readonly bytes?: Uint8Array;
  /** The topic of the answer that the next step waits for, and gets. */
  readonly awaits?: string;
}

/** The steps of an errand, one after the other; what it returns is its result. */
export type ErrandSteps<R> = Generator<ErrandStep, R, ErrandAnswer | undefined>;

export type ErrandOutcome<R> =
  /** Went through, whatever the gateway said; `sessionId` is the login on which it did. */
  | { readonly kind: 'done'; readonly result: R; readonly sessionId: string }
  /** Not finished. What was written of it is worth nothing. */
  | {
      readonly kind: 'abandoned';
      readonly why: 'not-ready' | 'not-owner' | 'connection-lost' | 'answer-timeout' | 'failed';
    };

type Abandoned = Extract<ErrandOutcome<unknown>, { kind: 'abandoned' }>['why'];

/** An errand as the queue holds it: its result's type is known only to who asked for it. */
interface Errand {
  readonly steps: () => ErrandSteps<void>;
  readonly abandon: (why: Abandoned) => void;
}

interface Running extends Errand {
  readonly iterator: ErrandSteps<void>;
  /** Bytes that wait for their turn on the socket, with the answer that they ask for. */
  next: ErrandStep | undefined;
  /** Topic of the answer that is due. */
  awaits: string | undefined;
  /** The gateway has heard of it. */
  wrote: boolean;
}

export interface ErrandsHooks {
  /** The session is logged in, and this process may write. */
  readonly may: () => 'yes' | 'not-ready' | 'not-owner';
  /** Nothing of ours waits to be sent. */
  readonly isFlushed: () => boolean;
  /** Submits have a place on this session and are about to be written. */
  readonly isReserved: () => boolean;
  /** True while nothing is read: what is not read can't be called late. */
  readonly isPaused: () => boolean;
  readonly write: (bytes: Uint8Array) => void;
  /** An errand ended in its midst: what comes next could be taken for its rest, so the connection must be given up. */
  readonly giveUp: (reason: string) => void;
  readonly log: Log;
}

/** The errands of one session, over all its connections. */
export class Errands {
  readonly #clock: Clock;
  readonly #answerMs: number;
  readonly #hooks: ErrandsHooks;
  readonly #queue: Errand[] = [];
  #running: Running | undefined;
  #timer: Cancel | undefined;
  /** When the socket had last taken all that was written. */
  #flushedAt = Number.NEGATIVE_INFINITY;
  /** The socket did not take the bytes before these at once. */
  #slow = false;
  #unasked = 0;
  #unansweredBytes = 0;

  /** @param answerMs how long an answer may take. */
  constructor(clock: Clock, answerMs: number, hooks: ErrandsHooks) {
    this.#clock = clock;
    this.#answerMs = answerMs;
    this.#hooks = hooks;
  }

  /** Errands that run or wait. */
  get size(): number {
    return this.#queue.length + (this.#running ? 1 : 0);
  }

  /** Bytes written since the last answer, by whichever errand: until the next, nobody knows that they have arrived. */
  get unansweredBytes(): number {
    return this.#unansweredBytes;
  }

  /** Answers that nobody waited for. */
  get unasked(): number {
    return this.#unasked;
  }

  /**
   * Runs an errand after those before it. Never rejects.
   * @param sessionId the present login's.
   * @param start makes the steps when the errand's turn comes.
   */
  run<R>(sessionId: string, start: () => ErrandSteps<R>): Promise<ErrandOutcome<R>> {
    return new Promise((settle) => {
      this.#queue.push({
        *steps() {
          settle({ kind: 'done', result: yield* start(), sessionId });
        },
        abandon: (why) => settle({ kind: 'abandoned', why }),
      });
      this.#go();
    });
  }

  /** An answer came. */
  answered(answer: ErrandAnswer): void {
    const running = this.#running;
    if (running?.awaits !== answer.topic) {
      this.#unasked += 1;
      return;
    }
    running.awaits = undefined;
    this.#unansweredBytes = 0;
    this.#rest();
    this.#step(running, answer);
    this.#go();
  }

  /** Bytes left the socket's buffer, or a reserved place was used. */
  room(): void {
    if (!this.#running?.next) return;
    if (this.#hooks.isFlushed() && this.#flushedAt === Number.POSITIVE_INFINITY) {
      this.#flushedAt = this.#clock.now();
    }
    this.#rest();
    this.#go();
  }

  /** Ends the running errand and all that wait. */
  abandon(why: Abandoned): void {
    this.#rest();
    this.#unansweredBytes = 0;
    const running = this.#running;
    this.#running = undefined;
    const all = [...(running ? [running] : []), ...this.#queue.splice(0)];
    for (const errand of all) errand.abandon(why);
  }

  /** Does what can be done now, and arms the timer for what can be done later. */
  #go(): void {
    while (this.#timer === undefined) {
      if (!this.#running && !this.#start()) return;
      const running = this.#running;
      if (!running) continue;
      if (running.awaits !== undefined) return;
      const may = this.#hooks.may();
      if (may !== 'yes') {
        this.abandon(may);
        if (running.wrote && may === 'not-owner') this.#hooks.giveUp(may);
        return;
      }
      const wait = running.next?.bytes ? this.#waitMs() : 0;
      if (wait === Number.POSITIVE_INFINITY) return;
      if (wait > 0) this.#sleep(wait);
      else this.#write(running);
    }
  }

  /** How long the next bytes must wait; for ever where {@link room} will tell. */
  #waitMs(): number {
    if (!this.#hooks.isFlushed()) {
      this.#slow = true;
      this.#flushedAt = Number.POSITIVE_INFINITY;
      return Number.POSITIVE_INFINITY;
    }
    const since = this.#clock.now() - this.#flushedAt;
    if (since < BETWEEN_WRITES_MS) return BETWEEN_WRITES_MS - since;
    return this.#slow && this.#hooks.isReserved() ? Math.max(0, YIELD_MS - since) : 0;
  }

  /** Begins the next errand; false when there is none. */
  #start(): boolean {
    const errand = this.#queue.shift();
    if (!errand) return false;
    const running: Running = {
      ...errand,
      iterator: errand.steps(),
      next: undefined,
      awaits: undefined,
      wrote: false,
    };
    this.#running = running;
    this.#step(running, undefined);
    return true;
  }

  /** Lets the errand say what comes next. */
  #step(running: Running, answer: ErrandAnswer | undefined): void {
    try {
      const { done, value } = running.iterator.next(answer);
      if (done) this.#running = undefined;
      else running.next = value;
    } catch (error) {
      this.#hooks.log.error({ error: nameOf(error) }, 'errand.failed');
      this.#running = undefined;
      running.abandon('failed');
      if (running.wrote) this.#hooks.giveUp('errand-failed');
    }
  }

  #write(running: Running): void {
    const { bytes, awaits } = running.next ?? {};
    running.next = undefined;
    const now = this.#clock.now();
    if (awaits !== undefined) {
      running.awaits = awaits;
      this.#await(now + this.#answerMs);
    }
    if (bytes) {
      running.wrote = true;
      this.#unansweredBytes += bytes.length;
      this.#hooks.write(bytes);
      this.#slow = !this.#hooks.isFlushed();
      this.#flushedAt = this.#slow ? Number.POSITIVE_INFINITY : now;
    }
    // A write that fails ends the connection, and this errand with it.
    if (awaits === undefined && this.#running === running) this.#step(running, undefined);
  }

  #sleep(ms: number): void {
    this.#timer = this.#clock.after(ms, () => {
      this.#timer = undefined;
      this.#go();
    });
  }

  #await(dueAt: number): void {
    this.#timer = this.#clock.after(dueAt - this.#clock.now(), () => {
      this.#timer = undefined;
      const now = this.#clock.now();
      // A timer this late means that the whole process stood still, and has not read what came meanwhile.
      if (this.#hooks.isPaused() || now - dueAt > CATCH_UP_MS) this.#await(now + CATCH_UP_MS);
      else this.#late();
    });
  }

  #late(): void {
    this.abandon('answer-timeout');
    this.#hooks.giveUp('answer-timeout');
  }

  #rest(): void {
    this.#timer?.();
    this.#timer = undefined;
  }
}
