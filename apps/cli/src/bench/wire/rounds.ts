import { setImmediate } from 'node:timers/promises';
import type { Task } from './task.js';

export interface RoundOptions {
  readonly rounds: number;
  /** How long each task runs in a round, ms. */
  readonly sliceMs: number;
  /** How long it runs before it is measured, ms. */
  readonly warmUpMs: number;
  /** Monotonic, ms. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onRound?: (round: number) => void;
}

/** A task beside the baseline's: in each round the one right behind the other, so that both meet the same machine. */
export interface Pair {
  readonly task: Task;
  /** Undefined for a task that is compared with nothing. */
  readonly baseline: Task | undefined;
}

/** Microseconds of one call, a figure a round. */
export interface PairTimes {
  readonly task: readonly number[];
  readonly baseline: readonly number[];
}

/** The sum of what the tasks give out. It ends in the report: what goes into it must be worked out. */
export interface Measured {
  readonly times: readonly PairTimes[];
  readonly checksum: number;
}

/**
 * Runs the pairs in rounds that take turns. Before the first, each task is run until it is compiled, which also says
 * how many calls fill a slice. Between tasks it hears signals.
 */
export async function runRounds(pairs: readonly Pair[], options: RoundOptions): Promise<Measured> {
  const { rounds, signal, onRound } = options;
  const runner = new Runner(options);
  const times = pairs.map(() => ({ task: [] as number[], baseline: [] as number[] }));
  for (const { task, baseline } of pairs) {
    await setImmediate();
    signal.throwIfAborted();
    for (const each of [baseline, task]) if (each) runner.warmUp(each);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const [index, { task, baseline }] of pairs.entries()) {
      await setImmediate();
      signal.throwIfAborted();
      // Turn about, so that neither always runs on what the other left behind.
      const order = round % 2 === 1 ? (['baseline', 'task'] as const) : (['task', 'baseline'] as const);
      for (const side of order) {
        const each = side === 'task' ? task : baseline;
        if (each) times[index]?.[side].push(runner.slice(each));
      }
    }
    onRound?.(round);
  }
  return { times, checksum: runner.checksum };
}

class Runner {
  readonly #options: RoundOptions;
  readonly #calls = new Map<Task, number>();
  #next = 0;
  checksum = 0;

  constructor(options: RoundOptions) {
    this.#options = options;
  }

  warmUp(task: Task): void {
    if (this.#calls.has(task)) return;
    const { now, warmUpMs, sliceMs } = this.#options;
    const begin = now();
    let calls = 0;
    let taken = 0;
    for (let batch = 1; taken < warmUpMs; batch *= 2) {
      this.#repeat(task, batch);
      calls += batch;
      taken = now() - begin;
    }
    this.#calls.set(task, Math.max(1, Math.round((calls * sliceMs) / taken)));
  }

  /** Microseconds of one call. */
  slice(task: Task): number {
    const { now } = this.#options;
    const calls = this.#calls.get(task) ?? 1;
    const begin = now();
    this.#repeat(task, calls);
    return ((now() - begin) * 1000) / calls;
  }

  #repeat(task: Task, calls: number): void {
    let sum = 0;
    const end = this.#next + calls;
    for (let index = this.#next; index < end; index++) sum += task.run(index);
    this.#next = end;
    this.checksum = (this.checksum + sum) % Number.MAX_SAFE_INTEGER;
  }
}
