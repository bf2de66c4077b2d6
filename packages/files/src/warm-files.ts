import type { StoredFile } from './file-store.js';

/** How many bytes of files a worker keeps at hand. */
export const WARM_BYTES = 64 * 1_048_576;

/** The files of a message, in its order, or the places of those that are not there. */
export type LoadedFiles =
  | { readonly kind: 'loaded'; readonly files: readonly StoredFile[] }
  | { readonly kind: 'missing'; readonly places: readonly number[] };

/**
 * Files that this worker has read lately. A campaign names the same image a million times: it is read once, also when
 * many ask for it at the same moment. A file that was not there is asked for again each time.
 */
export class WarmFiles {
  readonly #read: (id: string) => Promise<StoredFile | undefined>;
  readonly #limit: number;
  /** Least recently used first. */
  readonly #warm = new Map<string, StoredFile>();
  readonly #reading = new Map<string, Promise<StoredFile | undefined>>();
  #bytes = 0;

  /**
   * @param read reads one file from where they are stored; a rejection is passed on and not remembered
   * @param limitBytes how much is kept; a file larger than that is not
   */
  constructor(read: (id: string) => Promise<StoredFile | undefined>, limitBytes = WARM_BYTES) {
    this.#read = read;
    this.#limit = limitBytes;
  }

  /** Bytes at hand. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The files of these ids. */
  async load(ids: readonly string[]): Promise<LoadedFiles> {
    const found = await Promise.all(ids.map((id) => this.get(id)));
    const files = found.filter((file) => file !== undefined);
    if (files.length === found.length) return { kind: 'loaded', files };
    return { kind: 'missing', places: [...found.keys()].filter((place) => found[place] === undefined) };
  }

  /** One file; undefined when it is not there. */
  get(id: string): Promise<StoredFile | undefined> {
    const warm = this.#warm.get(id);
    if (warm) {
      this.#warm.delete(id);
      this.#warm.set(id, warm);
      return Promise.resolve(warm);
    }
    const underWay = this.#reading.get(id);
    if (underWay) return underWay;
    const reading = this.#read(id)
      .then((file) => {
        if (file) this.#remember(file);
        return file;
      })
      .finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  #remember(file: StoredFile): void {
    if (file.bytes.length > this.#limit) return;
    this.#warm.set(file.id, file);
    this.#bytes += file.bytes.length;
    for (const [id, oldest] of this.#warm) {
      if (this.#bytes <= this.#limit) break;
      this.#warm.delete(id);
      this.#bytes -= oldest.bytes.length;
    }
  }
}
