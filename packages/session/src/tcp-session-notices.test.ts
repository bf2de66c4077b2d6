import { describe, expect, it } from '@jest/globals';
import { openSession } from './testing/open-session.js';
import { quiet } from './testing/scripted-peer.js';

describe('notices on a TCP session', () => {
  it('reports the answer of a notice only after it is stored, in whatever order that happens', async () => {
    const done = new Map<string, () => void>();
    const { peer, login } = await openSession({
      deps: { onNotice: (n) => new Promise((resolve) => done.set('id' in n ? n.id : '', resolve)) },
    });
    await login();
    await peer.send('note 1\nnote 2\n');
    expect(peer.heard).toEqual(['login\n']);
    done.get('2')?.();
    await quiet();
    done.get('1')?.();
    await quiet();
    expect(peer.heard).toEqual(['login\n', 'noted 2\n', 'noted 1\n']);
  });

  it('does not answer a notice that could not be stored, counts each, and logs the first of a row', async () => {
    const { peer, login, session, logged } = await openSession({
      deps: { onNotice: () => Promise.reject(new Error('storage is away')) },
    });
    await login();
    await peer.send('note 1\nnote 2\n');
    expect(peer.heard).toEqual(['login\n']);
    expect(session.status(0).counts).toMatchObject({ noticesRejected: 2, noticesStored: 0 });
    expect(logged.filter((event) => event === 'notice.rejected')).toHaveLength(1);
    expect(session.state).toBe('ready');
  });

  it('answers on no other connection than the one that brought the notice', async () => {
    let done: () => void = () => undefined;
    const { peer, login, advance } = await openSession({
      deps: { onNotice: () => new Promise((resolve) => (done = resolve)) },
    });
    await login();
    await peer.send('note 1\n');
    await peer.reset();
    await advance(200);
    await login();
    done();
    await quiet();
    expect(peer.heard).toEqual(['login\n']);
  });

  it('stops reading while its desk is full, and calls no ack late meanwhile', async () => {
    const done: (() => void)[] = [];
    const { peer, login, write, advance, session } = await openSession({
      deps: { onNotice: () => new Promise((resolve) => void done.push(resolve)) },
    });
    await login();
    const outcome = write('1');
    await peer.send('note 1\nnote 2\nnote 3\nnote 4\nnote 5\nack 1 0\n');
    expect(done).toHaveLength(4);
    expect(peer.isUnread).toBe(true);
    await advance(40_000);
    expect(session.state).toBe('ready');
    done[0]?.();
    await quiet();
    expect(done).toHaveLength(5);
    done[1]?.();
    await quiet();
    expect(peer.isUnread).toBe(false);
    await expect(outcome).resolves.toEqual({ kind: 'accepted', code: '0' });
  });

  it('stops reading while a peer does not take its answers', async () => {
    const { peer, login, write } = await openSession();
    await login();
    peer.stall();
    void write('1'.repeat(70_000));
    await peer.send('note 1\n');
    expect(peer.isUnread).toBe(true);
    await peer.flow();
    expect(peer.isUnread).toBe(false);
    expect(peer.heard.at(-1)).toBe('noted 1\n');
  });

  it('drains: answers the last notice before it logs out', async () => {
    let done: () => void = () => undefined;
    const { peer, login, session } = await openSession({
      deps: { onNotice: () => new Promise((resolve) => (done = resolve)) },
    });
    await login();
    await peer.send('note 1\n');
    void session.drain(10_000);
    await quiet();
    expect(peer.heard).toEqual(['login\n']);
    done();
    await quiet();
    expect(peer.heard).toEqual(['login\n', 'noted 1\n', 'bye\n']);
  });
});
