import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LineEvent } from '@pabal/session';
import { quiet } from '@pabal/session/testing';
import { codecsOf } from './codecs.js';
import { config, IV } from './testing/config.js';
import { message } from './testing/message.js';
import { type OpenedLine, openTestLine } from './testing/open-line.js';
import { ScriptedServer } from './testing/scripted-server.js';
import { request, sealed } from './testing/wire.js';

const GIVEN = 'the-login-s-own-key-and-more';
/** The first 16 bytes of it. */
const CUT = 'the-login-s-own-';
const crypto = { iv: IV, mode: 'encrypted' };
const terms = { Result: 0, BindId: 'test001', Speed: 10, BeginTime: 0, EndTime: 24, EffectiveTime: 3 };
const became = (to: string) => (event: LineEvent) => event.kind === 'session' && event.to === to;
const refused = (event: LineEvent) => event.kind === 'loginRefused';

let server: ScriptedServer;
let opened: OpenedLine | undefined;

beforeEach(async () => {
  server = await ScriptedServer.start();
  server.key = CUT;
});

afterEach(async () => {
  opened?.line.close('test over');
  expect(opened?.clock.armed ?? 0).toBe(0);
  opened = undefined;
  await server.stop();
});

/** A line that has asked for its key. */
async function asking(change: object = {}): Promise<OpenedLine> {
  opened = openTestLine(server, { crypto, ...change });
  expect(await server.next()).toEqual({ method: 'PrivateKeyReq', body: {} });
  return opened;
}

async function ready(): Promise<OpenedLine> {
  const line = await asking();
  server.send(request('PrivateKeyRes', { PrivateKey: GIVEN }));
  expect(await server.next()).toEqual({
    method: 'BindReq',
    body: { BindId: 'test001', BindPwd: 'test001#$$%', Version: 1 },
  });
  server.send(sealed('BindRes', terms, CUT));
  await line.event(became('ready'));
  line.clock.advance(1100);
  return line;
}

describe('an encrypted connection (SMTNT 1.3)', () => {
  it('asks for its key, logs in, sends, reports and logs out, every body by that key', async () => {
    const line = await ready();
    const outcome = line.line.reserve('sms')?.write(line.line.prepare(message({}), '1'));
    expect(await server.next()).toMatchObject({
      method: 'MsgSendReq',
      body: { UserMsgId: '1', Message: '주문이 접수되었습니다' },
      encrypted: true,
    });
    server.send(sealed('MsgSendRes', { UserMsgId: '1', Result: 0 }, CUT));
    expect(await outcome).toEqual({ kind: 'accepted', code: '0' });
    server.send(
      sealed('ReportReq', { UserMsgId: '1', ServerMsgId: '9', Result: 0 }, CUT),
      request('AliveReq'),
    );
    expect((await server.next()).method).toBe('AliveRes');
    expect(line.notices[0]?.notice).toMatchObject({ kind: 'report', report: { wireId: '1' } });
    line.notices[0]?.stored();
    expect(await server.next()).toEqual({
      method: 'ReportRes',
      body: { UserMsgId: '1', UserMsgSubId: '', ServerMsgId: '9', Result: 0 },
      encrypted: true,
    });
    const drained = line.line.drain(5000);
    expect(await server.next()).toEqual({ method: 'UnBindReq', body: { BindId: 'test001' } });
    server.send(sealed('UnBindRes', { Result: 0 }, CUT));
    await drained;
  });

  it('brings files in encrypted pieces', async () => {
    const line = await ready();
    const bytes = randomBytes(1500);
    const file = { id: 'a', bytes, width: 1, height: 1 };
    const staging = line.line.stage(message({ channel: 'mms', files: ['a'] }), [file], false);
    expect(await server.next()).toMatchObject({ method: 'UploadFileNameReq', encrypted: true });
    server.send(sealed('UploadFileNameRes', { Result: 0, FileName: 'x.jpg' }, CUT));
    while (!server.unread.includes('UploadFileFinishReq')) {
      line.clock.advance(1);
      await quiet();
    }
    const pieces = [await server.next(), await server.next()];
    expect(pieces).toMatchObject([{ encrypted: true }, { encrypted: true }]);
    const brought = pieces.map(({ body }) => Buffer.from(String(body.Data), 'base64'));
    expect(Buffer.concat(brought).equals(bytes)).toBe(true);
    server.send(sealed('UploadFileFinishRes', { Result: 0 }, CUT));
    expect((await staging)?.kind).toBe('staged');
  });

  it('asks for another key at the next login, and uses that one', async () => {
    const line = await ready();
    server.hangUp();
    await line.event(became('backingOff'));
    line.clock.advance(500);
    expect((await server.next()).method).toBe('PrivateKeyReq');
    server.key = 'another-login-00';
    server.send(request('PrivateKeyRes', { PrivateKey: server.key }));
    expect((await server.next()).body).toMatchObject({ BindId: 'test001' });
  });

  it('keeps a report that does not parse in plain text, and answers it by its ids', async () => {
    const line = await ready();
    server.send(sealed('ReportReq', { UserMsgId: '80', Result: 'x' }, CUT), request('AliveReq'));
    expect((await server.next()).method).toBe('AliveRes');
    expect(line.notices[0]?.notice).toMatchObject({ kind: 'unparsedReport' });
    line.notices[0]?.stored();
    expect(await server.next()).toMatchObject({ method: 'ReportRes', body: { UserMsgId: '80' } });
  });
});

describe('the key of a connection', () => {
  it.each([
    ['as the Body itself', 'a-key-of-16-byte', {}],
    ['under a configured name', { Other: 'x', MyKey: 'a-key-of-16-byte' }, { privateKeyField: 'MyKey' }],
  ])('may come %s', async (_name, body, change) => {
    server.key = 'a-key-of-16-byte';
    await asking(change);
    server.send(request('PrivateKeyRes', body));
    expect((await server.next()).body).toMatchObject({ BindPwd: 'test001#$$%' });
  });

  it.each([
    ['is missing', { Result: 1 }, 'no-private-key'],
    ['is too short', { PrivateKey: 'short' }, 'private-key-too-short'],
  ])('that %s is a refused login', async (_name, body, code) => {
    const line = await asking();
    server.send(request('PrivateKeyRes', body));
    expect(await line.event(refused)).toMatchObject({ code, repeated: 1 });
    line.clock.advance(30_199);
    expect(server.connections).toBe(1);
    line.clock.advance(1);
    expect((await server.next()).method).toBe('PrivateKeyReq');
  });

  it('that never comes is a refused login', async () => {
    const line = await asking();
    line.clock.advance(10_000);
    expect(await line.event(refused)).toMatchObject({ code: 'no-private-key' });
  });

  it('that does not open the login answer is a refused login', async () => {
    const line = await asking();
    server.send(request('PrivateKeyRes', { PrivateKey: GIVEN }));
    await server.next();
    server.send(sealed('BindRes', terms, 'some-other-key-0'));
    expect(await line.event(refused)).toMatchObject({ code: 'cannot-decrypt' });
  });

  it('that comes although it was not asked for changes nothing', async () => {
    const line = await ready();
    server.send(request('PrivateKeyRes', { PrivateKey: 'a-key-of-16-byte' }));
    void line.line.reserve('sms')?.write(line.line.prepare(message({}), '1'));
    expect(await server.next()).toMatchObject({ method: 'MsgSendReq', encrypted: true });
  });
});

describe('the largest piece of a file', () => {
  it.each([
    ['plain', 'UploadFileDataReq', 1440],
    ['encrypted', 'UploadFileDataReq', 1080],
  ] as const)('of a %s connection fits a packet of 2,048 bytes, compressed or not', (mode, method, size) => {
    const own = config({ crypto: { key: CUT, iv: IV, mode }, uploadChunk: size });
    const { first, keyed } = codecsOf(own);
    const codec = keyed ? keyed(CUT) : first;
    const packet = { method, body: { Data: randomBytes(size).toString('base64') } };
    expect('Content-Length:2048\r\n'.length + codec.json(packet).length).toBeLessThanOrEqual(2048);
    expect(codec.encode(packet).length).toBeLessThanOrEqual(2048);
  });
});
