import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './clock.js';
import { createReportLine } from './report-line.js';
import { quiet, ScriptedPeer } from './testing/scripted-peer.js';
import { lineDeps, policy, textDialect } from './testing/text-dialect.js';

async function open() {
  const clock = new FakeClock();
  const { deps, stored, events } = lineDeps(clock);
  const peers = { a: new ScriptedPeer(), b: new ScriptedPeer() };
  const line = createReportLine({
    deps,
    sessions: (['a', 'b'] as const).map((name) => ({
      name,
      channels: [],
      dialect: textDialect,
      endpoint: () => ({ host: name, port: 1 }),
    })),
    policy,
    connect: (endpoint) => (endpoint.host === 'a' ? peers.a : peers.b).connect(endpoint),
  });
  await quiet();
  return { line, peers, stored, events, clock };
}

describe('report line', () => {
  it('is open while every server has its session logged in', async () => {
    const { line, peers } = await open();
    await peers.a.send('welcome x=1\n');
    expect(line.isOpen()).toBe(false);
    await peers.b.send('welcome x=1\n');
    expect(line.isOpen()).toBe(true);
    await peers.a.reset();
    expect(line.isOpen()).toBe(false);
  });

  it('is not open without any session', async () => {
    const { line } = await open();
    line.sync([]);
    expect(line.isOpen()).toBe(false);
  });

  it('answers each notice on the session that brought it', async () => {
    const { peers, stored } = await open();
    await peers.a.send('welcome x=1\nnote 1\n');
    await peers.b.send('welcome x=1\nnote 2\n');
    expect(stored).toHaveLength(2);
    expect(peers.a.heard).toEqual(['login\n', 'noted 1\n']);
    expect(peers.b.heard).toEqual(['login\n', 'noted 2\n']);
  });

  it('drains and closes without a timer left', async () => {
    const { line, peers, clock } = await open();
    await peers.a.send('welcome x=1\n');
    const drained = line.drain(1000);
    await peers.b.send('welcome x=1\n');
    await peers.a.send('bye\n');
    await peers.b.send('bye\n');
    await drained;
    expect(peers.b.heard).toEqual(['login\n', 'bye\n']);
    expect(line.status().sessions.map((session) => session.state)).toEqual(['closed', 'closed']);
    expect(clock.armed).toBe(0);
    line.close('again');
  });
});
