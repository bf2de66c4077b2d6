import type { Cancel, Clock } from '@pabal/session';

/** One thing to bring to an end. */
export interface ShutdownStep {
  readonly name: string;
  /** The signal aborts when waiting makes no more sense: the deadline passed, or somebody forces. */
  readonly run: (signal: AbortSignal) => Promise<void> | void;
}

/** A step that did not end in its time. It goes on in the background; nobody waits for it any longer. */
export class ShutdownTimeout extends Error {
  readonly code = 'shutdown-timeout';
  override readonly name = 'ShutdownTimeout';

  constructor(step: string) {
    super(`shutdown step ${step} did not end in time`);
  }
}

/** A step that failed, by name. */
export class ShutdownStepFailed extends Error {
  readonly code = 'shutdown-step';
  override readonly name = 'ShutdownStepFailed';

  constructor(step: string, cause: unknown) {
    super(`shutdown step ${step} failed`, { cause });
  }
}

export type StepOutcome = 'done' | 'failed' | 'timeout';

export interface ShutdownOptions {
  readonly clock: Clock;
  /** For all steps together, ms. */
  readonly deadlineMs: number;
  /** What each step still gets once the deadline has passed or somebody forces, ms. Default 500. */
  readonly graceMs?: number;
  readonly onStep?: (step: string, outcome: StepOutcome, ms: number) => void;
}

const DEFAULT_GRACE_MS = 500;

/**
 * Runs named steps one after the other, in the order in which they were added. Every step runs, whatever became of those
 * before it; failures come out together as one AggregateError.
 */
export class OrderedShutdown {
  readonly #steps: ShutdownStep[] = [];
  readonly #options: ShutdownOptions;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  /** Adds a step at the end. Steps added while the shutdown runs still run, last. */
  add(name: string, run: ShutdownStep['run']): void {
    this.#steps.push({ name, run });
  }

  get started(): boolean {
    return this.#running !== undefined;
  }

  /** Starts the shutdown; every further call gives the same promise. Rejects with an AggregateError. */
  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  /** Stops waiting: the running step and all later ones get the grace and no more. */
  force(): void {
    this.#abort.abort();
  }

  async #runAll(): Promise<void> {
    const { clock, deadlineMs } = this.#options;
    const failures: Error[] = [];
    const cancel = clock.after(deadlineMs, () => this.#abort.abort());
    for (let index = 0; index < this.#steps.length; index++) {
      const step = this.#steps[index];
      const failure = step && (await this.#runStep(step));
      if (failure) failures.push(failure);
    }
    cancel();
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} shutdown steps failed`);
  }

  async #runStep(step: ShutdownStep): Promise<Error | undefined> {
    const { clock, onStep } = this.#options;
    const startedAt = clock.now();
    const patience = this.#patience();
    const ended = await Promise.race([attempt(step, this.#abort.signal), patience.over]);
    patience.cancel();
    const failure = ended === 'timeout' ? new ShutdownTimeout(step.name) : ended;
    onStep?.(step.name, outcomeOf(failure), clock.now() - startedAt);
    return failure;
  }

  /** Is over a grace after the abort; without one, never. */
  #patience(): { readonly over: Promise<'timeout'>; readonly cancel: () => void } {
    const { clock, graceMs = DEFAULT_GRACE_MS } = this.#options;
    const { signal } = this.#abort;
    let cancelTimer: Cancel | undefined;
    let wait = () => {};
    const over = new Promise<'timeout'>((resolve) => {
      wait = () => {
        cancelTimer = clock.after(graceMs, () => resolve('timeout'));
      };
    });
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
    return {
      over,
      cancel: () => {
        signal.removeEventListener('abort', wait);
        cancelTimer?.();
      },
    };
  }
}

async function attempt({ name, run }: ShutdownStep, signal: AbortSignal): Promise<Error | undefined> {
  try {
    await run(signal);
    return undefined;
  } catch (error) {
    return new ShutdownStepFailed(name, error);
  }
}

function outcomeOf(failure: Error | undefined): StepOutcome {
  if (failure === undefined) return 'done';
  return failure instanceof ShutdownTimeout ? 'timeout' : 'failed';
}
