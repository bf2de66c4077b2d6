/** What a server of ours is started with, beside where it listens and stores. */
export interface ServerSettings {
  /** Writes a time stamp into the append-only file each second, so that it can be cut back to one. Needs Redis 7. */
  readonly aofTimestamps?: boolean;
  /** More arguments of the server's command line, which win over ours. */
  readonly args?: readonly string[];
}

/**
 * The command line of a server that loses nothing it has acknowledged: every write is in the append-only file, on disk,
 * before its answer; nothing is evicted; no snapshot is taken beside it.
 */
export function serverArguments(settings: ServerSettings = {}): string[] {
  return [
    ['--appendonly', 'yes'],
    ['--appendfsync', 'always'],
    ['--save', ''],
    ['--maxmemory-policy', 'noeviction'],
    // A queued message stays in the compact encoding of a hash. This is the name that Redis 6 knows as well.
    ['--hash-max-ziplist-value', '1024'],
    settings.aofTimestamps === true ? ['--aof-timestamp-enabled', 'yes'] : [],
    settings.args ?? [],
  ].flat();
}
