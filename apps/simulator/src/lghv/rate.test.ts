import { afterEach, describe, expect, it } from '@jest/globals';
import { FakeClock, Judge } from '../common/index.js';
import { resolveOptions } from './options.js';
import { RateDomain } from './rate-domain.js';
import { LGHV_RULES, type LghvRule } from './rules.js';
import { packet, type RawClient } from './testing/raw-client.js';
import { deliver, deliverBody, World } from './testing/world.js';

async function codes(client: RawClient, from: number, count: number, type = 'SMS'): Promise<string> {
  const seen: string[] = [];
  for (let i = from; i < from + count; i++) {
    seen.push((await deliver(client, { type, msgId: String(i), to: `0101000${1000 + i}` })).code);
  }
  return seen.join();
}

describe('the granted rate', () => {
  let world: World;

  afterEach(() => world.stop());

  it('holds in every sliding second', async () => {
    world = await World.start({ tps: { sms: 2 } });
    const client = await world.sender();
    expect(await codes(client, 1, 1)).toBe('0');
    world.clock.advance(600);
    expect(await codes(client, 2, 1)).toBe('0');
    world.clock.advance(400);
    expect(await codes(client, 3, 1)).toBe('0');
    world.clock.advance(599);
    expect(await codes(client, 4, 1)).toBe('15');
    world.clock.advance(1);
    expect(await codes(client, 4, 1)).toBe('0');
    expect(world.sim.stats().rates).toMatchObject([
      { domain: 'demo/S1/sms', grant: 2, count: 5, largestSecond: 3 },
    ]);
  });

  it('is not renewed by a new connection', async () => {
    world = await World.start({ tps: { sms: 2 } });
    const first = await world.sender();
    expect(await codes(first, 1, 2)).toBe('0,0');
    world.sim.dropConnections();
    await first.closed;
    expect(await codes(await world.sender(), 3, 1)).toBe('15');
  });

  it('is another one from the next BIND for sending on, and the past second counts on', async () => {
    world = await World.start({ tps: { sms: 2 } });
    const first = await world.sender();
    expect(await codes(first, 1, 1)).toBe('0');
    world.sim.configure({ tps: { sms: 3 } });
    await world.bind({ line: 'R' });
    expect(await codes(first, 2, 2)).toBe('0,15');
    world.sim.dropConnections();
    await first.closed;
    world.clock.advance(1);
    const second = await world.sender();
    expect(await codes(second, 4, 2)).toBe('0,15');
    world.clock.advance(1_000);
    expect(await codes(second, 6, 4)).toBe('0,0,0,15');
    expect(world.sim.stats().rates).toMatchObject([
      { domain: 'demo/S1/sms', grant: 2, count: 3 },
      { domain: 'demo/S1/sms', grant: 3, count: 6, largestSecond: 4 },
    ]);
  });

  it('is one for each type and each agent', async () => {
    world = await World.start({ tps: { sms: 1, lms: 1 } });
    const s1 = await world.sender();
    const lms = await world.sender('mms');
    const s2 = (await world.bind({ agentId: 'S2' })).client;
    expect([await codes(s1, 1, 1), await codes(lms, 2, 1, 'LMS'), await codes(s2, 3, 1)]).toEqual([
      '0',
      '0',
      '0',
    ]);
    expect([await codes(s1, 4, 1), await codes(lms, 5, 1, 'LMS'), await codes(s2, 6, 1)]).toEqual([
      '15',
      '15',
      '15',
    ]);
  });

  it('drops a session that ignores a pause more than ten times', async () => {
    world = await World.start();
    const client = await world.sender();
    expect((await deliver(client, { to: '01000009015' })).code).toBe('15');
    world.clock.advance(200);
    expect(await codes(client, 2, 10)).toBe(Array.from({ length: 10 }, () => '0').join());
    client.send(packet('d', deliverBody({ msgId: '99' })));
    await client.closed;
    expect(world.broken).toEqual({ 'pause-ignored': 11 });
    expect(world.sim.stats().notes['dropped-over-rate']).toBe(1);
  });

  it('forgives what was on its way when the pause was told', async () => {
    world = await World.start();
    const client = await world.sender();
    await deliver(client, { to: '01000009015' });
    world.clock.advance(199);
    await codes(client, 2, 15);
    world.clock.advance(101);
    await codes(client, 50, 1);
    expect(world.broken).toEqual({});
  });
});

describe('a rate domain of a stalled simulator', () => {
  function domain(overRate: 'undisturbed' | 'always') {
    const judge = new Judge<LghvRule>('lghv', LGHV_RULES, { clock: new FakeClock(0) });
    const { settings } = resolveOptions({ overRate });
    const rate = new RateDomain(judge, 'demo/S1/sms', 2);
    return { judge, arrive: (at: number) => rate.arrive(at, settings, 1).microseconds };
  }

  it('lets pass what its own stall can explain', () => {
    const { judge, arrive } = domain('undisturbed');
    expect([arrive(1000), arrive(1100)]).toEqual([0, 0]);
    judge.lag.note(1700, 1980);
    expect(arrive(1980)).toBe(0);
    expect([judge.violations.total, judge.stats().notes]).toEqual([0, { 'over-rate-not-judged': 1 }]);
  });

  it('still judges what no stall can explain', () => {
    const { judge, arrive } = domain('undisturbed');
    expect([arrive(1000), arrive(1001)]).toEqual([0, 0]);
    judge.lag.note(990, 1000);
    expect(arrive(1002)).toBe(998_000);
    expect(judge.violations.count('over-rate')).toBe(1);
  });

  it('judges every second where it is told to', () => {
    const { judge, arrive } = domain('always');
    arrive(1000);
    arrive(1100);
    judge.lag.note(1700, 1980);
    expect(arrive(1980)).toBe(20_000);
  });
});
