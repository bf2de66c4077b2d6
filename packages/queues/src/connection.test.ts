import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { RedisConnection } from './connection.js';
import { connectRedis } from './connection.js';
import { RedisUnreachable, redisReady } from './connection-ready.js';

/** A port that nobody listens on: it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Unlike `once` of node:events it bears the errors of attempts to connect. */
function said(redis: RedisConnection, event: 'end' | 'connect' | 'reconnecting'): Promise<void> {
  return new Promise((resolve) => redis.once(event, () => resolve()));
}

describe('a connection that waits for its next attempt to reconnect', () => {
  const opened: RedisConnection[] = [];

  afterEach(() => {
    for (const redis of opened.splice(0)) redis.disconnect();
  });

  const waiting = async (make: (port: number) => RedisConnection) => {
    const redis = make(await closedPort());
    opened.push(redis);
    redis.on('error', () => {});
    await said(redis, 'reconnecting');
    return redis;
  };

  it('ends when told to disconnect, and fails what waited in it', async () => {
    const redis = await waiting((port) => connectRedis({ url: `redis://127.0.0.1:${port}` }, 'worker'));
    const command = redis.bzpopmin('nothing', 0);
    const failed = expect(command).rejects.toThrow('Connection is closed');
    const ended = said(redis, 'end');
    redis.disconnect();
    await ended;
    await failed;
    expect(redis.status).toBe('end');
  });

  it('does so as the duplicate of another, which is how BullMQ makes those that block', async () => {
    const redis = await waiting((port) => {
      const first = connectRedis({ url: `redis://127.0.0.1:${port}` }, 'worker');
      first.on('error', () => {});
      opened.push(first);
      return first.duplicate({ connectionName: 'blocking' });
    });
    const ended = said(redis, 'end');
    redis.disconnect();
    await ended;
    expect(redis.status).toBe('end');
  });
});

describe('a connection to a server that accepts it and says nothing', () => {
  const end: (() => void)[] = [];

  afterEach(() => {
    for (const each of end.splice(0)) each();
  });

  const accepted = async () => {
    const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const redis = connectRedis({ url: `redis://127.0.0.1:${address.port}` }, 'worker');
    const errors: unknown[] = [];
    redis.on('error', (error: unknown) => errors.push(error));
    end.push(() => {
      redis.disconnect();
      server.close();
    });
    return { redis, errors };
  };

  it.each(['connect', 'reconnecting'] as const)(
    'ends when told to disconnect (%s), and tells of no error any more: a worker that waits for its end would stop waiting',
    async (when) => {
      const { redis, errors } = await accepted();
      await said(redis, when);
      const before = errors.length;
      const ended = said(redis, 'end');
      redis.disconnect();
      // An attempt that had become silent, or the silence of a connection, comes just now.
      redis.stream.destroy(new Error('silence'));
      await ended;
      expect({ status: redis.status, new: errors.slice(before) }).toEqual({ status: 'end', new: [] });
    },
  );

  it('tells of errors again once it has ended and connects anew', async () => {
    const { redis, errors } = await accepted();
    await said(redis, 'connect');
    const ended = said(redis, 'end');
    redis.disconnect();
    await ended;
    const failed = new Promise((resolve) => redis.once('error', resolve));
    redis.connect().catch(() => {});
    await failed;
    expect(errors).toEqual([expect.objectContaining({ name: 'SilentServer' })]);
  });
});

describe('a connection that does not become ready', () => {
  const opened: RedisConnection[] = [];

  afterEach(() => {
    for (const redis of opened.splice(0)) redis.disconnect();
  });

  /** Why a connection to a port is not ready after a moment. */
  const failure = async (port: number): Promise<RedisUnreachable> => {
    const redis = connectRedis({ url: `redis://:hunter2@127.0.0.1:${port}` }, 'producer');
    opened.push(redis);
    const error: unknown = await redisReady(redis, 200).catch((thrown: unknown) => thrown);
    if (!(error instanceof RedisUnreachable)) throw new Error('it became ready');
    return error;
  };

  it('says that nobody answers', async () => {
    const error = await failure(await closedPort());
    expect(error.message).toContain('did not answer within 200 ms (ECONNREFUSED)');
    expect(error.loginRefused).toBe(false);
  });

  it('says that the password is refused, without the password', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        const commands = bytes.toString('latin1').match(/^\*\d+\r$/gm)?.length ?? 0;
        socket.write('-WRONGPASS invalid username-password pair\r\n'.repeat(commands));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const error = await failure(address.port);
    server.close();
    expect(error.message).toBe(`Redis at 127.0.0.1:${address.port} refuses the login (WRONGPASS)`);
    expect(error.loginRefused).toBe(true);
  });
});
