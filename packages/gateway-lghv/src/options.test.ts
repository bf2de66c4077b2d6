/** Options by what they change on the lines, under a clock that stands still; the others are shown where their module is tested. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { MessageV1 } from '@pabal/message';
import { encodeFrame, report } from '@pabal/protocol-lghv';
import { FakeClock, type ReportLine, type SendLine } from '@pabal/session';
import { endOfTick } from '@pabal/session/testing';
import type { LghvConfig } from './config.js';
import { openReportLine, openSendLine } from './lines.js';
import { ackWith, fleetOf, ScriptedGateway, until } from './testing/scripted-gateway.js';
import { messageOf } from './testing/values.js';

const SERVER = 'smsclient1';
const LOGIN_RETRY_MS = 5_000;
/** Beyond the gateway's own wait, for its clock. */
const LOGIN_MARGIN_MS = 200;

let gateway = new ScriptedGateway();
let clock = new FakeClock();
let closing: (() => void) | undefined;

afterEach(() => {
  closing?.();
  gateway.stop();
  gateway = new ScriptedGateway();
  clock = new FakeClock();
});

interface Opened<Line> {
  readonly line: Line;
  readonly deps: ReturnType<typeof fleetOf>['deps'];
}

async function opened<Line extends SendLine | ReportLine>(
  change: Partial<LghvConfig>,
  open: (config: LghvConfig, deps: ReturnType<typeof fleetOf>['deps']) => Line,
): Promise<Opened<Line>> {
  const config = { ...(await gateway.start(SERVER)), ...change };
  const deps = { ...fleetOf().deps, clock, fleetNow: () => clock.now() };
  const line = open(config, deps);
  closing = () => void line.close('test-over');
  return { line, deps };
}

/** A line that is logged in, a second and more ago. */
async function sending(change: Partial<LghvConfig>): Promise<SendLine> {
  const { line } = await opened(change, openSendLine);
  await until(() => line.isOpen('sms'));
  clock.advance(2_000);
  return line;
}

/** Writes a message now, and gives its outcome. */
function write(line: SendLine, wireId: string, change: Partial<MessageV1> = {}) {
  const prepared = line.prepare(messageOf(change), wireId);
  const slot = line.reserve('sms');
  if (!slot) throw new Error('no slot');
  return slot.write(prepared);
}

const count = (type: string) => gateway.received(SERVER).filter((packet) => packet.type === type).length;

describe('options of an LGHV gateway', () => {
  it('window: no more messages of a type are in flight', async () => {
    const line = await sending({ window: 1 });
    expect(line.window('sms')).toBe(1);
    const written = write(line, '1');
    clock.advance(1_000);
    expect(line.reserve('sms')).toBeUndefined();
    await until(() => count('deliverSms') === 1);
    const sms = gateway.received(SERVER).at(-1);
    gateway.peer(SERVER).socket.write((sms && ackWith('0')(sms)) ?? '');
    expect(await written).toEqual({ kind: 'accepted', code: '0' });
    expect(line.reserve('sms')).toBeDefined();
  });

  it.each([0, 400])('paceGuardMs %i: is added to each second of the granted rate', async (paceGuardMs) => {
    gateway.rates = { ...gateway.rates, tpsSms: 1 };
    const line = await sending({ paceGuardMs });
    const at = clock.now();
    void write(line, '1');
    await endOfTick();
    expect(line.nextAt('sms') - at).toBe(1_000 + paceGuardMs);
  });

  it.each([
    // The window of 5 s, and a tenth of a second for the gateway's clock.
    [1, 5_100],
    [0, 0],
  ])('recipientBurst %i: one message more to a recipient waits %i ms', async (recipientBurst, waitMs) => {
    const line = await sending({ recipientBurst });
    void write(line, '1', { to: '01011112222' });
    expect(Math.max(0, line.recipientFreeAt('01011112222') - clock.now())).toBe(waitMs);
    expect(line.recipientFreeAt('01033334444')).toBeLessThanOrEqual(clock.now());
  });

  it('ackTimeout: a message without an answer in that time is uncertain, and costs its connection', async () => {
    const line = await sending({ ackTimeout: 3_000 });
    const written = write(line, '1');
    await until(() => count('deliverSms') === 1);
    clock.advance(2_999);
    expect(line.isOpen('sms')).toBe(true);
    clock.advance(1);
    expect(await written).toEqual({ kind: 'unknown', why: 'ackTimeout' });
    expect(line.isOpen('sms')).toBe(false);
  });

  it('loginRetry: waits so long after a refused login, and a moment for the gateway’s clock', async () => {
    gateway.bindResult = '2';
    const { line } = await opened({ loginRetry: LOGIN_RETRY_MS }, openSendLine);
    await until(() => line.status().sessions[0]?.state === 'backingOff');
    gateway.bindResult = '0';
    clock.advance(LOGIN_RETRY_MS + LOGIN_MARGIN_MS - 1);
    expect(gateway.peers.get(SERVER)).toHaveLength(1);
    clock.advance(1);
    await until(() => line.isOpen('sms'));
  });
});

/** After so long the gateway has ended a connection that nobody speaks on (LGHV 1.2). */
const FORGETS_MS = 5 * 60_000;

describe('a login that is refused because this agent is connected already (5)', () => {
  it('is tried again after the same wait until the gateway must have noticed a dead one, then ever later', async () => {
    gateway.bindResult = '5';
    const { line } = await opened({ loginRetry: 10_000 }, openSendLine);
    const state = () => line.status().sessions.map((session) => session.state);
    const waits: number[] = [];
    for (let logins = 1; clock.now() < 2 * FORGETS_MS; logins++) {
      await until(() => count('bind') === logins && state().includes('backingOff'));
      const refusedAt = clock.now();
      for (let step = 0; state().includes('backingOff') && step < 10_000; step++) clock.advance(100);
      if (clock.now() < FORGETS_MS) expect(clock.now() - refusedAt).toBe(10_200);
      waits.push(clock.now() - refusedAt);
    }
    expect(Math.max(...waits)).toBeGreaterThan(20_000);
  });
});

describe('linkCheck', () => {
  const EVERY_MS = 30_000;

  it('on SEND comes after so long without a DELIVER, which stands in for it (LGHV 1.3.2)', async () => {
    gateway.answer = ackWith('0');
    const line = await sending({ linkCheck: EVERY_MS });
    clock.advance(EVERY_MS - 2_001);
    expect(await write(line, '1')).toMatchObject({ kind: 'accepted' });
    clock.advance(EVERY_MS - 1);
    expect(await write(line, '2')).toMatchObject({ kind: 'accepted' });
    expect(count('linkCheck')).toBe(0);
    clock.advance(EVERY_MS);
    await until(() => count('linkCheck') === 1);
    expect(gateway.received(SERVER).at(-1)).toEqual({ type: 'linkCheck', values: { code: 'S' } });
  });

  it('that is never answered comes twice, and then ends the connection', async () => {
    gateway.mute = true;
    const line = await sending({ linkCheck: EVERY_MS });
    clock.advance(EVERY_MS - clock.now());
    await until(() => count('linkCheck') === 1);
    clock.advance(10_000);
    await until(() => count('linkCheck') === 2);
    clock.advance(9_999);
    expect(line.isOpen('sms')).toBe(true);
    clock.advance(1);
    expect(line.isOpen('sms')).toBe(false);
  });

  it('on RECV comes every so often, however many reports are answered meanwhile (LGHV 1.3.3)', async () => {
    const { line } = await opened({ linkCheck: EVERY_MS }, openReportLine);
    await until(() => line.isOpen());
    const necessary = { result: '6', deliverType: 'SMS', rtnType: 'SMS', deliverTime: '', netId: 'SKT' };
    let reports = 0;
    // A report that is answered shows too that the answer to the LINK_CHECK before it was read.
    const reported = async () => {
      const msgId = String(++reports);
      gateway.peer(SERVER).socket.write(encodeFrame('REPORT', report, { ...necessary, msgId }));
      await until(() => count('reportAck') === reports);
    };
    for (const checks of [1, 2, 3]) {
      await reported();
      clock.advance(EVERY_MS - 1);
      await reported();
      expect(count('linkCheck')).toBe(checks - 1);
      clock.advance(1);
      await until(() => count('linkCheck') === checks);
    }
    expect(gateway.received(SERVER).at(-1)).toEqual({ type: 'linkCheck', values: { code: 'R' } });
  });
});
