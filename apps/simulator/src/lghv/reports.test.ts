import { afterEach, describe, expect, it } from '@jest/globals';
import { kakaoBody, kkoBody, mmsBody, submit } from './testing/bodies.js';
import { type RawClient, textAt } from './testing/raw-client.js';
import { deliver, linkCheck, reportAck, World } from './testing/world.js';

const msgIdOf = async (client: RawClient) => textAt((await client.next()).body, 13, 20);

describe('reports', () => {
  let world: World;

  afterEach(() => world.stop());

  it('have 54 bytes in the short form', async () => {
    world = await World.start();
    const receiver = await world.receiver('M');
    await deliver(await world.sender(), { msgId: '20260105000000000001', to: '01012340008' });
    world.clock.advance(100);
    const { type, body } = await receiver.next();
    // The test's clock starts on 5 January 2026, 03:00 UTC: noon in Korea.
    expect(type + body.toString('latin1')).toBe(
      'r8\0\0\0\0' + 'SMS\0' + 'SMS\0' + '20260105000000000001' + '20260105120000\0' + 'LGT\0\0\0',
    );
  });

  it('have 108 bytes in the long form', async () => {
    world = await World.start();
    const receiver = await world.receiver('A', 'mms');
    await deliver(await world.sender('mms'), { type: 'LMS', msgId: '7', to: '01012345670' });
    world.clock.advance(100);
    const { body } = await receiver.next();
    expect(body.toString('latin1')).toBe(
      '6\0\0\0\0' +
        'LMS\0' +
        'LMS\0' +
        `7${'\0'.repeat(19)}` +
        '20260105120000\0' +
        'SKT\0\0\0' +
        `demo${'\0'.repeat(16)}` +
        'S1\0\0\0\0' +
        `01012345670${'\0'.repeat(9)}` +
        '\0' +
        'WISE\0\0\0',
    );
  });

  it('wait until a RECV session of the same agent is bound', async () => {
    world = await World.start();
    await deliver(await world.sender(), { msgId: '7' });
    world.clock.advance(60_000);
    const other = (await world.bind({ line: 'R', agentId: 'S2' })).client;
    expect(await linkCheck(other, 'R')).toBe('L0');
    expect(world.sim.stats().details.reportsPending).toBe(1);
    expect(await msgIdOf(await world.receiver())).toBe('7');
  });

  it('are sent again until they are acknowledged', async () => {
    world = await World.start({ reportRepeatMs: 3_000 });
    const receiver = await world.receiver();
    await deliver(await world.sender(), { msgId: '7' });
    world.clock.advance(100);
    expect(await msgIdOf(receiver)).toBe('7');
    world.clock.advance(6_000);
    expect([await msgIdOf(receiver), await msgIdOf(receiver)]).toEqual(['7', '7']);
    receiver.send(reportAck('7'), reportAck('7'));
    await linkCheck(receiver, 'R');
    world.clock.advance(30_000);
    expect(await linkCheck(receiver, 'R')).toBe('L0');
    expect(world.sim.submits()[0]).toMatchObject({ reports: 3, reportCode: '6' });
    expect(world.broken).toEqual({});
  });

  it('that were on their way when the session ended come first on the next one', async () => {
    world = await World.start({ reportWindow: 1 });
    const first = await world.receiver();
    const sender = await world.sender();
    await deliver(sender, { msgId: '1' });
    await deliver(sender, { msgId: '2' });
    world.clock.advance(100);
    expect(await msgIdOf(first)).toBe('1');
    world.sim.dropConnections();
    await first.closed;
    const second = await world.receiver();
    expect(await msgIdOf(second)).toBe('1');
    second.send(reportAck('1'));
    expect(await msgIdOf(second)).toBe('2');
  });

  it('come over the other server where the own one has no RECV session', async () => {
    world = await World.start();
    const mms = await world.receiver('M', 'mms');
    await deliver(await world.sender(), { msgId: '7' });
    world.clock.advance(100);
    expect(await msgIdOf(mms)).toBe('7');
  });

  it.each([
    ['KKT', 'KKO'],
    ['KKM', 'KKO'],
    ['KFT', 'KKF'],
  ])('of a %s end as %s', async (type, returned) => {
    world = await World.start();
    const receiver = await world.receiver('M', 'mms');
    await submit(await world.sender('mms'), kakaoBody({ type }));
    world.clock.advance(100);
    expect((await receiver.next()).body.toString('latin1', 5, 13)).toBe(`${type}\0${returned}\0`);
  });

  it.each([
    ['MMS', 'MMS'],
    ['KFI', 'KKF'],
    ['KFW', 'KKF'],
  ])('of an %s end as %s', async (type, returned) => {
    world = await World.start();
    const receiver = await world.receiver('A', 'mms');
    await submit(await world.sender('mms'), mmsBody({ type }));
    world.clock.advance(100);
    const { body } = await receiver.next();
    expect([body.length, body.toString('latin1', 5, 13)]).toEqual([108, `${type}\0${returned}\0`]);
  });

  it.each([
    [{ fallback: 'NON' }, '118', 'KKO'],
    [{ fallback: 'SMS', smsMsg: 'short' }, '6', 'SMS'],
    [{ fallback: 'SMS', text: 'a'.repeat(90) }, '6', 'SMS'],
    [{ fallback: 'LMS' }, '6', 'LMS'],
  ])('of a KKO with %j that Kakao refuses say %s and %s', async (values, code, returned) => {
    world = await World.start();
    const receiver = await world.receiver('M', 'mms');
    await submit(await world.sender('mms'), kkoBody({ to: '01012340118', ...values }));
    world.clock.advance(100);
    const { body } = await receiver.next();
    expect([textAt(body, 0, 5), textAt(body, 5, 4), textAt(body, 9, 4)]).toEqual([code, 'KKO', returned]);
  });

  it.each(['100', '118', '147'])('say %s of a Kakao type to a number that ends in it', async (code) => {
    world = await World.start();
    const client = await world.sender('mms');
    await submit(client, kakaoBody({ to: `01012340${code}` }));
    expect(world.sim.submits()[0]).toMatchObject({ verdict: 'accepted', reportCode: code });
    expect((await submit(client, kakaoBody({ msgId: '2', to: `01012349${code}` }))).code).toBe(code);
    const sms = await world.sender('sms');
    expect((await deliver(sms, { msgId: '3', to: `01012349${code}` })).code).toBe('0');
    expect(world.sim.submits()[2]?.reportCode).toBe('6');
  });

  it('never come for a number that ends in 0099', async () => {
    world = await World.start();
    const receiver = await world.receiver();
    await deliver(await world.sender(), { to: '01000000099' });
    world.clock.advance(30_000);
    expect(await linkCheck(receiver, 'R')).toBe('L0');
    expect(world.sim.submits()[0]).toMatchObject({ verdict: 'accepted', reportCode: '', reports: 0 });
  });
});
