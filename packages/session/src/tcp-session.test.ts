import { describe, expect, it } from '@jest/globals';
import { LoginRefusedError } from './dialect.js';
import type { SubmitOutcome } from './gateway.js';
import { endpoint, openSession } from './testing/open-session.js';
import { endOfTick } from './testing/scripted-peer.js';
import { textSubmit } from './testing/text-dialect.js';

describe('TCP session', () => {
  it('connects, logs in and is ready', async () => {
    const { session, peer, told, login, clock } = await openSession();
    expect(peer.heard).toEqual(['login\n']);
    await login();
    expect(session.state).toBe('ready');
    expect(told).toEqual(['connecting>loggingIn', 'opened {"sms":100}', 'loggingIn>ready']);
    expect(session.loginAt).toBe(1_700_000_000_000 + clock.now());
  });

  it('answers the steps of a longer login', async () => {
    const { peer, session } = await openSession();
    await peer.send('key 7\nwelcome sms=1\n');
    expect(peer.heard).toEqual(['login\n', 'use 7\n']);
    expect(session.state).toBe('ready');
  });

  it('handles what comes behind the login answer in the same chunk', async () => {
    const { peer, stored } = await openSession();
    await peer.send('welcome sms=100\nnote 1\nnote 2\n');
    expect(stored).toHaveLength(2);
    expect(peer.heard).toEqual(['login\n', 'noted 1\nnoted 2\n']);
  });

  it('handles frames that come byte by byte', async () => {
    const { peer, session, stored } = await openSession();
    for (const byte of 'welcome sms=100\nnote 1\n') await peer.send(byte);
    expect(session.state).toBe('ready');
    expect(stored).toHaveLength(1);
  });

  it('writes a submit in the same tick and settles it by its ack', async () => {
    const { peer, login, write, session } = await openSession();
    await login();
    const outcome = write('1');
    await endOfTick();
    expect(peer.heard.at(-1)).toBe('submit 1\n');
    expect(session.inFlight()).toBe(1);
    await peer.send('ack 1 0\n');
    await expect(outcome).resolves.toEqual({ kind: 'accepted', code: '0' });
    expect(session.inFlight()).toBe(0);
  });

  it('counts a second ack and one for nothing in flight', async () => {
    const { peer, login, write, session } = await openSession();
    await login();
    void write('1');
    await peer.send('ack 1 0\nack 1 0\nack 9 0\n');
    expect(session.status(0).counts).toMatchObject({ acksDuplicate: 1, acksUnknown: 1, acksLate: 0 });
  });

  it('writes nothing before it is ready, while bytes wait, without the lease, or twice under one id', async () => {
    let owner = true;
    const { session, peer, login, write, advance } = await openSession({ deps: { mayWrite: () => owner } });
    expect(session.submit('sms', textSubmit('1'))).toEqual({ written: false, why: 'not-ready' });
    await login();
    void write('1');
    expect(session.submit('sms', textSubmit('1'))).toEqual({ written: false, why: 'already-in-flight' });
    owner = false;
    expect(session.submit('sms', textSubmit('2'))).toEqual({ written: false, why: 'not-owner' });
    owner = true;
    await endOfTick();
    peer.stall();
    void write('3');
    await endOfTick();
    expect(session.canWrite()).toBe(false);
    expect(session.submit('sms', textSubmit('4'))).toEqual({ written: false, why: 'buffer-not-empty' });
    await peer.flow();
    expect(session.canWrite()).toBe(true);
    expect(peer.heard).toEqual(['login\n', 'submit 1\n', 'submit 3\n']);
    await advance(0);
  });

  it('writes nothing of a tick in whose midst the lease was lost, and ends the connection', async () => {
    let owner = true;
    const { session, peer, login, write, told } = await openSession({ deps: { mayWrite: () => owner } });
    await login();
    const outcomes = ['1', '2'].map(write);
    owner = false;
    await endOfTick();
    expect(peer.heard).toEqual(['login\n']);
    expect(told.at(-1)).toMatch(/ not-owner$/);
    // Whoever asks for their outcome must take them for written: it was about to happen.
    await expect(Promise.all(outcomes)).resolves.toEqual(
      outcomes.map(() => ({ kind: 'unknown', why: 'connectionLost' })),
    );
    expect(session.inFlight()).toBe(0);
  });

  it('holds no more than a small frame until the tick ends: then bytes wait', async () => {
    const { session, peer, login, told } = await openSession();
    await login();
    peer.stall();
    const left: string[] = [];
    const submit = (id: string, line: string) =>
      session.submit('sms', { ...textSubmit(id), line }, () => left.push(id)).written;
    expect(submit('1', 'small')).toBe(true);
    expect(left).toEqual([]);
    expect(submit('2', 'x'.repeat(20_000))).toBe(true);
    expect(left).toEqual(['1', '2']);
    expect(submit('3', 'small')).toBe(false);
    expect(told.at(-1)).not.toMatch(/not-owner/);
    await peer.flow();
  });

  it('does not write a submit that its dialect fails to encode', async () => {
    const { session, login, logged } = await openSession();
    await login();
    const submission = session.submit('sms', { ...textSubmit('1'), line: '' });
    expect(submission).toEqual({ written: false, why: 'encode-failed' });
    expect(session.inFlight()).toBe(0);
    expect(logged).toContain('submit.encodeFailed');
  });

  it('ends every unanswered submit as unknown when the link is lost, then comes back', async () => {
    const { peer, login, write, session, advance, told } = await openSession();
    await login();
    const outcomes = Promise.all([write('1'), write('2')]);
    await peer.hangUp();
    const lost: SubmitOutcome = { kind: 'unknown', why: 'connectionLost' };
    await expect(outcomes).resolves.toEqual([lost, lost]);
    expect(told.at(-1)).toBe('ready>backingOff peer-closed');
    await advance(199);
    expect(peer.connections).toBe(1);
    await advance(1);
    expect(peer.connections).toBe(2);
    await login();
    expect(session.state).toBe('ready');
  });

  it('gives each login an id of its own and counts an ack of the old one as late', async () => {
    const { peer, login, write, session, advance } = await openSession();
    await login();
    const first = session.sessionId;
    void write('1');
    await peer.reset();
    await advance(200);
    await login();
    expect(session.sessionId).not.toBe(first);
    await peer.send('ack 1 0\n');
    expect(session.status(0).counts).toMatchObject({ acksLate: 1, logins: 2 });
  });

  it('closes the connection when an ack is overdue: that one timed out, the others are lost with it', async () => {
    const { login, write, advance, peer, told } = await openSession();
    await login();
    const first = write('1');
    await advance(29_999);
    const second = write('2');
    await advance(1);
    await expect(first).resolves.toEqual({ kind: 'unknown', why: 'ackTimeout' });
    await expect(second).resolves.toEqual({ kind: 'unknown', why: 'connectionLost' });
    expect(peer.isOpen).toBe(false);
    expect(told.at(-1)).toBe('ready>backingOff ack-timeout');
  });

  it('backs off after a refused login as long as the protocol asks, and tells of it', async () => {
    const { peer, advance, told } = await openSession();
    await peer.send('refused 9\n');
    expect(told.slice(1)).toEqual(['refused 9 1', 'rests 10000', 'loggingIn>backingOff login-refused']);
    expect(peer.isOpen).toBe(false);
    await advance(9999);
    expect(peer.connections).toBe(1);
    await advance(1);
    expect(peer.connections).toBe(2);
  });

  it('takes a refusal by the endpoint function for a refused login, anything else for a lost link', async () => {
    const refused = await openSession({ endpoint: () => Promise.reject(new LoginRefusedError('FAIL')) });
    expect(refused.told).toEqual(['refused FAIL 1', 'rests 10000', 'connecting>backingOff login-refused']);
    const failed = await openSession({ endpoint: () => Promise.reject(new Error('no route')) });
    expect(failed.told).toEqual(['connecting>backingOff endpoint-unavailable']);
    await failed.advance(200);
    expect(failed.session.state).toBe('backingOff');
  });

  it('asks for the endpoint again before every connection', async () => {
    let port = 0;
    const { peer, advance } = await openSession({
      endpoint: async () => {
        port += 1;
        return { host: 'gateway', port };
      },
    });
    await peer.hangUp();
    await advance(200);
    expect(peer.dialled.map((where) => where.port)).toEqual([1, 2]);
  });

  it('gives up an endpoint, a connection or a login that takes too long', async () => {
    const never = await openSession({ endpoint: () => new Promise(() => undefined) });
    await never.advance(5000);
    expect(never.told).toEqual(['connecting>backingOff connect-timeout']);
    const silent = await openSession();
    await silent.advance(5000);
    expect(silent.told.at(-1)).toBe('loggingIn>backingOff login-timeout');
    expect(silent.peer.isOpen).toBe(false);
  });

  it('drops an endpoint that comes after the attempt was given up', async () => {
    let answer: (where: typeof endpoint) => void = () => undefined;
    const { peer, session, advance } = await openSession({
      endpoint: () => new Promise((resolve) => (answer = resolve)),
    });
    session.close('lease-lost');
    answer(endpoint);
    await advance(0);
    expect(peer.connections).toBe(0);
  });

  it.each([
    ['bytes that can not be framed', '\u0000\u00ff\n', 'no-such-word'],
    ['an error of ours', 'crash\n', 'handler-failed'],
    ['an ack before the login', 'ack 1 0\n', 'frame-before-login'],
    ['a notice before the login', 'note 1\n', 'frame-before-login'],
  ])('ends the session on %s, with a reason, and reconnects', async (_what, chunk, reason) => {
    const { peer, advance, told, stored, login, session } = await openSession();
    await peer.send(chunk);
    expect(told.at(-1)).toBe(`loggingIn>backingOff ${reason}`);
    expect(stored).toEqual([]);
    await advance(200);
    await login();
    expect(session.state).toBe('ready');
  });

  it('leaves no busy flag behind when a handler threw while it was ready', async () => {
    const { peer, advance, told, stored, login } = await openSession();
    await login();
    await peer.send('note 1\ncrash\nnote 2\n');
    expect(told.at(-1)).toBe('ready>backingOff handler-failed');
    await advance(200);
    await login();
    await peer.send('note 3\n');
    expect(stored.map((notice) => 'id' in notice && notice.id)).toEqual(['1', '3']);
  });

  it('calls no ack late because the whole process stood still: what came meanwhile is read first', async () => {
    const { clock, peer, login, write, session, advance } = await openSession();
    await login();
    const outcome = write('1');
    // Frozen for 10 minutes: every timer is late, and what the gateway sent has not been read.
    const now = clock.now.bind(clock);
    clock.now = () => now() + 600_000;
    await advance(30_999);
    expect(session.state).toBe('ready');
    await peer.send('ack 1 0\n');
    await expect(outcome).resolves.toEqual({ kind: 'accepted', code: '0' });
  });

  it('pings when idle and gives up a link on which nothing comes back', async () => {
    const { peer, login, advance, told } = await openSession();
    await login();
    await advance(60_000);
    expect(peer.heard).toEqual(['login\n', 'ping\n']);
    await peer.send('pong\n');
    await advance(60_000);
    await advance(5000);
    expect(peer.heard).toEqual(['login\n', 'ping\n', 'ping\n', 'ping\n']);
    await advance(5000);
    expect(told.at(-1)).toBe('ready>backingOff keep-alive-lost');
  });

  it('drains: takes no more, waits for what is in flight, logs out, closes, leaves no timer', async () => {
    const { peer, login, write, session, clock } = await openSession();
    await login();
    void write('1');
    let drained = false;
    void session.drain(10_000).then(() => (drained = true));
    expect(session.submit('sms', textSubmit('2'))).toEqual({ written: false, why: 'not-ready' });
    await peer.send('note 1\n');
    expect(peer.heard.at(-1)).toBe('noted 1\n');
    await peer.send('ack 1 0\n');
    expect(peer.heard.at(-1)).toBe('bye\n');
    expect(drained).toBe(false);
    await peer.send('bye\n');
    expect(drained).toBe(true);
    expect(session.state).toBe('closed');
    expect(peer.isOpen).toBe(false);
    expect(clock.armed).toBe(0);
  });

  it('hears the answer of a login before it drains: logs out, or hands on what a refusal asks for', async () => {
    const welcome = await openSession();
    const drained = welcome.session.drain(2000);
    await welcome.peer.send('welcome sms=100\n');
    expect(welcome.peer.heard).toEqual(['login\n', 'bye\n']);
    await welcome.peer.send('bye\n');
    await drained;
    expect(welcome.told.filter((what) => what.startsWith('opened'))).toEqual([]);

    const refused = await openSession();
    const ended = refused.session.drain(2000);
    await refused.peer.send('refused 9\n');
    await ended;
    expect(refused.told.slice(1)).toEqual(['refused 9 1', 'rests 10000', 'loggingIn>closed login-refused']);
    expect(refused.clock.armed).toBe(0);

    const silent = await openSession();
    void silent.session.drain(2000);
    await silent.advance(2000);
    expect(silent.told.at(-1)).toBe('loggingIn>closed login-timeout');
  });

  it('logs out at its limit with submits still unanswered, and ends them unknown', async () => {
    const { login, write, session, advance, clock } = await openSession();
    await login();
    const outcome = write('1');
    const drained = session.drain(2000);
    await advance(2000);
    await advance(1000);
    await drained;
    await expect(outcome).resolves.toEqual({ kind: 'unknown', why: 'connectionLost' });
    expect(clock.armed).toBe(0);
  });

  it('closes at once, in any state, without a timer left', async () => {
    const { session, login, write, clock, told } = await openSession();
    await login();
    const outcome = write('1');
    session.close('lease-lost');
    await expect(outcome).resolves.toEqual({ kind: 'unknown', why: 'connectionLost' });
    expect(told.at(-1)).toBe('ready>closed lease-lost');
    expect(clock.armed).toBe(0);
    session.close('again');
    expect(session.status(0)).toMatchObject({ state: 'closed', reason: 'lease-lost' });
  });

  it('does not log in, ping or answer without the lease', async () => {
    let owner = false;
    const { peer, told, advance, login, session } = await openSession({ deps: { mayWrite: () => owner } });
    expect(peer.heard).toEqual([]);
    expect(told).toEqual(['connecting>loggingIn', 'loggingIn>backingOff not-owner']);
    owner = true;
    await advance(200);
    await login();
    owner = false;
    await peer.send('note 1\n');
    await advance(60_000);
    expect(peer.heard).toEqual(['login\n']);
    expect(session.status(0).counts).toMatchObject({ answersWithheld: 1 });
  });

  it('survives a refused connection and a second login answer', async () => {
    const { peer, told, advance, login, session } = await openSession();
    await login();
    await peer.send('welcome sms=5\nrefused 9\nnews\n');
    expect(session.state).toBe('ready');
    expect(session.status(0).counts).toMatchObject({ unexpected: 2, ignored: 1 });
    peer.refusing = true;
    await peer.reset();
    await advance(200);
    expect(told.slice(-2)).toEqual(['backingOff>connecting', 'connecting>backingOff socket-error']);
  });
});
