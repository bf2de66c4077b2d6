import type { Socket } from 'node:net';
import type { Faults } from './faults.js';

/** A peer that takes nothing for this long would make us hold its bytes for ever: it is cut off. */
const MOST_BUFFERED_BYTES = 64 * 1024 * 1024;

/**
 * The writing side of one connection. Packets of one turn of the loop leave in one write, in order; under the
 * fault `splitEveryByte` a packet leaves byte by byte and the following ones queue behind it.
 */
export class Peer {
  readonly socket: Socket;
  readonly #faults: Faults;
  readonly #onSend: ((packet: Uint8Array) => void) | undefined;
  #batch: Uint8Array[] = [];
  #scheduled = false;
  #split: { bytes: Uint8Array; from: number } | undefined;
  #ending = false;

  /** `onSend` sees every packet that is queued, before a fault splits it. */
  constructor(socket: Socket, faults: Faults, onSend?: (packet: Uint8Array) => void) {
    this.socket = socket;
    this.#faults = faults;
    this.#onSend = onSend;
    socket.setNoDelay(true);
  }

  /** Whether the connection is gone or about to be ended. */
  get closed(): boolean {
    return this.#ending || this.#gone;
  }

  get #gone(): boolean {
    return this.socket.destroyed || this.socket.writableEnded;
  }

  /** Queues one packet. Nothing happens on a closed connection. */
  send(packet: Uint8Array): void {
    if (this.closed) return;
    if (this.socket.writableLength > MOST_BUFFERED_BYTES) {
      this.socket.destroy();
      return;
    }
    this.#batch.push(packet);
    this.#onSend?.(packet);
    if (this.#scheduled || this.#split) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  /** Cuts the connection at once: what is queued may or may not arrive. */
  cut(): void {
    this.socket.destroy();
  }

  /** Writes what is queued, then closes; nothing can be sent any more. */
  end(): void {
    if (this.closed) return;
    this.#ending = true;
    if (!this.#split) this.#flush();
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#gone || this.#split) return;
    const packets = this.#batch;
    this.#batch = [];
    if (packets.length > 0) {
      const bytes = packets.length === 1 ? (packets[0] as Uint8Array) : Buffer.concat(packets);
      if (this.#faults.strike('splitEveryByte')) {
        this.#split = { bytes, from: 0 };
        this.#writeNextByte();
        return;
      }
      this.socket.write(bytes);
    }
    // A client that never closes its half must not keep the connection.
    if (this.#ending) this.socket.end(() => this.socket.destroySoon());
  }

  #writeNextByte(): void {
    const split = this.#split;
    if (!split || this.#gone) return;
    this.socket.write(split.bytes.subarray(split.from, split.from + 1));
    split.from += 1;
    if (split.from < split.bytes.length) {
      setImmediate(() => this.#writeNextByte());
      return;
    }
    this.#split = undefined;
    this.#flush();
  }
}
