import type { Cancel, Clock } from '@pabal/session';

/** A line waits so long for others, ms. */
export const GATHER_MS = 100;
/** So many characters are written at once without waiting. */
export const GATHER_CHARACTERS = 8_192;

/** Takes lines, each with its line feed. */
export interface LineSink {
  write(lines: string): void;
}

/**
 * Gathers lines for a moment and hands them on as one text, in their order. Whoever ends the process calls
 * {@link GatheredOutput.flushSync}; only a kill loses what came in the last {@link GATHER_MS} ms.
 */
export class GatheredOutput implements LineSink {
  readonly #sink: LineSink;
  readonly #clock: Clock;
  #gathered = '';
  #cancel: Cancel | undefined;

  constructor(sink: LineSink, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  write(line: string): void {
    this.#gathered += line;
    if (this.#gathered.length >= GATHER_CHARACTERS) this.flushSync();
    else this.#cancel ??= this.#clock.after(GATHER_MS, () => this.flushSync());
  }

  /** Hands on what was gathered. */
  flushSync(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const gathered = this.#gathered;
    this.#gathered = '';
    if (gathered !== '') this.#sink.write(gathered);
  }
}
