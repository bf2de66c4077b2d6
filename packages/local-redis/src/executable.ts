import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The servers that speak Redis's protocol and keep its append-only file, in order of preference. */
export const SERVER_NAMES = ['redis-server', 'valkey-server'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** The oldest server that BullMQ recommends, and so the oldest that is used. */
export const OLDEST_VERSION = '6.2';

/** A server program found on this machine. */
export interface Executable {
  readonly path: string;
  /** `7.0.15`; empty where the program would not say. */
  readonly version: string;
}

/** Reads the version out of `redis-server --version`: `Redis server v=7.0.15 sha=…`. Empty if there is none. */
export function parseVersion(output: string): string {
  return /\bv=(\d+(?:\.\d+)+)/.exec(output)?.[1] ?? '';
}

/** Whether a version is {@link OLDEST_VERSION} or newer. An unreadable version is not. */
export function isRecentEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_VERSION.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** Looks for a server on `PATH` and asks for its version; undefined if it is not there. */
export async function findExecutable(
  name: ServerName,
  env: NodeJS.ProcessEnv,
): Promise<Executable | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter((part) => part !== '')) {
    const path = join(folder, name);
    const executable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!executable) continue;
    const output = await run(path, ['--version'], { timeout: 5_000 }).catch(() => ({ stdout: '' }));
    return { path, version: parseVersion(output.stdout) };
  }
  return undefined;
}
