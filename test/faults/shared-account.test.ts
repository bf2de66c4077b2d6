import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawLedger, FleetEyes, ordinaryMessages, pause, until, World } from '../support/index.js';

const AGENTS = ['S1', 'S2', 'S3', 'S4'];
const COUNT = 2_400;
/** A second, of each agent. */
const GRANT = 25;

let world: World;
let eyes: FleetEyes;

beforeAll(async () => {
  world = await World.open({
    lghv: ['--tps', `sms=${GRANT}`, '--ack-delay', '50-200', '--report-delay', '100-1500'],
    hellovision: [`    agentId: [${AGENTS.join(', ')}]`],
    gateways: ['hellovision'],
  });
  eyes = new FleetEyes(world.redis.url, world.prefix);
  await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
});

afterAll(async () => {
  await eyes.close();
  await world.close();
});

/** Agents of the one LGHV account by how many of its four each sender owns, most first. */
async function shares(): Promise<number[]> {
  const senders = await eyes.senders();
  const its = senders.map(({ agents }) => agents.filter((agent) => agent.startsWith('hellovision/')).length);
  return its.sort((a, b) => b - a);
}

/** Waits until the senders own so many agents in all, the world's other gateway included, none two more than another. */
async function owned(senders: number): Promise<readonly { readonly pid: number }[]> {
  let found: Awaited<ReturnType<FleetEyes['senders']>> = [];
  await until(
    `the agents with ${senders} senders`,
    async () => {
      found = await eyes.senders();
      const counts = found.map(({ agents }) => agents.length);
      const sum = counts.reduce((all, one) => all + one, 0);
      return (
        found.length === senders &&
        sum === AGENTS.length + 1 &&
        Math.max(...counts) - Math.min(...counts) <= 1
      );
    },
    40_000,
  );
  return found;
}

describe('P1 P2 P4 P5: four agents of one account, while senders join, drain and are killed', () => {
  it('each agent has one owner, every message one result, and no agent more than its grant', async () => {
    await owned(1);
    // Some recipients get three of them: what one agent sent them, another one may have to know.
    const messages = ordinaryMessages(COUNT, 'shared', (i) =>
      i % 10 === 0 ? { to: `0105555${1000 + Math.floor(i / 30)}` } : {},
    );
    const ids = messages.map(({ id = '' }) => id);
    await world.enqueue(messages);

    world.start('sender');
    await owned(2);
    const third = world.start('sender');
    const three = await owned(3);
    expect((await shares())[0]).toBeLessThanOrEqual(2);

    third.signal('SIGTERM');
    expect(await third.exited).toBe(0);
    await owned(2);

    const killed = three.find(({ pid }) => pid !== third.pid);
    if (!killed) throw new Error('nobody to kill');
    process.kill(killed.pid, 'SIGKILL');
    await owned(1);

    await world.settled(ids, 90_000);
    await pause(2_000); // repeats of reports, and results that should not come
    const { summary, breaches } = await drawLedger(world, { ids });
    process.stdout.write(`ledger shared-account: ${JSON.stringify(summary)}\n`);
    expect(breaches).toEqual([]);
    const rates = (await world.lghv.stats()).rates.filter(({ domain }) => domain.endsWith('/sms'));
    expect(rates).toHaveLength(AGENTS.length);
    for (const rate of rates) expect(rate.largestCertainSecond).toBeLessThanOrEqual(GRANT);
  }, 240_000);
});
