/** No Redis could be found or started. `reasons` says, source by source, why not; the message says what to install. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
  readonly code = 'redis-unavailable';

  constructor(readonly reasons: readonly string[]) {
    super(
      [
        'No Redis was found and none could be started.',
        ...reasons.map((reason) => `  - ${reason}`),
        'Install redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis),',
        'or start Docker, or set REDIS_URL to a Redis that is running.',
      ].join('\n'),
    );
  }
}

/** A Redis server that we started ourselves ended, or did not answer in time. */
export class RedisStartFailed extends Error {
  override readonly name = 'RedisStartFailed';
  readonly code = 'redis-start-failed';
}
