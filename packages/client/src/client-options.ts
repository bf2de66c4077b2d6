import type { Durability } from '@pabal/fate';
import type { RedisLocation } from '@pabal/queues';

export interface ClientOptions {
  /** Where the fleet's Redis is: a URL, or a location with sentinels, a cluster's nodes, TLS, user and password. */
  readonly redis: string | RedisLocation;
  /** As in the fleet's configuration; default `pabal`, in a cluster `{pabal}`. */
  readonly prefix?: string;
  /** How long any call waits for Redis before it fails with `RedisUnavailable`, ms; default 5,000. */
  readonly timeoutMs?: number;
  /** How long connecting waits for Redis, ms; default `timeoutMs`. */
  readonly connectMs?: number;
  /** What Redis is trusted to keep before a call resolves; default: what the fleet's configuration says. */
  readonly durability?: Durability;
}

/** How Redis does, as far as it concerns who sends. */
export interface RedisHealth {
  /** Share of its memory in use, 0 to 1; 0 when it has no limit. Above `MEMORY_LIMIT_SHARE` it takes no new messages. */
  readonly usedShare: number;
  /** Its clock against the local one, ms. */
  readonly skewMs: number;
}
