import { CliFailure } from '../failure.js';
import { startPabal } from '../tree/spawn.js';
import type { Child } from '../tree/tree.js';

const TAIL_LINES = 12;
/** Longer than the roles give themselves to end, and shorter than whoever started the demo waits for it. */
const KILL_AFTER_MS = 7_000;

/** A `pabal` process that the demo started, with its lines. */
export class PabalChild {
  readonly name: string;
  readonly #child: Child;
  readonly #ended: Promise<string>;
  readonly #tail: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  #stopping = false;

  constructor(name: string, words: readonly string[]) {
    this.name = name;
    this.#child = startPabal(words, (line) => this.#take(line));
    this.#ended = this.#child.ended.then(({ code, signal }) => signal ?? `exit code ${code}`);
  }

  /**
   * Rejects with its last words as soon as it ends without having been told to; else never settles.
   * @throws CliFailure
   */
  async lost(): Promise<never> {
    const how = await this.#ended;
    if (this.#stopping) return new Promise<never>(() => {});
    const words = this.#tail.map((line) => `  ${line}`);
    throw new CliFailure([`${this.name} ended by itself (${how}). Its last lines:`, ...words].join('\n'));
  }

  /**
   * What the first line gives for which `read` gives anything. Ask before the line can have come: no line is kept.
   * @throws CliFailure when there is none in time, or the process ends before
   */
  async tell<T>(what: string, limitMs: number, read: (line: string) => T | undefined): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let listener = (_line: string) => {};
    const told = new Promise<T>((resolve, reject) => {
      const late = () => reject(new CliFailure(`${this.name}: no ${what} within ${limitMs / 1_000} s`));
      timer = setTimeout(late, limitMs);
      listener = (line) => {
        const value = read(line);
        if (value !== undefined) resolve(value);
      };
      this.#listeners.add(listener);
    });
    const gone = this.#ended.then((how): never => {
      throw new CliFailure(`${this.name} ended (${how}) before there was a ${what}`);
    });
    try {
      return await Promise.race([told, this.lost(), gone]);
    } finally {
      clearTimeout(timer);
      this.#listeners.delete(listener);
    }
  }

  /** Asks it to end and waits; one that does not is killed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const force = setTimeout(() => this.kill(), KILL_AFTER_MS);
    this.#child.kill('SIGTERM');
    await this.#ended;
    clearTimeout(force);
  }

  /** Ends it at once. */
  kill(): void {
    this.#stopping = true;
    this.#child.kill('SIGKILL');
  }

  #take(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    for (const listener of [...this.#listeners]) listener(line);
  }
}
