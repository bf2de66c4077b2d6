import type { RedisOptions } from 'ioredis';
import { Redis } from 'ioredis';

/** ioredis' options as its constructor takes them. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

/** A server that accepted the connection and then says nothing for so long is frozen: the next attempt may find another. */
const HANDSHAKE_MS = 1_500;
/**
 * BullMQ blocks for at most ten seconds on connections of its own. It notices by itself when an answer is overdue, but
 * not when the connection was lost meanwhile.
 */
const BLOCKING_SILENCE_MS = 12_000;

/**
 * ioredis, with what it lacks for a Redis that goes away and comes back, here or elsewhere:
 *
 * - Told to disconnect while it waits for its next attempt, it drops the attempt and never says that it has ended;
 *   BullMQ's workers wait for that, for ever. This one makes the attempt at once and ends with it.
 * - Told to connect anew while it does so already, it may give up instead. This one goes on.
 * - An attempt that was accepted by a frozen server would last as long as that is frozen. This one tries again.
 */
export class EndingRedis extends Redis {
  constructor(options: ConnectionOptions);
  constructor(url: string, options: ConnectionOptions);
  constructor(first: string | ConnectionOptions, options: ConnectionOptions = {}) {
    if (typeof first === 'string') super(first, options);
    else super(first);
    this.on('connect', () => this.#watchHandshake());
  }

  override disconnect(reconnect = false): void {
    if (reconnect && this.status !== 'ready' && this.status !== 'connect') return;
    super.disconnect(reconnect);
    if (reconnect || this.status !== 'reconnecting') return;
    // Refused, it ends by itself; connected, it is told once more.
    this.connect().then(
      () => super.disconnect(),
      () => {},
    );
  }

  /** BullMQ makes the connections that it blocks on so. */
  override duplicate(override?: Partial<RedisOptions>): Redis {
    const options: ConnectionOptions = {
      ...this.options,
      socketTimeout: BLOCKING_SILENCE_MS,
      ...override,
    };
    return new EndingRedis(options);
  }

  /** A server that still loads its data is asked again and again, and answers. */
  #watchHandshake(): void {
    const { stream } = this;
    let seen = stream.bytesRead;
    const timer = setInterval(() => {
      if (this.stream !== stream || this.status !== 'connect') {
        clearInterval(timer);
        return;
      }
      if (stream.bytesRead === seen) stream.destroy(new SilentServer());
      seen = stream.bytesRead;
    }, HANDSHAKE_MS);
    timer.unref();
  }
}

/** Nobody speaks at the other end of a connection. */
class SilentServer extends Error {
  readonly code = 'ETIMEDOUT';
  override readonly name = 'SilentServer';

  constructor() {
    super(`the server accepted the connection and said nothing for ${HANDSHAKE_MS} ms`);
  }
}
