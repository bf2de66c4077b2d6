import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type RedisCommand, RedisCommandReader } from './redis-commands.js';

/** A point at which something happens to whoever asks. */
export interface Trap {
  /** How many such steps this command makes, since several may go as one. Words as they were sent, bytes as Latin-1. */
  readonly count: (words: readonly string[]) => number;
  /** So many steps pass before the command that makes the next one. */
  readonly passing: number;
  /** Before Redis hears of the command, or after it has done it and before anybody hears its answer. */
  readonly when: 'before' | 'after';
  /** What happens there; everything on that connection waits for it. */
  readonly spring: () => Promise<void> | void;
}

/** An answer of its own tells that everything before it is done. */
const MARK = 'the-step-before-this-is-done';
const ASK = Buffer.from(`*2\r\n$4\r\nECHO\r\n$${MARK.length}\r\n${MARK}\r\n`);
const ANSWER = Buffer.from(`$${MARK.length}\r\n${MARK}\r\n`);

/** Stands between one process and Redis, and can stop, or cut, it exactly before or after one command. */
export class RedisRelay {
  readonly #port: number;
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  #trap: Trap | undefined;
  #passed = 0;

  constructor(port: number) {
    this.#port = port;
    this.#server = createServer((client) => this.#join(client));
  }

  /** Listens; gives its URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sets a trap that springs once. */
  set(trap: Trap): void {
    this.#trap = trap;
    this.#passed = 0;
  }

  /** Cuts every connection; new ones are let through. */
  cut(): void {
    for (const client of this.#clients) client.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket): void {
    const redis = connect(this.#port, '127.0.0.1');
    this.#clients.add(client);
    for (const socket of [client, redis]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined); // its close follows
      socket.on('close', () => {
        client.destroy();
        redis.destroy();
        this.#clients.delete(client);
      });
    }
    const commands = new RedisCommandReader();
    const held: Held = { answers: undefined, done: () => undefined };
    let turn = Promise.resolve();
    client.on('data', (chunk: Buffer) => {
      const some = commands.push(chunk);
      turn = turn.then(async () => {
        for (const command of some) if (!client.destroyed) await this.#pass(command, redis, held);
      });
    });
    redis.on('data', (chunk: Buffer) => {
      if (held.answers === undefined) {
        client.write(chunk);
        return;
      }
      held.answers = Buffer.concat([held.answers, chunk]);
      const at = held.answers.indexOf(ANSWER);
      if (at < 0) return;
      const answers = Buffer.concat([
        held.answers.subarray(0, at),
        held.answers.subarray(at + ANSWER.length),
      ]);
      held.answers = Buffer.alloc(0);
      held.done(() => {
        if (!client.destroyed) client.write(Buffer.concat([answers, held.answers ?? Buffer.alloc(0)]));
        held.answers = undefined;
      });
    });
  }

  async #pass(command: RedisCommand, redis: Socket, held: Held): Promise<void> {
    const trap = this.#trap;
    const steps = trap?.count(command.words) ?? 0;
    this.#passed += steps;
    if (!trap || steps === 0 || this.#passed <= trap.passing) {
      redis.write(command.bytes);
      return;
    }
    this.#trap = undefined;
    if (trap.when === 'before') {
      await trap.spring();
      if (!redis.destroyed) redis.write(command.bytes);
      return;
    }
    held.answers = Buffer.alloc(0);
    const done = new Promise<() => void>((resolve) => {
      held.done = resolve;
    });
    redis.write(Buffer.concat([command.bytes, ASK]));
    const release = await done;
    await trap.spring();
    release();
  }
}

/** Answers that a client is not to hear yet. */
interface Held {
  answers: Buffer | undefined;
  done: (release: () => void) => void;
}
