import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  accept,
  claim,
  claimProbe,
  clearOutbox,
  isConnectionError,
  markUncertain,
  readMessage,
  SETTLE_IN_MS,
  StoreUnavailable,
  settleByReport,
} from '@pabal/fate';
import { startPrivateRedis } from '@pabal/local-redis';
import { connectRedis, redisReady } from '@pabal/queues';
import { claimRequest, connectForStore, DAY_MS, probeOf, Stage, until } from './stage.js';

const stages: Stage[] = [];
const closing: (() => unknown)[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const close of closing.splice(0).reverse()) await close();
  for (const stage of stages.splice(0)) await stage.close();
});

async function open(...args: Parameters<typeof Stage.open>): Promise<Stage> {
  const stage = await Stage.open(...args);
  stages.push(stage);
  return stage;
}

const delivered = { status: 'delivered', reason: 'delivered', by: 'report', code: '0000' } as const;

/** Lets everybody's five seconds after a restart pass at once. */
function passTime(ms: number): void {
  const now = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => now() + ms);
}

/** Starts the server's second hand anew, so that everything up to now can be kept and everything after be cut. */
async function nextSecond(stage: Stage): Promise<number> {
  const second = Math.floor(stage.store.fleetNow() / 1_000);
  await until('the next second', () => Math.floor(stage.store.fleetNow() / 1_000) > second);
  // The append-only file takes a time stamp with the first write of a second.
  await stage.control.set('tick', String(second));
  return second;
}

describe('a Redis that comes back without its last second', () => {
  it('is told again what was claimed, accepted and settled in it', async () => {
    const stage = await open({ aofTimestamps: true });
    const { store, redis } = stage;
    const before = await stage.claimed();
    const requests = [await stage.ready(), await stage.ready(), await stage.ready()] as const;
    const kept = await nextSecond(stage);
    const [claimed, accepted, settled] = requests;
    for (const request of requests) await claim(store, request);
    await accept(store, accepted.id, accepted.wireId);
    await accept(store, before.id, before.wireId);
    await settleByReport(store, settled.id, settled.wireId, delivered);
    await clearOutbox(store, settled.id, 'results', `r-${settled.id}`, DAY_MS);
    const held = await Promise.all(requests.map(({ id }) => stage.control.hgetall(store.keys.record(id))));

    await redis.kill();
    await until('away', () => store.state === 'away');
    await redis.cutBack(kept);
    await redis.start();
    await until('open again', () => store.state === 'open');

    expect(stage.events.at(-1)).toMatchObject({ kind: 'open', restarted: true });
    expect((await stage.record(before.id)).state).toBe('accepted');
    expect(await stage.control.hgetall(store.keys.record(claimed.id))).toEqual(held[0]);
    expect(await stage.control.hgetall(store.keys.record(accepted.id))).toEqual(held[1]);
    expect(await stage.record(settled.id)).toMatchObject({ state: 'settled', outcome: delivered });
    for (const request of requests) expect(await stage.holderOf(request)).toBe(request.id);
    expect(await stage.deadline(claimed)).not.toBeNull();
    expect(await stage.deadline(accepted)).not.toBeNull();
    expect(await stage.deadline(settled)).toBeNull();
    // Nobody knows whether its result was lost as well: it is published again, identical.
    expect(await stage.inOutbox(settled.id)).toBe(true);
  });

  it('is told how far a probe in it had put the deadline off', async () => {
    const stage = await open({ aofTimestamps: true });
    const { store, redis } = stage;
    const requests = [await stage.claimed({ reportDeadlineMs: 1_000 }), await stage.claimed()] as const;
    const [taken, asked] = requests;
    for (const { id, token } of requests) await markUncertain(store, id, token);
    await stage.advancePath(taken.gateway, 900);
    const kept = await nextSecond(stage);
    for (const request of requests) await claimProbe(store, probeOf(request));
    await accept(store, taken.id, taken.wireId);
    const deadlines = await Promise.all(requests.map((request) => stage.deadline(request)));

    await redis.kill();
    await until('away', () => store.state === 'away');
    await redis.cutBack(kept);
    await redis.start();
    await until('open again', () => store.state === 'open');

    expect(deadlines).toEqual(['1900', String(900 + asked.reportDeadlineMs)]);
    expect((await stage.record(taken.id)).state).toBe('accepted');
    expect(await Promise.all(requests.map((request) => stage.deadline(request)))).toEqual(deadlines);
  });

  it('had lost it for real, when nobody was there to tell', async () => {
    const stage = await open({ aofTimestamps: true });
    const { redis, store } = stage;
    const kept = await nextSecond(stage);
    const request = await stage.claimed();
    await redis.kill();
    await until('away', () => store.state === 'away');
    store.journal.recent(performance.now() + DAY_MS); // forgets everything
    await redis.cutBack(kept);
    await redis.start();
    await until('open again', () => store.state === 'open');
    expect(await readMessage(store, request.id)).toBeUndefined();
  });

  it('is told also when it was away for longer than things are remembered', async () => {
    const stage = await open({ aofTimestamps: true });
    const { redis, store } = stage;
    const kept = await nextSecond(stage);
    const request = await stage.claimed();
    await redis.kill();
    await until('away', () => store.state === 'away');
    await redis.cutBack(kept);
    passTime(60_000);
    await redis.start();
    await until('open again', () => store.state === 'open');
    expect((await stage.record(request.id)).state).toBe('claimed');
  });

  it('keeps what is later than what this process stored', async () => {
    const stage = await open();
    const { redis, store } = stage;
    const other = await stage.another();
    const request = await stage.claimed();
    await accept(other.store, request.id, request.wireId);
    await redis.kill();
    await until('away', () => store.state === 'away' && other.store.state === 'away');
    await redis.start();
    await until('open again', () => store.state === 'open' && other.store.state === 'open');
    expect(await stage.record(request.id)).toMatchObject({ state: 'accepted', version: 2 });
  });

  it('gives no claim until every process had time to tell', async () => {
    const stage = await open();
    const { redis, store } = stage;
    expect(store.claimsOpen).toBe(true);
    await stage.control.set('something', '1');
    await redis.kill();
    await until('away', () => store.state === 'away');
    expect(store.claimsOpen).toBe(false);
    await redis.start();
    await until('open again', () => store.state === 'open');
    expect(store.claimsOpen).toBe(false);
    const late = await stage.another();
    expect(late.store.claimsOpen).toBe(false);
    passTime(SETTLE_IN_MS - 2_000);
    expect(store.claimsOpen).toBe(false);
    jest.restoreAllMocks();
    passTime(SETTLE_IN_MS + 1_000);
    expect(store.claimsOpen).toBe(true);
    expect(late.store.claimsOpen).toBe(true);
  });

  it('gives claims at once when it is new and empty, to the processes that come first', async () => {
    const stage = await open();
    expect((await stage.another()).store.claimsOpen).toBe(true);
  });
});

describe('a store that was closed', () => {
  it('does not tell of its own end as of a Redis that is away', async () => {
    const { store, events } = await open();
    await store.close();
    await until('closed', () => store.state === 'away');
    expect(events.map(({ kind }) => kind)).toEqual(['open']);
  });
});

describe('a Redis that is away', () => {
  it('makes a step fail at once, and lets one that must be stored wait until it is', async () => {
    const stage = await open();
    const { redis, store } = stage;
    const request = await stage.claimed();
    await redis.kill();
    const ack = accept(store, request.id, request.wireId);
    await until('away', () => store.state === 'away');
    expect(stage.events.map(({ kind }) => kind)).toEqual(['open', 'away']);
    const refused = claim(store, claimRequest());
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(refused).rejects.toMatchObject({ code: 'store-unavailable' });
    await redis.start();
    expect(await ack).toMatchObject({ kind: 'done', state: 'accepted' });
    expect((await stage.record(request.id)).state).toBe('accepted');
  });

  it('in the middle of many acks loses none of them', async () => {
    const stage = await open();
    const { redis, store } = stage;
    const requests = await Promise.all(Array.from({ length: 200 }, () => stage.claimed()));
    const acks = requests.map(({ id, wireId }) => accept(store, id, wireId));
    await redis.kill();
    await redis.start();
    await Promise.all(acks);
    const states = await Promise.all(requests.map(async ({ id }) => (await stage.record(id)).state));
    expect(new Set(states)).toEqual(new Set(['accepted']));
  });

  it('is not asked again and again without a pause', async () => {
    const stage = await open();
    let tries = 0;
    const started = performance.now();
    await stage.store.keepTrying(async () => {
      if (++tries < 4) throw new StoreUnavailable('of another connection');
    });
    expect(performance.now() - started).toBeGreaterThan(40);
  });

  it('rejects what waits for it when the store is closed', async () => {
    const stage = await open();
    const request = await stage.claimed();
    await stage.redis.kill();
    await until('away', () => stage.store.state === 'away');
    const ack = accept(stage.store, request.id, request.wireId);
    await stage.store.close();
    await expect(ack).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('answers errors of its own, and those are not tried again', async () => {
    const stage = await open();
    const request = await stage.claimed();
    await stage.control.set(stage.store.keys.outbox, 'not a sorted set');
    await expect(settleByReport(stage.store, request.id, request.wireId, delivered)).rejects.toThrow(
      'WRONGTYPE',
    );
  });
});

describe('durability replica', () => {
  async function withReplica(): Promise<{
    stage: Stage;
    replica: Awaited<ReturnType<typeof startPrivateRedis>>;
  }> {
    const stage = await open({ args: ['--repl-diskless-sync-delay', '0'] }, { waitReplicas: 1 });
    const replica = await startPrivateRedis({ args: ['--replicaof', '127.0.0.1', String(stage.redis.port)] });
    closing.push(() => replica.stop());
    await until('the replica', async () =>
      /connected_slaves:1.*state=online/s.test(await stage.control.info('replication')),
    );
    return { stage, replica };
  }

  it('gives a claim only when the replica holds it, also the first time that a step runs', async () => {
    const { stage, replica } = await withReplica();
    const request = await stage.claimed();
    const there = connectRedis({ url: replica.url }, 'worker');
    closing.push(() => there.disconnect());
    expect(await there.hget(stage.store.keys.record(request.id), 's')).toBe('c');
  });

  it('gives none, and nothing may be written, while no replica confirms it', async () => {
    const { stage, replica } = await withReplica();
    const request = await stage.ready();
    replica.pause();
    await expect(claim(stage.store, request)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('0 of 1'),
    });
    replica.resume();
    expect(await claim(stage.store, request)).toMatchObject({ kind: 'claimed' });
  });
});

describe('another server behind the same address', () => {
  /** What a failover looks like from here: the address leads to the server that took over. */
  class Address {
    #target: number;
    readonly #sockets = new Set<Socket>();
    readonly #server: Server;

    constructor(target: number) {
      this.#target = target;
      this.#server = createServer((socket) => {
        const upstream = tcpConnect(this.#target, '127.0.0.1');
        for (const one of [socket, upstream]) {
          this.#sockets.add(one);
          one.on('error', () => one.destroy());
          one.on('close', () => this.#sockets.delete(one));
        }
        socket.pipe(upstream).pipe(socket);
      });
    }

    async listen(): Promise<string> {
      await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
      const address = this.#server.address();
      return `redis://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    }

    lead(target: number): void {
      this.#target = target;
      for (const socket of this.#sockets) socket.destroy();
    }

    close(): void {
      for (const socket of this.#sockets) socket.destroy();
      this.#server.close();
    }
  }

  it('is told what this process stored, and gives no claim until the others had time to tell', async () => {
    const stage = await open();
    const next = await open({ args: [] });
    await until(
      'up for long',
      async () =>
        Number(/uptime_in_seconds:(\d+)/.exec(await next.control.info('server'))?.[1]) * 1_000 >=
        SETTLE_IN_MS,
    );
    const address = new Address(stage.redis.port);
    closing.push(() => address.close());
    const redis = connectForStore(await address.listen());
    await redisReady(redis, 5_000);
    const { store } = await stage.another({ redis });
    const request = await stage.ready();
    await claim(store, request);
    address.lead(next.redis.port);
    await until('away', () => store.state !== 'open');
    await until('open again', () => store.state === 'open');
    expect((await next.record(request.id)).state).toBe('claimed');
    expect(store.claimsOpen).toBe(false);
    passTime(SETTLE_IN_MS);
    expect(store.claimsOpen).toBe(true);
  });

  it('that is only a replica is left for whoever is master', async () => {
    const stage = await open();
    const { store } = stage;
    const request = await stage.claimed();
    await stage.control.replicaof('127.0.0.1', '1');
    const ack = accept(store, request.id, request.wireId);
    await until('away', () => store.state !== 'open');
    await stage.control.replicaof('NO', 'ONE');
    expect(await ack).toMatchObject({ kind: 'done' });
  });
});

describe('fleet time', () => {
  it('is Redis’ time', async () => {
    const stage = await open();
    const [seconds, micros] = await stage.control.time();
    const redisNow = Number(seconds) * 1_000 + Number(micros) / 1_000;
    expect(Math.abs(stage.store.fleetNow() - redisNow)).toBeLessThan(1_000);
  });

  it('follows Redis when this machine’s clock is wrong, and says so', async () => {
    const stage = await open();
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
    const { store, events } = await stage.another();
    expect(Math.abs(store.fleetNow() - now())).toBeLessThan(1_000);
    expect(Math.abs(store.skewMs + 60_000)).toBeLessThan(1_000);
    expect(events.map(({ kind }) => kind)).toContain('skew');
  });

  it('is not thrown off when this process stands still while it asks', async () => {
    const stage = await open();
    const redis = connectForStore(stage.redis.url);
    await redisReady(redis, 5_000);
    const now = Date.now.bind(Date);
    let frozenMs = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + frozenMs);
    const time = redis.time.bind(redis);
    jest.spyOn(redis, 'time').mockImplementation(async () => {
      const answer = await time();
      frozenMs = 40_000;
      return answer;
    });
    const { store, events } = await stage.another({ redis });
    expect(Math.abs(store.skewMs)).toBeLessThan(1_000);
    expect(events.map(({ kind }) => kind)).not.toContain('skew');
  });
});

describe('isConnectionError', () => {
  it('tells what may be tried again from an answer of Redis', async () => {
    const stage = await open();
    const failure = (promise: Promise<unknown>) =>
      promise.then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(isConnectionError(await failure(stage.control.call('NONSENSE')))).toBe(false);
    const closed = connectForStore('redis://127.0.0.1:1');
    expect(isConnectionError(await failure(closed.get('x')))).toBe(true);
    closed.disconnect();
  });
});
