import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { KEY } from './config.js';
import { type Received, takeFrames } from './wire.js';

/** A server on the loopback that says nothing unless the test tells it to, and keeps what it hears in order. */
export class ScriptedServer {
  /** With which bodies are decrypted that come encrypted. */
  key = KEY;
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  readonly #heard: Received[] = [];
  readonly #waiting: (() => void)[] = [];
  #closed = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async start(): Promise<ScriptedServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ScriptedServer(server);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  /** Connections so far. */
  get connections(): number {
    return this.#sockets.length;
  }

  /** Frames that came and were not asked for yet. */
  get unread(): readonly string[] {
    return this.#heard.map(({ method }) => method);
  }

  /** The next frame that a client sent. */
  async next(): Promise<Received> {
    for (;;) {
      const heard = this.#heard.shift();
      if (heard) return heard;
      await this.#something();
    }
  }

  /** Resolves when so many frames of a method are there unread. */
  async has(count: number, method: string): Promise<void> {
    while (this.unread.filter((each) => each === method).length < count) await this.#something();
  }

  /** Resolves when so many connections have ended. */
  async closed(count: number): Promise<void> {
    while (this.#closed < count) await this.#something();
  }

  /** Writes on the latest connection. */
  send(...frames: readonly Buffer[]): void {
    this.#sockets.at(-1)?.write(Buffer.concat(frames));
  }

  /** Ends the latest connection. */
  hangUp(): void {
    this.#sockets.at(-1)?.destroy();
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    this.#sockets.push(socket);
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const taken = takeFrames(Buffer.concat([rest, chunk]), this.key);
      rest = Buffer.from(taken.rest);
      this.#heard.push(...taken.frames);
      this.#wake();
    });
    // A reset is one of the ways in which a client closes.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed += 1;
      this.#wake();
    });
  }

  #something(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
