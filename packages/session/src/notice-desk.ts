import type { Notice } from './gateway.js';

/**
 * Hands notices to storage, a bounded number at a time. Each is answered once it is stored, in whatever order that
 * happens; one that could not be stored is counted and never answered, so that the gateway sends it again. The desk
 * outlives connections: what an old one brought still counts until it is done.
 */
export class NoticeDesk {
  readonly #limit: number;
  readonly #store: (notice: Notice) => Promise<void>;
  readonly #onFree: () => void;
  #inHand = 0;
  #stored = 0;
  #rejected = 0;
  #rejectedInARow = 0;

  /** @param onFree called each time that a notice left the desk, answered or not. */
  constructor(limit: number, store: (notice: Notice) => Promise<void>, onFree: () => void) {
    this.#limit = limit;
    this.#store = store;
    this.#onFree = onFree;
  }

  get full(): boolean {
    return this.#inHand >= this.#limit;
  }

  get inHand(): number {
    return this.#inHand;
  }

  get counts(): { readonly noticesStored: number; readonly noticesRejected: number } {
    return { noticesStored: this.#stored, noticesRejected: this.#rejected };
  }

  /**
   * Stores, then calls one of the two. Check {@link full} first.
   * @param onRejected told how many in a row, this one included: a storage that is away rejects thousands.
   */
  async take(
    notice: Notice,
    onStored: () => void,
    onRejected: (error: unknown, inARow: number) => void,
  ): Promise<void> {
    this.#inHand += 1;
    try {
      await this.#store(notice);
      this.#stored += 1;
      this.#rejectedInARow = 0;
    } catch (error) {
      this.#rejected += 1;
      this.#rejectedInARow += 1;
      this.#leave(() => onRejected(error, this.#rejectedInARow));
      return;
    }
    this.#leave(onStored);
  }

  /** The answer first: a session that drains logs out when the desk is empty. */
  #leave(last: () => void): void {
    try {
      last();
    } finally {
      this.#inHand -= 1;
      this.#onFree();
    }
  }
}
