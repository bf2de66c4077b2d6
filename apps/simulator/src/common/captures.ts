/** Which way a frame went, as the simulator sees it. */
export type Direction = 'received' | 'sent';

/** One raw frame. */
export interface Capture {
  /** Counts up from 0 over all sessions. */
  readonly n: number;
  /** When it was read or queued for writing, in milliseconds since the epoch. */
  readonly at: number;
  readonly session: number;
  readonly direction: Direction;
  readonly hex: string;
}

/** What `list` narrows by. */
export interface CaptureFilter {
  readonly session?: number;
  readonly direction?: Direction;
}

interface Kept {
  readonly n: number;
  readonly at: number;
  readonly direction: Direction;
  readonly bytes: Uint8Array;
}

/** Sessions whose frames are kept; past it those of the oldest session are forgotten. */
const MOST_SESSIONS = 64;
/** Bytes that are kept over all sessions; past it the oldest frames are forgotten. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * The last raw frames of each session, for `pabal decode` and for a look at what really went over the wire. They
 * hold passwords, numbers and texts as they travelled, so they are off until a number of frames is asked for.
 */
export class Captures {
  readonly #perSession: number;
  readonly #mostBytes: number;
  readonly #now: () => number;
  readonly #sessions = new Map<number, Kept[]>();
  #bytes = 0;
  #next = 0;

  /** Keeps `perSession` frames of each session; 0 keeps none. */
  constructor(perSession: number, now: () => number, mostBytes = MOST_BYTES) {
    if (!Number.isInteger(perSession) || perSession < 0) {
      throw new TypeError(`capture must be a whole number of frames, is ${perSession}`);
    }
    this.#perSession = perSession;
    this.#now = now;
    this.#mostBytes = mostBytes;
  }

  /** Whether frames are kept at all. */
  get on(): boolean {
    return this.#perSession > 0;
  }

  /** Bytes in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps a copy of one frame. */
  add(session: number, direction: Direction, frame: Uint8Array): void {
    if (!this.on || frame.length > this.#mostBytes) return;
    let kept = this.#sessions.get(session);
    if (!kept) {
      kept = [];
      this.#sessions.set(session, kept);
    }
    kept.push({ n: this.#next++, at: this.#now(), direction, bytes: Uint8Array.from(frame) });
    this.#bytes += frame.length;
    if (kept.length > this.#perSession) this.#drop(session, kept);
    while (this.#sessions.size > MOST_SESSIONS) this.#dropOldestSession();
    while (this.#bytes > this.#mostBytes) this.#dropOldestFrame();
  }

  /** The kept frames that match, in the order in which they went. */
  list(filter: CaptureFilter = {}): Capture[] {
    const found: Capture[] = [];
    for (const [session, kept] of this.#sessions) {
      if (filter.session !== undefined && filter.session !== session) continue;
      for (const { n, at, direction, bytes } of kept) {
        if (filter.direction !== undefined && filter.direction !== direction) continue;
        found.push({ n, at, session, direction, hex: Buffer.from(bytes).toString('hex') });
      }
    }
    return found.sort((a, b) => a.n - b.n);
  }

  clear(): void {
    this.#sessions.clear();
    this.#bytes = 0;
  }

  #drop(session: number, kept: Kept[]): void {
    this.#bytes -= kept.shift()?.bytes.length ?? 0;
    if (kept.length === 0) this.#sessions.delete(session);
  }

  #dropOldestSession(): void {
    for (const [session, kept] of this.#sessions) {
      for (const { bytes } of kept) this.#bytes -= bytes.length;
      this.#sessions.delete(session);
      return;
    }
  }

  #dropOldestFrame(): void {
    let oldest: [number, Kept[]] | undefined;
    for (const one of this.#sessions) {
      if (!oldest || (one[1][0] as Kept).n < (oldest[1][0] as Kept).n) oldest = one;
    }
    if (oldest) this.#drop(...oldest);
  }
}
