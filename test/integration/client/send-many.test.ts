import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import { findRedis, type LocalRedis } from '@pabal/local-redis';
import { Redis } from 'ioredis';
import { until } from '../../support/index.js';

/** Sending many over a real Redis, from inputs of any size. */

let redis: LocalRedis;
let control: Redis;
let pabal: PabalClient;
const prefix = `pabal-send-many-${process.pid}`;

beforeAll(async () => {
  redis = await findRedis();
  control = new Redis(redis.url);
  pabal = await PabalClient.connect({ redis: redis.url, prefix });
});

afterAll(async () => {
  const keys = await control.keys(`${prefix}:*`);
  if (keys.length > 0) await control.del(...keys);
  await pabal.close();
  control.disconnect();
  await redis.stop();
});

const message = (id: string) => ({ id, channel: 'sms', to: '01012345678', from: '0212345678', text: '안내' });

describe('sending many', () => {
  it('reads its input as fast as messages are stored, and no faster than their queue empties', async () => {
    await pabal.sendMany(['a', 'b', 'c'].map(message));
    let read = 0;
    async function* rows() {
      for (const id of ['d', 'e', 'f', 'g']) {
        read++;
        yield message(id);
      }
    }
    const waits: string[] = [];
    const sending = pabal.sendMany(rows(), {
      chunk: 2,
      maxWaiting: 3,
      onProgress: ({ waitingFor }) => waitingFor !== undefined && waits.push(waitingFor),
    });
    // Three wait, so the first chunk goes; then five do.
    await until('the second chunk waits', () => waits.length === 1);
    expect(read).toBe(4);
    expect(await pabal.status('d')).toMatchObject({ state: 'queued' });
    expect(await pabal.status('f')).toBeUndefined();
    for (const id of ['a', 'b']) await pabal.cancel(id);
    expect((await sending).totals).toEqual({ accepted: 4, refused: 0 });
    expect(await pabal.status('f')).toMatchObject({ state: 'queued' });
  });

  it('counts members of batches among those that wait', async () => {
    const many = Array.from({ length: 600 }, (_, index) => ({ ...message(`n-${index}`), priority: 'bulk' }));
    await pabal.sendMany(many);
    const stop = new AbortController();
    const sending = pabal.sendMany([message('late')], {
      maxWaiting: 600,
      signal: stop.signal,
      onProgress: ({ waitingFor }) => waitingFor && stop.abort(new Error('too many wait')),
    });
    await expect(sending).rejects.toMatchObject({
      code: 'sending-aborted',
      cause: { message: 'too many wait' },
      interrupted: { pending: [{ id: 'late' }] },
    });
  });
});
