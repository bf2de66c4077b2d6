import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** How often a line that has bytes waiting looks for room, ms. */
const TICK_MS = 5;
/** So much of a pause may be used at once, ms: a line does not delay what it has room for. */
const BURST_MS = 20;
/** What waits within the line itself; more is left to the kernels on either side. */
const QUEUE_BYTES = 64 * 1024;

/** Passes on what comes from one socket as a line of this many bytes a second does: in order, and large frames slowly. */
export function passSlowly(from: Socket, to: Socket, bytesPerSecond: number): void {
  const queue: Buffer[] = [];
  const burst = (bytesPerSecond * BURST_MS) / 1000;
  let queued = 0;
  let room = burst;
  let lookedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const pass = (): void => {
    timer = undefined;
    const now = performance.now();
    room = Math.min(burst, room + ((now - lookedAt) * bytesPerSecond) / 1000);
    lookedAt = now;
    for (let [next] = queue; next !== undefined && room >= 1; [next] = queue) {
      const part = next.subarray(0, Math.floor(room));
      if (part.length === next.length) queue.shift();
      else queue[0] = next.subarray(part.length);
      queued -= part.length;
      room -= part.length;
      to.write(part);
    }
    if (queued < QUEUE_BYTES) from.resume();
    if (queued > 0) timer = setTimeout(pass, TICK_MS);
  };
  from.on('data', (chunk: Buffer) => {
    queue.push(chunk);
    queued += chunk.length;
    if (queued >= QUEUE_BYTES) from.pause();
    if (timer === undefined) pass();
  });
  from.on('close', () => clearTimeout(timer));
}

/** Stands before one port, and is slow towards it; what comes back from it passes at once. */
export class SlowLine {
  readonly #bytesPerSecond: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Listens; gives its own port. */
  async start(port: number): Promise<number> {
    const server = createServer((client) => this.#join(client, port));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
  }

  #join(client: Socket, port: number): void {
    const gateway = connect(port, '127.0.0.1');
    const end = (): void => {
      for (const socket of [client, gateway]) {
        socket.destroy();
        this.#sockets.delete(socket);
      }
    };
    for (const socket of [client, gateway]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    passSlowly(client, gateway, this.#bytesPerSecond);
    gateway.on('data', (chunk: Buffer) => client.write(chunk));
  }
}
