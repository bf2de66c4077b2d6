import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LineEvent, Slot } from '@pabal/session';
import { message } from './testing/message.js';
import { type OpenedLine, openTestLine } from './testing/open-line.js';
import { ScriptedServer } from './testing/scripted-server.js';
import { request, sealed } from './testing/wire.js';

const HOUR = 3_600_000;
const terms = { Result: 0, BindId: 'test001', Speed: 10, BeginTime: 0, EndTime: 24, EffectiveTime: 3 };
const became = (to: string) => (event: LineEvent) => event.kind === 'session' && event.to === to;

let server: ScriptedServer;
let opened: OpenedLine | undefined;

beforeEach(async () => {
  server = await ScriptedServer.start();
});

afterEach(async () => {
  opened?.line.close('test over');
  expect(opened?.clock.armed ?? 0).toBe(0);
  opened = undefined;
  await server.stop();
});

/** A line that is logged in, a second and more after its login. */
async function ready(change: object = {}, startAt?: string): Promise<OpenedLine> {
  opened = openTestLine(server, {}, startAt);
  expect((await server.next()).method).toBe('BindReq');
  server.send(sealed('BindRes', { ...terms, ...change }));
  await opened.event(became('ready'));
  opened.clock.advance(1100);
  return opened;
}

function slotOf({ line }: OpenedLine): Slot {
  const slot = line.reserve('sms');
  if (!slot) throw new Error('no slot');
  return slot;
}

/** Writes a message as soon as the pace allows it, and gives its outcome once it comes. */
function write(from: OpenedLine, wireId: string) {
  const wait = from.line.nextAt('sms') - from.clock.now();
  if (Number.isFinite(wait)) from.clock.advance(wait);
  return slotOf(from).write(from.line.prepare(message({}), wireId));
}

describe('an SMTNT line', () => {
  it('logs in, sends, and ends a submit by its answer', async () => {
    const line = await ready();
    const first = write(line, '1');
    const second = write(line, '2');
    expect(await server.next()).toMatchObject({ method: 'MsgSendReq', body: { UserMsgId: '1', MsgType: 4 } });
    expect(line.line.inFlight()).toBe(2);
    server.send(
      request('MsgSendRes', { UserMsgId: '2', Result: 320 }),
      request('MsgSendRes', { UserMsgId: '1', Result: 0 }),
    );
    expect(await first).toEqual({ kind: 'accepted', code: '0' });
    expect(await second).toEqual({ kind: 'duplicate', code: '320', mayMeanTooOften: false });
    expect(line.line.inFlight()).toBe(0);
  });

  it('paces all channels together by the speed that the login granted', async () => {
    const line = await ready({ Speed: 3 });
    expect(line.line.status().rates).toMatchObject({ all: { granted: 3 } });
    for (const id of ['1', '2', '3']) void write(line, id);
    expect(line.line.nextAt('lms')).toBe(line.line.nextAt('sms'));
    expect(line.line.nextAt('lms')).toBeGreaterThan(line.clock.now());
    expect(line.line.nextAt('rcs')).toBe(line.line.nextAt('sms'));
  });

  it('answers a report only after it is stored', async () => {
    const line = await ready();
    server.send(
      request('ReportReq', { UserMsgId: '1', ServerMsgId: '9', Result: 0, Telecom: 'SKT' }),
      request('AliveReq'),
    );
    expect((await server.next()).method).toBe('AliveRes');
    expect(server.unread).toEqual([]);
    const [report] = line.notices;
    expect(report?.notice).toMatchObject({ kind: 'report', report: { wireId: '1', carrier: 'SKT' } });
    report?.stored();
    expect(await server.next()).toEqual({
      method: 'ReportRes',
      body: { UserMsgId: '1', UserMsgSubId: '', ServerMsgId: '9', Result: 0 },
    });
  });

  it('waits for reports an hour longer than the login says that messages are valid', async () => {
    const line = await ready({ EffectiveTime: 3 });
    expect(line.reportDeadlineMs()).toBe(4 * HOUR);
  });

  it.each([
    [4, [30_200, 60_400]],
    [2, [30_200, 30_200]],
  ])('tries again 30 s after a login refused with %p, and later after the next', async (Result, waits) => {
    opened = openTestLine(server);
    for (const [index, wait] of waits.entries()) {
      await server.next();
      server.send(sealed('BindRes', { Result }));
      server.hangUp();
      const refused = await opened.event((event) => event.kind === 'loginRefused');
      expect(refused).toMatchObject({ code: String(Result), repeated: index + 1 });
      opened.clock.advance(wait - 1);
      expect(server.connections).toBe(index + 1);
      opened.clock.advance(1);
    }
    expect((await server.next()).method).toBe('BindReq');
  });

  it('asks whether the server lives before 30 s of its own silence, and waits 30 s where it does not', async () => {
    const line = await ready();
    line.clock.advance(15_000);
    expect((await server.next()).method).toBe('AliveReq');
    server.send(request('AliveRes'), request('AliveReq'));
    expect((await server.next()).method).toBe('AliveRes');
    line.clock.advance(15_000);
    expect((await server.next()).method).toBe('AliveReq');
    line.clock.advance(10_000);
    expect(await line.event(became('backingOff'))).toMatchObject({ reason: 'keep-alive-lost' });
    await server.closed(1);
    line.clock.advance(30_199);
    expect(server.connections).toBe(1);
    line.clock.advance(1);
    expect((await server.next()).method).toBe('BindReq');
  });

  it('gives no slot outside the sending hours, and says when they begin', async () => {
    const line = await ready({ BeginTime: 9, EndTime: 18 }, '2026-03-02T08:59:50+09:00');
    const untilNine = 10_000 - line.clock.now();
    expect(line.line.isOpen('sms')).toBe(false);
    expect(line.line.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    expect(line.line.reserve('sms')).toBeUndefined();
    await line.event((event) => event.kind === 'changed');
    line.clock.advance(untilNine - 1);
    expect(line.line.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    const changes = line.events.length;
    line.clock.advance(1);
    await line.event((event) => event.kind === 'changed');
    expect(line.events.slice(changes)).toEqual([{ kind: 'changed' }]);
    expect(line.line.nextAt('sms')).toBe(line.clock.now());
    expect(line.line.isOpen('sms')).toBe(true);
  });

  it('logs in again when the server answers that it does not know the login', async () => {
    const line = await ready();
    const outcome = write(line, '1');
    await server.next();
    server.send(request('MsgSendRes', { UserMsgId: '1', Result: 902 }));
    expect(await outcome).toMatchObject({ kind: 'throttled', code: '902' });
    expect(await line.event(became('backingOff'))).toMatchObject({ reason: 'login-lost' });
    line.clock.advance(500);
    expect((await server.next()).method).toBe('BindReq');
  });

  it('leaves open what became of a message whose answer does not come', async () => {
    const line = await ready();
    const outcome = write(line, '1');
    line.clock.advance(10_000);
    expect(await outcome).toEqual({ kind: 'unknown', why: 'ackTimeout' });
    await server.closed(1);
  });

  it('says why when the server sends what is no packet', async () => {
    const line = await ready();
    const outcome = write(line, '1');
    server.send(Buffer.from('<html>'));
    expect(await line.event(became('backingOff'))).toMatchObject({ reason: 'bad-header' });
    expect(await outcome).toEqual({ kind: 'unknown', why: 'connectionLost' });
  });

  it('logs out when it drains, after the last answer', async () => {
    const line = await ready();
    const outcome = write(line, '1');
    expect((await server.next()).method).toBe('MsgSendReq');
    const drained = line.line.drain(5000);
    expect(line.line.reserve('sms')).toBeUndefined();
    server.send(request('MsgSendRes', { UserMsgId: '1', Result: 0 }));
    expect(await server.next()).toEqual({ method: 'UnBindReq', body: { BindId: 'test001' } });
    server.send(sealed('UnBindRes', { Result: 0 }));
    await drained;
    expect(await outcome).toEqual({ kind: 'accepted', code: '0' });
    await server.closed(1);
  });
});
