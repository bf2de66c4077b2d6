import { afterEach, describe, expect, it } from '@jest/globals';
import { deliverPacket, mmsBody, submit } from './testing/bodies.js';
import { packet } from './testing/raw-client.js';
import { bindBody, World } from './testing/world.js';

describe('captures of LGHV', () => {
  let world: World;

  afterEach(() => world.stop());

  const shown = () =>
    world.sim.captures().map(({ session, direction, hex }) => {
      return [session, direction, Buffer.from(hex, 'hex').toString('latin1', 0, 1), hex.length / 2];
    });

  it('hold the frames of each session as they came and went, parts included', async () => {
    world = await World.start({ capture: 3 });
    const sender = await world.sender('mms');
    const body = mmsBody();
    await submit(sender, body);
    await submit(sender, body);
    await world.bind({ line: 'R' });
    expect(shown()).toEqual([
      [1, 'sent', 'D', 100],
      [1, 'received', 'd', 8 + body.length],
      [1, 'sent', 'D', 100],
      [2, 'received', 'b', 108],
      [2, 'sent', 'B', 48],
    ]);
    const { hex } = world.sim.captures({ session: 1, direction: 'received' })[0] ?? {};
    expect(hex).toBe(deliverPacket(body).toString('hex'));
    world.sim.reset();
    expect(world.sim.captures()).toEqual([]);
  });

  it('hold the header after which nothing could be read', async () => {
    world = await World.start({ capture: 3 });
    const client = await world.connect();
    client.send(Buffer.from('d135\0\0\xfe\xfe', 'latin1'), packet('b', bindBody()));
    await client.closed;
    expect(shown()).toEqual([[1, 'received', 'd', 8]]);
  });

  it('are none unless they are asked for', async () => {
    world = await World.start();
    await submit(await world.sender('mms'), mmsBody());
    expect(world.sim.captures()).toEqual([]);
  });
});
