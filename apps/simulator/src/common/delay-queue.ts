import type { Cancel, Clock } from './clock.js';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * Calls functions at their times behind one timer of the process, in order of time and then of arrival.
 * Thousands of acknowledgements and reports a second would otherwise each pay for a timer of their own.
 */
export class DelayQueue {
  readonly #clock: Clock;
  readonly #heap: Waiting[] = [];
  #order = 0;
  #armedFor = Number.POSITIVE_INFINITY;
  #cancel: Cancel | undefined;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get length(): number {
    return this.#heap.length;
  }

  /** Calls `run` once `ms` have passed. */
  after(ms: number, run: () => void): void {
    if (this.#closed) return;
    this.#push({ at: this.#clock.now() + Math.max(0, ms), order: this.#order++, run });
    this.#arm();
  }

  /** Forgets everything that waits; later calls are ignored. */
  close(): void {
    this.#closed = true;
    this.#heap.length = 0;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(): void {
    const first = this.#heap[0];
    if (!first || this.#armedFor <= first.at) return;
    this.#cancel?.();
    this.#armedFor = first.at;
    this.#cancel = this.#clock.after(first.at - this.#clock.now(), () => this.#fire());
  }

  #fire(): void {
    this.#armedFor = Number.POSITIVE_INFINITY;
    this.#cancel = undefined;
    const now = this.#clock.now();
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      this.#pop();
      first.run();
    }
    this.#arm();
  }

  #push(item: Waiting): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(item);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above] as Waiting;
      if (earlier(parent, item)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = item;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      const left = heap[below];
      if (!left) break;
      const right = heap[below + 1];
      const smaller = right && earlier(right, left) ? right : left;
      if (smaller === right) below += 1;
      if (!earlier(smaller, last)) break;
      heap[index] = smaller;
      index = below;
    }
    heap[index] = last;
  }
}

function earlier(a: Waiting, b: Waiting): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
