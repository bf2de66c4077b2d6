import type { Io } from '../command.js';
import { cut } from './excerpt.js';

/** How often each kind of reader is told. */
const TERMINAL_EVERY_MS = 150;
const QUIET_EVERY_MS = 1_000;

/** Shows how things stand: a block that is drawn over itself on a terminal, a quiet line every second elsewhere. */
export class LiveView {
  readonly #io: Io;
  #drawn = 0;
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(io: Io) {
    this.#io = io;
  }

  /** @param now monotonic ms */
  show(block: readonly string[], line: string, now: number): void {
    const every = this.#io.errIsTerminal ? TERMINAL_EVERY_MS : QUIET_EVERY_MS;
    if (now - this.#shownAt < every) return;
    this.#shownAt = now;
    if (this.#io.errIsTerminal) this.#draw(block);
    else this.#io.err(line);
  }

  /** Takes the block away. */
  end(): void {
    this.#io.errRaw(this.#above());
    this.#drawn = 0;
  }

  #draw(block: readonly string[]): void {
    // A line that wraps would take two: the next block would then be drawn one too low.
    const lines = block.map((line) => `${cut(line, this.#io.columns - 1)}\n`);
    this.#io.errRaw(this.#above() + lines.join(''));
    this.#drawn = lines.length;
  }

  /** Back to where the block begins, and everything below it gone. */
  #above(): string {
    return this.#drawn === 0 ? '' : `\x1b[${this.#drawn}A\x1b[J`;
  }
}
