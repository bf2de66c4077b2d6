import { createCipheriv, createDecipheriv } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { deflateSync, inflateSync } from 'node:zlib';

/** A packet as a test reads it. */
export interface Received {
  readonly Header: { readonly Method: string };
  readonly Body: Record<string, unknown>;
}

const KEY = 'pabal-demo-key-1';
const IV = 'pabal-demo-iv-01';

/** An SMS as the specification's sample has it, all 22 fields and ResellerCode in the printed order. */
export function sms(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    UserMsgId: '80',
    UserMsgSubId: '',
    MsgType: 4,
    PhoneNo: '01091874302',
    CallbackNo: '15666639',
    TranId: '',
    Subject: '',
    Message: 'SMS 테스트 메시지',
    KakaoAdFlag: '',
    KakaoNationCode: '',
    KakaoSenderKey: '',
    KakaoTemplateCode: '',
    KakaoTimeout: 0,
    KakaoButton: '',
    FileCount: 0,
    FileType1: '',
    FileName1: '',
    FileType2: '',
    FileName2: '',
    FileType3: '',
    FileName3: '',
    UserData: '',
    ResellerCode: '',
    ...change,
  };
}

/** The bytes of one packet around any text. */
export function frame(text: string): Buffer {
  const payload = deflateSync(Buffer.from(text));
  return Buffer.concat([Buffer.from(`Content-Length:${payload.length}\r\n`), payload]);
}

/** An encrypted Body around any text, by default with the agreed key. */
export function encrypted(text: string, key = KEY): string {
  const cipher = createCipheriv('aes-128-cbc', key, IV);
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}

/** A client that writes whatever a test tells it to. */
export class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<unknown>;
  /** What Bodies are encrypted with; on the encrypted port a test puts the key of PrivateKeyRes here. */
  key = KEY;
  /** The header lines as they came. */
  readonly headers: string[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  #unread: Received[] = [];
  #reader: ((packet: Received) => void) | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    this.closed = once(socket, 'close');
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', () => undefined);
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  raw(bytes: Uint8Array | string): void {
    this.socket.write(bytes);
  }

  text(text: string): void {
    this.raw(frame(text));
  }

  send(method: string, body?: unknown): void {
    this.text(JSON.stringify({ Header: { Method: method }, ...(body === undefined ? {} : { Body: body }) }));
  }

  /** The next packet that was not read yet. */
  async read(): Promise<Received> {
    const waiting = this.#unread.shift();
    if (waiting) return waiting;
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  /** The next packet, which must have this method; its Body. */
  async expect(method: string): Promise<Record<string, unknown>> {
    const packet = await this.read();
    if (packet.Header.Method !== method) throw new Error(`${method} expected, got ${packet.Header.Method}`);
    return packet.Body;
  }

  /** Logs in; the decrypted Body of BindRes. */
  async bind(body: unknown = { BindId: 'test001', BindPwd: 'demo-password', Version: 1 }) {
    this.sealed('BindReq', body);
    return this.decrypted('BindRes');
  }

  /** The decrypted Body of the next packet. */
  async decrypted(method: string): Promise<Record<string, unknown>> {
    const body = await this.expect(method);
    const decipher = createDecipheriv('aes-128-cbc', this.key, IV);
    return JSON.parse(decipher.update(String(body), 'base64', 'utf8') + decipher.final('utf8'));
  }

  /** Sends a Body that is encrypted with the connection's key. */
  sealed(method: string, body: unknown): void {
    this.send(method, encrypted(JSON.stringify(body), this.key));
  }

  /** Waits until the server has read everything so far; what came before is returned. */
  async settled(): Promise<Received[]> {
    this.send('AliveReq');
    const before: Received[] = [];
    for (;;) {
      const packet = await this.read();
      if (packet.Header.Method === 'AliveRes') return before;
      before.push(packet);
    }
  }

  async close(): Promise<void> {
    this.socket.destroy();
    await this.closed;
  }

  #onData(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (;;) {
      const line = this.#bytes.indexOf('\r\n');
      const header = this.#bytes.toString('latin1', 0, line);
      const length = Number(/^Content-Length: ?(\d+)$/i.exec(header)?.[1]);
      if (line < 0 || !(this.#bytes.length >= line + 2 + length)) return;
      this.headers.push(header);
      const packet = JSON.parse(inflateSync(this.#bytes.subarray(line + 2, line + 2 + length)).toString());
      this.#bytes = this.#bytes.subarray(line + 2 + length);
      if (this.#reader) this.#reader(packet);
      else this.#unread.push(packet);
      this.#reader = undefined;
    }
  }
}
