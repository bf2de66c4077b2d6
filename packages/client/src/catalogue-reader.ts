import { type FleetCatalogue, parseCatalogue } from '@pabal/queues';

/** A fleet that is reconfigured is heard of within this time. */
const FRESH_MS = 5_000;

/** Reads what the fleet tells about itself at most once in five seconds, however many ask. */
export class CatalogueReader {
  readonly #read: () => Promise<string | null>;
  readonly #now: () => number;
  #latest: Promise<FleetCatalogue | undefined> = Promise.resolve(undefined);
  #readAt = Number.NEGATIVE_INFINITY;

  /**
   * @param read what stands under the catalogue's key
   * @param now monotonic ms
   */
  constructor(read: () => Promise<string | null>, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  /** Undefined when no process of the fleet ever started. Rejects as `read` does, and then reads again the next time. */
  read(): Promise<FleetCatalogue | undefined> {
    const now = this.#now();
    if (now - this.#readAt >= FRESH_MS) {
      this.#readAt = now;
      const reading = this.#read().then(parseCatalogue);
      this.#latest = reading;
      reading.catch(() => {
        if (this.#latest === reading) this.#readAt = Number.NEGATIVE_INFINITY;
      });
    }
    return this.#latest;
  }
}
