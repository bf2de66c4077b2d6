import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A delivery as a receiver saw it. */
export interface Delivery {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** What a receiver does with a delivery. */
export type Answering = (response: ServerResponse, delivery: Delivery) => void;

/** Answers with a status and nothing else. */
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end();

/** A receiver of webhooks: a real HTTP server on this machine that remembers what came. */
export class Receiver {
  readonly deliveries: Delivery[] = [];
  answer: Answering = status(204);
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param tls certificate and key, PEM: it speaks HTTPS then */
  static async start(
    answer?: Answering,
    tls?: { readonly cert: string; readonly key: string },
  ): Promise<Receiver> {
    const server = tls ? createTlsServer(tls) : createServer();
    const receiver = new Receiver(server);
    if (answer) receiver.answer = answer;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => {}); // a deliverer that was killed or gave up
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const delivery = { method, url, headers, body: Buffer.concat(chunks).toString(), at: Date.now() };
        receiver.deliveries.push(delivery);
        receiver.answer(response, delivery);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/results`;
  }

  /** Ids of the messages whose results came, in their order. */
  get ids(): string[] {
    return this.deliveries.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
