import { describe, expect, it } from '@jest/globals';
import type { DialectConnection, Inbound } from '@pabal/session';
import { ProtocolError } from '@pabal/wire';
import { codecsOf } from './codecs.js';
import { type LoginTerms, SmtntDialect, type SmtntSubmit } from './dialect.js';
import { reread } from './notices.js';
import { config } from './testing/config.js';
import { packed, type Received, request, sealed, serverFrame, takeFrames } from './testing/wire.js';

function connection(change: object = {}) {
  const terms: LoginTerms[] = [];
  const dialect = new SmtntDialect({
    account: { bindId: 'test001', password: 'test001#$$%' },
    codecs: codecsOf(config(change)),
    onTerms: (told) => terms.push(told),
    untilOpenMs: () => 0,
  });
  return { connection: dialect.connect(), terms };
}

function sent(bytes: Uint8Array): Received {
  const [only] = takeFrames(Buffer.from(bytes)).frames;
  if (!only) throw new Error('no whole frame');
  return only;
}

const meanings = (to: DialectConnection<SmtntSubmit>, ...frames: Buffer[]): Inbound[] => [
  ...to.receive(Buffer.concat(frames)),
];
const meaning = (frame: Buffer) => meanings(connection().connection, frame)[0];

/** The notice of a frame, and the answer that goes out once it is stored. */
function noticed(frame: Buffer) {
  const found = meaning(frame);
  if (found?.kind !== 'notice') throw new Error(`a ${found?.kind} instead of a notice`);
  return { notice: found.notice, answer: sent(found.answer()) };
}

describe('what a session says by itself', () => {
  it('is a login with id, password and version, encrypted (SMTNT 3.3.2)', () => {
    const bytes = Buffer.from(connection().connection.login());
    expect(bytes.toString('latin1')).toMatch(/^Content-Length:\d+\r\n/);
    expect(sent(bytes)).toEqual({
      method: 'BindReq',
      body: { BindId: 'test001', BindPwd: 'test001#$$%', Version: 1 },
    });
  });

  it('is an AliveReq without a body, and a logout with the id (SMTNT 3.3.4, 3.3.19)', () => {
    const { connection: mine } = connection();
    expect(sent(mine.ping())).toEqual({ method: 'AliveReq', body: {} });
    expect(sent(mine.logout() ?? new Uint8Array())).toEqual({
      method: 'UnBindReq',
      body: { BindId: 'test001' },
    });
  });
});

describe('a login answer', () => {
  it('grants its speed to all channels together, and tells hours and validity', () => {
    const { connection: mine, terms } = connection();
    const answer = { Result: 0, BindId: 'test001', Speed: 100, BeginTime: 9, EndTime: 18, EffectiveTime: 3 };
    expect(meanings(mine, sealed('BindRes', answer))).toEqual([
      { kind: 'loginAccepted', grants: { all: 100 } },
    ]);
    expect(terms).toEqual([{ hours: { begin: 9, end: 18 }, effectiveHours: 3 }]);
  });

  it('has the same meaning with its numbers as strings', () => {
    const answer = { Result: '0', Speed: '7' };
    expect(meaning(sealed('BindRes', answer))).toEqual({ kind: 'loginAccepted', grants: { all: 7 } });
  });

  it.each([
    [2, true],
    [3, false],
    [5, false],
    [999, false],
    [12_345, false],
  ])('with result %p is a refusal; of another connection of ours: %p', (Result, alreadyConnected) => {
    const refusal = { kind: 'loginRefused', code: String(Result), alreadyConnected };
    expect(meaning(sealed('BindRes', { Result }))).toEqual(refusal);
    expect(meaning(request('BindRes', { Result }))).toEqual(refusal);
  });

  it('that our key does not open is a refusal too', () => {
    const garbled = serverFrame('{"Header":{"Method":"BindRes"},"Body":"AAAAAAAAAAAAAAAAAAAAAA=="}');
    expect(meaning(garbled)).toEqual({
      kind: 'loginRefused',
      code: 'cannot-decrypt',
      alreadyConnected: false,
    });
  });

  it('without a speed cannot be worked with', () => {
    expect(meaning(sealed('BindRes', { Result: 0 }))).toMatchObject({
      kind: 'loginRefused',
      code: 'no-speed',
    });
  });
});

describe('answers to messages', () => {
  it('are matched by UserMsgId', () => {
    const answer = request('MsgSendRes', {
      UserMsgId: '80',
      PhoneNo: '01012345678',
      MsgType: 4,
      Result: 316,
    });
    expect(meaning(answer)).toMatchObject({
      kind: 'ack',
      wireId: '80',
      outcome: { kind: 'refused', code: '316' },
    });
  });

  it.each([3, 902])('that say %p end the session, after the others of the same bytes', (Result) => {
    const { connection: mine } = connection();
    const found: Inbound[] = [];
    const read = () => {
      const frames = [
        request('MsgSendRes', { UserMsgId: '1', Result }),
        request('MsgSendRes', { UserMsgId: '2', Result: 0 }),
      ];
      for (const each of mine.receive(Buffer.concat(frames))) found.push(each);
    };
    expect(read).toThrow(new ProtocolError('login-lost'));
    expect(found).toMatchObject([
      { kind: 'ack', wireId: '1', outcome: { kind: 'throttled' } },
      { kind: 'ack', wireId: '2', outcome: { kind: 'accepted' } },
    ]);
  });
});

describe('requests of the server', () => {
  it('report, and are answered by their three ids (SMTNT 3.3.8, 3.3.9)', () => {
    const { notice, answer } = noticed(
      request('ReportReq', { UserMsgId: '80', UserMsgSubId: 's', ServerMsgId: '781857', Result: 8 }),
    );
    expect(notice).toEqual({
      kind: 'report',
      report: {
        wireId: '80',
        code: '8',
        certainty: 'notDelivered',
        reason: 'handset-off',
        gatewayMessageId: '781857',
      },
    });
    expect(answer).toEqual({
      method: 'ReportRes',
      body: { UserMsgId: '80', UserMsgSubId: 's', ServerMsgId: '781857', Result: 0 },
    });
  });

  it('tell that a recipient opted out (SMTNT 3.3.10)', () => {
    const body = { SpamId: '1', PhoneNo: '01000000000', DenyNo: '0800000000' };
    const { notice, answer } = noticed(request('SpamReq', body));
    expect(notice).toEqual({ kind: 'optOut', id: '1', recipient: '01000000000', optOutNumber: '0800000000' });
    expect(answer).toEqual({ method: 'SpamRes', body: { ...body, Result: 0 } });
  });

  it('tell that a number changed (SMTNT 3.3.12)', () => {
    const body = { ServerMsgId: '2603', PhoneNo: '0111234564', ChangePhoneNo: '01012345678' };
    const { notice, answer } = noticed(request('ChangePhoneReq', body));
    expect(notice).toEqual({ kind: 'numberChanged', id: '2603', from: '0111234564', to: '01012345678' });
    expect(answer).toEqual({ method: 'ChangePhoneRes', body: { ...body, Result: 0 } });
  });

  it.each([
    [
      'ReportReq',
      { UserMsgId: 80, Result: 'x' },
      { UserMsgId: '80', UserMsgSubId: '', ServerMsgId: '', Result: 0 },
    ],
    ['SpamReq', { SpamId: '1' }, { SpamId: '1', PhoneNo: '', DenyNo: '', Result: 0 }],
    ['ChangePhoneReq', {}, { ServerMsgId: '', PhoneNo: '', ChangePhoneNo: '', Result: 0 }],
  ])('%s is kept raw and answered when its body does not parse', (method, body, answered) => {
    const json = JSON.stringify({ Header: { Method: method }, Body: body });
    const { notice, answer } = noticed(serverFrame(json));
    expect(notice).toMatchObject({ kind: 'unparsedReport', raw: packed(json).toString('base64') });
    expect(answer).toEqual({ method: method.replace('Req', 'Res'), body: answered });
    expect(reread(packed(json))).toBeUndefined();
  });

  it('kept raw are read once more', () => {
    const body = { UserMsgId: '80', Result: 8, ServerMsgId: '781857' };
    const json = JSON.stringify({ Header: { Method: 'ReportReq' }, Body: body });
    expect(reread(packed(json))).toMatchObject({ kind: 'report', report: { wireId: '80', code: '8' } });
    expect(reread(packed(JSON.stringify({ Header: { Method: 'AliveReq' }, Body: {} })))).toBeUndefined();
    expect(reread(new Uint8Array([1, 2, 3]))).toBeUndefined();
  });
});

describe('the rest', () => {
  it.each([
    ['AliveRes', { kind: 'pong' }],
    ['UploadFileRes', { kind: 'ignored', what: 'UploadFileRes' }],
    ['010-1234-5678', { kind: 'ignored', what: '(a method of 13 characters)' }],
    ['PrivateKeyReq', { kind: 'ignored', what: 'PrivateKeyReq' }],
  ])('%s is told', (method, inbound) => {
    expect(meaning(request(method))).toEqual(inbound);
  });

  it('a logout answer ends the session', () => {
    expect(meaning(sealed('UnBindRes', { Result: 0 }))).toEqual({ kind: 'loggedOut' });
  });

  it('a logout answer may bear the name of the login’s, as the document prints it (SMTNT 3.3.20)', () => {
    const { connection: mine } = connection();
    mine.logout();
    expect(meanings(mine, sealed('BindRes', { Result: 0 }))).toEqual([{ kind: 'loggedOut' }]);
  });

  it('the server may ask whether we are alive', () => {
    const found = meaning(request('AliveReq'));
    expect(found?.kind === 'reply' && sent(found.bytes)).toEqual({ method: 'AliveRes', body: {} });
  });

  it.each([
    ['no header line', Buffer.from('HTTP/1.1 400 Bad Request\r\n'), 'bad-header'],
    ['no zlib', Buffer.from('Content-Length:3\r\nabc'), 'inflate-failed'],
    ['a bomb', serverFrame(' '.repeat(8 * 1024 * 1024)), 'inflate-too-long'],
    ['no JSON', serverFrame('hello'), 'not-json'],
    ['no envelope', serverFrame('[]'), 'wrong-shape'],
    ['an answer to nobody', request('MsgSendRes', { Result: 0 }), 'wrong-shape'],
  ])('bytes that are %s end the session with a reason', (_name, bytes, reason) => {
    expect(() => meaning(bytes)).toThrow(expect.objectContaining({ code: 'protocol', reason }));
  });

  it('decodes a frame only after the one before it was acted upon', () => {
    const { connection: mine } = connection();
    const bytes = Buffer.concat([request('AliveRes'), Buffer.from('garbage')]);
    const frames = mine.receive(bytes)[Symbol.iterator]();
    expect(frames.next().value).toEqual({ kind: 'pong' });
    expect(() => frames.next()).toThrow(/^bad-header/);
  });
});
