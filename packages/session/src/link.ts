/** One connection, from dialling to its end: the socket, its codec, and bytes that wait on either side. */
import type { Duplex } from 'node:stream';
import type { DialectConnection, Inbound } from './dialect.js';
import type { PreparedSubmit } from './gateway.js';
import { LARGE_FRAME_BYTES } from './shadow.js';

/** Unsent bytes above which nothing more is read: answers would pile up for a peer that does not take them. */
const BACKLOG_BYTES = 64 * 1024;

export interface LinkHooks {
  readonly connected: () => void;
  /** Acts upon one frame. What it throws ends the link. */
  readonly inbound: (inbound: Inbound) => void;
  /** Must be true for a frame to be taken; ask for {@link Link.read} again when it becomes true. */
  readonly mayTake: () => boolean;
  /** Asked right before submits are written; when it says no they are not, and the link ends. */
  readonly mayWrite: () => boolean;
  /** Asked right before `count` answers are written; when it says no they are dropped, and will be asked for again. */
  readonly mayAnswer: (count: number) => boolean;
  /** Bytes left our buffer. */
  readonly flushed: () => void;
  /** Reading stood still and goes on. */
  readonly resumed: () => void;
  /** The connection ended, or can't go on. Called at most once, never after {@link Link.hangUp}. */
  readonly ended: (cause: LinkEnd) => void;
}

export type LinkEnd =
  | { readonly kind: 'peerClosed' }
  | { readonly kind: 'socketError'; readonly error: Error }
  /** The agent was lost between a submit and its write. */
  | { readonly kind: 'notOwner' }
  /** Bytes that can't be framed, or an error of a handler. */
  | { readonly kind: 'threw'; readonly error: unknown };

export class Link<P extends PreparedSubmit> {
  readonly codec: DialectConnection<P>;
  readonly #socket: Duplex;
  readonly #hooks: LinkHooks;
  readonly #chunks: Uint8Array[] = [];
  #frames: Iterator<Inbound> | undefined;
  #answers: Uint8Array[] = [];
  #submits: Uint8Array[] = [];
  #submitBytes = 0;
  /** Called once the submits of this tick are written. */
  #onLeft: (() => void)[] = [];
  #reading = false;
  #paused = false;
  #over = false;

  constructor(socket: Duplex, codec: DialectConnection<P>, hooks: LinkHooks) {
    this.#socket = socket;
    this.codec = codec;
    this.#hooks = hooks;
    socket.once('connect', () => {
      if (!this.#over) hooks.connected();
    });
    socket.on('data', (chunk: Uint8Array) => {
      if (this.#over) return;
      this.#chunks.push(chunk);
      this.read();
    });
    // The listener stays after the end: an error of a socket that was given up concerns nobody, but must be heard.
    socket.on('error', (error) => this.#end({ kind: 'socketError', error }));
    socket.once('end', () => this.#end({ kind: 'peerClosed' }));
    socket.once('close', () => this.#end({ kind: 'peerClosed' }));
  }

  /** True while reading stands still because frames can't be taken. */
  get paused(): boolean {
    return this.#paused;
  }

  /** The socket takes bytes, and none of ours wait in this process, but for small submits of this very tick. */
  get flushed(): boolean {
    return (
      this.#socket.writable && this.#socket.writableLength === 0 && this.#submitBytes <= LARGE_FRAME_BYTES
    );
  }

  /** Takes frames for as long as they may be taken, then reads the socket again or stops reading it. */
  read(): void {
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (!this.#over) {
        if (!this.#hooks.mayTake() || this.#socket.writableLength > BACKLOG_BYTES) {
          this.#pause();
          return;
        }
        const inbound = this.#nextFrame();
        if (!inbound) {
          this.#resume();
          return;
        }
        this.#hooks.inbound(inbound);
      }
    } catch (error) {
      this.#end({ kind: 'threw', error });
    } finally {
      this.#reading = false;
    }
  }

  /** Writes now, behind the submits of this tick. */
  write(bytes: Uint8Array): void {
    this.flushSubmits();
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    this.#socket.write(bytes, () => {
      if (this.#over) return;
      this.#hooks.flushed();
      if (this.#paused) this.read();
    });
  }

  /**
   * Writes at the end of this tick, together with the other submits of the tick: one system call for many.
   * @param left called once it is written; never when the connection ends before
   */
  submit(bytes: Uint8Array, left: () => void): void {
    this.#submits.push(bytes);
    this.#submitBytes += bytes.length;
    this.#onLeft.push(left);
    if (this.#submitBytes > LARGE_FRAME_BYTES) this.flushSubmits();
    else if (this.#submits.length === 1) process.nextTick(() => this.flushSubmits());
  }

  /** Writes the submits that wait for the end of the tick now. */
  flushSubmits(): void {
    const [submits, onLeft] = [this.#submits, this.#onLeft];
    if (submits.length === 0) return;
    [this.#submits, this.#onLeft, this.#submitBytes] = [[], [], 0];
    if (this.#over) return;
    if (!this.#hooks.mayWrite()) {
      this.#end({ kind: 'notOwner' });
      return;
    }
    this.#write(joined(submits));
    for (const left of onLeft) left();
  }

  /** Writes at the end of this tick, together with the other answers of the tick: one system call for many. */
  answer(bytes: Uint8Array): void {
    this.#answers.push(bytes);
    if (this.#answers.length === 1) process.nextTick(() => this.flushAnswers());
  }

  /** Writes the answers that wait for the end of the tick now. */
  flushAnswers(): void {
    const answers = this.#answers;
    this.#answers = [];
    if (this.#over || answers.length === 0 || !this.#hooks.mayAnswer(answers.length)) return;
    this.write(joined(answers));
  }

  /** Closes at once. No hook is called any more. */
  hangUp(): void {
    this.#over = true;
    this.#socket.destroy();
  }

  #nextFrame(): Inbound | undefined {
    for (;;) {
      if (!this.#frames) {
        const chunk = this.#chunks.shift();
        if (!chunk) return undefined;
        this.#frames = this.codec.receive(chunk)[Symbol.iterator]();
      }
      const next = this.#frames.next();
      if (!next.done) return next.value;
      this.#frames = undefined;
    }
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#socket.pause();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#hooks.resumed();
    this.#socket.resume();
  }

  #end(cause: LinkEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#hooks.ended(cause);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
