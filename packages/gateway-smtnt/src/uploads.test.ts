import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AttachedFile, LineEvent, StageOutcome } from '@pabal/session';
import { quiet } from '@pabal/session/testing';
import { message } from './testing/message.js';
import { type OpenedLine, openTestLine } from './testing/open-line.js';
import { ScriptedServer } from './testing/scripted-server.js';
import { type Received, request, sealed } from './testing/wire.js';

const terms = { Result: 0, BindId: 'test001', Speed: 100, BeginTime: 0, EndTime: 24, EffectiveTime: 3 };
const became = (to: string) => (event: LineEvent) => event.kind === 'session' && event.to === to;
const mms = message({ channel: 'mms', files: ['a'] });

let server: ScriptedServer;
let opened: OpenedLine | undefined;
let owner = true;

beforeEach(async () => {
  server = await ScriptedServer.start();
  owner = true;
});

afterEach(async () => {
  opened?.line.close('test over');
  expect(opened?.clock.armed ?? 0).toBe(0);
  opened = undefined;
  await server.stop();
});

async function logIn(line: OpenedLine): Promise<void> {
  expect((await server.next()).method).toBe('BindReq');
  server.send(sealed('BindRes', terms));
  await line.event(became('ready'));
  line.clock.advance(1100);
}

async function ready(change: object = {}): Promise<OpenedLine> {
  opened = openTestLine(server, change, undefined, () => owner);
  await logIn(opened);
  return opened;
}

const file = (id: string, size: number): AttachedFile => ({
  id,
  bytes: randomBytes(size),
  width: 640,
  height: 480,
});

function stage(line: OpenedLine, files: readonly AttachedFile[], complete = false): Promise<StageOutcome> {
  const outcome = line.line.stage({ ...mms, files: files.map(({ id }) => id) }, files, complete);
  if (!outcome) throw new Error('nothing to stage');
  return outcome;
}

/** The next frame, while time goes on so that chunks follow each other. */
async function next(line: OpenedLine): Promise<Received> {
  while (server.unread.length === 0) {
    line.clock.advance(1);
    await quiet();
  }
  return server.next();
}

const nameRes = (FileName: string) => request('UploadFileNameRes', { Result: 0, FileName });
const finishRes = (Result: number) => request('UploadFileFinishRes', { Result });

/** Plays the server's side of one upload; gives back the file as it arrived and its last packet. */
async function receive(line: OpenedLine, name: string, result = 0) {
  expect(await next(line)).toEqual({ method: 'UploadFileNameReq', body: { FileExtension: '.jpg' } });
  server.send(nameRes(name));
  const chunks: Buffer[] = [];
  for (;;) {
    const frame = await next(line);
    if (frame.method === 'UploadFileFinishReq') {
      server.send(finishRes(result));
      return { bytes: Buffer.concat(chunks), chunks: chunks.length, finish: frame.body };
    }
    expect(frame.method).toBe('UploadFileReq');
    chunks.push(Buffer.from(String(frame.body.Data), 'base64'));
  }
}

describe('the files of an MMS', () => {
  it('are brought one after the other, each name, pieces and end, then named by the message', async () => {
    const line = await ready();
    const files = [file('a', 2500), file('b', 1024)] as const;
    const staging = stage(line, files);
    const first = await receive(line, 'one.jpg');
    const second = await receive(line, 'two.jpg');
    expect([first.chunks, second.chunks]).toEqual([3, 1]);
    expect(first.bytes.equals(files[0].bytes) && second.bytes.equals(files[1].bytes)).toBe(true);
    expect(first.finish).toEqual({ FileName: 'one.jpg', FileSize: 2500 });
    expect(second.finish).toEqual({ FileName: 'two.jpg', FileSize: 1024 });
    const outcome = await staging;
    if (outcome.kind !== 'staged') throw new Error(outcome.kind);
    const { staged } = outcome;
    const submit = line.line.prepare({ ...mms, files: ['a', 'b'] }, '1', { files, staged });
    void line.line.reserve('mms')?.write(submit);
    expect(await server.next()).toMatchObject({
      method: 'MsgSendReq',
      body: { MsgType: 6, FileCount: 2, FileName1: 'one.jpg', FileName2: 'two.jpg', FileName3: '' },
    });
  });

  it('count against no rate', async () => {
    const line = await ready();
    const staging = stage(line, [file('a', 5000)]);
    await receive(line, 'one.jpg');
    await staging;
    expect(line.line.status().rates).toMatchObject({ all: { granted: 100, used: 0 } });
  });

  it('let a submit pass between any two pieces', async () => {
    const line = await ready();
    void stage(line, [file('a', 10_000)]);
    await server.next();
    server.send(nameRes('one.jpg'));
    expect((await next(line)).method).toBe('UploadFileReq');
    void line.line.reserve('sms')?.write(line.line.prepare(message({}), '7'));
    const methods = [await next(line), await next(line)].map(({ method }) => method);
    expect(methods).toEqual(['MsgSendReq', 'UploadFileReq']);
  });

  it('are brought for one message at a time', async () => {
    const line = await ready();
    const stagings = [stage(line, [file('a', 10)]), stage(line, [file('b', 10)])];
    await receive(line, 'one.jpg');
    await stagings[0];
    await receive(line, 'two.jpg');
    expect((await stagings[1])?.kind).toBe('staged');
  });

  it('go by the other method and in other pieces where that is configured', async () => {
    const line = await ready({ uploadMethod: 'UploadFileDataReq', uploadChunk: 1440 });
    void stage(line, [file('a', 1441)]);
    await server.next();
    server.send(nameRes('one.jpg'));
    const [long, short] = [await next(line), await next(line)];
    expect([long.method, short.method]).toEqual(['UploadFileDataReq', 'UploadFileDataReq']);
    const sizes = [long, short].map(({ body }) => Buffer.from(String(body.Data), 'base64').length);
    expect(sizes).toEqual([1440, 1]);
  });

  it('are no matter of a message without files', async () => {
    const line = await ready();
    expect(line.line.stage(message({}), [], false)).toBeUndefined();
  });
});

describe('an answer to an upload', () => {
  it.each([
    [910, 'file-error', 'giveUp'],
    [909, 'file-error', 'giveUp'],
    [16, 'file-error', 'giveUp'],
    [999, 'gateway-error', 'retry'],
    [4711, 'unknown-code', 'alert'],
  ])('that refuses it with %p ends the message’s files', async (Result, reason, advice) => {
    const line = await ready();
    const staging = stage(line, [file('a', 10), file('b', 10)]);
    await receive(line, 'one.jpg', Result);
    expect(await staging).toEqual({ kind: 'refused', code: String(Result), reason, advice });
    expect(server.unread).toEqual([]);
  });

  it('may refuse the name already', async () => {
    const line = await ready();
    const staging = stage(line, [file('a', 10)]);
    await server.next();
    server.send(request('UploadFileNameRes', { Result: 906 }));
    expect(await staging).toMatchObject({ kind: 'refused', code: '906', reason: 'insufficient-credit' });
  });

  it('without a name is a mistake of the server, to be tried again', async () => {
    const line = await ready();
    const staging = stage(line, [file('a', 10)]);
    await server.next();
    server.send(request('UploadFileNameRes', { Result: 0 }));
    expect(await staging).toEqual({ kind: 'refused', code: '0', reason: 'gateway-error', advice: 'retry' });
  });

  it.each([
    [903, 'over-rate', 500],
    [901, 'outside-hours', 60_000],
    [907, 'gateway-busy', 5_000],
  ])('that says %p is one of the moment', async (Result, why, retryMs) => {
    const line = await ready();
    const staging = stage(line, [file('a', 10)]);
    await server.next();
    server.send(request('UploadFileNameRes', { Result }));
    expect(await staging).toEqual({ kind: 'notNow', why, retryMs });
  });

  it('that says that the login is unknown ends the session', async () => {
    const line = await ready();
    const staging = stage(line, [file('a', 10)]);
    await server.next();
    server.send(request('UploadFileNameRes', { Result: 902 }));
    expect(await staging).toMatchObject({ kind: 'notNow', retryMs: 1000 });
    expect(await line.event(became('backingOff'))).toMatchObject({ reason: 'login-lost' });
  });

  it('that comes twice is not taken for the next file’s, and one that nobody asked for changes nothing', async () => {
    const line = await ready();
    server.send(nameRes('nobody.jpg'), finishRes(0), request('AliveReq'));
    expect((await server.next()).method).toBe('AliveRes');
    const staging = stage(line, [file('a', 10), file('b', 10)]);
    await receive(line, 'one.jpg');
    expect((await next(line)).method).toBe('UploadFileNameReq');
    server.send(nameRes('one.jpg'), nameRes('two.jpg'));
    expect((await next(line)).method).toBe('UploadFileReq');
    expect(await next(line)).toMatchObject({ body: { FileName: 'two.jpg' } });
    server.send(finishRes(0));
    expect((await staging).kind).toBe('staged');
    expect(line.line.status().sessions[0]?.counts).toMatchObject({ answersUnasked: 2 });
  });

  it('to a piece is taken and never waited for', async () => {
    const line = await ready();
    const staging = stage(line, [file('a', 2000)]);
    await server.next();
    server.send(nameRes('one.jpg'));
    await next(line);
    server.send(request('UploadFileRes', { Result: 0 }));
    expect((await next(line)).method).toBe('UploadFileReq');
    expect((await next(line)).method).toBe('UploadFileFinishReq');
    server.send(finishRes(0));
    expect((await staging).kind).toBe('staged');
  });

  it('that does not come closes the connection: a late one would be taken for another', async () => {
    const line = await ready();
    const staging = stage(line, [file('a', 10)]);
    await server.next();
    line.clock.advance(10_000);
    expect(await staging).toEqual({ kind: 'notNow', why: 'answer-timeout', retryMs: 1000 });
    expect(await line.event(became('backingOff'))).toMatchObject({ reason: 'answer-timeout' });
  });

  it('that does not come again and again costs the connection ever more rarely, until one comes', async () => {
    const line = await ready();
    const silence = async () => {
      const stagings = [stage(line, [file('a', 10)]), stage(line, [file('b', 10)])];
      expect((await next(line)).method).toBe('UploadFileNameReq');
      line.clock.advance(10_000);
      const waits = (await Promise.all(stagings)).map((outcome) => 'retryMs' in outcome && outcome.retryMs);
      await line.event(became('backingOff'));
      return waits;
    };
    expect(await silence()).toEqual([1000, 1000]);
    expect(await stage(line, [file('a', 10)])).toEqual({
      kind: 'notNow',
      why: 'answer-timeout',
      retryMs: 1000,
    });
    line.clock.advance(1000);
    await logIn(line);
    expect(await silence()).toEqual([4000, 4000]);
    line.clock.advance(4000);
    await logIn(line);
    const staging = stage(line, [file('a', 10)]);
    await receive(line, 'one.jpg');
    expect((await staging).kind).toBe('staged');
    expect(await silence()).toEqual([1000, 1000]);
  });
});

describe('files and the login they were brought on', () => {
  it('are lost with the session in the middle, and not offered to the next', async () => {
    const line = await ready();
    const staging = stage(line, [file('a', 10_000)]);
    await server.next();
    server.send(nameRes('one.jpg'));
    await next(line);
    server.hangUp();
    expect(await staging).toEqual({ kind: 'notNow', why: 'connection-lost', retryMs: 1000 });
  });

  it('are no longer fresh after it, and a message that names them is not written', async () => {
    const line = await ready();
    const files = [file('a', 10)];
    const staging = stage(line, files);
    await receive(line, 'one.jpg');
    const outcome = await staging;
    if (outcome.kind !== 'staged') throw new Error(outcome.kind);
    const submit = line.line.prepare(mms, '1', { files, staged: outcome.staged });
    expect(outcome.staged.fresh()).toBe(true);
    server.hangUp();
    await line.event(became('backingOff'));
    expect(outcome.staged.fresh()).toBe(false);
    line.clock.advance(500);
    await logIn(line);
    expect(outcome.staged.fresh()).toBe(false);
    const written = await line.line.reserve('mms')?.write(submit);
    expect(written).toEqual({ kind: 'notWritten', why: 'stale-files' });
    expect(server.unread).toEqual([]);
  });

  it.each([
    [16, { kind: 'incomplete', code: '16' }],
    [
      910,
      { kind: 'refused', code: '910', certainty: 'notDelivered', reason: 'file-error', advice: 'giveUp' },
    ],
  ])('that the server answers with %i when they are named', async (Result, expected) => {
    const line = await ready();
    const files = [file('a', 10)];
    const staging = stage(line, files);
    await receive(line, 'one.jpg');
    const outcome = await staging;
    if (outcome.kind !== 'staged') throw new Error(outcome.kind);
    const submit = line.line.prepare(mms, '1', { files, staged: outcome.staged });
    const written = line.line.reserve('mms')?.write(submit);
    expect((await server.next()).method).toBe('MsgSendReq');
    server.send(request('MsgSendRes', { UserMsgId: '1', Result }));
    expect(await written).toEqual(expected);
  });

  it('that no message names leave its code 16 a refusal', async () => {
    const line = await ready();
    const written = line.line.reserve('sms')?.write(line.line.prepare(message({}), '1'));
    expect((await server.next()).method).toBe('MsgSendReq');
    server.send(request('MsgSendRes', { UserMsgId: '1', Result: 16 }));
    expect(await written).toMatchObject({ kind: 'refused', code: '16' });
  });

  it('are not brought before a login, nor without the lease', async () => {
    opened = openTestLine(server, {}, undefined, () => owner);
    expect(await stage(opened, [file('a', 10)])).toEqual({ kind: 'notNow', why: 'not-ready', retryMs: 1000 });
    await logIn(opened);
    owner = false;
    expect(await stage(opened, [file('a', 10)])).toMatchObject({ kind: 'notNow', why: 'not-owner' });
    expect(server.unread).toEqual([]);
  });

  it('are named again within the configured time on the same login, and brought anew otherwise', async () => {
    const line = await ready({ uploadReuse: '10s' });
    const same = file('a', 10);
    const staged = async (complete = false) => {
      const outcome = await stage(line, [same], complete);
      if (outcome.kind !== 'staged') throw new Error(outcome.kind);
      return line.line.prepare(mms, '1', { files: [same], staged: outcome.staged });
    };
    const first = staged();
    await receive(line, 'one.jpg');
    await first;
    expect(await staged()).toMatchObject({ packet: { body: { FileName1: 'one.jpg' } } });
    const complete = staged(true);
    await receive(line, 'two.jpg');
    expect(await complete).toMatchObject({ packet: { body: { FileName1: 'two.jpg' } } });
    line.clock.advance(10_000);
    const later = staged();
    await receive(line, 'three.jpg');
    expect(await later).toMatchObject({ packet: { body: { FileName1: 'three.jpg' } } });
  });

  it('are brought for every message where nothing is configured', async () => {
    const line = await ready();
    const same = file('a', 10);
    for (const name of ['one.jpg', 'two.jpg']) {
      const staging = stage(line, [same]);
      await receive(line, name);
      expect((await staging).kind).toBe('staged');
    }
  });
});
