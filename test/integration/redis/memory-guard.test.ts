import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryGuardClosed, PabalClient } from '@pabal/client';
import { accept, claim, settleByReport } from '@pabal/fate';
import { startPrivateCluster } from '@pabal/local-redis';
import { Producer, type RedisConnection } from '@pabal/queues';
import { pause } from '../../support/child.js';
import { at } from '../../support/topologies.js';
import { Stage } from '../fate/stage.js';

jest.setTimeout(60_000);

const MB = 1_024 * 1_024;
const MESSAGE = { channel: 'sms', to: '01012345678', from: '15880000', text: 'hello' } as const;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The guard looks at the memory once a second. */
const NEXT_LOOK_MS = 1_100;

/** How much of its memory a Redis uses. */
async function share(redis: RedisConnection): Promise<number> {
  const info = await redis.info('memory');
  const value = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
  return value('used_memory') / value('maxmemory');
}

describe('a Redis that is nearly full', () => {
  it('takes no new message above 80%, while claims, reports and results go on; and takes them again below', async () => {
    const stage = await Stage.open();
    closing.push(() => stage.close());
    const { control, store, redis } = stage;
    const client = await PabalClient.connect({ redis: redis.url });
    closing.push(() => client.close());
    await client.send(MESSAGE);
    const request = await stage.ready();

    await control.config('SET', 'maxmemory', 64 * MB);
    for (let i = 0; (await share(control)) < 0.82; i++) await control.setrange(`filling:${i}`, 900_000, 'x');
    expect(await share(control)).toBeLessThan(0.9);
    await pause(NEXT_LOOK_MS);
    const refused = client.send(MESSAGE);
    await expect(refused).rejects.toBeInstanceOf(MemoryGuardClosed);
    await expect(refused).rejects.toMatchObject({ code: 'out-of-memory-guard' });
    await expect(client.sendMany([MESSAGE])).rejects.toBeInstanceOf(MemoryGuardClosed);

    const seen: unknown[] = [];
    const patient = client.sendMany([MESSAGE], {
      waitForMemory: true,
      onProgress: ({ waitingFor, accepted }) => seen.push(waitingFor ?? accepted),
    });

    expect(await claim(store, request)).toMatchObject({ kind: 'claimed' });
    await accept(store, request.id, request.wireId);
    const outcome = { status: 'delivered', reason: 'delivered', by: 'report', code: '0' } as const;
    expect(await settleByReport(store, request.id, request.wireId, outcome)).toMatchObject({
      kind: 'settled',
    });
    const producer = new Producer({ connection: control, prefix: 'pabal' });
    await producer.queue('results').add('result', {}, { jobId: 'r-1' });

    await control.del(...(await control.keys('filling:*')));
    await pause(NEXT_LOOK_MS);
    await client.send(MESSAGE);
    expect((await patient).totals).toEqual({ accepted: 1, refused: 0 });
    expect(seen).toEqual(['memory', 1]);
  });

  it('full to the last byte makes what came in wait, and loses none of it', async () => {
    const stage = await Stage.open();
    closing.push(() => stage.close());
    const request = await stage.claimed();
    const { control, store } = stage;
    await control.config('SET', 'maxmemory', 1);
    let stored = false;
    const accepted = accept(store, request.id, request.wireId).then(() => {
      stored = true;
    });
    await pause(700);
    expect(stored).toBe(false);
    await control.config('SET', 'maxmemory', 0);
    await accepted;
    expect((await stage.record(request.id)).state).toBe('accepted');
  });

  it('in a cluster is the node that owns the fleet, however full the others are', async () => {
    const cluster = await startPrivateCluster({ masters: 3 });
    closing.push(() => cluster.stop());
    const owner = await cluster.ownerOf('{pabal}:');
    const limit = (node: { readonly port: number }, bytes: number) =>
      at(node, (redis) => redis.config('SET', 'maxmemory', bytes));
    const nodes = cluster.nodes.map(({ port }) => ({ host: '127.0.0.1', port }));
    const client = await PabalClient.connect({ redis: { cluster: { nodes } } });
    closing.push(() => client.close());
    for (const node of cluster.nodes) if (node !== owner) await limit(node, MB);
    await client.send(MESSAGE);
    await limit(owner, MB);
    await pause(NEXT_LOOK_MS);
    await expect(client.send(MESSAGE)).rejects.toBeInstanceOf(MemoryGuardClosed);
  });
});
