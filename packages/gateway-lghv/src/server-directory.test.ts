import { describe, expect, it } from '@jest/globals';
import type { GrantAnswer, GrantServer } from '@pabal/protocol-lghv';
import { FakeClock } from '@pabal/session';
import { backoffPolicy } from './policy.js';
import { ServerDirectory } from './server-directory.js';
import { configOf } from './testing/values.js';

const server = (sid: string, status = 'Y'): GrantServer => ({
  sid,
  ip: '10.0.0.1',
  port: 5001,
  status,
  usable: status === 'Y',
});
const servers = (...list: GrantServer[]): GrantAnswer => ({ kind: 'servers', servers: list });
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A directory that gets these answers to its GRANTs; the last one stays. */
function setUp(...answers: (GrantAnswer | Error)[]) {
  const clock = new FakeClock();
  const told: string[][] = [];
  const refused: [string, number][] = [];
  const warned: [string, unknown][] = [];
  const state = { asked: 0, owner: true };
  const directory = new ServerDirectory({
    requestGrant: async () => {
      const answer = answers[Math.min(state.asked, answers.length - 1)];
      state.asked++;
      if (!answer) throw new Error('no answer was set up');
      if ('kind' in answer) return answer;
      throw answer;
    },
    clock,
    random: () => 0,
    log: { debug() {}, info() {}, warn: (fields, what) => warned.push([what, fields]), error() {} },
    backoff: backoffPolicy(configOf()),
    mayAsk: () => state.owner,
    onServers: (list) => told.push(list.map((each) => `${each.sid} ${each.status}`)),
    onRefused: (code, repeated) => refused.push([code, repeated]),
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settled();
  };
  return { clock, directory, pass, refused, state, told, warned };
}

describe('the server directory', () => {
  it('asks once, tells the servers, and has no more to do while all are usable', async () => {
    const { clock, directory, pass, state, told } = setUp(servers(server('sms1'), server('mms1')));
    expect(directory.status).toMatchObject({ name: 'grant', state: 'connecting' });
    directory.start();
    await pass(0);
    expect(told).toEqual([['sms1 Y', 'mms1 Y']]);
    expect([state.asked, clock.armed, directory.status]).toEqual([1, 0, undefined]);
  });

  it('gives the first connection the answer that named its server, and asks anew for every later one', async () => {
    const { directory, pass, state } = setUp(servers(server('sms1'), server('mms1')));
    directory.start();
    await pass(0);
    expect(await directory.endpoint('sms1')).toEqual({ host: '10.0.0.1', port: 5001 });
    expect(await directory.endpoint('mms1')).toEqual({ host: '10.0.0.1', port: 5001 });
    expect(state.asked).toBe(1);
    await directory.endpoint('sms1');
    await directory.endpoint('mms1');
    expect(state.asked).toBe(3);
  });

  it('follows a server that moved', async () => {
    const moved = { ...server('sms1'), ip: '10.0.0.9', port: 5009 };
    const { directory, pass } = setUp(servers(server('sms1')), servers(moved));
    directory.start();
    await pass(0);
    await directory.endpoint('sms1');
    expect(await directory.endpoint('sms1')).toEqual({ host: '10.0.0.9', port: 5009 });
  });

  it('gives no endpoint of a server that is not usable now or not named any more', async () => {
    const { directory, pass } = setUp(servers(server('sms1')), servers(server('sms1', 'N')), servers());
    directory.start();
    await pass(0);
    await directory.endpoint('sms1');
    await expect(directory.endpoint('sms1')).rejects.toMatchObject({ reason: 'server-not-usable' });
    await expect(directory.endpoint('sms1')).rejects.toMatchObject({ reason: 'server-not-usable' });
  });

  it('asks again after a minute for as long as a server is not usable', async () => {
    const { clock, directory, pass, state, told } = setUp(
      servers(server('sms1'), server('mms1', 'R')),
      servers(server('sms1'), server('mms1')),
    );
    directory.start();
    await pass(0);
    await pass(59_999);
    expect(state.asked).toBe(1);
    await pass(1);
    expect(told[1]).toEqual(['sms1 Y', 'mms1 Y']);
    expect(clock.armed).toBe(0);
  });

  it('shows that no server is usable', async () => {
    const { directory, pass } = setUp(servers(server('sms1', 'N')));
    directory.start();
    await pass(0);
    expect(directory.status).toMatchObject({ state: 'backingOff', reason: 'no-usable-server' });
  });

  it('waits at least ten seconds after a refusal, longer while it repeats, and tells of each', async () => {
    const { directory, pass, refused, state, told, warned } = setUp(
      { kind: 'failed', code: 'not-found-agent' },
      { kind: 'failed', code: 'not-found-agent' },
      servers(server('sms1')),
    );
    directory.start();
    await pass(0);
    expect(directory.status).toMatchObject({ state: 'backingOff', reason: 'grant-refused' });
    expect(warned).toContainEqual([
      'session.loginRefused',
      { session: 'grant', code: 'not-found-agent', repeated: 1 },
    ]);
    await pass(10_000);
    expect(state.asked).toBe(1);
    await pass(1000);
    expect(refused).toEqual([
      ['not-found-agent', 1],
      ['not-found-agent', 2],
    ]);
    await pass(15_000);
    expect(state.asked).toBe(2);
    await pass(10_000);
    expect(told).toHaveLength(1);
  });

  it.each([
    ['grant-failed', { kind: 'failed', code: 'error' } as const],
    ['grant-unreachable', new TypeError('fetch failed')],
    ['grant-timeout', new DOMException('too late', 'TimeoutError')],
  ])('tries again soon after %s, without an alert', async (reason, trouble) => {
    const { directory, pass, refused, state } = setUp(trouble, servers(server('sms1')));
    directory.start();
    await pass(0);
    expect(directory.status).toMatchObject({ state: 'backingOff', reason });
    await pass(500);
    expect([state.asked, refused, directory.status]).toEqual([2, [], undefined]);
  });

  it('asks for nothing without the lease', async () => {
    const { directory, pass, state } = setUp(servers(server('sms1')));
    state.owner = false;
    directory.start();
    await pass(0);
    expect([state.asked, directory.status?.reason]).toEqual([0, 'not-owner']);
    state.owner = true;
    await pass(500);
    expect(state.asked).toBe(1);
  });

  it('refuses an endpoint as a login where GRANT refuses the account', async () => {
    const { directory, pass } = setUp(servers(server('sms1')), { kind: 'failed', code: 'not-found-agent' });
    directory.start();
    await pass(0);
    await directory.endpoint('sms1');
    await expect(directory.endpoint('sms1')).rejects.toMatchObject({
      code: 'loginRefused',
      gatewayCode: 'not-found-agent',
    });
  });

  it('leaves no timer and tells nothing once it was stopped', async () => {
    const { clock, directory, pass, told } = setUp(servers(server('sms1', 'N')));
    directory.start();
    await pass(0);
    directory.stop();
    expect(clock.armed).toBe(0);
    const late = setUp(servers(server('sms1')));
    late.directory.start();
    late.directory.stop();
    await late.pass(0);
    expect([told.length, late.told.length]).toEqual([1, 0]);
  });
});
