import { createCipheriv } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A packet as it came from the simulator. */
export interface RawPacket {
  readonly type: string;
  readonly body: Buffer;
}

/** Values left-aligned in fields of the given sizes, filled with NUL; longer values are left as they are. */
export function fields(...values: readonly (readonly [string | Uint8Array, number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, size]) => {
      const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
      return Buffer.concat([bytes, Buffer.alloc(Math.max(0, size - bytes.length))]);
    }),
  );
}

/** MSGTYPE, MSGLEN in decimal digits filled with NUL, 00 FE FF, body. */
export function packet(type: string, body: Uint8Array): Buffer {
  return Buffer.concat([fields([type, 1], [String(body.length), 4]), Buffer.from([0x00, 0xfe, 0xff]), body]);
}

/** AES-128-CBC, PKCS#7, Base64 with the simulator's default key and IV. */
export function aes(plain: string | Uint8Array): string {
  const cipher = createCipheriv('aes-128-cbc', 'pabal-demo-key-1', 'pabal-demo-iv-01');
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** The text of a field up to its NUL. */
export function textAt(body: Buffer, at: number, size: number): string {
  const field = body.subarray(at, at + size);
  const nul = field.indexOf(0);
  return field.subarray(0, nul < 0 ? size : nul).toString('latin1');
}

/** A socket that is written to by hand and read packet by packet. */
export class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #bytes = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake();
    });
    // A reset is one of the ways in which the simulator is expected to end a connection.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#ended = true;
        this.#wake();
        resolve();
      });
    });
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(...packets: Uint8Array[]): void {
    this.socket.write(Buffer.concat(packets));
  }

  /** The bytes that have come and were not read as packets. */
  get unread(): Buffer {
    return this.#bytes;
  }

  /** The next packet; throws when the connection closes before it is whole. */
  async next(): Promise<RawPacket> {
    for (;;) {
      const length = Number.parseInt(this.#bytes.toString('latin1', 1, 5), 10);
      if (this.#bytes.length >= 8 && this.#bytes.length >= 8 + length) {
        const type = String.fromCharCode(this.#bytes[0] as number);
        const body = this.#bytes.subarray(8, 8 + length);
        this.#bytes = this.#bytes.subarray(8 + length);
        return { type, body };
      }
      if (this.#ended) throw new Error('the connection closed before a whole packet came');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
