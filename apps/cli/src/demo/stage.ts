/** What is ended together; in this order. */
const PHASES = ['consumers', 'workers', 'simulators', 'keys', 'redis', 'files'] as const;
export type Phase = (typeof PHASES)[number];

/** How something is ended. */
export interface Ending<T> {
  readonly end: (value: T) => unknown;
  /** For a process that is exiting and can wait for nothing. */
  readonly atOnce?: (value: T) => void;
}

interface Prop {
  readonly phase: Phase;
  readonly end: () => Promise<void>;
  readonly atOnce: () => void;
}

/**
 * Everything that the demo started. What is still starting when the curtain falls is ended as soon as it stands, so that
 * nothing is left behind at whatever moment that happens.
 */
export class Stage {
  readonly #props = new Set<Prop>();
  #closing: Promise<readonly unknown[]> | undefined;

  /**
   * Starts something, and remembers how to end it.
   * @throws Error once everything is being ended: nothing starts any more
   */
  async set<T>(phase: Phase, start: () => Promise<T> | T, ending: Ending<T>): Promise<T> {
    this.assertOpen();
    let standing: { readonly value: T } | undefined;
    const starting = (async () => {
      const value = await start();
      standing = { value };
      return value;
    })();
    const settled = Promise.allSettled([starting]);
    this.#props.add({
      phase,
      end: async () => {
        await settled;
        if (standing) await ending.end(standing.value);
      },
      atOnce: () => {
        if (standing) ending.atOnce?.(standing.value);
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

  /** Ends at once what was not ended yet, as far as that is possible without waiting. */
  abandon(): void {
    for (const prop of this.#props) prop.atOnce();
  }

  async #closeAll(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    for (const phase of PHASES) {
      const props = [...this.#props].filter((prop) => prop.phase === phase);
      const outcomes = await Promise.allSettled(props.map((prop) => prop.end()));
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') failures.push(outcome.reason as unknown);
      for (const prop of props) this.#props.delete(prop);
    }
    return failures;
  }
}
