import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dueDeadlines, reportPathUp, tickGatewayPath, unsettledCount } from '@pabal/fate';
import { Stage, until } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const agents = [
  { account: 'demo', agent: 'S1' },
  { account: 'demo', agent: 'S2' },
];

async function up(gateway: string, which = agents): Promise<void> {
  for (const { account, agent } of which) await reportPathUp(stage.store, gateway, account, agent);
}

const tick = (gateway: string, graceMs = 60_000) => tickGatewayPath(stage.store, gateway, agents, graceMs);

describe('the clock of a report path', () => {
  it('stands until every agent’s path is up, then runs, and a deadline passes on it', async () => {
    const gateway = 'runs';
    const request = await stage.claimed({ gateway, reportDeadlineMs: 30 });
    expect(await tick(gateway)).toMatchObject({ value: 0, upSince: 0, interrupted: false });
    await up(gateway, agents.slice(0, 1));
    expect(await tick(gateway)).toMatchObject({ value: 0, upSince: 0 });
    await up(gateway);
    expect((await tick(gateway)).upSince).toBeGreaterThan(0);
    await until('30 ms of it', async () => (await tick(gateway)).value >= 30);
    expect(await dueDeadlines(stage.store, gateway, 10)).toEqual([request.id]);
    expect(await unsettledCount(stage.store, gateway)).toBe(1);
  });

  it('stands while one path is down, and for the grace after it', async () => {
    const gateway = 'stands';
    await up(gateway);
    await tick(gateway);
    await until('some of it', async () => (await tick(gateway)).value > 0);
    await stage.control.del(stage.store.keys.pathUp(gateway, 'demo', 'S2'));
    const { value } = await tick(gateway);
    await until('a moment later', async () => (await tick(gateway)).interrupted);
    await up(gateway);
    await tick(gateway);
    const started = performance.now();
    await until('50 ms later', () => performance.now() - started > 50);
    expect(await tick(gateway)).toMatchObject({ value, interrupted: true });
    await until('after a grace of 1 ms', async () => (await tick(gateway, 1)).value > value);
  });

  it('is down three seconds after its last sign', async () => {
    await up('silent');
    expect(await stage.control.pttl(stage.store.keys.pathUp('silent', 'demo', 'S1'))).toBeLessThanOrEqual(
      3_000,
    );
  });

  it('is not counted twice by two receivers that tick at once', async () => {
    const gateway = 'twice';
    const other = await stage.another();
    await up(gateway);
    const first = await tick(gateway);
    const started = performance.now();
    await until('100 ms later', async () => {
      await Promise.all([tick(gateway), tickGatewayPath(other.store, gateway, agents, 0)]);
      return performance.now() - started > 100;
    });
    const last = await tick(gateway);
    expect(last.value).toBeLessThanOrEqual(last.at - first.at + 20);
  });
});
