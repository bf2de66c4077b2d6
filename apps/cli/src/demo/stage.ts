/** What is ended together; in this order. */
const PHASES = ['consumers', 'workers', 'simulators', 'keys', 'redis', 'files'] as const;
export type Phase = (typeof PHASES)[number];

interface Prop {
  readonly phase: Phase;
  readonly end: () => Promise<void>;
}

/**
 * Everything that the demo started. What is still starting when the curtain falls is ended as soon as it stands, so that
 * nothing is left behind at whatever moment that happens.
 */
export class Stage {
  readonly #props: Prop[] = [];
  #closing: Promise<readonly unknown[]> | undefined;

  /**
   * Starts something, and remembers how to end it.
   * @throws Error once everything is being ended: nothing starts any more
   */
  async set<T>(phase: Phase, start: () => Promise<T> | T, end: (value: T) => unknown): Promise<T> {
    this.assertOpen();
    const starting = start();
    const settled = Promise.allSettled([starting]);
    this.#props.push({
      phase,
      end: async () => {
        const [outcome] = await settled;
        if (outcome.status === 'fulfilled') await end(outcome.value);
      },
    });
    return starting;
  }

  /** @throws Error once everything is being ended */
  assertOpen(): void {
    if (this.#closing) throw new Error('everything is being ended');
  }

  /** Ends everything, in order; answers what could not be ended. May be called again. */
  close(): Promise<readonly unknown[]> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    for (const phase of PHASES) {
      const props = this.#props.filter((prop) => prop.phase === phase);
      const outcomes = await Promise.allSettled(props.map((prop) => prop.end()));
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') failures.push(outcome.reason as unknown);
    }
    return failures;
  }
}
