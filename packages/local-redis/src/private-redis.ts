import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { askServer } from './ask.js';
import { RedisStartFailed } from './errors.js';
import { type Guarded, startGuarded } from './guard.js';
import { freePort } from './port.js';
import { type ServerSettings, serverArguments } from './server-arguments.js';

const run = promisify(execFile);

const POLL_MS = 25;
const ANSWER_MS = 1_000;
/** A long append-only file takes a while to load. */
const START_MS = 60_000;
const LAUNCH_ATTEMPTS = 3;
const GRACE_MS = 10_000;
const LOG_TAIL = 2_000;

export interface PrivateRedisOptions extends ServerSettings {
  /** The server program. */
  readonly executable: string;
  /** Default: a free one, kept over restarts. */
  readonly port?: number;
  /** Default: a new folder for temporary files. Made if it is missing. */
  readonly dir?: string;
  /** Leaves the folder and its append-only file in place on {@link PrivateRedis.stop}. Default: false. */
  readonly keepDir?: boolean;
}

/** A Redis server of our own: one port, one folder, and as many lives as a test wants. */
export class PrivateRedis {
  #server: Guarded;
  #version: string;
  #paused = false;

  private constructor(
    readonly port: number,
    readonly dir: string,
    private readonly options: PrivateRedisOptions,
    server: Guarded,
    version: string,
  ) {
    this.#server = server;
    this.#version = version;
  }

  /**
   * Starts a server and waits until it answers.
   * @throws RedisStartFailed with the end of the server's log
   */
  static async launch(options: PrivateRedisOptions): Promise<PrivateRedis> {
    if (options.port !== undefined) return PrivateRedis.#launchOn(options.port, options);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await PrivateRedis.#launchOn(await freePort(), options);
      } catch (error) {
        // Another process may have bound the port since it was found free.
        if (attempt === LAUNCH_ATTEMPTS || !(error instanceof RedisStartFailed)) throw error;
      }
    }
  }

  static async #launchOn(port: number, options: PrivateRedisOptions): Promise<PrivateRedis> {
    const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'pabal-redis-')));
    await mkdir(dir, { recursive: true });
    try {
      const { server, version } = await live(port, dir, options);
      return new PrivateRedis(port, dir, options, server, version);
    } catch (error) {
      if (options.keepDir !== true) await remove(dir);
      throw error;
    }
  }

  get url(): string {
    return urlOf(this.port);
  }

  get version(): string {
    return this.#version;
  }

  /** Process id of the server's present life. */
  get pid(): number {
    return this.#server.pid;
  }

  get running(): boolean {
    return this.#server.running();
  }

  /** Ends the server as a crash would (SIGKILL); port and folder stay for {@link start}. */
  async kill(): Promise<void> {
    this.#server.signal('SIGKILL');
    await this.#server.ended();
    this.#paused = false;
  }

  /** Freezes the server (SIGSTOP): connections stay open and nothing answers. */
  pause(): void {
    this.#server.signal('SIGSTOP');
    this.#paused = true;
  }

  /** Lets a frozen server go on (SIGCONT). */
  resume(): void {
    this.#server.signal('SIGCONT');
    this.#paused = false;
  }

  /**
   * Starts the server again on the same port and folder, with what its append-only file holds. Nothing if it runs.
   * @throws RedisStartFailed with the end of the server's log
   */
  async start(): Promise<void> {
    if (this.running) return;
    const { server, version } = await live(this.port, this.dir, this.options);
    this.#server = server;
    this.#version = version;
  }

  /** {@link kill}, then {@link start}. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /**
   * Cuts everything after a second off the append-only file, as a disk that lost its last writes would. The server must
   * be down, and have run with `aofTimestamps`.
   * @param epochSeconds the last second to keep
   */
  async cutBack(epochSeconds: number): Promise<void> {
    if (this.running) throw new Error('the append-only file cannot be cut while the server runs');
    const folder = join(this.dir, 'appendonlydir');
    const manifest = (await readdir(folder)).find((name) => name.endsWith('.manifest'));
    if (manifest === undefined) throw new Error('the server has written no append-only file');
    const checker = this.options.executable.endsWith('valkey-server')
      ? 'valkey-check-aof'
      : 'redis-check-aof';
    await run(join(dirname(this.options.executable), checker), [
      '--truncate-to-timestamp',
      String(epochSeconds),
      join(folder, manifest),
    ]);
  }

  /** Stops the server for good and removes its folder, unless told to keep it. May be called again. */
  async stop(): Promise<void> {
    if (this.options.keepDir === true) {
      await this.#stopGently();
      return;
    }
    await this.kill();
    await remove(this.dir);
  }

  async #stopGently(): Promise<void> {
    if (this.#paused) this.resume();
    this.#server.signal('SIGTERM');
    const force = setTimeout(() => this.#server.signal('SIGKILL'), GRACE_MS);
    await this.#server.ended();
    clearTimeout(force);
  }
}

async function live(
  port: number,
  dir: string,
  options: PrivateRedisOptions,
): Promise<{ server: Guarded; version: string }> {
  const log = join(dir, 'server.log');
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--daemonize', 'no'];
  const server = await startGuarded(options.executable, [...place, ...serverArguments(options)], {
    log,
    ...(options.keepDir === true ? {} : { removeOnDeath: dir }),
  });
  const deadline = performance.now() + START_MS;
  let failure: unknown;
  while (server.running() && performance.now() < deadline) {
    try {
      const { version, pid } = await askServer(urlOf(port), ANSWER_MS);
      if (pid === server.pid) return { server, version };
      failure = new Error(`port ${port} is taken by another server (process ${pid})`);
      break;
    } catch (error) {
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  server.signal('SIGKILL');
  await server.ended();
  const tail = (await readFile(log, 'utf8').catch(() => '')).slice(-LOG_TAIL).trim();
  throw new RedisStartFailed(`${options.executable} did not start on port ${port}\n${tail}`.trim(), {
    cause: failure,
  });
}

function urlOf(port: number): string {
  return `redis://127.0.0.1:${port}`;
}

/** The server's last write may race with the removal of its folder. */
async function remove(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
}
