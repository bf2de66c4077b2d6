import { describe, expect, it } from '@jest/globals';
import { openSendLine as open } from './testing/open-send-line.js';
import { endOfTick, quiet } from './testing/scripted-peer.js';
import { textSubmit } from './testing/text-dialect.js';

describe('send line', () => {
  it('has no time to write at before a session is logged in, and tells when it has', async () => {
    const { line, login, changes } = await open();
    expect(line.isOpen('sms')).toBe(false);
    expect(line.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    expect(line.reserve('sms')).toBeUndefined();
    expect(changes()).toBe(0);
    await login();
    expect(changes()).toBe(1);
    expect(line.isOpen('sms')).toBe(true);
    expect(line.nextAt('sms')).toBe(2000);
  });

  it('starts smoothly after a login, as if the second before it was used', async () => {
    const { line, peer } = await open();
    await peer().send('welcome sms=100\n');
    expect(line.nextAt('sms')).toBeCloseTo(210.05, 5);
    expect(line.status().rates).toEqual({ sms: { granted: 100, used: 100 } });
  });

  it('writes in the tick of the call and gives the one outcome', async () => {
    const { line, login, write, peer } = await open();
    await login();
    const outcome = write('1');
    await endOfTick();
    expect(peer().heard.at(-1)).toBe('submit 1\n');
    expect([line.inFlight('sms'), line.inFlight('lms'), line.inFlight()]).toEqual([1, 0, 1]);
    await peer().send('ack 1 0\n');
    await expect(outcome).resolves.toEqual({ kind: 'accepted', code: '0' });
    expect(line.inFlight()).toBe(0);
  });

  it('does not carry a channel without a grant or without a rate domain', async () => {
    const { line, login } = await open();
    await login('a', 'sms=100,lms=0');
    expect(line.isOpen('lms')).toBe(false);
    expect(line.nextAt('lms')).toBe(Number.POSITIVE_INFINITY);
    expect(line.nextAt('mms')).toBe(Number.POSITIVE_INFINITY);
    expect(line.window('lms')).toBe(0);
  });

  it('tells when it knows after a write when the only place comes again, not only with the answer', async () => {
    const { line, login, prepare, changes } = await open();
    await login('a', 'sms=1');
    const slot = line.reserve('sms');
    expect(line.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    const before = changes();
    void slot?.write(prepare('1'));
    await endOfTick();
    expect([line.nextAt('sms'), changes()]).toEqual([3005, before + 1]);
  });

  it('counts rate domains apart and sessions of one domain together', async () => {
    const { line, login, write } = await open({ names: ['a', 'b'] });
    await login('a', 'sms=2,lms=5');
    await login('b', 'sms=2,lms=5');
    void write('1');
    expect(line.nextAt('sms')).toBeGreaterThan(4000);
    expect(line.nextAt('lms')).toBe(4000);
    await endOfTick();
    expect(line.status().rates.sms).toEqual({ granted: 2, used: 1 });
  });

  it('keeps the lowest of the rates that its sessions were told', async () => {
    const { line, login } = await open({ names: ['a', 'b'] });
    await login('a', 'sms=50');
    await login('b', 'sms=80');
    expect(line.status().rates.sms?.granted).toBe(50);
  });

  it('keeps counting across a reconnect: a new login is no new second', async () => {
    const { line, login, write, peer, clock } = await open();
    await login('a', 'sms=1');
    void write('1');
    await peer().reset();
    clock.advance(200);
    await quiet();
    await peer().send('welcome sms=1\n');
    expect(line.nextAt('sms')).toBe(3005);
  });

  it('spreads submits over its sessions by what each has in flight', async () => {
    const { login, write, peer } = await open({ names: ['a', 'b'] });
    await login('a');
    await login('b');
    for (const id of ['1', '2', '3', '4']) void write(id);
    await endOfTick();
    // What one tick brings together goes as one piece.
    expect([...peer('a').heard, ...peer('b').heard]).toEqual([
      'login\n',
      'submit 1\nsubmit 3\n',
      'login\n',
      'submit 2\nsubmit 4\n',
    ]);
  });

  it('takes no more than the window, and tells when an ack made room', async () => {
    const { line, login, write, peer, changes } = await open({ line: { window: () => 2 } });
    await login();
    expect(line.window('sms')).toBe(2);
    void write('1');
    void write('2');
    const before = changes();
    expect(line.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    expect(line.reserve('sms')).toBeUndefined();
    expect(line.nextAt('lms')).toBe(2000);
    await peer().send('ack 1 0\n');
    expect(changes()).toBe(before + 1);
    expect(line.reserve('sms')).toBeDefined();
  });

  it('counts a reserved slot in window and rate until it is used or given back', async () => {
    const { line, login } = await open({ line: { window: () => 1 } });
    await login();
    const slot = line.reserve('sms');
    expect(line.reserve('sms')).toBeUndefined();
    slot?.release();
    slot?.release();
    expect(line.reserve('sms')).toBeDefined();
  });

  it('takes back a slot that was lost, after 5 seconds, and does not let it be used then', async () => {
    const { line, login, clock, prepare, peer } = await open({ line: { window: () => 1 } });
    await login();
    const slot = line.reserve('sms');
    clock.advance(5000);
    expect(line.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    clock.advance(1);
    expect(line.nextAt('sms')).toBe(clock.now());
    await expect(slot?.write(prepare('1'))).resolves.toMatchObject({ kind: 'notWritten', why: 'slot-used' });
    const other = line.reserve('sms');
    clock.advance(5001);
    await expect(other?.write(prepare('2'))).resolves.toMatchObject({ why: 'slot-expired' });
    expect(peer().heard).toEqual(['login\n']);
  });

  it('gives a slot although time goes on between two readings of the clock', async () => {
    const { line, login, clock } = await open();
    await login();
    const now = clock.now.bind(clock);
    clock.now = () => {
      clock.advance(0.001);
      return now();
    };
    expect(line.reserve('sms')).toBeDefined();
  });

  it('gives a slot ahead of its time, and writes it no earlier', async () => {
    const { line, login, write, prepare, clock, peer } = await open();
    await login('a', 'sms=1');
    void write('1');
    await endOfTick();
    expect(line.reserve('sms', true, 20)).toBeUndefined();
    clock.advance(990);
    const slot = line.reserve('sms', true, 20);
    let due = false;
    void slot?.due().then(() => {
      due = true;
    });
    clock.advance(14);
    await quiet();
    expect(due).toBe(false);
    await expect(slot?.write(prepare('2'))).resolves.toEqual({ kind: 'notWritten', why: 'slot-early' });
    const next = line.reserve('sms', true, 20);
    const written = next?.due().then(() => next.write(prepare('3')));
    clock.advance(1);
    await quiet();
    expect(due).toBe(true);
    expect(peer().heard).toEqual(['login\n', 'submit 1\n', 'submit 3\n']);
    await peer().send('ack 3 0\n');
    await expect(written).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('lets a slot be used once', async () => {
    const { line, login, prepare, peer } = await open();
    await login();
    const slot = line.reserve('sms');
    void slot?.write(prepare('1'));
    await expect(slot?.write(prepare('2'))).resolves.toEqual({ kind: 'notWritten', why: 'slot-used' });
    await endOfTick();
    expect(peer().heard).toEqual(['login\n', 'submit 1\n']);
  });

  it('does not use a slot on a later login, without the lease, or for another rate domain', async () => {
    let owner = true;
    const { line, login, prepare, peer, clock } = await open({ deps: { mayWrite: () => owner } });
    await login();
    const slots = [line.reserve('sms'), line.reserve('sms'), line.reserve('sms')];
    await expect(slots[0]?.write(prepare('1', 'lms'))).resolves.toMatchObject({ why: 'other-rate-domain' });
    owner = false;
    await expect(slots[1]?.write(prepare('2'))).resolves.toMatchObject({ why: 'not-owner' });
    owner = true;
    await peer().reset();
    clock.advance(200);
    await quiet();
    await login();
    await expect(slots[2]?.write(prepare('3'))).resolves.toMatchObject({ why: 'not-ready' });
    expect(line.inFlight()).toBe(0);
    expect(peer().heard).toEqual(['login\n']);
  });

  it('writes only what it prepared itself', async () => {
    const { line, login } = await open();
    await login();
    const slot = line.reserve('sms');
    await expect(slot?.write(textSubmit('1'))).resolves.toMatchObject({ why: 'not-prepared' });
  });

  it('never has one wire id in flight twice, on whatever session', async () => {
    const { login, write, peer } = await open({ names: ['a', 'b'] });
    await login('a');
    await login('b');
    void write('1');
    await expect(write('1', 'lms')).resolves.toEqual({ kind: 'notWritten', why: 'already-in-flight' });
    await endOfTick();
    expect([...peer('a').heard, ...peer('b').heard].filter((line) => line === 'submit 1\n')).toHaveLength(1);
  });

  it('waits while its bytes are not taken, and tells when they are', async () => {
    const { line, login, write, peer, changes } = await open();
    await login();
    peer().stall();
    void write('1');
    await endOfTick();
    const before = changes();
    expect(line.nextAt('sms')).toBe(Number.POSITIVE_INFINITY);
    await peer().flow();
    expect(changes()).toBe(before + 1);
    expect(line.nextAt('sms')).toBe(2000);
  });

  it('pauses the type that was throttled, keeps further apart, and leaves the others alone', async () => {
    const { line, login, write, peer, clock, prepare } = await open();
    await login();
    const reserved = line.reserve('sms');
    const outcome = write('1');
    await peer().send('ack 1 throttled\n');
    await expect(outcome).resolves.toEqual({ kind: 'throttled', code: 'throttled', pauseMs: 400 });
    expect(line.nextAt('sms')).toBe(clock.now() + 400);
    expect(line.nextAt('lms')).toBe(clock.now());
    await expect(reserved?.write(prepare('2'))).resolves.toMatchObject({
      kind: 'notWritten',
      why: 'throttled',
    });
  });

  it('holds a recipient after the burst that is allowed, also for a slot that is already reserved', async () => {
    const { line, login, write, clock } = await open({
      line: { recipientBurst: { limit: 2, windowMs: 5000 } },
    });
    await login();
    expect(line.lastWriteTo('0101')).toBeUndefined();
    void write('1', 'sms', '0101');
    clock.advance(500);
    void write('2', 'lms', '0101');
    expect(line.lastWriteTo('0101')).toBe(2500);
    expect(line.recipientFreeAt('0101')).toBe(7100);
    expect(line.recipientFreeAt('0102')).toBe(2500);
    await expect(write('3', 'sms', '0101')).resolves.toMatchObject({ why: 'recipient-burst' });
    expect(line.inFlight()).toBe(2);
  });

  it('shares the burst between the agents of an account', async () => {
    const { line, login, write, clock } = await open({
      line: { recipientBurst: { limit: 3, windowMs: 5000 } },
      deps: { agentsOfAccount: ['a', 'another'] },
    });
    await login();
    void write('1', 'sms', '0101');
    expect(line.recipientFreeAt('0101')).toBe(clock.now());
    void write('2', 'sms', '0101');
    expect(line.recipientFreeAt('0101')).toBe(clock.now() + 5100);
  });

  it('keeps to sending hours, and tells of them when it is told', async () => {
    let opensAt = 9000;
    const { line, login, changes, prepare } = await open({ line: { opensAt: () => opensAt } });
    await login();
    expect(line.nextAt('sms')).toBe(9000);
    expect(line.reserve('sms')).toBeUndefined();
    expect(line.isOpen('sms')).toBe(false);
    const early = line.reserve('sms', true, 9000);
    await expect(early?.write(prepare('1'))).resolves.toMatchObject({ why: 'slot-early' });
    opensAt = 0;
    expect(line.isOpen('sms')).toBe(true);
    const before = changes();
    line.notifyChanged();
    await quiet();
    expect(changes()).toBe(before + 1);
    const slot = line.reserve('sms');
    opensAt = Number.POSITIVE_INFINITY;
    await expect(slot?.write(prepare('2'))).resolves.toEqual({ kind: 'notWritten', why: 'closed-hours' });
  });

  it('tells of transitions and refused logins', async () => {
    const { events, line, peer } = await open();
    await peer().send('refused 9\n');
    expect(line.status().sessions).toMatchObject([{ reason: 'login-refused', refusedWith: '9' }]);
    expect(events).toContainEqual({ kind: 'loginRefused', session: 'a', code: '9', repeated: 1 });
    expect(events).toContainEqual({
      kind: 'session',
      session: 'a',
      from: 'loggingIn',
      to: 'backingOff',
      reason: 'login-refused',
    });
  });

  it('outlives a listener that throws', async () => {
    const { line, login } = await open({
      deps: {
        onEvent: () => {
          throw new Error('listener');
        },
      },
    });
    await login();
    expect(line.isOpen('sms')).toBe(true);
  });

  it('opens sessions that become known later and drains those that are gone', async () => {
    const { line, login, peer, spec, write } = await open({ names: [] });
    expect(line.status().sessions).toEqual([]);
    const [a, b] = [spec('a'), spec('b')];
    line.sync([a]);
    await quiet();
    await login('a');
    void write('1');
    line.sync([b]);
    await quiet();
    expect(line.status().sessions.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'b loggingIn',
      'a draining',
    ]);
    await login('b');
    void write('2');
    await endOfTick();
    expect(peer('b').heard.at(-1)).toBe('submit 2\n');
    await peer('a').send('ack 1 0\nbye\n');
    expect(line.status().sessions.map(({ name }) => name)).toEqual(['b']);
  });

  it('drains: gives no more slots, ends when the last ack came, opens nothing any more', async () => {
    const { line, login, write, peer, clock, spec } = await open();
    await login();
    const outcome = write('1');
    const drained = line.drain(10_000);
    expect(line.reserve('sms')).toBeUndefined();
    line.sync([spec('c')]);
    await peer().send('ack 1 0\n');
    await peer().send('bye\n');
    await drained;
    await expect(outcome).resolves.toMatchObject({ kind: 'accepted' });
    expect(clock.armed).toBe(0);
    expect(line.status().sessions.map(({ name, state }) => `${name} ${state}`)).toEqual(['a closed']);
  });

  it('closes every socket at once and ends what is in flight', async () => {
    const { line, login, write, peer, clock } = await open({ names: ['a', 'b'] });
    await login('a');
    await login('b');
    const outcome = write('1');
    line.close('lease-lost');
    await expect(outcome).resolves.toEqual({ kind: 'unknown', why: 'connectionLost' });
    expect([peer('a').isOpen, peer('b').isOpen, line.isOpen('sms'), clock.armed]).toEqual([
      false,
      false,
      false,
      0,
    ]);
  });

  it('uses a grant of 100 a second while acks take a second', async () => {
    const { line, login, prepare, peer, clock } = await open();
    await login();
    const acks: { at: number; id: string }[] = [];
    const from = clock.now();
    let written = 0;
    for (let turn = 0; turn < 1500; turn += 1) {
      clock.advance(2);
      const due = acks.filter((ack) => ack.at <= clock.now());
      acks.splice(0, due.length);
      if (due.length > 0) await peer().send(due.map(({ id }) => `ack ${id} 0\n`).join(''));
      for (let slot = line.reserve('sms'); slot; slot = line.reserve('sms')) {
        written += 1;
        void slot.write(prepare(`${written}`));
        acks.push({ at: clock.now() + 1000, id: `${written}` });
      }
      await endOfTick();
    }
    expect(written / ((clock.now() - from) / 1000)).toBeGreaterThanOrEqual(99);
    expect(line.inFlight()).toBeLessThanOrEqual(110);
  });
});
