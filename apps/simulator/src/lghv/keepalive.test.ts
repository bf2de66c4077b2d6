import { afterEach, describe, expect, it } from '@jest/globals';
import { deliver, linkCheck, World } from './testing/world.js';

describe('silence', () => {
  let world: World;

  afterEach(() => world.stop());

  it('of five minutes ends a session', async () => {
    world = await World.start();
    const client = await world.sender();
    world.clock.advance(299_999);
    expect(await linkCheck(client, 'S')).toBe('L0');
    world.clock.advance(300_000);
    await client.closed;
    expect(world.sim.stats().notes['idle-closed']).toBe(1);
  });

  it('of five minutes ends a connection that never logged in', async () => {
    world = await World.start({ timeScale: 0.01 });
    const client = await world.connect();
    const bound = await world.sender();
    expect(await linkCheck(bound, 'S')).toBe('L0');
    world.clock.advance(3_000);
    await client.closed;
    expect(world.broken).toEqual({ 'link-check-late-send': 1 });
  });

  it('is counted once for each time that it was too long', async () => {
    world = await World.start();
    const client = await world.receiver();
    for (const gap of [62_001, 60_000, 130_000, 62_000]) {
      world.clock.advance(gap);
      await linkCheck(client, 'R');
    }
    world.clock.advance(62_001);
    expect(world.broken).toEqual({ 'link-check-late-recv': 4 });
  });

  it('is broken by a DELIVER on SEND, but not by reports on RECV', async () => {
    world = await World.start();
    const receiver = await world.receiver();
    const sender = await world.sender();
    for (let i = 1; i <= 3; i++) {
      world.clock.advance(50_000);
      await deliver(sender, { msgId: String(i) });
      if (i === 1) await linkCheck(receiver, 'R');
    }
    expect(world.broken).toEqual({ 'link-check-late-recv': 1 });
  });
});
