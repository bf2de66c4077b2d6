import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../node-flags.js';
import type { Answered, Asked, ChildRole, ChildSettings, Question, Questions } from './messages.js';

const ENTRY = fileURLToPath(new URL('./children/entry.js', import.meta.url));
const START_MS = 30_000;
const STOP_MS = 15_000;
const TAIL_LINES = 15;

/** Where Node writes a CPU profile when the process ends. */
export interface Profiling {
  readonly dir: string;
}

/** A measured process: it is asked over its IPC channel, and tells its own CPU. */
export class BenchProcess<R extends ChildRole = ChildRole> {
  readonly role: R;
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #tail: string[] = [];
  readonly #waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (why: Error) => void }>();
  readonly #ended: Promise<void>;
  readonly #ready: Promise<void>;
  #asked = 0;
  #gone: Error | undefined;

  private constructor(role: R, name: string, settings: ChildSettings[R], profiling?: Profiling) {
    this.role = role;
    this.name = name;
    const profile = profiling
      ? ['--cpu-prof', '--cpu-prof-dir', profiling.dir, '--cpu-prof-name', `${name}.cpuprofile`]
      : [];
    this.#child = fork(ENTRY, [role, JSON.stringify(settings)], {
      serialization: 'advanced', // typed arrays go as they are
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [...process.execArgv, ...NODE_FLAGS, ...profile],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#remember(line));
    }
    let ready: () => void = () => {};
    this.#ready = new Promise((resolve, reject) => {
      ready = resolve;
      this.#waiting.set(0, { resolve: () => resolve(), reject });
    });
    this.#child.on('message', (message) => this.#hear(message as Answered, ready));
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.#fail(`ended (${signal ?? code})`);
        resolve();
      });
    });
  }

  /** Starts one and waits until it can be asked. */
  static async start<R extends ChildRole>(
    role: R,
    name: string,
    settings: ChildSettings[R],
    profiling?: Profiling,
  ): Promise<BenchProcess<R>> {
    const started = new BenchProcess(role, name, settings, profiling);
    const timer = setTimeout(() => started.#fail(`is not ready within ${START_MS} ms`), START_MS);
    try {
      await started.#ready;
    } catch (error) {
      await started.stop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return started;
  }

  /** Rejects with what the process says went wrong, or with its last lines when it is gone. */
  ask<Q extends Question>(question: Q, order: Questions[Q]['order']): Promise<Questions[Q]['answer']> {
    if (this.#gone) return Promise.reject(this.#gone);
    const number = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve: resolve as (answer: unknown) => void, reject });
      this.#child.send({ number, question, order } satisfies Asked);
    });
  }

  /** CPU used so far, microseconds. */
  usage(): Promise<number> {
    return this.ask('usage', undefined);
  }

  /** Memory that it has in hand (resident set), bytes. */
  memory(): Promise<number> {
    return this.ask('memory', undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends it as a crash would; resolves when it is gone. */
  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    return this.#ended;
  }

  /** Its last lines of output. */
  get tail(): readonly string[] {
    return this.#tail;
  }

  /** Asks it to end, and kills it when it does not. */
  async stop(): Promise<void> {
    if (!this.running) return this.#ended;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #hear(message: Answered, ready: () => void): void {
    if ('ready' in message) {
      this.#waiting.delete(0);
      ready();
      return;
    }
    const asked = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if ('error' in message) asked?.reject(new Error(`${this.name}: ${message.error}`));
    else asked?.resolve(message.answer);
  }

  #fail(why: string): void {
    this.#gone = new Error([`${this.name} ${why}`, ...this.#tail].join('\n'));
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }

  #remember(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
  }
}
