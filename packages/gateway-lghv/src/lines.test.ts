/** The lines over real TCP and HTTP on loopback. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { encodeFrame, report } from '@pabal/protocol-lghv';
import type { SendLine } from '@pabal/session';
import { openReportLine, openSendLine } from './lines.js';
import { ackWith, fleetOf, ScriptedGateway, until } from './testing/scripted-gateway.js';
import { messageOf } from './testing/values.js';

const reportOf = (msgId: string) =>
  encodeFrame('REPORT', report, {
    result: '6',
    deliverType: 'SMS',
    rtnType: 'SMS',
    msgId,
    deliverTime: '20251122103000',
    netId: 'SKT',
  });

let gateway = new ScriptedGateway();
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
  gateway.stop();
  gateway = new ScriptedGateway();
});

async function submit(line: SendLine, channel: 'sms' | 'lms', wireId: string) {
  const prepared = line.prepare(messageOf({ channel }), wireId);
  const slot = line.reserve(channel);
  if (!slot) throw new Error('no slot');
  return slot.write(prepared);
}

describe('a SEND line', () => {
  it('asks GRANT once, logs in on every server, and sends each channel over its own', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps } = fleetOf();
    gateway.answer = ackWith('0');
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    expect(line.status().sessions).toEqual([expect.objectContaining({ name: 'grant', state: 'connecting' })]);
    await until(() => line.isOpen('sms') && line.isOpen('lms'));
    await until(() => line.nextAt('sms') <= deps.clock.now() && line.nextAt('lms') <= deps.clock.now());
    expect(await submit(line, 'sms', '1')).toEqual({ kind: 'accepted', code: '0' });
    expect(await submit(line, 'lms', '2')).toEqual({ kind: 'accepted', code: '0' });
    expect(gateway.grants).toBe(1);
    expect(gateway.received('smsclient1').map((packet) => packet.type)).toEqual(['bind', 'deliverSms']);
    expect(gateway.received('mmsclient1').map((packet) => packet.type)).toEqual(['bind', 'deliverLms']);
    expect(gateway.received('smsclient1')[0]).toMatchObject({ values: { lineType: 'S', agentId: 'S1' } });
    expect(line.status().rates).toMatchObject({
      sms: { granted: 100 },
      lms: { granted: 50 },
      mms: { granted: 20 },
      kko: { granted: 40 },
      kkf: { granted: 30 },
    });
    expect(line.status().sessions.map((session) => session.name)).toEqual([
      'send@smsclient1',
      'send@mmsclient1',
    ]);
  });

  it('pauses the type that is over its rate, and no other', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps } = fleetOf();
    gateway.answer = ackWith('15', 9_000_000);
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.nextAt('sms') <= deps.clock.now() && line.nextAt('lms') <= deps.clock.now());
    expect(await submit(line, 'sms', '1')).toEqual({ kind: 'throttled', code: '15', pauseMs: 9000 });
    expect(line.nextAt('sms') - deps.clock.now()).toBeGreaterThan(8000);
    await until(() => line.nextAt('lms') <= deps.clock.now());
  });

  it('asks GRANT again after a lost connection, before the next login', async () => {
    const config = await gateway.start('smsclient1');
    const { deps } = fleetOf();
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.nextAt('sms') <= deps.clock.now());
    const lost = submit(line, 'sms', '1');
    await until(() => gateway.received('smsclient1').length === 2);
    gateway.peer('smsclient1').socket.destroy();
    expect(await lost).toEqual({ kind: 'unknown', why: 'connectionLost' });
    await until(() => line.isOpen('sms'));
    expect(gateway.grants).toBe(2);
    expect(gateway.peers.get('smsclient1')).toHaveLength(2);
  });

  it('tells of a refused login with its code, and waits', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, events } = fleetOf();
    gateway.bindResult = '5';
    const line = openSendLine({ ...config, loginRetry: 10_000 }, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.status().sessions[0]?.state === 'backingOff');
    expect(events).toContainEqual({
      kind: 'loginRefused',
      session: 'send@smsclient1',
      code: '5',
      repeated: 1,
    });
  });

  it('tells of a refused GRANT under its own name', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, events } = fleetOf();
    gateway.grantAnswer = 'FAIL : NOT FOUND AGENT';
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => events.length > 0);
    expect(events[0]).toEqual({
      kind: 'loginRefused',
      session: 'grant',
      code: 'not-found-agent',
      repeated: 1,
    });
    expect(line.status().sessions).toEqual([
      expect.objectContaining({
        name: 'grant',
        state: 'backingOff',
        reason: 'grant-refused',
        refusedWith: 'not-found-agent',
      }),
    ]);
  });

  it('ends a connection on garbage, with a reason', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, events } = fleetOf();
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.isOpen('sms'));
    gateway.peer('smsclient1').socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
    await until(() => events.some((event) => event.kind === 'session' && event.from === 'ready'));
    expect(events).toContainEqual({
      kind: 'session',
      session: 'send@smsclient1',
      from: 'ready',
      to: 'backingOff',
      reason: 'bad-length',
    });
  });

  it('drains: no more slots, and the connections closed', async () => {
    const config = await gateway.start('smsclient1');
    const { deps } = fleetOf();
    gateway.answer = ackWith('0');
    const line = openSendLine(config, deps);
    await until(() => line.nextAt('sms') <= deps.clock.now());
    await line.drain(1000);
    expect(line.reserve('sms')).toBeUndefined();
    expect(line.status().sessions.every((session) => session.state === 'closed')).toBe(true);
    await until(() => gateway.peer('smsclient1').socket.readableEnded === true);
  });
});

describe('a report line', () => {
  it('acknowledges a report only after it was stored', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps, notices, store } = fleetOf();
    const releases: (() => void)[] = [];
    store.onNotice = () => new Promise((resolve) => releases.push(resolve));
    const line = openReportLine(config, deps);
    closing.push(() => line.close('test-over'));
    expect(line.isOpen()).toBe(false);
    await until(() => line.isOpen());
    expect(gateway.received('mmsclient1')).toEqual([
      expect.objectContaining({ type: 'bind', values: expect.objectContaining({ lineType: 'R' }) }),
    ]);
    gateway.peer('smsclient1').socket.write(Buffer.concat([reportOf('1'), reportOf('2')]));
    await until(() => notices.length === 2);
    const acknowledged = () =>
      gateway
        .received('smsclient1')
        .flatMap((packet) => (packet.type === 'reportAck' ? [packet.values.msgId] : []));
    expect(acknowledged()).toEqual([]);
    releases[1]?.();
    await until(() => acknowledged().length === 1);
    expect(acknowledged()).toEqual(['2']);
    releases[0]?.();
    await until(() => acknowledged().length === 2);
    expect(acknowledged()).toEqual(['2', '1']);
  });

  it('acknowledges nothing that could not be stored', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, notices, store } = fleetOf();
    store.onNotice = (notice) =>
      notice.kind === 'report' && notice.report.wireId === '1'
        ? Promise.reject(new Error('away'))
        : Promise.resolve();
    const line = openReportLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.isOpen());
    gateway.peer('smsclient1').socket.write(Buffer.concat([reportOf('1'), reportOf('2')]));
    await until(() => gateway.received('smsclient1').length === 2);
    expect(notices).toHaveLength(2);
    expect(gateway.received('smsclient1')[1]).toEqual({ type: 'reportAck', values: { msgId: '2' } });
  });

  it('is not open while one of its servers is not logged in', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps } = fleetOf();
    const line = openReportLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.isOpen());
    gateway.grantAnswer = 'FAIL : ERROR';
    gateway.peer('mmsclient1').socket.destroy();
    await until(() => !line.isOpen());
    expect(
      line
        .status()
        .sessions.map((session) => session.state)
        .sort(),
    ).toEqual(['backingOff', 'ready']);
  });
});
