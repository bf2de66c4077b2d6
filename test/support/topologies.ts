import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type PrivateRedis,
  type PrivateSentinel,
  startPrivateRedis,
  startSentinel,
} from '@pabal/local-redis';
import { Redis } from 'ioredis';
import { until } from './child.js';

const run = promisify(execFile);

/** The user by which replicas follow: to switch it off lets them fall behind. */
const REPLICATION_USER = 'follower';

/** Has the replicas of a master follow it by a user of their own. */
export const FOLLOWING = ['--masteruser', REPLICATION_USER, '--masterauth', 'follow-me'];

/** A connection to one server, to look at it and to set it; it waits for nothing. */
export async function at<T>(
  server: { readonly port: number },
  use: (redis: Redis) => Promise<T>,
): Promise<T> {
  const redis = new Redis({ port: server.port, host: '127.0.0.1', maxRetriesPerRequest: 1 });
  redis.on('error', () => {});
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

/** Lets replicas follow this server. */
export function welcomeFollowers(server: PrivateRedis): Promise<unknown> {
  return at(server, (redis) =>
    redis.call('ACL', 'SETUSER', REPLICATION_USER, 'on', '>follow-me', '~*', '&*', '+@all'),
  );
}

/** From now on no replica hears of anything that this server is told. */
export function cutOffFollowers(server: PrivateRedis): Promise<unknown> {
  return at(server, async (redis) => {
    await redis.call('ACL', 'SETUSER', REPLICATION_USER, 'off');
    await redis.call('CLIENT', 'KILL', 'TYPE', 'replica');
  });
}

/** Resolves once the replica holds what its master held. */
export async function follows(replica: PrivateRedis): Promise<void> {
  await until(
    'a replica follows',
    async () => (await at(replica, (redis) => redis.info('replication'))).includes('master_link_status:up'),
    20_000,
  );
}

/** A master, a replica and a sentinel that watches them. */
export interface Watched {
  readonly master: PrivateRedis;
  readonly replica: PrivateRedis;
  readonly sentinel: PrivateSentinel;
  /** Resolves once the sentinel names the replica to whoever asks for the master. */
  promoted(): Promise<void>;
  stop(): Promise<void>;
}

export const MASTER_NAME = 'pabal-main';

/** @param downAfterMs how long the master may be silent before its replica takes over */
export async function startWatched(downAfterMs = 1_000): Promise<Watched> {
  const master = await startPrivateRedis({ args: ['--repl-diskless-sync-delay', '0'] });
  await welcomeFollowers(master);
  const replica = await startPrivateRedis({
    args: ['--replicaof', `127.0.0.1 ${master.port}`, ...FOLLOWING],
  });
  await follows(replica);
  const sentinel = await startSentinel({ name: MASTER_NAME, masterPort: master.port, downAfterMs });
  await until(
    'the sentinel knows the replica',
    () => at(sentinel, async (redis) => String(await redis.call('SENTINEL', 'REPLICAS', MASTER_NAME)) !== ''),
    15_000,
  );
  return {
    master,
    replica,
    sentinel,
    promoted: async () => {
      const named = () =>
        at(sentinel, async (redis) =>
          String(await redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER_NAME)),
        );
      await until(
        'the replica is master',
        async () => (await named()).endsWith(`,${replica.port}`),
        30_000,
        20,
      );
    },
    stop: async () => {
      await sentinel.stop();
      await Promise.all([master.stop(), replica.stop()]);
    },
  };
}

/** Certificates of an authority of our own, for a Redis on 127.0.0.1 and whoever connects to it. */
export interface Certificates {
  readonly dir: string;
  /** PEM texts. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  remove(): Promise<void>;
}

export async function makeCertificates(): Promise<Certificates> {
  const dir = await mkdtemp(join(tmpdir(), 'pabal-tls-'));
  const openssl = (...args: readonly string[]) => run('openssl', [...args], { cwd: dir });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=test authority'],
    ...['-keyout', 'ca.key', '-out', 'ca.pem'],
  );
  await openssl(
    ...['req', ...newKey, '-subj', '/CN=redis.test', '-addext', 'subjectAltName=DNS:redis.test'],
    ...['-keyout', 'redis.key', '-out', 'redis.csr'],
  );
  await openssl(
    ...['x509', '-req', '-in', 'redis.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-copy_extensions', 'copy', '-days', '2', '-out', 'redis.pem'],
  );
  const read = (name: string) => readFile(join(dir, name), 'utf8');
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('redis.pem'), read('redis.key')]);
  return { dir, ca, cert, key, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** Arguments of a server that speaks TLS on a second port, and asks for the client's certificate. */
export function tlsArguments({ dir }: Certificates, port: number): string[] {
  return [
    ...['--tls-port', String(port), '--tls-auth-clients', 'yes'],
    ...['--tls-ca-cert-file', join(dir, 'ca.pem')],
    ...['--tls-cert-file', join(dir, 'redis.pem'), '--tls-key-file', join(dir, 'redis.key')],
  ];
}
