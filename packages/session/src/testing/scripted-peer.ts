import { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connect } from '../connect.js';
import type { Endpoint } from '../dialect.js';

/** A stream that takes bytes at once, as a socket with room in the kernel does, unless it is stalled. */
class PeerSocket extends Duplex {
  readonly taken: Uint8Array[] = [];
  stalled = false;
  #waiting: (() => void)[] = [];

  constructor() {
    super({ allowHalfOpen: false });
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.taken.push(chunk);
    if (this.stalled) this.#waiting.push(done);
    else done();
  }

  override _read(): void {}

  flow(): void {
    this.stalled = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }
}

/** The gateway's side of a connection, played by a test: no port, no time of its own. */
export class ScriptedPeer {
  /** Where each connection wanted to go. */
  readonly dialled: Endpoint[] = [];
  /** Refuse the connections to come. */
  refusing = false;
  #socket: PeerSocket | undefined;

  /** Give this to a session or line. */
  readonly connect: Connect = (endpoint) => {
    const socket = new PeerSocket();
    const { refusing } = this;
    this.#socket = socket;
    this.dialled.push(endpoint);
    queueMicrotask(() => {
      if (refusing) socket.destroy(new Error('connection refused'));
      else socket.emit('connect');
    });
    return socket;
  };

  get connections(): number {
    return this.dialled.length;
  }

  /** True while the session's side of the latest connection is open. */
  get isOpen(): boolean {
    return this.#socket?.destroyed === false;
  }

  /** True while the session does not want to read. */
  get isUnread(): boolean {
    return this.#socket?.isPaused() === true;
  }

  /** What the session wrote on the latest connection, one element a write, as Latin-1 text. */
  get heard(): readonly string[] {
    return (this.#socket?.taken ?? []).map((bytes) => Buffer.from(bytes).toString('latin1'));
  }

  /** Sends one chunk and lets everything that follows from it happen. */
  async send(chunk: string | Uint8Array): Promise<void> {
    this.#socket?.push(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
    await quiet();
  }

  /** Ends the connection from the gateway's side. */
  async hangUp(): Promise<void> {
    this.#socket?.push(null);
    await quiet();
  }

  /** Breaks the connection as a reset does. */
  async reset(): Promise<void> {
    this.#socket?.destroy(new Error('connection reset'));
    await quiet();
  }

  /** Leaves what the session writes in its own buffer, until {@link flow}. */
  stall(): void {
    if (this.#socket) this.#socket.stalled = true;
  }

  async flow(): Promise<void> {
    this.#socket?.flow();
    await quiet();
  }
}

/** Lets promises, ticks and stream events settle. */
export async function quiet(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await nextTurn();
}

/** Lets this tick end: what it brought together is written then. */
export function endOfTick(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
