import { ProtocolError } from './errors.js';

/** Sizes that a frame's header tells, bytes. */
export interface FrameSizes {
  readonly headerSize: number;
  readonly bodySize: number;
}

/**
 * The frame's sizes stand further within it: they can be told once this many of its bytes are there, counted from its
 * start. More than what is there already.
 */
export interface SizesBehind {
  readonly atLeast: number;
}

/**
 * Reads a frame's sizes from `bytes[start, end)`: `more` while too little of its header is there, {@link SizesBehind}
 * where its parts tell their own sizes.
 * It must refuse what can never become a header, so that a hostile peer is not waited for.
 * @throws ProtocolError when the bytes are no header.
 */
export type HeaderReader = (
  bytes: Uint8Array,
  start: number,
  end: number,
) => FrameSizes | SizesBehind | 'more';

/** One whole frame. Both parts are views on memory that is never written again. */
export interface Frame {
  readonly header: Uint8Array;
  readonly body: Uint8Array;
}

export interface FrameReaderOptions {
  readonly header: HeaderReader;
  /** Most bytes of one frame, header included. A longer one ends the stream before anything waits for it. */
  readonly maxFrameBytes: number;
}

/** Bytes taken from a chunk at a time while the header is incomplete. */
const HEADER_STEP = 64;
const FIRST_ALLOCATION = 256;
const EMPTY = new Uint8Array(0);

/**
 * Cuts a byte stream into frames, however it was split or joined on its way. A length is checked before it is waited
 * or allocated for; memory grows with bytes that came, not with bytes that were promised; each byte is copied a
 * bounded number of times. After a {@link ProtocolError} the stream has no known frame border left: every later push
 * throws the same error.
 */
export class FrameReader {
  readonly #header: HeaderReader;
  readonly #maxFrameBytes: number;
  /** The chunk being cut, and how far. */
  #chunk: Uint8Array = EMPTY;
  #at = 0;
  /** The start of one frame whose rest has not come; new memory for each such frame. */
  #pending: Uint8Array = EMPTY;
  #length = 0;
  #sizes: FrameSizes | undefined;
  /** Bytes of the pending frame that must be there before its sizes can be told. */
  #atLeast = 0;
  #failure: ProtocolError | undefined;

  constructor(options: FrameReaderOptions) {
    this.#header = options.header;
    this.#maxFrameBytes = options.maxFrameBytes;
  }

  /** Bytes held back: of an incomplete frame, and behind a frame at which the consumer stopped. */
  get buffered(): number {
    return this.#length + this.#chunk.length - this.#at;
  }

  /**
   * Takes the chunk and yields every frame that it completes, in order; frames before a broken one are still
   * yielded. A consumer that stops early loses nothing: the rest comes with the next push. The chunk's memory must
   * not be written again.
   * @throws ProtocolError from the iteration.
   */
  *push(chunk: Uint8Array): Generator<Frame, void, undefined> {
    this.#take(chunk);
    for (;;) {
      if (this.#failure) throw this.#failure;
      const frame = this.#length === 0 ? this.#nextFromChunk() : this.#nextFromPending();
      if (!frame) return;
      yield frame;
    }
  }

  #take(chunk: Uint8Array): void {
    const left = this.#chunk.length - this.#at;
    if (left === 0) {
      this.#chunk = chunk;
    } else {
      const joined = new Uint8Array(left + chunk.length);
      joined.set(this.#chunk.subarray(this.#at));
      joined.set(chunk, left);
      this.#chunk = joined;
    }
    this.#at = 0;
  }

  /** A frame that lies whole in the chunk: no copy. Else what is there of it becomes pending. */
  #nextFromChunk(): Frame | undefined {
    const chunk = this.#chunk;
    const start = this.#at;
    if (start === chunk.length) return undefined;
    const sizes = this.#readHeader(chunk, start, chunk.length);
    if (sizes !== undefined) {
      const body = start + sizes.headerSize;
      const end = body + sizes.bodySize;
      if (end <= chunk.length) {
        this.#at = end;
        return { header: chunk.subarray(start, body), body: chunk.subarray(body, end) };
      }
      this.#sizes = sizes;
    }
    this.#moveToPending(chunk.length - start);
    return undefined;
  }

  #nextFromPending(): Frame | undefined {
    const sizes = this.#pendingSizes();
    if (sizes === undefined) return undefined;
    const size = sizes.headerSize + sizes.bodySize;
    this.#moveToPending(Math.min(size - this.#length, this.#chunk.length - this.#at));
    if (this.#length < size) return undefined;
    const frame = {
      header: this.#pending.subarray(0, sizes.headerSize),
      body: this.#pending.subarray(sizes.headerSize, size),
    };
    this.#pending = EMPTY;
    this.#length = 0;
    this.#sizes = undefined;
    return frame;
  }

  /** Completes the header of the pending frame in small steps, so that little of what follows is copied with it. */
  #pendingSizes(): FrameSizes | undefined {
    while (this.#sizes === undefined) {
      const left = this.#chunk.length - this.#at;
      if (left === 0) return undefined;
      const missing = this.#atLeast - this.#length;
      this.#moveToPending(Math.min(missing > 0 ? missing : HEADER_STEP, left));
      if (this.#length < this.#atLeast) return undefined;
      const sizes = this.#readHeader(this.#pending, 0, this.#length);
      if (sizes === undefined) continue;
      this.#sizes = sizes;
      // A frame shorter than the step: what lies behind it goes back; it came from this chunk.
      const excess = Math.max(0, this.#length - sizes.headerSize - sizes.bodySize);
      this.#length -= excess;
      this.#at -= excess;
    }
    return this.#sizes;
  }

  #moveToPending(count: number): void {
    const needed = this.#length + count;
    if (needed > this.#pending.length) {
      const ahead = Math.min(Math.max(this.#pending.length * 2, FIRST_ALLOCATION), this.#maxFrameBytes);
      const grown = new Uint8Array(Math.max(needed, ahead));
      grown.set(this.#pending.subarray(0, this.#length));
      this.#pending = grown;
    }
    this.#pending.set(this.#chunk.subarray(this.#at, this.#at + count), this.#length);
    this.#length = needed;
    this.#at += count;
  }

  /** Undefined while the sizes cannot be told. */
  #readHeader(bytes: Uint8Array, start: number, end: number): FrameSizes | undefined {
    try {
      const told = this.#header(bytes, start, end);
      const known = told !== 'more' && 'headerSize' in told;
      this.#atLeast = told !== 'more' && 'atLeast' in told ? told.atLeast : 0;
      const size = known ? told.headerSize + told.bodySize : Math.max(end - start, this.#atLeast);
      if (size > this.#maxFrameBytes) {
        throw new ProtocolError('frame-too-long', `${size} bytes, at most ${this.#maxFrameBytes}`);
      }
      return known ? told : undefined;
    } catch (error) {
      if (error instanceof ProtocolError) this.#failure = error;
      throw error;
    }
  }
}
