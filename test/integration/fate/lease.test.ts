import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  acquireLease,
  keepRests,
  LEASE_TTL_MS,
  type Lease,
  leaseHolders,
  releaseLease,
  renewLease,
  signOff,
  signOn,
} from '@pabal/fate';
import { Stage } from './stage.js';

let stage: Stage;
let count = 0;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const resourceName = () => `send:hellovision:demo:S${++count}`;

async function acquire(resource: string, owner: string): Promise<Lease> {
  const answer = await acquireLease(stage.store, resource, owner);
  if (answer.kind !== 'acquired') throw new Error(`held by ${answer.by}`);
  return answer.lease;
}

/** As after its time without renewal. */
async function expire({ resource }: Lease): Promise<void> {
  await stage.control.del(stage.store.keys.lease(resource));
}

describe('a lease', () => {
  it('that nobody ever held is acquired, and lasts for its time without renewal', async () => {
    const resource = resourceName();
    const lease = await acquire(resource, 'sender-1');
    expect(lease).toEqual({ resource, value: 'sender-1#1', epoch: 1, clean: true, rests: new Map() });
    const left = await stage.control.pttl(stage.store.keys.lease(resource));
    expect(left).toBeGreaterThan(LEASE_TTL_MS - 1_000);
    expect(left).toBeLessThanOrEqual(LEASE_TTL_MS);
  });

  it('is held by one, whose name the others are told', async () => {
    const resource = resourceName();
    await acquire(resource, 'sender@host#1/7/ab');
    expect(await acquireLease(stage.store, resource, 'sender-2')).toEqual({
      kind: 'held',
      by: 'sender@host#1/7/ab',
    });
    const nobodys = resourceName();
    expect(await leaseHolders(stage.store, [resource, nobodys])).toEqual(
      new Map([
        [resource, 'sender@host#1/7/ab'],
        [nobodys, undefined],
      ]),
    );
    expect(await leaseHolders(stage.store, [])).toEqual(new Map());
  });

  it('goes to exactly one of many that reach for it at once', async () => {
    const resource = resourceName();
    const { store } = await stage.another();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        acquireLease(i % 2 ? store : stage.store, resource, `sender-${i}`),
      ),
    );
    expect(answers.filter(({ kind }) => kind === 'acquired')).toHaveLength(1);
  });

  it('lasts longer by renewal', async () => {
    const lease = await acquire(resourceName(), 'sender-1');
    await stage.control.pexpire(stage.store.keys.lease(lease.resource), 500);
    expect(await renewLease(stage.store, lease)).toBe(true);
    expect(await stage.control.pttl(stage.store.keys.lease(lease.resource))).toBeGreaterThan(1_000);
  });

  it('is not renewed once another has it, nor once another had it', async () => {
    const first = await acquire(resourceName(), 'sender-1');
    await expire(first);
    const second = await acquire(first.resource, 'sender-2');
    expect(await renewLease(stage.store, first)).toBe(false);
    await expire(second);
    expect(await renewLease(stage.store, first)).toBe(false);
    expect(await renewLease(stage.store, second)).toBe(true);
  });

  it('has a number that grows with every owner', async () => {
    const resource = resourceName();
    const epochs: number[] = [];
    for (const owner of ['a', 'b', 'a']) {
      const lease = await acquire(resource, owner);
      epochs.push(lease.epoch);
      await expire(lease);
    }
    expect(epochs).toEqual([1, 2, 3]);
  });

  it('is clean after it was let go, and only then', async () => {
    const resource = resourceName();
    const first = await acquire(resource, 'sender-1');
    await releaseLease(stage.store, first);
    const second = await acquire(resource, 'sender-2');
    expect(second.clean).toBe(true);
    await expire(second);
    expect((await acquire(resource, 'sender-3')).clean).toBe(false);
  });

  it('hands on which sessions must rest until when, and forgets it after the last of them', async () => {
    const resource = resourceName();
    const first = await acquire(resource, 'sender-1');
    const now = stage.store.fleetNow();
    await keepRests(
      stage.store,
      resource,
      new Map([
        ['send@a:1', now + 30_000],
        ['send@b:1', now + 10_000],
      ]),
    );
    await expire(first);
    const second = await acquire(resource, 'sender-2');
    expect(second.rests).toEqual(
      new Map([
        ['send@a:1', Math.ceil(now + 30_000)],
        ['send@b:1', Math.ceil(now + 10_000)],
      ]),
    );
    const left = await stage.control.pttl(stage.store.keys.rests(resource));
    expect(left).toBeGreaterThan(25_000);
    expect(left).toBeLessThanOrEqual(30_001);
  });

  it('is let go by its owner alone', async () => {
    const first = await acquire(resourceName(), 'sender-1');
    await expire(first);
    const second = await acquire(first.resource, 'sender-2');
    await releaseLease(stage.store, first);
    expect(await acquireLease(stage.store, first.resource, 'sender-3')).toEqual({
      kind: 'held',
      by: 'sender-2',
    });
    await expire(second);
    expect((await acquire(first.resource, 'sender-3')).clean).toBe(false);
  });

  it('is renewed in a Redis that forgot it, together with its number', async () => {
    const { keys } = stage.store;
    const resource = resourceName();
    await expire(await acquire(resource, 'sender-1'));
    const lease = await acquire(resource, 'sender-2');
    await stage.control.del(keys.lease(resource), keys.leaseEpoch(resource));
    expect(await renewLease(stage.store, lease)).toBe(true);
    expect(await stage.control.get(keys.lease(resource))).toBe('sender-2#2');
    await expire(lease);
    expect((await acquire(resource, 'sender-3')).epoch).toBe(3);
  });

  it('is renewed over an earlier owner that a restored Redis names', async () => {
    const { keys } = stage.store;
    const resource = resourceName();
    await expire(await acquire(resource, 'sender-1'));
    const lease = await acquire(resource, 'sender-2');
    await stage.control.mset(keys.lease(resource), 'sender-1#1', keys.leaseEpoch(resource), '1');
    expect(await renewLease(stage.store, lease)).toBe(true);
    expect(await stage.control.get(keys.lease(resource))).toBe('sender-2#2');
  });

  it('is lost to one that a restored Redis gave the same number to', async () => {
    const { keys } = stage.store;
    const resource = resourceName();
    const lease = await acquire(resource, 'sender-1');
    await stage.control.del(keys.lease(resource), keys.leaseEpoch(resource));
    expect((await acquire(resource, 'sender-2')).epoch).toBe(lease.epoch);
    expect(await renewLease(stage.store, lease)).toBe(false);
  });
});

describe('the members of a role', () => {
  it('are those that signed on lately, in one order for all', async () => {
    const { store } = stage;
    expect(await signOn(store, 'send', 'b')).toEqual(['b']);
    expect(await signOn(store, 'send', 'a')).toEqual(['a', 'b']);
    expect(await signOn(store, 'report', 'c')).toEqual(['c']);
    await stage.control.zadd(store.keys.members('send'), store.fleetNow() - LEASE_TTL_MS - 1, 'b');
    expect(await signOn(store, 'send', 'a')).toEqual(['a']);
    await signOff(store, 'send', 'a');
    expect(await signOn(store, 'send', 'd')).toEqual(['d']);
  });
});
