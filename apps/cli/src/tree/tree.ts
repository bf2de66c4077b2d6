import type { Cancel, Clock } from '@pabal/session';
import { nextRestart } from './restart.js';

/** A process to keep running. */
export interface ChildSpec {
  readonly name: string;
  /** Words behind `pabal`. */
  readonly args: readonly string[];
  /** Stopped in this order: lower first, equal ones together. */
  readonly stopOrder: number;
}

/** How a process ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A running process. */
export interface Child {
  readonly pid: number | undefined;
  /** Resolves when it has ended; never rejects. */
  readonly ended: Promise<ChildEnd>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export interface TreeOptions {
  readonly specs: readonly ChildSpec[];
  readonly clock: Clock;
  readonly start: (spec: ChildSpec) => Child;
  /** What the tree itself has to say. */
  readonly say: (line: string) => void;
  /** How long a stopping child may take before it is killed, ms. */
  readonly stopLimitMs: number;
}

interface Kept {
  readonly spec: ChildSpec;
  child: Child | undefined;
  deaths: number;
  cancelRestart: Cancel;
}

/** Keeps child processes running: starts again what died, and stops all of them in order. */
export class Tree {
  readonly #options: TreeOptions;
  readonly #kept: readonly Kept[];
  #stopping: Promise<boolean> | undefined;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.#kept = options.specs.map((spec) => ({
      spec,
      child: undefined,
      deaths: 0,
      cancelRestart: () => {},
    }));
  }

  start(): void {
    for (const kept of this.#kept) this.#run(kept);
  }

  /** Stops all in order; resolves with whether each ended by itself and well. Further calls give the same promise. */
  stop(): Promise<boolean> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** Kills what is still there. */
  force(): void {
    for (const { child } of this.#kept) child?.kill('SIGKILL');
  }

  #run(kept: Kept): void {
    const { clock, start, say } = this.#options;
    const { name } = kept.spec;
    const startedAt = clock.now();
    const child = start(kept.spec);
    kept.child = child;
    say(`${name} started${child.pid === undefined ? '' : `, process ${child.pid}`}`);
    void child.ended.then((end) => {
      kept.child = undefined;
      if (this.#stopping) return;
      const { deaths, delayMs } = nextRestart(kept.deaths, clock.now() - startedAt);
      kept.deaths = deaths;
      say(`${name} ended (${endText(end)}); it starts again in ${delayMs / 1_000} s`);
      kept.cancelRestart = clock.after(delayMs, () => this.#run(kept));
    });
  }

  async #stopAll(): Promise<boolean> {
    for (const kept of this.#kept) kept.cancelRestart();
    let well = true;
    const orders = [...new Set(this.#kept.map(({ spec }) => spec.stopOrder))].sort((a, b) => a - b);
    for (const order of orders) {
      const group = this.#kept.filter(({ spec, child }) => spec.stopOrder === order && child);
      const ends = await Promise.all(group.map((kept) => this.#stopOne(kept)));
      well &&= ends.every(Boolean);
    }
    return well;
  }

  async #stopOne({ spec, child }: Kept): Promise<boolean> {
    if (!child) return true;
    const { clock, say, stopLimitMs } = this.#options;
    child.kill('SIGTERM');
    const cancel = clock.after(stopLimitMs, () => {
      say(`${spec.name} did not stop within ${stopLimitMs / 1_000} s and is killed`);
      child.kill('SIGKILL');
    });
    const end = await child.ended;
    cancel();
    say(`${spec.name} stopped (${endText(end)})`);
    return end.code === 0;
  }
}

function endText({ code, signal }: ChildEnd): string {
  return signal === null ? `exit code ${code}` : `by ${signal}`;
}
