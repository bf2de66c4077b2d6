import type { ConnectionOptions as TlsOptions } from 'node:tls';
import type { Redis } from 'ioredis';
import { type ConnectionOptions, EndingRedis } from './connection-redis.js';
import { type NodeAddress, slotOwnerConnector } from './connection-slot-owner.js';

/** A connection, as it is handed from here to whoever needs one. */
export type RedisConnection = Redis;

/** How to connect by TLS beyond what the system brings: PEM texts. */
export interface TlsLocation {
  /** Certificates of authorities that are trusted instead of the system's. */
  readonly ca?: string | undefined;
  /** Our own certificate, with its key, for a server that asks for one. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name that the server's certificate must carry, where it is not its host. */
  readonly servername?: string | undefined;
}

/** Where Redis is. One of url, sentinels or cluster. */
export interface RedisLocation {
  /** `redis://` or `rediss://` */
  readonly url?: string | undefined;
  readonly sentinels?:
    | {
        /** Name of the master that they watch. */
        readonly name: string;
        readonly nodes: readonly NodeAddress[];
        /** Of the sentinels themselves. */
        readonly username?: string | undefined;
        readonly password?: string | undefined;
        /** Do the sentinels speak TLS, too? Default: as Redis does. */
        readonly tls?: boolean | undefined;
      }
    | undefined;
  /** Some nodes of the cluster; the others are learned from them. */
  readonly cluster?: { readonly nodes: readonly NodeAddress[] } | undefined;
  readonly tls?: boolean | TlsLocation | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Begins every key. In a cluster it carries a hash tag, and the node that owns its slot is connected to. */
  readonly prefix?: string | undefined;
}

/**
 * How a connection behaves while Redis is away. `worker`: waits for it (BullMQ's workers need that).
 * `producer`: fails at once, so that the caller knows, and repeats under the same job id.
 */
export type ConnectionRole = 'worker' | 'producer';

/** Reconnect within two seconds of Redis' return; BullMQ's own strategy waits up to twenty. */
const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 4), 500);

/**
 * What a server answers that is not, or no longer, the one to ask: a master that became a replica, a node that gave its
 * slot away, a cluster without a majority. Nothing was done; connecting again finds whoever took over.
 */
const ASK_ELSEWHERE = /^(READONLY|MASTERDOWN|MOVED|CLUSTERDOWN)\b/;

const COMMON_OPTIONS: ConnectionOptions = {
  retryStrategy,
  // A TLS handshake counts. The system's own patience with a machine that is gone is minutes.
  connectTimeout: 3_000,
  // A connection that is given up is no longer listened to.
  disconnectTimeout: 100,
  // Answers are due: after so long without a byte the server, or the way to it, is taken for gone.
  socketTimeout: 5_000,
  // How often a server that loads its data is asked whether it has done so.
  maxLoadingRetryTime: 250,
  sentinelCommandTimeout: 700,
};

const ROLE_OPTIONS: Record<ConnectionRole, ConnectionOptions> = {
  worker: {
    ...COMMON_OPTIONS,
    maxRetriesPerRequest: null,
    reconnectOnError: (error) => (ASK_ELSEWHERE.test(error.message) ? 2 : false),
  },
  producer: {
    ...COMMON_OPTIONS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    reconnectOnError: (error) => ASK_ELSEWHERE.test(error.message),
  },
};

/** In a cluster every key of a fleet lies in the slot of one hash tag: a prefix without one becomes one. */
export function prefixAt(location: Pick<RedisLocation, 'cluster'>, prefix: string): string {
  return location.cluster === undefined || prefix.includes('{') ? prefix : `{${prefix}}`;
}

/** Opens a connection; `options` override the role's. */
export function connectRedis(
  location: RedisLocation,
  role: ConnectionRole,
  options: ConnectionOptions = {},
): Redis {
  const { url, sentinels, cluster, username, password } = location;
  const tls = tlsOptions(location.tls);
  const merged: ConnectionOptions = {
    ...ROLE_OPTIONS[role],
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
    ...options,
  };
  if (cluster) {
    const prefix = prefixAt(location, location.prefix ?? 'pabal');
    const place = { nodes: cluster.nodes, prefix, username, password, tls };
    return new EndingRedis({ ...merged, Connector: slotOwnerConnector(place) });
  }
  if (sentinels) return new EndingRedis({ ...merged, ...sentinelOptions(sentinels, tls) });
  if (url === undefined) throw new Error('no Redis url, no sentinels and no cluster');
  return new EndingRedis(url, merged);
}

function tlsOptions(tls: RedisLocation['tls']): TlsOptions | undefined {
  if (tls === undefined || tls === false) return undefined;
  if (tls === true) return {};
  return Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
}

function sentinelOptions(
  sentinels: NonNullable<RedisLocation['sentinels']>,
  tls: TlsOptions | undefined,
): ConnectionOptions {
  const { name, nodes, username, password } = sentinels;
  const speakTls = sentinels.tls ?? tls !== undefined;
  return {
    name,
    sentinels: [...nodes],
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(tls === undefined ? {} : { enableTLSForSentinelMode: true }),
    ...(speakTls ? { sentinelTLS: tls ?? {} } : {}),
  };
}
