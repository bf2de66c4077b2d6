import type { Io } from './command.js';

const TERMINAL_EVERY_MS = 100;
const QUIET_EVERY_MS = 5_000;
const BAR_COLUMNS = 30;

/** A bar of a share from 0 to 1. */
export function bar(share: number, columns: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * columns);
  return `[${'#'.repeat(full)}${'.'.repeat(columns - full)}]`;
}

/** Shows how far long work is: a bar on a terminal, a line every few seconds elsewhere. */
export class Progress {
  readonly #io: Io;
  readonly #what: string;
  readonly #now: () => number;
  #shownAt: number;
  #drawn = false;

  /** @param now monotonic ms */
  constructor(io: Io, what: string, now: () => number = () => performance.now()) {
    this.#io = io;
    this.#what = what;
    this.#now = now;
    this.#shownAt = now();
  }

  /** Tells the present standing; `total` is undefined while nobody knows it. */
  show(done: number, total?: number): void {
    const every = this.#io.errIsTerminal ? TERMINAL_EVERY_MS : QUIET_EVERY_MS;
    if (this.#now() - this.#shownAt < every) return;
    this.#shownAt = this.#now();
    const count = total === undefined ? `${done}` : `${done} of ${total}`;
    if (!this.#io.errIsTerminal) {
      this.#io.err(`${this.#what}: ${count}`);
      return;
    }
    const picture = total === undefined ? '' : `${bar(total === 0 ? 1 : done / total, BAR_COLUMNS)} `;
    this.#io.errRaw(`\r\x1b[K${this.#what} ${picture}${count}`);
    this.#drawn = true;
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#drawn) this.#io.errRaw('\r\x1b[K');
    this.#drawn = false;
  }
}
