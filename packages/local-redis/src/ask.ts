import { Redis } from 'ioredis';

/** What a server says of itself. */
export interface ServerInfo {
  readonly version: string;
  /** Its process id, on its own machine. */
  readonly pid: number;
}

/** Takes version and process id out of `INFO server`. Valkey names a Redis version for its clients' sake, and its own beside it. */
export function readServerInfo(info: string): ServerInfo {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  return {
    version: field('valkey_version') ?? field('redis_version') ?? '',
    pid: Number(field('process_id')),
  };
}

/**
 * Connects once and asks the server who it is. Rejects if it does not answer within `timeoutMs`, or is still loading
 * its data.
 */
export async function askServer(url: string, timeoutMs: number): Promise<ServerInfo> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: Error | undefined;
  redis.on('error', (error: Error) => {
    failure = error;
  });
  try {
    await redis.connect();
    await redis.ping();
    return readServerInfo(await redis.info('server'));
  } catch (error) {
    // The socket's own error says more than "Connection is closed", which is what the command is told.
    throw failure ?? error;
  } finally {
    // On a connection that has ended by itself, this would leave a timer of two seconds that keeps the process alive.
    if (redis.status !== 'close' && redis.status !== 'end') redis.disconnect();
  }
}
