import type { Redis } from 'ioredis';

export type Durability = 'fsync' | 'replica' | 'memory';

/** What a Redis is set to, as far as losing data goes. */
export interface RedisSettings {
  readonly version: string;
  readonly appendOnly: boolean;
  /** always, everysec, no; undefined when Redis does not tell. */
  readonly appendFsync?: string;
  readonly evictionPolicy?: string;
  readonly replicas: number;
}

/** One plain line of what to know at start-up; `blocking` ones mean that the promise in the configuration is not kept. */
export interface DurabilityFinding {
  readonly blocking: boolean;
  readonly text: string;
}

/** Reads the settings; a Redis that refuses CONFIG (managed services do) leaves them unknown. */
export async function readRedisSettings(redis: Redis): Promise<RedisSettings> {
  const info = String(await redis.info());
  const value = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
  const config = async (name: string) => {
    try {
      const answer = (await redis.config('GET', name)) as string[] | Record<string, string>;
      return Array.isArray(answer) ? answer[1] : answer[name];
    } catch {
      return undefined;
    }
  };
  const appendFsync = await config('appendfsync');
  const evictionPolicy = value('maxmemory_policy') ?? (await config('maxmemory-policy'));
  return {
    version: value('redis_version') ?? 'unknown',
    appendOnly: value('aof_enabled') === '1',
    replicas: Number(value('connected_slaves') ?? 0),
    ...(appendFsync === undefined ? {} : { appendFsync }),
    ...(evictionPolicy === undefined ? {} : { evictionPolicy }),
  };
}

/**
 * What could be lost with this Redis under this durability. Pure; the first line always says it.
 * @param failsOver another server may take over: behind sentinels, or in a cluster
 */
export function judgeDurability(
  wanted: Durability,
  settings: RedisSettings,
  failsOver = false,
): DurabilityFinding[] {
  const findings: DurabilityFinding[] = [];
  const note = (blocking: boolean, text: string) => void findings.push({ blocking, text });
  const fsync = settings.appendFsync ?? 'unknown';
  if (wanted === 'fsync') {
    if (settings.appendOnly && fsync === 'always')
      note(false, 'Redis writes every step to disk before it answers: a crash loses nothing.');
    else if (!settings.appendOnly)
      note(
        true,
        'durability is fsync, but Redis keeps no append-only file: a restart loses everything since its last snapshot. Set appendonly yes and appendfsync always.',
      );
    else
      note(
        true,
        `durability is fsync, but Redis has appendfsync ${fsync}: a crash may lose the last second, also of what was accepted. Set appendfsync always.`,
      );
  } else if (wanted === 'replica') {
    if (settings.replicas > 0)
      note(
        false,
        `Every step waits for one of ${settings.replicas} replicas: a failover loses only what no replica has.`,
      );
    else
      note(
        true,
        'durability is replica, but Redis has no replica connected: no step is confirmed, so nothing is sent. Connect a replica, or say fsync or memory.',
      );
  } else {
    note(
      false,
      'durability is memory: a crash of Redis may lose what it had not yet written, also of what was accepted.',
    );
  }
  if (failsOver && wanted !== 'replica') {
    note(
      false,
      `durability is ${wanted}: a failover loses what the replica had not yet received, on disk or not. Say replica to wait for one with each step.`,
    );
  }
  if (settings.evictionPolicy !== undefined && settings.evictionPolicy !== 'noeviction') {
    note(
      true,
      `Redis may evict keys (maxmemory-policy ${settings.evictionPolicy}): leases, records and messages would vanish, and messages could be sent twice or never. Set maxmemory-policy noeviction.`,
    );
  }
  const [major = 0, minor = 0] = settings.version.split('.').map(Number);
  if (major > 0 && (major < 6 || (major === 6 && minor < 2))) {
    note(
      true,
      `Redis ${settings.version} is older than 6.2, which nobody tests here or with BullMQ: queues may stand still. Update Redis.`,
    );
  }
  return findings;
}
