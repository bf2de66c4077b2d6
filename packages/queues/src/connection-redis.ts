import type { RedisOptions } from 'ioredis';
import { Redis } from 'ioredis';

/** ioredis' options as its constructor takes them. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

/** A server that accepted the connection and then says nothing for so long is frozen: the next attempt may find another. */
const HANDSHAKE_MS = 750;
/**
 * BullMQ blocks for up to ten seconds while delayed jobs stand in a queue. So long could nobody tell a frozen server
 * from a quiet one; asking more often costs an idle queue next to nothing.
 */
const BLOCKING_SECONDS = 2;
/** How often a connection is used at least: an idle one would find out with its next command that the server is gone. */
const PING_MS = 2_000;

/**
 * ioredis, with what it lacks for a Redis that goes away and comes back, here or elsewhere:
 *
 * - Told to disconnect while it waits for its next attempt, it drops the attempt and never says that it has ended;
 *   BullMQ's workers wait for that, for ever. This one makes the attempt at once and ends with it.
 * - Told to disconnect, it may still tell of an error. BullMQ's workers take that for the end, and are closed with jobs in
 *   hand, whose ends nobody stores then. This one only says that it has ended.
 * - Told to connect anew while it does so already, it may give up instead. This one goes on.
 * - Blocking for long would hide that the server is gone. This one blocks for two seconds at most.
 * - An idle connection learns nothing of its server. This one asks every two seconds.
 * - An attempt that was accepted by a frozen server would last as long as that is frozen. This one tries again.
 * - It makes a write of each command, and so a system call here and there. This one writes what a tick brings together.
 */
export class EndingRedis extends Redis {
  /** The connection whose commands of the present tick are held together. */
  #corked: Redis['stream'] | undefined;
  /** Told to disconnect, and not ended yet. Not a private name: the constructor of ioredis may ask already. */
  protected isEnding = false;

  constructor(options: ConnectionOptions);
  constructor(url: string, options: ConnectionOptions);
  constructor(first: string | ConnectionOptions, options: ConnectionOptions = {}) {
    if (typeof first === 'string') super(first, options);
    else super(first);
    this.on('connect', () => this.#watchHandshake());
    this.on('ready', () => this.#stayInTouch());
  }

  override disconnect(reconnect = false): void {
    if (reconnect && this.status !== 'ready' && this.status !== 'connect') return;
    if (!reconnect && this.status !== 'end') this.isEnding = true;
    super.disconnect(reconnect);
    if (reconnect || this.status !== 'reconnecting') return;
    // Refused, it ends by itself; accepted, if only by a frozen server, it is told once more.
    const again = () => super.disconnect();
    this.once('connect', again);
    this.connect()
      .catch(() => {})
      .finally(() => this.off('connect', again));
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'end') this.isEnding = false;
    return event === 'error' && this.isEnding ? false : super.emit(event, ...args);
  }

  /** So BullMQ makes the connections that it blocks on. */
  override duplicate(override?: Partial<RedisOptions>): Redis {
    const options: ConnectionOptions = { ...this.options, ...override };
    return new EndingRedis(options);
  }

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    if (command.name === 'bzpopmin') {
      const seconds = Number(command.args.at(-1));
      command.args[command.args.length - 1] = String(Math.min(seconds || BLOCKING_SECONDS, BLOCKING_SECONDS));
    }
    this.#writeTogether();
    return super.sendCommand(command, stream);
  }

  /** Holds what is written until the tick is over: then it goes to the system as one piece. */
  #writeTogether(): void {
    const { stream } = this;
    if (!stream || stream === this.#corked) return;
    this.#corked = stream;
    stream.cork();
    process.nextTick(() => {
      if (this.#corked === stream) this.#corked = undefined;
      stream.uncork();
    });
  }

  /** Silence ends the connection, see `socketTimeout`. */
  #stayInTouch(): void {
    const { stream } = this;
    const timer = setInterval(() => {
      if (this.stream !== stream || this.status !== 'ready') clearInterval(timer);
      else this.ping().catch(() => {});
    }, PING_MS);
    timer.unref();
  }

  /** A server that still loads its data is asked again and again, and answers. */
  #watchHandshake(): void {
    const { stream } = this;
    const giveUp = (before: number) => {
      if (stream.bytesRead === before) stream.destroy(new SilentServer());
    };
    let seen = stream.bytesRead;
    const timer = setInterval(() => {
      if (this.stream !== stream || this.status !== 'connect') {
        clearInterval(timer);
        return;
      }
      if (stream.bytesRead === seen) setImmediate(giveUp, seen); // what came while this process stood still is read first
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
