import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { findRedis, type StartOptions, startPrivateRedis } from '@pabal/local-redis';
import { Redis } from 'ioredis';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: StartOptions = {}) {
  const server = await startPrivateRedis(options);
  closing.push(() => server.stop());
  return server;
}

async function connect(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: () => 20,
    disconnectTimeout: 50,
  });
  // A server that is killed on purpose shows here; what matters is whether a command gets its answer later.
  redis.on('error', () => undefined);
  closing.push(async () => redis.disconnect());
  return redis;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function until(condition: () => Promise<boolean>, limitMs = 10_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${limitMs} ms`);
    await sleep(20);
  }
}

describe('a private Redis', () => {
  it('writes to disk before it answers, evicts nothing and keeps a message compact', async () => {
    const redis = await connect((await start()).url);
    expect(await redis.config('GET', 'append*')).toEqual(
      expect.arrayContaining(['appendonly', 'yes', 'appendfsync', 'always']),
    );
    expect(await redis.config('GET', 'maxmemory-policy')).toContain('noeviction');
    expect(await redis.config('GET', 'hash-max-listpack-value')).toContain('1024');
    expect(await redis.config('GET', 'bind')).toContain('127.0.0.1');
  });

  it('comes back after a crash on the same port with everything it had acknowledged', async () => {
    const server = await start();
    const redis = await connect(server.url);
    await redis.set('key', 'value');
    const before = server.pid;
    await server.kill();
    expect(server.running).toBe(false);
    await server.start();
    expect(server.pid).not.toBe(before);
    expect(await redis.get('key')).toBe('value');
  });

  it('answers late, and loses nothing, when it is frozen and goes on', async () => {
    const server = await start();
    const redis = await connect(server.url);
    await redis.set('key', 'value');
    server.pause();
    let answered = false;
    const answer = redis.get('key').finally(() => {
      answered = true;
    });
    await sleep(200);
    expect(answered).toBe(false);
    server.resume();
    expect(await answer).toBe('value');
  });

  it('can lose its last seconds, as a disk that was not synchronised would', async () => {
    const server = await start({ aofTimestamps: true });
    const redis = await connect(server.url);
    await redis.set('kept', 'yes');
    const [second] = await redis.time();
    await sleep(2_100);
    await redis.set('lost', 'yes');
    await server.kill();
    await server.cutBack(Number(second));
    await server.start();
    expect(await redis.get('kept')).toBe('yes');
    expect(await redis.get('lost')).toBeNull();
  });

  it('is gone with its folder once stopped, also when it was frozen', async () => {
    const server = await start();
    server.pause();
    await server.stop();
    expect(server.running).toBe(false);
    expect(await exists(server.dir)).toBe(false);
  });

  it('leaves its folder where it was asked to, and serves it again', async () => {
    const first = await start({ keepDir: true });
    await (await connect(first.url)).set('key', 'value');
    await first.stop();
    const second = await start({ dir: first.dir });
    expect(await (await connect(second.url)).get('key')).toBe('value');
  });

  it('does not outlive a process that is killed', async () => {
    const script = `
      const { startPrivateRedis } = await import('@pabal/local-redis');
      const server = await startPrivateRedis();
      process.stdout.write(JSON.stringify({ pid: server.pid, dir: server.dir }) + '\\n');
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: parent.stdout }), 'line');
    const { pid, dir } = JSON.parse(String(line)) as { pid: number; dir: string };
    expect(await exists(dir)).toBe(true);
    parent.kill('SIGKILL');
    await until(async () => !(await exists(dir)));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('says what the server said when it does not start', async () => {
    await expect(startPrivateRedis({ args: ['--no-such-option', 'yes'] })).rejects.toMatchObject({
      code: 'redis-start-failed',
      message: expect.stringContaining('no-such-option'),
    });
  });

  it('refuses a port that another server answers on', async () => {
    const first = await start();
    await expect(startPrivateRedis({ port: first.port })).rejects.toMatchObject({
      code: 'redis-start-failed',
    });
  });
});

describe('findRedis', () => {
  it('uses the Redis that REDIS_URL names, and leaves it running', async () => {
    const server = await start();
    const found = await findRedis({ env: { REDIS_URL: server.url } });
    expect(found).toMatchObject({ source: 'REDIS_URL', url: server.url, version: server.version });
    await found.stop();
    expect(await (await connect(server.url)).ping()).toBe('PONG');
  });

  it('does not replace a REDIS_URL that does not answer', async () => {
    await expect(
      findRedis({ env: { ...process.env, REDIS_URL: 'redis://127.0.0.1:1' } }),
    ).rejects.toMatchObject({
      code: 'redis-unavailable',
      message: expect.stringContaining('REDIS_URL'),
    });
  });

  it('finds one on this machine, which serves and is stopped again', async () => {
    const { REDIS_URL: _named, ...env } = process.env;
    const found = await findRedis({ env });
    closing.push(() => found.stop());
    expect(await (await connect(found.url)).ping()).toBe('PONG');
    await found.stop();
    expect(found.server?.running ?? false).toBe(false);
  });
});
