import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultName, FaultSpec } from '../common/index.js';
import { type RawClient, sms } from './testing/raw-client.js';
import { World } from './testing/world.js';

/** The whole of SMTNT 3.4. */
const SEND_CODES = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26],
  ...[27, 28, 29, 30, 31, 32, 33, 35, 36, 37, 38, 39, 315, 316, 317, 318, 320, 800, 900, 901, 902, 903],
  ...[904, 905, 906, 907, 908, 909, 910, 911, 997, 998, 999],
];

describe('SMTNT faults', () => {
  let world: World;
  let client: RawClient;
  const start = async (fault: FaultName, spec: FaultSpec = {}) => {
    world = await World.start({ faults: { [fault]: spec } });
    client = await world.login();
  };
  afterEach(() => world.stop());

  /** Writes one submit and waits until the server has judged it. */
  const write = async (change = {}) => {
    const before = world.simulator.stats().counts.submits;
    client.send('MsgSendReq', sms(change));
    while (world.simulator.stats().counts.submits === before) await new Promise(setImmediate);
  };
  const methods = async () => (await client.settled()).map((packet) => packet.Header.Method);

  it('neverAck accepts and reports, and never acknowledges', async () => {
    await start('neverAck');
    await write();
    world.clock.advance(29_000);
    expect(await methods()).toContain('ReportReq');
    expect(world.simulator.submits()).toMatchObject([{ verdict: 'accepted', ackedAt: 0 }]);
  });

  it('ackThenDrop acknowledges, then closes', async () => {
    await start('ackThenDrop');
    await write();
    world.clock.advance(1);
    expect(await client.expect('MsgSendRes')).toMatchObject({ Result: 0 });
    await client.closed;
  });

  it('dropBeforeAck accepts, then cuts instead of acknowledging', async () => {
    await start('dropBeforeAck');
    await write();
    await client.closed;
    expect(world.simulator.submits()).toMatchObject([{ verdict: 'accepted', code: '0', ackedAt: 0 }]);
  });

  it('neverAlive forbids to come back only to who closes for the want of an answer', async () => {
    await start('neverAlive', { count: 2 });
    client.send('AliveReq');
    await write();
    world.simulator.dropConnections();
    await world.loggedOut();
    client = await world.login();
    client.send('AliveReq');
    await write();
    world.clock.advance(20_000);
    await write({ UserMsgId: '2' });
    world.clock.advance(10_001);
    await world.hangUp(client);
    client = await world.login();
    expect(world.simulator.violations()).toEqual([]);
  });

  it('dropConnection cuts without accepting, and the id stays free', async () => {
    await start('dropConnection', { count: 1 });
    await write();
    await client.closed;
    expect(world.simulator.submits()).toMatchObject([{ verdict: 'dropped', code: '' }]);
    await world.loggedOut();
    client = await world.login();
    expect(await world.submit(client, sms())).toBe(0);
  });

  it('slowAck holds the acknowledgement back', async () => {
    await start('slowAck', { value: 700 });
    await write();
    world.clock.advance(700);
    expect(await methods()).toEqual(['ReportReq']);
    world.clock.advance(1);
    expect(await client.expect('MsgSendRes')).toMatchObject({ Result: 0 });
  });

  it('reportBeforeAck reports first', async () => {
    await start('reportBeforeAck');
    await write();
    world.clock.advance(1);
    expect(await methods()).toEqual(['ReportReq', 'MsgSendRes']);
  });

  it('duplicateReport sends the report again although it was answered', async () => {
    await start('duplicateReport', { value: 3 });
    await write();
    world.clock.advance(10);
    await client.expect('MsgSendRes');
    for (let i = 0; i < 3; i++) {
      const { UserMsgId, UserMsgSubId, ServerMsgId } = await client.expect('ReportReq');
      client.send('ReportRes', { UserMsgId, UserMsgSubId, ServerMsgId, Result: 0 });
    }
    expect(await methods()).toEqual([]);
    expect(world.broken()).toEqual({});
  });

  it('withholdReport never reports', async () => {
    await start('withholdReport');
    await write();
    world.clock.advance(29_000);
    expect(await methods()).toEqual(['MsgSendRes']);
    expect(world.simulator.submits()).toMatchObject([{ verdict: 'accepted', reportCode: '' }]);
  });

  it('splitEveryByte changes nothing but the chunks', async () => {
    await start('splitEveryByte');
    await write();
    world.clock.advance(1);
    expect(await client.expect('MsgSendRes')).toMatchObject({ UserMsgId: '80', Result: 0 });
  });

  it('garbage puts bytes before the acknowledgement that are no packet', async () => {
    await start('garbage', { value: 5 });
    await write();
    const chunk = once(client.socket, 'data');
    world.clock.advance(1);
    const [bytes] = (await chunk) as [Buffer];
    expect(bytes.indexOf('Content-Length:')).toBe(5);
  });

  it.each([903, 11, 901, 902, 3, 904, 905, 906, 907, 320])('refuseSubmit answers %i', async (value) => {
    await start('refuseSubmit', { value, count: 1 });
    expect(await world.submit(client, sms())).toBe(value);
    expect(await world.submit(client, sms())).toBe(0);
    expect(world.simulator.submits()).toMatchObject([
      { verdict: 'refused', code: String(value) },
      { verdict: 'accepted', duplicate: false },
    ]);
    expect(world.broken()).toEqual({});
  });

  it('refuseSubmit leaves what is refused anyway alone', async () => {
    await start('refuseSubmit', { count: 1 });
    expect(await world.submit(client, sms({ MsgType: 5 }))).toBe(5);
    expect(await world.submit(client, sms())).toBe(999);
  });

  it.each(SEND_CODES)('reportCode reports %i', async (value) => {
    await start('reportCode', { value });
    await write();
    world.clock.advance(10);
    await client.expect('MsgSendRes');
    expect(await client.expect('ReportReq')).toMatchObject({ UserMsgId: '80', Result: value });
    expect(world.simulator.submits()).toMatchObject([{ reportCode: String(value) }]);
  });

  it.each([
    ['text', 'no report'],
    ['list', [expect.objectContaining({ UserMsgId: '80', Result: 0 })]],
    ['empty', {}],
    ['ids', expect.objectContaining({ UserMsgId: { of: 'no message' }, Result: 'none', MsgType: 4 })],
    [undefined, expect.objectContaining({ UserMsgId: { of: 'no message' } })],
  ])('brokenReport sends %s for a report, and the right one when it is due again', async (value, body) => {
    await start('brokenReport', { count: 1, ...(value === undefined ? {} : { value }) });
    await write();
    world.clock.advance(10);
    await client.expect('MsgSendRes');
    expect(await client.expect('ReportReq')).toEqual(body);
    world.clock.advance(10_000);
    const { UserMsgId, UserMsgSubId, ServerMsgId } = await client.expect('ReportReq');
    expect(UserMsgId).toBe('80');
    client.send('ReportRes', { UserMsgId, UserMsgSubId, ServerMsgId, Result: 0 });
    expect(await methods()).toEqual([]);
    expect(world.simulator.submits()).toMatchObject([{ reports: 2 }]);
    expect(world.broken()).toEqual({});
  });

  it('brokenReport takes one answer without the ids that nobody can read, and settles nothing by it', async () => {
    await start('brokenReport', { count: 1 });
    await write();
    world.clock.advance(10);
    await client.expect('MsgSendRes');
    const { ServerMsgId } = await client.expect('ReportReq');
    const answer = { UserMsgId: '', UserMsgSubId: '', ServerMsgId, Result: 0 };
    client.send('ReportRes', answer);
    expect(await methods()).toEqual([]);
    expect(world.broken()).toEqual({});
    world.clock.advance(10_000);
    expect(await client.expect('ReportReq')).toMatchObject({ UserMsgId: '80', ServerMsgId });
    client.send('ReportRes', answer);
    expect(await methods()).toEqual([]);
    expect(world.broken()).toEqual({ 'report-res-ids': 1 });
  });

  it('unknownReport tells of a message that nobody sent, and takes its answer', async () => {
    await start('unknownReport', { count: 1 });
    await write();
    world.clock.advance(10);
    await client.expect('MsgSendRes');
    const reports = [await client.expect('ReportReq'), await client.expect('ReportReq')];
    expect(reports).toMatchObject([{ UserMsgId: '80' }, { UserMsgId: expect.stringMatching(/^\d{20}$/) }]);
    for (const { UserMsgId, UserMsgSubId, ServerMsgId } of reports) {
      client.send('ReportRes', { UserMsgId, UserMsgSubId, ServerMsgId, Result: 0 });
    }
    await client.settled();
    expect(world.account()).toMatchObject({ unanswered: 0 });
    expect(world.broken()).toEqual({});
  });

  it('duplicateAck acknowledges twice', async () => {
    await start('duplicateAck');
    await write();
    world.clock.advance(1);
    expect(await methods()).toEqual(['MsgSendRes', 'MsgSendRes']);
    expect(world.simulator.stats().counts).toMatchObject({ acks: 1 });
  });

  it.each(['neverAck', 'dropBeforeAck', 'ackThenDrop'] as const)(
    '%s leaves a refusal alone',
    async (fault) => {
      await start(fault, { count: 1 });
      expect(await world.submit(client, sms({ MsgType: 5 }))).toBe(5);
      expect(await methods()).toEqual([]);
      expect(world.simulator.stats().counts).toMatchObject({ refused: 1, acks: 1 });
    },
  );

  it('strike the same submits for the same seed', async () => {
    const run = async (seed: number) => {
      world = await World.start({ seed, faults: { withholdReport: { probability: 0.5 } } });
      client = await world.login();
      for (let id = 1; id <= 20; id++) await write({ UserMsgId: String(id) });
      const codes = world.simulator
        .submits()
        .map((entry) => entry.reportCode)
        .join();
      await world.stop();
      return codes;
    };
    const codes = await run(7);
    expect(await run(7)).toBe(codes);
    expect(await run(8)).not.toBe(codes);
  });
});
