import { describe, expect, it } from '@jest/globals';
import type { ErrandSteps } from './errands.js';
import { openSession } from './testing/open-session.js';
import { endOfTick } from './testing/scripted-peer.js';

const bytes = (line: string): Uint8Array => Buffer.from(`${line}\n`, 'latin1');

/** Asks for a name, brings so many parts, asks whether all came. */
function* bring(parts: number): ErrandSteps<string> {
  const name = yield { bytes: bytes('name?'), awaits: 'got' };
  for (let part = 1; part <= parts; part += 1) yield { bytes: bytes(`part ${part}`) };
  const end = yield { bytes: bytes('all?'), awaits: 'got' };
  return `${name?.value} ${end?.code}`;
}

describe('errands of a session', () => {
  it('go through beside submits, which pass between any two of their writes', async () => {
    const { session, peer, login, write, advance } = await openSession();
    await login();
    const outcome = session.errand(() => bring(3));
    await peer.send('got 0 a.jpg\n');
    await advance(1);
    void write('1');
    await advance(1);
    void write('2');
    await advance(10);
    await peer.send('got 0\n');
    expect(peer.heard.slice(1)).toEqual([
      'name?\n',
      'part 1\n',
      'submit 1\n',
      'part 2\n',
      'submit 2\n',
      'part 3\n',
      'all?\n',
    ]);
    await expect(outcome).resolves.toEqual({
      kind: 'done',
      result: 'a.jpg 0',
      sessionId: session.sessionId,
    });
  });

  it('write one small frame at a time to a peer that does not take bytes, and none behind a submit', async () => {
    const { session, peer, login, write, advance } = await openSession();
    await login();
    void session.errand(() => bring(3));
    await peer.send('got 0 a\n');
    peer.stall();
    await advance(1);
    expect(peer.heard.at(-1)).toBe('part 1\n');
    await advance(20_000);
    expect(peer.heard.filter((line) => line.startsWith('part'))).toEqual(['part 1\n']);
    await peer.flow();
    peer.stall();
    void write('1');
    await endOfTick();
    await advance(5);
    expect(peer.heard.at(-1)).toBe('submit 1\n');
    await peer.flow();
    await advance(1);
    expect(peer.heard.at(-1)).toBe('part 2\n');
  });

  it('are refused before the login and while the session drains', async () => {
    const { session, login } = await openSession();
    const notReady = { kind: 'abandoned', why: 'not-ready' };
    await expect(session.errand(() => bring(1))).resolves.toEqual(notReady);
    await login();
    void session.drain(1000);
    await expect(session.errand(() => bring(1))).resolves.toEqual(notReady);
  });

  it('end with the connection, the waiting ones too', async () => {
    const { session, peer, login } = await openSession();
    await login();
    const outcomes = Promise.all([session.errand(() => bring(1)), session.errand(() => bring(1))]);
    expect(session.errands).toBe(2);
    await peer.hangUp();
    const lost = { kind: 'abandoned', why: 'connection-lost' };
    await expect(outcomes).resolves.toEqual([lost, lost]);
  });

  it('close the connection when an answer is overdue, since a late one would be taken for another', async () => {
    const { session, login, advance, told } = await openSession();
    await login();
    const outcome = session.errand(() => bring(1));
    await advance(30_000);
    await expect(outcome).resolves.toEqual({ kind: 'abandoned', why: 'answer-timeout' });
    expect(told.at(-1)).toBe('ready>backingOff answer-timeout');
  });

  it('write nothing more without the lease', async () => {
    let owner = true;
    const { session, peer, login, advance } = await openSession({ deps: { mayWrite: () => owner } });
    await login();
    const outcome = session.errand(() => bring(3));
    await peer.send('got 0 a\n');
    owner = false;
    await advance(5);
    await expect(outcome).resolves.toEqual({ kind: 'abandoned', why: 'not-owner' });
    expect(peer.heard.slice(1)).toEqual(['name?\n']);
  });

  it('leave an answer that nobody asked for without effect, and count it', async () => {
    const { session, peer, login } = await openSession();
    await login();
    await peer.send('got 0 a\n');
    expect(session.state).toBe('ready');
    expect(session.status(0).counts).toMatchObject({ answersUnasked: 1 });
  });
});

describe('a login whose answer does not come', () => {
  it('counts as refused where the dialect says so, with its code', async () => {
    const { peer, advance, told } = await openSession();
    await peer.send('key 7\n');
    await advance(5000);
    expect(told).toContain('refused no-welcome 1');
    expect(told.at(-1)).toBe('loggingIn>backingOff login-refused');
  });
});
