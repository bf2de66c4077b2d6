import { afterEach, describe, expect, it } from '@jest/globals';
import { kakaoBody, submit as send } from './testing/bodies.js';
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

  it('refuseSubmit refuses with its code, and the MSG_ID can be used again', async () => {
    world = await World.start({ faults: { refuseSubmit: { value: '103', count: 1 } } });
    const sender = await world.sender('mms');
    expect((await send(sender, kakaoBody())).code).toBe('103');
    expect((await send(sender, kakaoBody())).code).toBe('0');
    world.sim.setFault('refuseSubmit', { count: 1 });
    expect((await send(sender, kakaoBody({ msgId: '2' }))).code).toBe('1');
  });

  it('reportCode reports with its code', async () => {
    world = await World.start({ faults: { reportCode: { value: '118', count: 1 } } });
    const sender = await world.sender('mms');
    await send(sender, kakaoBody({ msgId: '1' }));
    await send(sender, kakaoBody({ msgId: '2' }));
    expect(world.sim.submits().map(({ reportCode }) => reportCode)).toEqual(['118', '6']);
    world.sim.setFault('reportCode');
    await send(sender, kakaoBody({ msgId: '3' }));
    expect(world.sim.submits()[2]?.reportCode).toBe('20');
  });

  it('brokenReport sends a report of a length that none has, and takes its acknowledgement', async () => {
    world = await World.start({ faults: { brokenReport: { count: 1 } } });
    const receiver = await world.receiver();
    await deliver(await world.sender(), { msgId: '7' });
    world.clock.advance(100);
    const { type, body } = await receiver.next();
    expect([type, body.length, textAt(body, 0, 5), textAt(body, 13, 20)]).toEqual(['r', 60, '6', '7']);
    receiver.send(reportAck('7'));
    await linkCheck(receiver, 'R');
    world.clock.advance(30_000);
    expect(await linkCheck(receiver, 'R')).toBe('L0');
    expect([world.broken, world.sim.stats().counts.reportsAcked]).toEqual([{}, 1]);
  });

  it('brokenReport with ids sends letters in MSG_ID, and the repeat is a good one', async () => {
    world = await World.start({ faults: { brokenReport: { value: 'ids', count: 1 } } });
    const receiver = await world.receiver('A');
    await deliver(await world.sender(), { msgId: '77' });
    world.clock.advance(100);
    const { body } = await receiver.next();
    expect([body.length, textAt(body, 13, 20)]).toEqual([108, 'x7']);
    world.clock.advance(10_000);
    expect(textAt((await receiver.next()).body, 13, 20)).toBe('77');
    receiver.send(reportAck('x7'));
    await linkCheck(receiver, 'R');
    expect([world.broken, world.sim.stats().counts.reportsAcked]).toEqual([{}, 1]);
  });

  it('unknownReport sends one more report of a message that nobody submitted', async () => {
    world = await World.start({ faults: { unknownReport: { count: 1 } } });
    const receiver = await world.receiver();
    await deliver(await world.sender(), { msgId: '123' });
    world.clock.advance(100);
    expect(textAt((await receiver.next()).body, 13, 20)).toBe('123');
    expect(textAt((await receiver.next()).body, 13, 20)).toBe('9876');
    receiver.send(reportAck('9876'), reportAck('123'));
    await linkCheck(receiver, 'R');
    expect([world.broken, world.sim.stats().counts.reportsAcked]).toEqual([{}, 1]);
  });

  it('duplicateAck acknowledges twice', async () => {
    world = await World.start({ faults: { duplicateAck: { count: 1 } } });
    const sender = await world.sender();
    expect((await deliver(sender, { msgId: '1' })).msgId).toBe('1');
    expect((await nextAck(sender)).msgId).toBe('1');
    expect((await deliver(sender, { msgId: '2' })).msgId).toBe('2');
  });

  it('neverAlive leaves a LINK_CHECK unanswered', async () => {
    world = await World.start({ faults: { neverAlive: { count: 1 } } });
    const sender = await world.sender();
    sender.send(packet('l', Buffer.from('S')));
    expect((await deliver(sender)).code).toBe('0');
    expect(await linkCheck(sender, 'S')).toBe('L0');
  });

  it('refuseGrant answers GRANT with a failure', async () => {
    world = await World.start({ faults: { refuseGrant: { count: 1 } } });
    expect(await world.grant()).toBe('FAIL : ERROR');
    world.sim.setFault('refuseGrant', { value: 'agent', count: 1 });
    expect(await world.grant()).toBe('FAIL : NOT FOUND AGENT');
    expect(await world.grant()).toContain('serverInfo');
    expect(world.broken).toEqual({});
  });

  it.each([
    ['damagedTail', {}, 'D92\0\0\0\x3f\x3f'],
    ['paddedLength', {}, 'D0092\0\xfe\xff'],
    ['paddedLength', { value: 'space' }, 'D92  \0\xfe\xff'],
  ])('%s %j changes the header alone', async (name, spec, header) => {
    world = await World.start({ capture: 10 });
    const sender = await world.sender();
    world.sim.setFault(name, { ...spec, count: 1 });
    expect(await deliver(sender)).toMatchObject({ code: '0', msgId: '1' });
    const sent = world.sim.captures({ direction: 'sent' }).at(-1);
    expect(Buffer.from(sent?.hex ?? '', 'hex').toString('latin1', 0, 8)).toBe(header);
    expect(await deliver(sender, { msgId: '2' })).toMatchObject({ code: '0' });
  });

  it('garbage writes random bytes before the acknowledgement', async () => {
    world = await World.start({ faults: { garbage: { value: 7 } }, seed: 3 });
    const sender = await world.sender();
    submit(sender, '1');
    while (sender.unread.length < 107) await new Promise((resolve) => sender.socket.once('data', resolve));
    expect(sender.unread.subarray(7, 15).toString('latin1')).toBe('D92\0\0\0\xfe\xff');
  });

  it('strikes the same submits, and each report takes as long, for the same seed', async () => {
    const run = async (seed: number) => {
      const reportCode = { value: '8', probability: 0.5 };
      world = await World.start({ seed, reportDelayMs: [0, 900], faults: { reportCode } });
      await world.receiver();
      const sender = await world.sender();
      for (let msgId = 1; msgId <= 20; msgId++) {
        await deliver(sender, { msgId: String(msgId), to: `010100050${10 + msgId}` });
      }
      for (let step = 0; step < 1000; step++) world.clock.advance(1);
      const told = world.sim.submits().map(({ at, reportCode, reportedAt }) => [reportCode, reportedAt - at]);
      await world.stop();
      return told;
    };
    const told = await run(7);
    expect(new Set(told.map(([code]) => code))).toEqual(new Set(['6', '8']));
    expect(Math.min(...told.map(([, delay]) => Number(delay)))).toBeGreaterThanOrEqual(0);
    expect(await run(7)).toEqual(told);
    expect(await run(8)).not.toEqual(told);
  });
});
