import type { Problem } from '@pabal/message';

/** What became of the items, by their place in the input, from 0. Every item is in exactly one of the two. */
export interface SendManyReport {
  readonly accepted: readonly { readonly index: number; readonly id: string }[];
  readonly refused: readonly { readonly index: number; readonly problems: readonly Problem[] }[];
  /** How many of each. Where every chunk is told, the lists of the whole are empty and these alone count. */
  readonly totals: SendManyTotals;
}

export interface SendManyTotals {
  readonly accepted: number;
  readonly refused: number;
}

/** Collects what became of the items, the whole of it or only the numbers, so that memory holds one chunk of any input. */
export class ReportKeeper {
  readonly #keepAll: boolean;
  readonly #accepted: { index: number; id: string }[] = [];
  readonly #refused: { index: number; problems: readonly Problem[] }[] = [];
  #before: SendManyTotals = { accepted: 0, refused: 0 };

  /** @param keepAll false: a chunk is forgotten once it was told */
  constructor(keepAll: boolean) {
    this.#keepAll = keepAll;
  }

  accept(index: number, id: string): void {
    this.#accepted.push({ index, id });
  }

  refuse(index: number, problems: readonly Problem[]): void {
    this.#refused.push({ index, problems });
  }

  /** How many so far. */
  get totals(): SendManyTotals {
    return {
      accepted: this.#before.accepted + this.#accepted.length,
      refused: this.#before.refused + this.#refused.length,
    };
  }

  /** What stands here: all, or what came since the last chunk was taken. */
  report(): SendManyReport {
    // What lacks a file is known later than what breaks a rule of its own.
    const refused = [...this.#refused].sort((a, b) => a.index - b.index);
    return { accepted: [...this.#accepted], refused, totals: this.totals };
  }

  /** The chunk that ends here, which is forgotten; its totals are its own. Only without `keepAll`. */
  takeChunk(): SendManyReport {
    if (this.#keepAll) throw new Error('the whole report is kept');
    const chunk = this.report();
    this.#before = this.totals;
    this.#accepted.length = 0;
    this.#refused.length = 0;
    return { ...chunk, totals: { accepted: chunk.accepted.length, refused: chunk.refused.length } };
  }
}
