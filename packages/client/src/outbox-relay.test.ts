import { describe, expect, it } from '@jest/globals';
import { MemoryGuardClosed, RedisUnavailable } from './errors.js';
import { type OutboxEvent, OutboxRelay, type OutboxRelayOptions } from './outbox-relay.js';
import type { OutboxTarget } from './outbox-settlement.js';
import type { OutboxFailure, OutboxRetry, OutboxRow, OutboxStore } from './outbox-store.js';

const REFUSED = [{ field: 'to', rule: 'digits', message: 'to must be digits only' }];

/** A store that gives what it holds once, and writes down what it is told. */
class FakeStore implements OutboxStore {
  readonly rows: OutboxRow[] = [];
  readonly written: string[] = [];
  readonly limits: number[] = [];
  breaks: Error | undefined;
  wake: (() => void) | undefined;
  lost: (() => void) | undefined;
  listening = 0;
  listen: OutboxStore['listen'];

  put(...ids: string[]): this {
    this.rows.push(...ids.map((id) => row(id)));
    return this;
  }

  withListener(): this {
    this.listen = async (wake, lost) => {
      this.listening++;
      this.wake = wake;
      this.lost = lost;
      return async () => void this.written.push('unlisten');
    };
    return this;
  }

  async claim(limit: number) {
    if (this.breaks) throw this.breaks;
    this.limits.push(limit);
    return { lease: 'lease', rows: this.rows.splice(0, limit) };
  }

  async done(ids: readonly string[]) {
    this.written.push(...ids.map((id) => `done ${id}`));
  }

  async retry(lease: string, rows: readonly OutboxRetry[]) {
    this.written.push(...rows.map(({ id, delayMs, why }) => `retry ${id} ${delayMs} ${why} ${lease}`));
  }

  async fail(lease: string, rows: readonly (OutboxFailure & { id: string })[]) {
    this.written.push(
      ...rows.map(({ id, code, problems }) => `fail ${id} ${code} ${problems?.[0]?.field} ${lease}`),
    );
  }

  async prune() {
    return 0;
  }
}

function row(id: string, change: Partial<OutboxRow> = {}): OutboxRow {
  return { id, route: 'default', message: { id }, attempts: 1, claimedForMs: 0, ...change };
}

/** A client that sends everything but what is called bad, and breaks on what is called broken. */
function fakeTarget(): OutboxTarget & { sent: string[][]; away: Error | undefined; usedShare: number } {
  const target = {
    sent: [] as string[][],
    away: undefined as Error | undefined,
    usedShare: 0,
    health: async () => {
      if (target.away) throw target.away;
      return { usedShare: target.usedShare, skewMs: 0 };
    },
    sendMany: (async (items, { route } = {}) => {
      const ids = [...(items as Iterable<{ id: string }>)].map(({ id }) => id);
      if (ids.includes('away')) throw new RedisUnavailable('gone');
      if (ids.includes('broken')) throw new TypeError('a secret text');
      const good = ids.filter((id) => id !== 'bad');
      target.sent.push([route ?? '', ...good]);
      return {
        accepted: good.map((id) => ({ index: ids.indexOf(id), id })),
        refused: ids.flatMap((id, index) => (id === 'bad' ? [{ index, problems: REFUSED }] : [])),
        totals: { accepted: good.length, refused: ids.length - good.length },
      };
    }) as OutboxTarget['sendMany'],
  };
  return target;
}

function relay(store: FakeStore, target: OutboxTarget, options: OutboxRelayOptions = {}) {
  const events: OutboxEvent[] = [];
  const onEvent = (event: OutboxEvent) => void events.push(event);
  return { events, relay: new OutboxRelay(store, target, { random: () => 0, onEvent, ...options }) };
}

describe('one batch of an outbox', () => {
  it('is sent route by route and written down as done', async () => {
    const store = new FakeStore().put('a', 'b');
    store.rows.push(row('c', { route: 'cheap' }));
    const target = fakeTarget();
    expect(await relay(store, target, { batch: 10 }).relay.runOnce()).toBe(3);
    expect(target.sent).toEqual([
      ['default', 'a', 'b'],
      ['cheap', 'c'],
    ]);
    expect(store.written).toEqual(['done a', 'done b', 'done c']);
    expect(store.limits).toEqual([10]);
  });

  it('sets aside what the fleet refuses, with the reason, and sends the others', async () => {
    const store = new FakeStore().put('a', 'bad', 'b');
    const { relay: one, events } = relay(store, fakeTarget());
    await one.runOnce();
    expect(store.written).toEqual(['done a', 'done b', 'fail bad invalid-message to lease']);
    expect(events).toEqual([
      { kind: 'sent', count: 2 },
      { kind: 'failed', id: 'bad', code: 'invalid-message' },
    ]);
  });

  it('is given back when Redis goes, and the caller is told', async () => {
    const store = new FakeStore().put('a', 'away');
    store.rows.push(row('c', { route: 'cheap', attempts: 4 }));
    await expect(relay(store, fakeTarget()).relay.runOnce()).rejects.toBeInstanceOf(RedisUnavailable);
    expect(store.written).toEqual([
      'retry a 500 redis-unavailable lease',
      'retry away 500 redis-unavailable lease',
      'retry c 4000 redis-unavailable lease',
    ]);
  });

  it('is not claimed while nothing could be sent: Redis is away, or nearly full', async () => {
    const store = new FakeStore().put('a');
    const target = fakeTarget();
    target.away = new RedisUnavailable('gone');
    await expect(relay(store, target).relay.runOnce()).rejects.toBe(target.away);
    target.away = undefined;
    target.usedShare = 0.81;
    await expect(relay(store, target).relay.runOnce()).rejects.toBeInstanceOf(MemoryGuardClosed);
    expect(store.limits).toEqual([]);
  });

  it('goes on without a row that breaks for no known reason, which comes again later, and never shows its content', async () => {
    const store = new FakeStore().put('a', 'broken', 'b');
    const { relay: one, events } = relay(store, fakeTarget());
    await one.runOnce();
    expect(store.written).toEqual(['done a', 'done b', 'retry broken 500 TypeError lease']);
    expect(JSON.stringify([store.written, events])).not.toContain('secret');
  });

  it('sets aside a row that broke too often', async () => {
    const store = new FakeStore();
    store.rows.push(row('broken', { attempts: 20 }));
    await relay(store, fakeTarget()).relay.runOnce();
    expect(store.written).toEqual(['fail broken too-many-attempts undefined lease']);
  });

  it('sets aside a row whose first sending the fleet may have forgotten', async () => {
    const store = new FakeStore();
    const day = 86_400_000;
    store.rows.push(row('old', { attempts: 2, claimedForMs: day }));
    store.rows.push(row('young', { attempts: 2, claimedForMs: day - 1 }));
    await relay(store, fakeTarget()).relay.runOnce();
    expect(store.written).toEqual(['done young', 'fail old too-old-to-repeat undefined lease']);
  });
});

/** Pauses that end when the test says so, or when they are woken. */
function pauses() {
  const waits: number[] = [];
  let next: (() => void) | undefined;
  let seen: (() => void) | undefined;
  return {
    waits,
    pause: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        waits.push(ms);
        const woken = () => reject(new Error('woken'));
        next = () => {
          signal?.removeEventListener('abort', woken);
          resolve();
        };
        if (signal?.aborted) woken();
        else signal?.addEventListener('abort', woken, { once: true });
        seen?.();
      }),
    end: () => next?.(),
    /** Resolves when the relay has begun its nth pause. */
    reached: async (count: number) => {
      while (waits.length < count) {
        await new Promise<void>((resolve) => {
          seen = resolve;
        });
      }
    },
  };
}

describe('a running relay', () => {
  it('goes on at once after a full batch, and rests after one that was not', async () => {
    const store = new FakeStore().put('a', 'b', 'c');
    const rests = pauses();
    const { relay: one } = relay(store, fakeTarget(), { batch: 2, pause: rests.pause });
    one.start();
    await rests.reached(1);
    expect(store.written).toEqual(['done a', 'done b', 'done c']);
    expect(rests.waits).toEqual([1_000]);
    await one.stop();
  });

  it('waits longer each time while its store is away, and no longer when it is back', async () => {
    const store = new FakeStore().put('a');
    store.breaks = new Error('connection refused');
    const rests = pauses();
    const { relay: one, events } = relay(store, fakeTarget(), { pause: rests.pause });
    one.start();
    for (let count = 1; count <= 7; count++) {
      await rests.reached(count);
      if (count === 6) store.breaks = undefined;
      rests.end();
    }
    await rests.reached(8);
    await one.stop();
    expect(rests.waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 1_000]);
    expect(events.filter(({ kind }) => kind === 'trouble')).toHaveLength(6);
    expect(store.written).toEqual(['done a']);
  });

  it('is woken by a put, polls when nobody wakes it any more, and stops listening at its end', async () => {
    const store = new FakeStore().withListener();
    const rests = pauses();
    const { relay: one } = relay(store, fakeTarget(), { pause: rests.pause });
    one.start();
    await rests.reached(1);
    store.put('a');
    store.wake?.();
    await rests.reached(2);
    expect(store.written).toEqual(['done a']);
    store.lost?.();
    for (let count = 2; count < 12; count++) {
      await rests.reached(count);
      rests.end();
    }
    await rests.reached(12);
    expect(store.listening).toBe(2);
    await one.stop();
    expect(store.written.at(-1)).toBe('unlisten');
  });

  it('finishes the batch under way when it is stopped', async () => {
    const store = new FakeStore().put('a');
    const target = fakeTarget();
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const sendMany = target.sendMany;
    let begun = () => {};
    const under = new Promise<void>((resolve) => {
      begun = resolve;
    });
    target.sendMany = async (...words) => {
      begun();
      await gate;
      return sendMany(...words);
    };
    const { relay: one } = relay(store, target, { pause: pauses().pause });
    one.start();
    await under;
    const stopped = one.stop();
    letGo();
    await stopped;
    expect(store.written).toEqual(['done a']);
  });
});
