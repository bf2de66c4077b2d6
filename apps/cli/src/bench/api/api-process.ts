import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hashApiKey, makeApiKey } from '@pabal/api';
import { NODE_FLAGS } from '../../node-flags.js';

const ENTRY = fileURLToPath(new URL('../../../bin/pabal.mjs', import.meta.url));
const START_MS = 30_000;
const POLL_MS = 50;

export interface ApiProcessOptions {
  readonly redisUrl: string;
  readonly durability: string;
  /** Where its configuration and its log are written. */
  readonly folder: string;
  readonly profile?: string | undefined;
}

/** `pabal api` as a deployment runs it, with a key, its log in a file. */
export class ApiProcess {
  readonly key: string;
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, key: string, port: number) {
    this.#child = child;
    this.key = key;
    this.port = port;
  }

  /** Starts one and waits until it listens. */
  static async start({ redisUrl, durability, folder, profile }: ApiProcessOptions): Promise<ApiProcess> {
    const key = makeApiKey();
    const config = join(folder, 'api.config.yaml');
    await writeFile(config, configuration(redisUrl, durability, hashApiKey(key)));
    const logPath = join(folder, 'api.log');
    const log = openSync(logPath, 'a');
    const profiling = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
    const child = spawn(process.execPath, [...NODE_FLAGS, ...profiling, ENTRY, 'api', '--config', config], {
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const end = performance.now() + START_MS;
    for (;;) {
      const text = await readFile(logPath, 'utf8');
      const port = /"url":"http:\/\/127\.0\.0\.1:(\d+)".*"api\.listening"/.exec(text)?.[1];
      if (port !== undefined) return new ApiProcess(child, key, Number(port));
      if (child.exitCode !== null || performance.now() > end) {
        child.kill('SIGKILL');
        throw new Error(`the API did not start\n${text}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** CPU that it has used, seconds, and memory that it has in hand, bytes: as it tells itself. */
  async usage(): Promise<{ readonly cpuSeconds: number; readonly residentBytes: number }> {
    const response = await fetch(`http://127.0.0.1:${this.port}/metrics`, {
      headers: { authorization: `Bearer ${this.key}` },
    });
    const text = await response.text();
    const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    return {
      cpuSeconds: figure('process_cpu_seconds_total'),
      residentBytes: figure('process_resident_memory_bytes'),
    };
  }

  /** Ends it as an operator does. Rejects when it does not end well. */
  async stop(): Promise<void> {
    const ended = new Promise<number | null>((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    const code = await ended;
    if (code !== 0) throw new Error(`the API ended with ${code}`);
  }
}

/** A gateway at which nobody listens: no fleet runs, so that what is accepted stays. */
function configuration(redisUrl: string, durability: string, hash: string): string {
  return [
    `redis: { url: "${redisUrl}" }`,
    'gateways:',
    '  smtnt:',
    '    protocol: smtnt',
    '    host: 127.0.0.1',
    '    port: 9',
    '    bindId: bench',
    '    password: bench-password',
    '    crypto: { key: "pabal-demo-key-1", iv: "pabal-demo-iv-01", mode: plain }',
    `durability: ${durability}`,
    'api:',
    '  port: 0',
    `  keys: [{ name: bench, hash: "${hash}", scopes: [send, metrics] }]`,
    '',
  ].join('\n');
}
