import { type Job, type Processor, Worker, type WorkerOptions } from 'bullmq';

/** Questions for a job that are on their way to Redis at once, as long as each is answered with one. */
const MOST_AT_ONCE = 16;
/**
 * Blocking for a job that ends without one, at once, is tried again at once: a job that was taken without blocking leaves the mark
 * of its coming behind, which ends the next blocking for nothing. Where that goes on, blocking is no use: there is a pause.
 */
const AT_ONCE_MS = 2;
const MOST_FOR_NOTHING = 5;
const PAUSE_MS = 20;
/** And after an error. */
const ERROR_PAUSE_MS = 500;

/**
 * BullMQ's worker, with another way of filling its hands. BullMQ's own loop asks for one job after the other until it
 * holds as many as it may, and begins none of them before: wherever that number moves, and Redis is some milliseconds
 * away, whole seconds pass in which nothing is worked on. This one works on each job as it comes, asks for several at
 * once while there are some, and may hold another number at any time. Locks, their renewal, stalled jobs, the ends of jobs and
 * reconnecting are BullMQ's.
 */
export class PullingWorker extends Worker {
  #most: number;
  /** Jobs that are worked on. */
  #inHand = 0;
  #asking = 0;
  #askAtOnce = 1;
  /** The last answer was that there is none: one question waits for the next job, and the others are not asked. */
  #empty = false;
  #watching = false;
  #tokens = 0;
  #over: () => void = () => {};

  /** @param most jobs to hold at once */
  constructor(queue: string, work: Processor, most: number, options: WorkerOptions) {
    super(queue, work, { ...options, autorun: false });
    this.#most = most;
    // What BullMQ waits for when it closes.
    this.mainLoopRunning = new Promise((resolve) => {
      this.#over = resolve;
    });
    void this.startStalledCheckTimer();
    this.lockManager.start();
    this.#fill();
  }

  get inHand(): number {
    return this.#inHand;
  }

  get most(): number {
    return this.#most;
  }

  set most(value: number) {
    this.#most = value;
    this.#fill();
  }

  override close(force = false): Promise<void> {
    const closed = super.close(force);
    this.#goOn();
    return closed;
  }

  /** Something ended: there may be room, or all may be over. */
  #goOn(): void {
    if (!this.closing) this.#fill();
    else if (this.#inHand + this.#asking === 0 && !this.#watching) this.#over();
  }

  get #room(): number {
    return this.#most - this.#inHand - this.#asking;
  }

  #fill(): void {
    if (this.#empty) {
      if (!this.#watching && this.#room > 0) void this.#watch();
      return;
    }
    while (!this.closing && this.#room > 0 && this.#asking < this.#askAtOnce) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking++;
    const job = await this.#next(false);
    this.#asking--;
    if (job) {
      this.#askAtOnce = Math.min(MOST_AT_ONCE, this.#askAtOnce * 2);
      void this.#work(job);
    } else {
      this.#nothingThere();
    }
    this.#goOn();
  }

  #nothingThere(): void {
    this.#empty = true;
    this.#askAtOnce = 1;
  }

  /** Waits for the next job of an empty queue. */
  async #watch(): Promise<void> {
    this.#watching = true;
    let forNothing = 0;
    while (this.#empty && !this.closing && this.#room > 0) {
      const asked = performance.now();
      const job = await this.#next(true);
      if (job) {
        this.#empty = false;
        void this.#work(job);
      } else if (performance.now() - asked >= AT_ONCE_MS) {
        forNothing = 0;
      } else if (++forNothing >= MOST_FOR_NOTHING) {
        await this.delay(PAUSE_MS);
      }
    }
    this.#watching = false;
    this.#goOn();
  }

  async #next(block: boolean): Promise<Job | undefined> {
    try {
      return await this.getNextJob(`${this.id}:${++this.#tokens}`, { block });
    } catch (error) {
      if (!this.closing) {
        this.#failed(error);
        await this.delay(ERROR_PAUSE_MS);
      }
      return undefined;
    }
  }

  /** Works on a job, and on those that come with the ends of the ones before it. */
  async #work(first: Job): Promise<void> {
    this.#inHand++;
    for (let job: Job | undefined = first; job; ) job = await this.#workOn(job);
    this.#inHand--;
    this.#goOn();
  }

  /** Works on one job; answers the next one where there is room for it. */
  async #workOn(job: Job): Promise<Job | undefined> {
    let asked = false;
    const another = () => {
      asked = this.#room >= 0;
      return asked;
    };
    try {
      const next = await this.processJob(job, job.token ?? '', another);
      if (next) this.#empty = false;
      else if (asked) this.#nothingThere();
      return next ?? undefined;
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  #failed(error: unknown): void {
    this.emit('error', error instanceof Error ? error : new Error(String(error)));
  }
}
