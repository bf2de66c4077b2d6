import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askServer } from './ask.js';
import { RedisStartFailed } from './errors.js';
import { type FindOptions, serverProgram } from './find.js';
import { type Guarded, startGuarded } from './guard.js';
import { freePort } from './port.js';

const ANSWER_MS = 1_000;
const START_MS = 20_000;
const POLL_MS = 25;

export interface SentinelOptions extends FindOptions {
  /** Name of the master. */
  readonly name: string;
  /** Port of the master on 127.0.0.1. */
  readonly masterPort: number;
  /** After so long without an answer the master counts as gone, ms. Default: 1,000. */
  readonly downAfterMs?: number;
}

/** A sentinel of our own. It decides alone. */
export interface PrivateSentinel {
  readonly port: number;
  /** Ends it and removes its folder. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts one sentinel that watches a master and its replicas.
 * @throws RedisStartFailed if it does not answer in time
 */
export async function startSentinel(options: SentinelOptions): Promise<PrivateSentinel> {
  const { name, masterPort, downAfterMs = 1_000 } = options;
  const [{ path }, port, dir] = await Promise.all([
    serverProgram(options),
    freePort(),
    mkdtemp(join(tmpdir(), 'pabal-sentinel-')),
  ]);
  const config = join(dir, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${dir}`,
    `sentinel monitor ${name} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${name} ${downAfterMs}`,
    `sentinel failover-timeout ${name} 4000`,
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  const server = await startGuarded(path, [config, '--sentinel'], {
    log: join(dir, 'server.log'),
    removeOnDeath: dir,
  });
  const stop = async () => {
    server.signal('SIGKILL');
    await server.ended();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answers(server, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

async function answers(server: Guarded, port: number): Promise<void> {
  const deadline = performance.now() + START_MS;
  let failure: unknown;
  while (server.running() && performance.now() < deadline) {
    try {
      await askServer(`redis://127.0.0.1:${port}`, ANSWER_MS);
      return;
    } catch (error) {
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  throw new RedisStartFailed(`the sentinel on port ${port} did not start`, { cause: failure });
}
