import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MessageConflict, MessageRefused, PabalClient } from '@pabal/client';
import { type OutboxEvent, OutboxRelay, type OutboxRelayOptions, PostgresOutbox } from '@pabal/client/outbox';
import { findRedis, type LocalRedis, startPrivateRedis } from '@pabal/local-redis';
import type { MessageInput } from '@pabal/message';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { describeWhere } from '../../support/describe-where.js';
import { Child, PrivatePostgres, pause, postgresPrograms, ROOT, until } from '../../support/index.js';

/** Messages that are put in a producer's own transactions, on a real PostgreSQL and a real Redis. */

const programs = postgresPrograms();

describeWhere(programs !== undefined, 'an outbox in PostgreSQL', () => {
  let postgres: PrivatePostgres;
  let pool: pg.Pool;
  let redis: LocalRedis;
  let control: Redis;
  let pabal: PabalClient;
  let outbox: PostgresOutbox;
  let runs = 0;
  let prefix: string;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([PrivatePostgres.start(programs ?? ''), findRedis()]);
    pool = postgres.pool();
    control = new Redis(redis.url);
    await new PostgresOutbox({ db: pool }).createTable();
    await pool.query('CREATE TABLE orders (id text PRIMARY KEY)');
  });

  afterAll(async () => {
    await pabal?.close();
    control?.disconnect();
    await pool?.end();
    await Promise.all([postgres?.stop(), redis?.stop()]);
  });

  beforeEach(async () => {
    await pabal?.close();
    prefix = `pabal-outbox-${process.pid}-${++runs}`;
    pabal = await PabalClient.connect({ redis: redis.url, prefix });
    outbox = new PostgresOutbox({ db: pool });
    await pool.query('TRUNCATE pabal_outbox, orders');
  });

  const message = (id: string, change: Partial<MessageInput> = {}): MessageInput => ({
    id,
    channel: 'sms',
    to: '01012345678',
    from: '0212345678',
    text: '주문이 접수되었습니다',
    ...change,
  });

  /** Runs in a transaction that commits or, where this throws, is rolled back. */
  async function inTransaction<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
    const tx = await pool.connect();
    try {
      await tx.query('BEGIN');
      const value = await work(tx);
      await tx.query('COMMIT');
      return value;
    } catch (error) {
      await tx.query('ROLLBACK');
      throw error;
    } finally {
      tx.release();
    }
  }

  function relay(options: OutboxRelayOptions = {}): { relay: OutboxRelay; events: OutboxEvent[] } {
    const events: OutboxEvent[] = [];
    const onEvent = (event: OutboxEvent) => void events.push(event);
    return { events, relay: new OutboxRelay(outbox, pabal, { pollMs: 20, onEvent, ...options }) };
  }

  /** Ids of the messages that stand in the queue, each as often as it does. */
  async function enqueued(): Promise<string[]> {
    const jobs = await control.zrange(`${prefix}:send-default-sms:prioritized`, '0', '-1');
    const data = await Promise.all(
      jobs.map((job) => control.hget(`${prefix}:send-default-sms:${job}`, 'data')),
    );
    return data
      .flatMap((text) => {
        const job = JSON.parse(text ?? '{}') as { id?: string; messages?: { id: string }[] };
        return job.messages?.map(({ id }) => id) ?? [job.id ?? ''];
      })
      .sort();
  }

  it('sends what was committed, and never what was rolled back', async () => {
    const order = (id: string, ends: boolean) =>
      inTransaction(async (tx) => {
        await tx.query('INSERT INTO orders VALUES ($1)', [id]);
        await outbox.put(tx, message(id));
        if (!ends) throw new Error('the payment failed');
      });
    await order('order-1', true);
    await expect(order('order-2', false)).rejects.toThrow('the payment failed');
    expect(await relay().relay.runOnce()).toBe(1);
    expect(await enqueued()).toEqual(['order-1']);
    expect(await outbox.counts()).toMatchObject({ waiting: 0, done: 1, failed: 0 });
  });

  it('sees nothing of a transaction that is still open', async () => {
    const tx = await pool.connect();
    await tx.query('BEGIN');
    await outbox.put(tx, message('open'));
    expect(await relay().relay.runOnce()).toBe(0);
    await tx.query('COMMIT');
    tx.release();
    expect(await relay().relay.runOnce()).toBe(1);
    expect(await enqueued()).toEqual(['open']);
  });

  it('takes the same id twice for one message, and another message under it for a mistake', async () => {
    const ids = await inTransaction((tx) => outbox.putMany(tx, [message('a'), message('b'), message('a')]));
    expect(ids).toEqual({ ids: ['a', 'b', 'a'] });
    await relay().relay.runOnce();
    expect(await inTransaction((tx) => outbox.put(tx, message('a', { to: '+821012345678' })))).toEqual({
      id: 'a',
    });
    // What was put beside it is taken out again, although the transaction goes on.
    const conflict = await inTransaction((tx) =>
      outbox.putMany(tx, [message('c'), message('a', { text: '다른 글' })]).catch((error: unknown) => error),
    );
    expect(conflict).toBeInstanceOf(MessageConflict);
    expect(conflict).toMatchObject({ code: 'id-conflict', ids: ['a'] });
    expect(await relay().relay.runOnce()).toBe(0);
    expect(await enqueued()).toEqual(['a', 'b']);
  });

  it('refuses a bad message before it is put, and leaves the transaction usable', async () => {
    await inTransaction(async (tx) => {
      const refusal = await outbox
        .putMany(tx, [message('a'), message('b', { to: '010-1' })])
        .catch((e: unknown) => e);
      expect(refusal).toBeInstanceOf(MessageRefused);
      expect(refusal).toMatchObject({ problems: [{ field: '1.to', rule: 'digits' }] });
      await outbox.put(tx, message('c'));
    });
    await relay().relay.runOnce();
    expect(await enqueued()).toEqual(['c']);
  });

  it('keeps nothing of the content once it is sent, and forgets the row after its time', async () => {
    await outbox.put(pool, message('a'));
    const { relay: one } = relay();
    await one.runOnce();
    const { rows } = await pool.query('SELECT * FROM pabal_outbox');
    expect(JSON.stringify(rows)).not.toMatch(/01012345678|주문/);
    expect(await outbox.prune(60_000, 10)).toBe(0);
    expect(await outbox.prune(0, 10)).toBe(1);
    expect(await outbox.counts()).toMatchObject({ waiting: 0, oldestMs: 0, done: 0 });
  });

  it('sets aside what the fleet does not take, shows why, and sends it when somebody says so', async () => {
    await outbox.putMany(pool, [message('good'), message('astray', { replyTo: 'nobody' })]);
    const { relay: one, events } = relay();
    await one.runOnce();
    expect(events).toContainEqual({ kind: 'failed', id: 'astray', code: 'invalid-message' });
    const [failed] = await outbox.failed();
    expect(failed).toMatchObject({
      id: 'astray',
      code: 'invalid-message',
      attempts: 1,
      problems: [{ field: 'replyTo', rule: 'undeclared-reply' }],
    });
    expect(Math.abs(Date.now() - Date.parse(failed?.failedAt ?? ''))).toBeLessThan(60_000);
    expect(await outbox.counts()).toMatchObject({ waiting: 0, done: 1, failed: 1 });
    await pool.query(`UPDATE pabal_outbox SET message = message - 'replyTo' WHERE id = 'astray'`);
    expect(await outbox.requeue(['astray', 'good'])).toBe(1);
    await one.runOnce();
    expect(await enqueued()).toEqual(['astray', 'good']);
  });

  it('counts a time to live from the put', async () => {
    await outbox.put(pool, message('code', { ttlSeconds: 180 }));
    const { rows } = await pool.query('SELECT message, created_at FROM pabal_outbox');
    const { message: put, created_at } = rows[0];
    expect(put.ttlSeconds).toBeUndefined();
    expect(Math.abs(Date.parse(put.expiresAt) - created_at.getTime() - 180_000)).toBeLessThan(5_000);
  });

  it('gives each row to one relay at a time, and to another when the lease is over', async () => {
    await outbox.putMany(
      pool,
      ['a', 'b', 'c', 'd'].map((id) => message(id)),
    );
    const claims = await Promise.all([
      outbox.claim(2, 60_000),
      outbox.claim(2, 60_000),
      outbox.claim(4, 60_000),
    ]);
    const ids = claims.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(ids.sort()).toEqual(['a', 'b', 'c', 'd']);
    await pool.query('UPDATE pabal_outbox SET due_at = clock_timestamp()');
    const again = await outbox.claim(10, 60_000);
    expect(again.rows.map(({ id, attempts }) => [id, attempts])).toEqual(
      ['a', 'b', 'c', 'd'].map((id) => [id, 2]),
    );
    // The old holder wakes up: what it says of the rows that it lost changes nothing, but that one is sent stays true.
    const old = claims[0];
    await outbox.fail(old.lease, [{ id: 'a', code: 'invalid-message' }]);
    await outbox.retry(old.lease, [{ id: 'b', delayMs: 0, why: 'late' }]);
    await outbox.done(['c']);
    expect(await outbox.counts()).toMatchObject({ waiting: 3, failed: 0, done: 1 });
    expect((await outbox.claim(10, 1)).rows).toEqual([]);
  });

  it('may have its table in a schema of its own, under any name', async () => {
    await pool.query('CREATE SCHEMA shop');
    const own = new PostgresOutbox({ db: pool, table: 'shop.user', notify: true });
    await own.createTable();
    await own.createTable();
    await inTransaction((tx) => own.put(tx, message('own')));
    expect(await new OutboxRelay(own, pabal).runOnce()).toBe(1);
    expect(await own.counts()).toMatchObject({ done: 1 });
  });

  it('wakes a relay at the commit', async () => {
    const listener = async () => {
      const client = postgres.client();
      await client.connect();
      return client;
    };
    outbox = new PostgresOutbox({ db: pool, listener });
    // It would look by itself only after an hour.
    const { relay: one, events } = relay({ pollMs: 3_600_000 });
    one.start();
    await until('it listens', async () => {
      const { rows } = await pool.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`);
      return rows.length > 0;
    });
    await inTransaction((tx) => outbox.put(tx, message('woken')));
    await until('it is sent', () => events.some(({ kind }) => kind === 'sent'));
    expect(await enqueued()).toEqual(['woken']);
    await one.stop();
  });

  it('waits for a Redis that is away without claiming a row, and goes on when it is back', async () => {
    const away = await startPrivateRedis({});
    const client = await PabalClient.connect({ redis: away.url, prefix });
    try {
      const events: OutboxEvent[] = [];
      const onEvent = (event: OutboxEvent) => void events.push(event);
      const one = new OutboxRelay(outbox, client, { pollMs: 20, onEvent });
      await away.kill();
      one.start();
      await outbox.put(pool, message('patient'));
      await until(
        'it has tried three times',
        () => events.filter(({ kind }) => kind === 'trouble').length >= 3,
      );
      expect(events[0]).toMatchObject({ error: { code: 'redis-unavailable' } });
      const { rows } = await pool.query('SELECT attempts, first_claimed_at FROM pabal_outbox');
      expect(rows).toEqual([{ attempts: 0, first_claimed_at: null }]);
      await away.start();
      await until('it is sent', () => events.some(({ kind }) => kind === 'sent'));
      expect(await client.status('patient')).toMatchObject({ state: 'queued' });
      await one.stop();
    } finally {
      await client.close();
      await away.stop();
    }
  });

  it('sends no second message when a relay ends between the sending and writing it down', async () => {
    await outbox.putMany(
      pool,
      ['a', 'b'].map((id) => message(id)),
    );
    outbox.done = async () => {
      throw new Error('the connection was lost');
    };
    await expect(relay({ leaseMs: 1 }).relay.runOnce()).rejects.toThrow('the connection was lost');
    expect(await enqueued()).toEqual(['a', 'b']);
    outbox = new PostgresOutbox({ db: pool });
    await until('the lease is over', async () => (await relay().relay.runOnce()) === 2);
    expect(await enqueued()).toEqual(['a', 'b']);
    expect(await outbox.counts()).toMatchObject({ waiting: 0, done: 2 });
  });

  it('sends each message once through two relays of which one is killed again and again', async () => {
    const start = () => {
      const script = join(ROOT, 'test/dist/integration/client/relay-child.js');
      return new Child('relay', process.execPath, [
        script,
        JSON.stringify(postgres.place),
        redis.url,
        prefix,
      ]);
    };
    const KILLS = 3;
    const ids: string[] = [];
    let kills = 0;
    const putting = async () => {
      while (kills < KILLS) {
        const more = Array.from({ length: 20 }, (_, index) => `m-${ids.length + index}`);
        ids.push(...more);
        await inTransaction((tx) =>
          outbox.putMany(
            tx,
            more.map((id) => message(id)),
          ),
        );
        await pause(50);
      }
    };
    const steady = start();
    let victim = start();
    try {
      const killing = async () => {
        for (; kills < KILLS; kills++) {
          await victim.line(/"kind":"sent"/);
          await victim.stop('SIGKILL');
          victim = start();
        }
      };
      await Promise.all([putting(), killing()]);
      await until('all is done', async () => (await outbox.counts()).done === ids.length, 60_000);
    } finally {
      kills = KILLS;
      // One that was started last may not listen to signals yet.
      await Promise.all([steady.line(/^running$/), victim.line(/^running$/)]);
      expect(await Promise.all([steady.stop(), victim.stop()])).toEqual([0, 0]);
    }
    expect(await enqueued()).toEqual([...ids].sort());
  });
});
