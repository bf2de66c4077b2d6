import { afterEach, describe, expect, it } from '@jest/globals';
import { SMTNT_RULES } from './rules.js';
import { encrypted, sms } from './testing/raw-client.js';
import { World } from './testing/world.js';

describe('SMTNT rules', () => {
  let world: World | undefined;
  afterEach(() => world?.stop());

  it('a client that does everything right breaks none', async () => {
    world = await World.start();
    const client = await world.login();
    expect(await world.submit(client, sms())).toBe(0);
    world.clock.advance(10);
    const { UserMsgId, UserMsgSubId, ServerMsgId } = await client.expect('ReportReq');
    client.send('ReportRes', { UserMsgId, UserMsgSubId, ServerMsgId, Result: 0 });
    await client.settled();
    client.send('UnBindReq', encrypted('{"BindId":"test001"}'));
    expect(await client.decrypted('UnBindRes')).toEqual({ Result: 0 });
    await client.closed;
    expect(world.broken()).toEqual({});
  });

  it('every rule cites its place in the specification', () => {
    for (const { cites } of Object.values(SMTNT_RULES)) expect(cites).toMatch(/^(SMTNT \d|option)/);
  });
});
