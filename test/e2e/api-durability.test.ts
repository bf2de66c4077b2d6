import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PrivateRedis, startPrivateRedis } from '@pabal/local-redis';
import { Redis } from 'ioredis';
import { ApiStage, until } from '../support/index.js';

/** What 202 means where every message is to be on a second server. */

let stage: ApiStage;
let replica: PrivateRedis | undefined;

const sms = { channel: 'sms', to: '01012345678', from: '0212345678', text: '[durable] 안녕하세요' };
const many = { messages: Array.from({ length: 600 }, (_, place) => ({ ...sms, id: `many-${place}` })) };
const send = (json: unknown) => stage.call('POST', '/v1/messages', { as: 'shop', json });

beforeAll(async () => {
  stage = await ApiStage.open({ keys: { shop: '' }, sections: ['durability: replica'] });
});

afterAll(async () => {
  await stage?.close();
  await replica?.stop();
});

describe('durability: replica', () => {
  it('accepts nothing while no replica holds it, and says under which id to send it again', async () => {
    const single = await send({ ...sms, id: 'single' });
    expect([single.status, single.json]).toMatchObject([
      503,
      { code: 'redis-unavailable', pending: ['single'] },
    ]);
    const list = await send(many);
    expect(list.status).toBe(503);
    expect(list.json?.pending).toHaveLength(600);
  });

  it('accepts the same again once a replica is there, and the replica has it before the answer', async () => {
    replica = await startPrivateRedis({ args: ['--replicaof', '127.0.0.1', String(stage.redis.port)] });
    const copy = new Redis(replica.url);
    try {
      await until('the replica follows', async () =>
        /master_link_status:up/.test(await copy.info('replication')),
      );
      expect((await send({ ...sms, id: 'single' })).status).toBe(202);
      expect(await copy.exists('pabal:send-default-sms:m-single')).toBe(1);
      const fresh = await send({ ...sms, id: 'fresh' });
      expect(fresh.status).toBe(202);
      expect(await copy.exists('pabal:send-default-sms:m-fresh')).toBe(1);
      expect((await send(many)).status).toBe(202);
      expect(await copy.hlen('pabal:batched')).toBe(600);
      expect(await copy.zcard('pabal:send-default-sms:prioritized')).toBe(2 + 6);
    } finally {
      copy.disconnect();
    }
  });
});
