import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** So many bytes at once are a part of a large frame: everything else on a connection is far shorter. */
const LARGE_CHUNK_BYTES = 16 * 1024;
/** The tail of a header (LGHV 2.1): such a part is the frame's beginning. */
const TAIL_AT = 5;
const TAIL = Buffer.of(0x00, 0xfe, 0xff);
const DELIVER_TYPE_AT = 9;
/** HEADER 8, ENCODE 1, DELIVER_TYPE 4 (LGHV 2.2.5). */
const MSG_ID_AT = 13;
const MSG_ID_BYTES = 20;

/**
 * Stands between a fleet and the LGHV simulator, with the ports that GRANT names replaced by its own, and can cut a
 * connection in the midst of a large MMS: half of what the client wrote arrives, the rest never does.
 */
export class LghvRelay {
  readonly #servers: (Server | HttpServer)[] = [];
  readonly #sockets = new Set<Socket>();
  #armed = 0;
  /** MSG_ID of every MMS that was cut. */
  readonly cutMsgIds: string[] = [];

  /** Cuts the next so many large MMS. */
  cut(count: number): void {
    this.#armed += count;
  }

  /** Listens; gives the port where GRANT is asked for. */
  async start(ports: Readonly<Record<string, number>>): Promise<number> {
    const own = new Map<number, number>();
    for (const port of [ports.sms, ports.mms]) {
      if (port !== undefined)
        own.set(port, await this.#listen(createServer((client) => this.#join(client, port))));
    }
    const grant = createHttpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url = '', method = '', headers } = request;
        const asked = fetch(`http://127.0.0.1:${ports.grant}${url}`, {
          method,
          headers: { 'content-type': headers['content-type'] ?? '' },
          body: Buffer.concat(chunks),
        });
        asked.then(
          async (answer) => {
            const text = await answer.text();
            response.end(
              text.replaceAll(/"(\d+)"/g, (whole, port) => {
                const replaced = own.get(Number(port));
                return replaced === undefined ? whole : `"${replaced}"`;
              }),
            );
          },
          () => response.destroy(),
        );
      });
    });
    return this.#listen(grant);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  async #listen(server: Server | HttpServer): Promise<number> {
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  #join(client: Socket, port: number): void {
    const gateway = connect(port, '127.0.0.1');
    const end = () => {
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
    gateway.on('data', (chunk: Buffer) => client.write(chunk));
    client.on('data', (chunk: Buffer) => {
      if (this.#armed === 0 || !beginsLargeMms(chunk)) {
        gateway.write(chunk);
        return;
      }
      this.#armed--;
      this.cutMsgIds.push(chunk.toString('latin1', MSG_ID_AT, MSG_ID_AT + MSG_ID_BYTES));
      // What arrives of it is read, and never whole.
      gateway.end(chunk.subarray(0, chunk.length / 2), end);
    });
  }
}

function beginsLargeMms(chunk: Buffer): boolean {
  if (chunk.length < LARGE_CHUNK_BYTES) return false;
  const type = chunk.toString('latin1', DELIVER_TYPE_AT, DELIVER_TYPE_AT + 3);
  return type === 'MMS' && chunk.subarray(TAIL_AT, TAIL_AT + TAIL.length).equals(TAIL);
}
