const NOTHING = Buffer.alloc(0);

/**
 * The bytes that came and were not read yet. Chunks are joined only once enough of them are there, so that a body
 * of a megabyte that comes in small pieces is copied a few times and not once a piece.
 */
export class ByteQueue {
  #chunks: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Everything that is held, in one piece. */
  join(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks, this.#length)];
    return this.#chunks[0] ?? NOTHING;
  }

  /** Keeps the bytes from `from` on of what `join` gave. */
  keepFrom(from: number): void {
    const whole = this.join();
    this.#length = whole.length - from;
    this.#chunks = this.#length === 0 ? [] : [whole.subarray(from)];
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }
}
