import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MessageV1 } from '@pabal/message';
import type { LineEvent } from '@pabal/session';
import { endOfTick } from '@pabal/session/testing';
import { createSmtntKind } from './kind.js';
import { config } from './testing/config.js';
import { message } from './testing/message.js';
import { type OpenedLine, openTestLine } from './testing/open-line.js';
import { ScriptedServer } from './testing/scripted-server.js';
import { request, sealed } from './testing/wire.js';

/** Options of the configuration block by what they change; the others are shown where their module is tested. */

const terms = { Result: 0, BindId: 'test001', Speed: 10, BeginTime: 0, EndTime: 24, EffectiveTime: 3 };
const became = (to: string) => (event: LineEvent) => event.kind === 'session' && event.to === to;

let server: ScriptedServer;
let opened: OpenedLine | undefined;

beforeEach(async () => {
  server = await ScriptedServer.start();
});

afterEach(async () => {
  opened?.line.close('test over');
  opened = undefined;
  await server.stop();
});

/** A line with these options that has asked for its login. */
async function asking(change: object): Promise<OpenedLine> {
  opened = openTestLine(server, change);
  expect((await server.next()).method).toBe('BindReq');
  return opened;
}

/** A line with these options, a second and more after its login. */
async function ready(change: object, granted: object = {}): Promise<OpenedLine> {
  const line = await asking(change);
  server.send(sealed('BindRes', { ...terms, ...granted }));
  await line.event(became('ready'));
  line.clock.advance(2_000);
  return line;
}

/** Writes a message now. */
function write({ line }: OpenedLine, change: Partial<MessageV1>, wireId: string) {
  const submit = line.prepare(message(change), wireId);
  const slot = line.reserve(submit.channel);
  if (!slot) throw new Error('no slot');
  return slot.write(submit);
}

describe('options of an SMTNT gateway', () => {
  it('window: no more messages are in flight', async () => {
    const line = await ready({ window: 1 });
    expect(line.line.window('sms')).toBe(1);
    const written = write(line, {}, '1');
    line.clock.advance(1_000);
    expect(line.line.reserve('lms')).toBeUndefined();
    expect((await server.next()).method).toBe('MsgSendReq');
    server.send(request('MsgSendRes', { UserMsgId: '1', Result: 0 }));
    await written;
    expect(line.line.reserve('lms')).toBeDefined();
  });

  it.each([
    // The window of 5 s, and a tenth of a second for the server's clock.
    [1, 5_100],
    [0, 0],
  ])('recipientBurst %i: one message more to a recipient waits %i ms', async (recipientBurst, waitMs) => {
    const line = await ready({ recipientBurst });
    void write(line, { to: '01011112222' }, '1');
    expect((await server.next()).method).toBe('MsgSendReq');
    const now = line.clock.now();
    expect(Math.max(0, line.line.recipientFreeAt('01011112222') - now)).toBe(waitMs);
    expect(line.line.recipientFreeAt('01033334444')).toBeLessThanOrEqual(now);
  });

  it.each([0, 400])('paceGuardMs %i: is added to each second of the granted rate', async (paceGuardMs) => {
    const line = await ready({ paceGuardMs }, { Speed: 1 });
    const at = line.clock.now();
    void write(line, {}, '1');
    await endOfTick();
    expect(line.line.nextAt('sms') - at).toBe(1_000 + paceGuardMs);
  });

  it('aliveAfter: asks whether the server lives after so long without a byte from us', async () => {
    const line = await asking({ aliveAfter: '3s' });
    server.send(sealed('BindRes', terms));
    await line.event(became('ready'));
    line.clock.advance(2_999);
    expect(server.unread).toEqual([]);
    line.clock.advance(1);
    expect((await server.next()).method).toBe('AliveReq');
  });

  it('loginRetry: waits so long after a refused login, and a moment for the server’s clock', async () => {
    const line = await asking({ loginRetry: '5s' });
    server.send(sealed('BindRes', { Result: 5 }));
    await line.event(became('backingOff'));
    line.clock.advance(5_199);
    expect(server.connections).toBe(1);
    line.clock.advance(1);
    expect((await server.next()).method).toBe('BindReq');
  });

  it('duplicateMemory: is how long a message may be asked about again', () => {
    const kind = createSmtntKind();
    expect(kind.duplicateMemoryMs(config({ duplicateMemory: '90m' }))).toBe(90 * 60_000);
    // 320 has one meaning, so that asking needs no rest for the recipient.
    expect(kind.probeQuietMs).toBe(0);
  });

  it('reseller: is the code of a message that names none', async () => {
    const line = await ready({ reseller: '123456789' });
    void write(line, {}, '1');
    expect((await server.next()).body).toMatchObject({ ResellerCode: '123456789' });
    line.clock.advance(200);
    void write(line, { reseller: '987654321' }, '2');
    expect((await server.next()).body).toMatchObject({ ResellerCode: '987654321' });
  });

  it.each([
    ['array', '[{"type":"DS","name":"배송"}]'],
    ['object', '{"button":[{"type":"DS","name":"배송"}]}'],
  ])('kakaoButtonForm %s: is how buttons go over the wire', async (kakaoButtonForm, expected) => {
    const line = await ready({ kakaoButtonForm });
    const buttons = [{ type: 'DS', name: '배송' }] as const;
    const kakao = { senderKey: 'key', templateCode: 'template', buttons };
    void write(line, { channel: 'alimtalk', kakao }, '1');
    expect(await server.next()).toMatchObject({ method: 'MsgSendReq', body: { KakaoButton: expected } });
  });
});
