interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (answer: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface CoalescerOptions<T, R> {
  /** Does them all; answers in their order. */
  readonly run: (items: readonly T[]) => Promise<readonly R[]>;
  /** Items of one run at most. */
  readonly most: number;
  /** Runs under way at once; what comes meanwhile waits, and goes together. */
  readonly atOnce: number;
  /** Calls back once what comes at the same time has come. */
  readonly defer?: (run: () => void) => void;
}

/** Joins what is asked for at the same time into one round trip. Each gets its own answer; an error is everybody's. */
export class Coalescer<T, R> {
  readonly #options: CoalescerOptions<T, R>;
  #waiting: Waiting<T, R>[] = [];
  #running = 0;
  #deferred = false;

  constructor(options: CoalescerOptions<T, R>) {
    this.#options = options;
  }

  /** Rejects as the run does that the item was in. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#prepare();
    });
  }

  #prepare(): void {
    const { atOnce, defer = setImmediate } = this.#options;
    if (this.#deferred || this.#waiting.length === 0 || this.#running >= atOnce) return;
    this.#deferred = true;
    defer(() => {
      this.#deferred = false;
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    const some = this.#waiting.slice(0, this.#options.most);
    this.#waiting = this.#waiting.slice(this.#options.most);
    this.#running++;
    this.#prepare();
    try {
      const answers = await this.#options.run(some.map(({ item }) => item));
      for (const [place, { resolve, reject }] of some.entries()) {
        if (place < answers.length) resolve(answers[place] as R);
        else reject(new Error('a run gave fewer answers than it got items'));
      }
    } catch (error) {
      for (const { reject } of some) reject(error);
    } finally {
      this.#running--;
      this.#prepare();
    }
  }
}
