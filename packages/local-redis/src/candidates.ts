import {
  type Executable,
  isRecentEnough,
  OLDEST_VERSION,
  SERVER_NAMES,
  type ServerName,
} from './executable.js';

/** Where a Redis came from. */
export type RedisSource = 'REDIS_URL' | ServerName | 'docker' | 'apt';

/** What can be learnt about the machine. Each is asked only when everything before it was of no use. */
export interface Probes {
  /** The value of `REDIS_URL`; undefined or empty if it is not set. */
  redisUrl(): string | undefined;
  executable(name: ServerName): Promise<Executable | undefined>;
  dockerAnswers(): Promise<boolean>;
  /** How packages can be installed with apt here, if they can. */
  aptAccess(): Promise<AptAccess | undefined>;
}

export type AptAccess = 'root' | 'sudo';

/** One way to come by a Redis, or the reason why one of them is closed. */
export type Candidate =
  | { readonly source: 'REDIS_URL'; readonly url: string }
  | { readonly source: ServerName; readonly executable: Executable }
  | { readonly source: 'docker' }
  | { readonly source: 'apt'; readonly access: AptAccess }
  | { readonly source: 'none'; readonly reason: string };

/**
 * The order of choice: a given `REDIS_URL`, which is never replaced by another; a server on `PATH`; Docker; apt.
 * The caller takes the first that works, so nothing heavy is asked of a machine that already has a server.
 */
export async function* candidates(probes: Probes): AsyncGenerator<Candidate, void, undefined> {
  const url = probes.redisUrl();
  if (url !== undefined && url !== '') {
    yield { source: 'REDIS_URL', url };
    return;
  }
  for (const source of SERVER_NAMES) {
    const executable = await probes.executable(source);
    if (executable === undefined) {
      yield { source: 'none', reason: `${source}: not on PATH` };
    } else if (isRecentEnough(executable.version)) {
      yield { source, executable };
    } else {
      const version = executable.version === '' ? 'of unknown version' : executable.version;
      yield { source: 'none', reason: `${source}: ${version}, older than ${OLDEST_VERSION}` };
    }
  }
  if (await probes.dockerAnswers()) yield { source: 'docker' };
  else yield { source: 'none', reason: 'docker: no engine answers' };
  const access = await probes.aptAccess();
  if (access === undefined) {
    yield { source: 'none', reason: 'apt: not a Debian or Ubuntu where this user may install packages' };
  } else {
    yield { source: 'apt', access };
  }
}
