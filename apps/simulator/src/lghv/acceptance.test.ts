import { afterEach, describe, expect, it } from '@jest/globals';
import { deliver, World } from './testing/world.js';

describe('accepting and refusing', () => {
  let world: World;

  afterEach(() => world.stop());

  it('answers a repeated MSG_ID with 17 over both servers and all agents of the account', async () => {
    world = await World.start();
    const s1 = await world.sender();
    const s2 = (await world.bind({ agentId: 'S2' })).client;
    expect((await deliver(s1, { msgId: '5' })).code).toBe('0');
    expect((await deliver(s2, { msgId: '5' })).code).toBe('17');
    expect(world.sim.submits().map(({ verdict, duplicate }) => [verdict, duplicate])).toEqual([
      ['accepted', false],
      ['refused', true],
    ]);
    expect(world.broken).toEqual({});
  });

  it('forgets a MSG_ID after the age that is set', async () => {
    world = await World.start({ duplicateMemoryMs: 6_000 });
    const client = await world.sender();
    await deliver(client);
    world.clock.advance(6_000);
    expect((await deliver(client)).code).toBe('17');
    world.clock.advance(1);
    expect((await deliver(client)).code).toBe('0');
  });

  it('does not use up the MSG_ID of a refused DELIVER', async () => {
    world = await World.start({ credit: 0 });
    const client = await world.sender();
    expect((await deliver(client)).code).toBe('12');
    world.sim.configure({ credit: 1 });
    expect((await deliver(client)).code).toBe('0');
    expect(world.sim.submits()[1]?.credit).toBe(0);
    expect((await deliver(client, { msgId: '2' })).code).toBe('12');
  });

  it.each([
    ['duplicate-first', '17'],
    ['credit-first', '12'],
  ] as const)('with %s answers a duplicate without credit with %s', async (checkOrder, code) => {
    world = await World.start({ credit: 1, checkOrder });
    const client = await world.sender();
    await deliver(client);
    expect((await deliver(client)).code).toBe(code);
  });

  it('with a block answers 17 when a recipient was reached too often', async () => {
    world = await World.start({ recipientBlock: { limit: 2, withinMs: 10_000 } });
    const client = await world.sender();
    expect((await deliver(client, { msgId: '1' })).code).toBe('0');
    expect((await deliver(client, { msgId: '2' })).code).toBe('0');
    expect((await deliver(client, { msgId: '3' })).code).toBe('17');
    expect(world.sim.submits()[2]?.duplicate).toBe(false);
    world.clock.advance(10_000);
    expect((await deliver(client, { msgId: '3' })).code).toBe('0');
    expect(world.broken).toEqual({});
  });

  it('accepts the fourth to a recipient within 5 s and has its report say 17', async () => {
    world = await World.start();
    const client = await world.sender();
    for (const msgId of ['1', '2', '3', '4']) await deliver(client, { msgId });
    world.clock.advance(5_000);
    await deliver(client, { msgId: '5' });
    expect(world.sim.submits().map(({ reportCode }) => reportCode)).toEqual(['6', '6', '6', '17', '6']);
  });

  it.each([
    ['01000009012', '12'],
    ['01000009007', '7'],
    ['01000009017', '17'],
    ['01000009028', '28'],
    ['01000000007', '0'],
  ])('answers the number %s with %s', async (to, code) => {
    world = await World.start();
    expect((await deliver(await world.sender(), { to })).code).toBe(code);
    expect(world.broken).toEqual({});
  });

  it('throttles a number that ends in 9015 once', async () => {
    world = await World.start();
    const client = await world.sender();
    expect(await deliver(client, { to: '01000009015' })).toMatchObject({ code: '15', microseconds: 300_000 });
    world.clock.advance(300);
    expect(await deliver(client, { to: '01000009015' })).toMatchObject({ code: '0', microseconds: 0 });
    expect(world.broken).toEqual({});
  });

  it('takes other numbers and codes by configuration', async () => {
    world = await World.start({ recipients: { '5678': { ack: '31' } } });
    const client = await world.sender();
    expect((await deliver(client)).code).toBe('31');
    world.sim.configure({ recipients: {} });
    expect((await deliver(client, { to: '01000009012' })).code).toBe('0');
  });

  it.each([
    ['a recipient that cannot exist', { to: '12345678' }, '7'],
    ['a sender of six digits', { from: '021234' }, '29'],
  ])('refuses %s, which breaks no rule', async (_, values, code) => {
    world = await World.start();
    expect((await deliver(await world.sender(), values)).code).toBe(code);
    expect(world.broken).toEqual({});
  });

  it('takes only KS X 1001 where it is told to', async () => {
    world = await World.start({ charset: 'euc-kr' });
    expect((await deliver(await world.sender(), { text: Buffer.from([0x94, 0xee]) })).code).toBe('3');
    expect(world.broken).toEqual({ 'text-charset': 1 });
  });

  it('refuses settings that make no sense', async () => {
    world = await World.start();
    expect(() => world.sim.configure({ credit: -2 })).toThrow('setting credit is out of range');
    expect(() => world.sim.configure({ kakaoServer: 'lms' as 'sms' })).toThrow(
      'setting kakaoServer is out of range: it is sms, mms or any',
    );
    expect(() => world.sim.configure({ nothing: 1 } as object)).toThrow('unknown setting nothing');
    expect(() => world.sim.configure({ recipients: { '12': { ack: '1' } } })).toThrow(TypeError);
    expect(() => world.sim.configure({ tps: { fax: 1 } as object })).toThrow('setting tps is out of range');
    await expect(World.start({ tps: { sms: -1 } })).rejects.toThrow(
      'setting tps is out of range: it is whole numbers from 0 to 99999 for sms, lms, mms, kko and kkf',
    );
    await expect(World.start({ crypto: { key: 'short', iv: 'short' } })).rejects.toThrow('crypto.key');
  });
});
