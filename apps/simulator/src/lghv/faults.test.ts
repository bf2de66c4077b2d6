import { afterEach, describe, expect, it } from '@jest/globals';
import { packet, type RawClient, textAt } from './testing/raw-client.js';
import { deliver, deliverBody, linkCheck, nextAck, reportAck, World } from './testing/world.js';

const submit = (client: RawClient, msgId: string) => client.send(packet('d', deliverBody({ msgId })));

describe('the fault', () => {
  let world: World;

  afterEach(() => world.stop());

  it('neverAck accepts and reports without an acknowledgement', async () => {
    world = await World.start({ faults: { neverAck: { count: 1 } } });
    const receiver = await world.receiver();
    const sender = await world.sender();
    submit(sender, '1');
    expect((await deliver(sender, { msgId: '2' })).msgId).toBe('2');
    world.clock.advance(100);
    expect(textAt((await receiver.next()).body, 13, 20)).toBe('1');
    expect(world.sim.submits()[0]).toMatchObject({ verdict: 'accepted', ackedAt: 0, code: '0' });
  });

  it('ackThenDrop acknowledges, then cuts', async () => {
    world = await World.start({ faults: { ackThenDrop: {} } });
    const sender = await world.sender();
    expect((await deliver(sender)).code).toBe('0');
    await sender.closed;
    expect(world.sim.submits()[0]?.ackedAt).toBe(world.clock.now());
  });

  it('dropBeforeAck accepts and cuts, so that the same MSG_ID is a duplicate later', async () => {
    world = await World.start({ faults: { dropBeforeAck: { count: 1 } } });
    const sender = await world.sender();
    submit(sender, '1');
    await sender.closed;
    expect((await deliver(await world.sender(), { msgId: '1' })).code).toBe('17');
  });

  it('dropConnection cuts without accepting', async () => {
    world = await World.start({ faults: { dropConnection: { count: 1 } } });
    const sender = await world.sender();
    submit(sender, '1');
    await sender.closed;
    expect(world.sim.stats().counts).toMatchObject({ submits: 1, dropped: 1, accepted: 0 });
    expect((await deliver(await world.sender(), { msgId: '1' })).code).toBe('0');
  });

  it('slowAck holds one acknowledgement back', async () => {
    world = await World.start({ faults: { slowAck: { value: 500, count: 1 } } });
    const sender = await world.sender();
    submit(sender, '1');
    expect((await deliver(sender, { msgId: '2' })).msgId).toBe('2');
    world.clock.advance(500);
    expect((await nextAck(sender)).msgId).toBe('1');
  });

  it('splitEveryByte changes nothing but the way the bytes travel', async () => {
    world = await World.start();
    const sender = await world.sender();
    world.sim.setFault('splitEveryByte');
    expect((await deliver(sender)).code).toBe('0');
    expect(await linkCheck(sender, 'S')).toBe('L0');
  });

  it('reportBeforeAck sends the report first', async () => {
    world = await World.start({ faults: { reportBeforeAck: {} } });
    const receiver = await world.receiver();
    const sender = await world.sender();
    submit(sender, '1');
    expect((await receiver.next()).type).toBe('r');
    expect(world.sim.submits()[0]).toMatchObject({ reports: 1, ackedAt: 0 });
    world.clock.advance(50);
    expect((await nextAck(sender)).code).toBe('0');
  });

  it('duplicateReport sends an acknowledged report again, as often as its value says', async () => {
    world = await World.start({ faults: { duplicateReport: { value: 3 } } });
    const receiver = await world.receiver();
    await deliver(await world.sender(), { msgId: '7' });
    for (let i = 0; i < 3; i++) {
      world.clock.advance(100);
      expect(textAt((await receiver.next()).body, 13, 20)).toBe('7');
      receiver.send(reportAck('7'));
      await linkCheck(receiver, 'R');
    }
    world.clock.advance(60_000);
    expect(await linkCheck(receiver, 'R')).toBe('L0');
    expect(world.sim.stats().counts).toMatchObject({ reports: 3, reportsAcked: 1 });
    expect(world.broken).toEqual({});
  });

  it('withholdReport never reports', async () => {
    world = await World.start({ faults: { withholdReport: {} } });
    const receiver = await world.receiver();
    await deliver(await world.sender());
    world.clock.advance(60_000);
    expect(await linkCheck(receiver, 'R')).toBe('L0');
  });

  it('garbage writes random bytes before the acknowledgement', async () => {
    world = await World.start({ faults: { garbage: { value: 7 } }, seed: 3 });
    const sender = await world.sender();
    submit(sender, '1');
    while (sender.unread.length < 107) await new Promise((resolve) => sender.socket.once('data', resolve));
    expect(sender.unread.subarray(7, 15).toString('latin1')).toBe('D92\0\0\0\xfe\xff');
  });
});
