import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A child process of a test, with its lines. */
export class Child {
  readonly name: string;
  readonly lines: string[] = [];
  readonly exited: Promise<number | NodeJS.Signals>;
  readonly #process: ChildProcess;
  #waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];

  /** @param user whom it runs as; only root may say so */
  constructor(
    name: string,
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    user: { readonly uid: number; readonly gid: number } | undefined = undefined,
  ) {
    this.name = name;
    this.#process = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      ...user,
    });
    this.exited = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => resolve(signal ?? code ?? -1));
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#line(line));
    }
  }

  get pid(): number {
    return this.#process.pid ?? -1;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.running) this.#process.kill(signal);
  }

  /** The first line, past or to come, that matches; rejects when the process ends or the limit passes first. */
  line(pattern: RegExp, limitMs = 30_000): Promise<string> {
    const known = this.lines.find((line) => pattern.test(line));
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const fail = (why: string) =>
        reject(new Error(`${this.name}: ${why} before ${pattern}\n${this.lines.slice(-20).join('\n')}`));
      const timer = setTimeout(() => fail(`nothing within ${limitMs} ms`), limitMs);
      this.#waiting.push({
        pattern,
        resolve: (line) => {
          clearTimeout(timer);
          resolve(line);
        },
      });
      void this.exited.then((how) => {
        clearTimeout(timer);
        fail(`ended (${how})`);
      });
    });
  }

  /** Closes our ends of its standard output and error: what it writes from now on fails. */
  stopReading(): void {
    this.#process.stdout?.destroy();
    this.#process.stderr?.destroy();
  }

  /** Asks it to end, waits, and kills what does not. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', limitMs = 20_000): Promise<number | NodeJS.Signals> {
    this.signal(signal);
    const timer = setTimeout(() => this.signal('SIGKILL'), limitMs);
    const how = await this.exited;
    clearTimeout(timer);
    return how;
  }

  #line(line: string): void {
    this.lines.push(line);
    if (this.lines.length > 20_000) this.lines.splice(0, 10_000);
    this.#waiting = this.#waiting.filter(({ pattern, resolve }) => {
      if (!pattern.test(line)) return true;
      resolve(line);
      return false;
    });
  }
}

/** Polls until `condition` gives something; rejects with `what` after the limit. */
export async function until<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = 30_000,
  everyMs = 50,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await pause(everyMs);
  }
}

/** Lets time pass; for polling, and where a scenario is made of time itself. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
