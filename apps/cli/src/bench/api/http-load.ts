import { connect, type Socket } from 'node:net';

/** Requests that are made over some connections, each as soon as the one before it on its connection was answered. */
export interface HttpLoad {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Whole requests, head and body, in their order. */
  readonly requests: readonly Buffer[];
}

export interface HttpLoadFigures {
  readonly ms: number;
  /** Of each request, ms. */
  readonly latencies: Float64Array;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** A POST of JSON as bytes. */
export function jsonRequest(path: string, body: string, headers: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${bytes.length}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
}

/**
 * Makes the requests and measures. A client of a library would cost more than the server: this one writes bytes that were
 * made before, and reads of an answer only its status and its length.
 */
export async function runHttpLoad({ host, port, connections, requests }: HttpLoad): Promise<HttpLoadFigures> {
  const latencies = new Float64Array(requests.length);
  const statuses: Record<string, number> = {};
  let next = 0;
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(host, port)));
  const start = performance.now();
  const work = async (socket: Socket) => {
    const answers = new AnswerReader(socket);
    for (let place = next++; place < requests.length; place = next++) {
      const began = performance.now();
      socket.write(requests[place] ?? '');
      const status = await answers.next();
      latencies[place] = performance.now() - began;
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  try {
    await Promise.all(sockets.map(work));
    return { ms: performance.now() - start, latencies, statuses };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function opened(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Reads one answer after the other from a connection. */
class AnswerReader {
  #text = '';
  #waiting: { resolve: (status: string) => void; reject: (error: Error) => void } | undefined;

  constructor(socket: Socket) {
    socket.setEncoding('latin1'); // a character a byte: lengths are counted
    socket.on('data', (text) => {
      this.#text += String(text);
      this.#look();
    });
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')));
  }

  next(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  #look(): void {
    const head = this.#text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#text.slice(0, head))?.[1];
    const end = head + 4 + Number(length ?? 0);
    if (this.#text.length < end) return;
    const status = this.#text.slice(9, 12);
    this.#text = this.#text.slice(end);
    this.#waiting?.resolve(status);
  }
}
