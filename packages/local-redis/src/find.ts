import { aptAccess, installWithApt } from './apt.js';
import { askServer } from './ask.js';
import { type Candidate, candidates, type Probes, type RedisSource } from './candidates.js';
import { dockerAnswers, startContainer } from './docker.js';
import { RedisUnavailable } from './errors.js';
import {
  type Executable,
  findExecutable,
  isRecentEnough,
  OLDEST_VERSION,
  SERVER_NAMES,
} from './executable.js';
import { PrivateRedis, type PrivateRedisOptions } from './private-redis.js';

const ANSWER_MS = 5_000;

/** A Redis to work with. */
export interface LocalRedis {
  readonly url: string;
  readonly source: RedisSource;
  /** The server's own version, `7.0.15`. */
  readonly version: string;
  /** The server itself, where it is a process of ours. */
  readonly server?: PrivateRedis;
  /** Stops what was started for this and removes its files; leaves a Redis that was there before alone. */
  stop(): Promise<void>;
}

export interface FindOptions {
  /** Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Told in one line of whatever takes long. Default: nobody. */
  readonly onProgress?: (line: string) => void;
}

/** Options of {@link startPrivateRedis}: {@link PrivateRedisOptions}, with the program found if it is not given. */
export type StartOptions = Omit<PrivateRedisOptions, 'executable'> & {
  readonly executable?: string;
} & FindOptions;

/**
 * Finds a Redis: `REDIS_URL`; a server on `PATH`, started privately; a container; a server installed with apt. A source
 * that fails makes way for the next, except a `REDIS_URL` that does not answer: who names a Redis means that one.
 * @throws RedisUnavailable with a reason for each source
 */
export async function findRedis(options: FindOptions = {}): Promise<LocalRedis> {
  const reasons: string[] = [];
  for await (const candidate of candidates(probesOf(options.env ?? process.env))) {
    if (candidate.source === 'none') {
      reasons.push(candidate.reason);
      continue;
    }
    try {
      return await take(candidate, options);
    } catch (error) {
      reasons.push(`${candidate.source}: ${reasonOf(error)}`);
    }
  }
  throw new RedisUnavailable(reasons);
}

/**
 * Starts a Redis of our own, whatever else there is, for whoever must kill, freeze or restart it. Takes a server on
 * `PATH`, else installs one with apt.
 * @throws RedisUnavailable if there is no server program and none can be installed
 * @throws RedisStartFailed if it does not start
 */
export async function startPrivateRedis(options: StartOptions = {}): Promise<PrivateRedis> {
  const executable = options.executable ?? (await serverProgram(options)).path;
  return PrivateRedis.launch({ ...options, executable });
}

/** A server program, installed if there is none. */
export async function serverProgram(options: FindOptions): Promise<Executable> {
  const probes = { ...probesOf(options.env ?? process.env), redisUrl: () => undefined };
  const reasons: string[] = [];
  for await (const candidate of candidates({ ...probes, dockerAnswers: async () => false })) {
    if (candidate.source === 'none') reasons.push(candidate.reason);
    else if (candidate.source === 'apt') {
      try {
        return await install(candidate.access, options);
      } catch (error) {
        reasons.push(`apt: ${reasonOf(error)}`);
      }
    } else if ('executable' in candidate) return candidate.executable;
  }
  throw new RedisUnavailable(reasons);
}

async function take(
  candidate: Exclude<Candidate, { source: 'none' }>,
  options: FindOptions,
): Promise<LocalRedis> {
  const { source } = candidate;
  switch (source) {
    case 'REDIS_URL': {
      const { version } = await askServer(candidate.url, ANSWER_MS);
      return { url: candidate.url, source, version, stop: async () => undefined };
    }
    case 'redis-server':
    case 'valkey-server':
      return ours(source, candidate.executable);
    case 'docker': {
      options.onProgress?.('Starting Redis in a Docker container');
      const container = await startContainer();
      const { version } = await askServer(container.url, ANSWER_MS);
      return { url: container.url, source, version, stop: () => container.stop() };
    }
    case 'apt':
      return ours(source, await install(candidate.access, options));
  }
}

async function ours(source: RedisSource, executable: Executable): Promise<LocalRedis> {
  const server = await PrivateRedis.launch({ executable: executable.path });
  return { url: server.url, source, version: server.version, server, stop: () => server.stop() };
}

async function install(access: 'root' | 'sudo', options: FindOptions): Promise<Executable> {
  options.onProgress?.('Installing redis-server with apt-get');
  await installWithApt(access);
  for (const name of SERVER_NAMES) {
    const executable = await findExecutable(name, { PATH: `${process.env.PATH ?? ''}:/usr/bin` });
    if (executable === undefined) continue;
    if (isRecentEnough(executable.version)) return executable;
    throw new Error(`the distribution has ${executable.version}, older than ${OLDEST_VERSION}`);
  }
  throw new Error('the package brought no server program');
}

function probesOf(env: NodeJS.ProcessEnv): Probes {
  return {
    redisUrl: () => env.REDIS_URL,
    executable: (name) => findExecutable(name, env),
    dockerAnswers: () => dockerAnswers(env),
    aptAccess,
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
