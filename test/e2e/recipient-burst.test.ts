import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { type Child, drawLedger, FleetEyes, ordinaryMessages, until, World } from '../support/index.js';

/** More than a recipient may get messages within 5 s: no part of the limit is left for each. */
const AGENTS = ['S1', 'S2', 'S3', 'S4', 'S5'];
const RECIPIENT = '01077771234';
/** So many that they do not all go over one agent. */
const TO_ONE = 40;
const TO_OTHERS = 200;
const LIMIT = 3;
/** Much more than two senders hold of a queue, which is a quarter of two seconds' grant for each agent, and what stands behind them. */
const FLOOD = 400;
const BEHIND = 50;
/** One sender is killed once so many went to the recipient. */
const BEFORE_KILL = 6;

let world: World;
let eyes: FleetEyes;
let senders: Child[];
/** Every id of every scenario: the ledger looks at all of them. */
const all: string[] = [];

beforeAll(async () => {
  world = await World.open({
    lghv: [
      ...['--account', `demo:demo-password:${AGENTS.join('+')}`, '--tps', 'sms=50'],
      ...['--ack-delay', '5-20', '--report-delay', '50-200'],
    ],
    hellovision: [`    agentId: [${AGENTS.join(', ')}]`],
    gateways: ['hellovision'],
    durability: 'memory',
  });
  eyes = new FleetEyes(world.redis.url, world.prefix);
  await world.startReady('receiver');
  senders = [world.start('sender'), world.start('sender')];
  await until(
    'both senders to own agents of the account',
    async () => {
      const owned = (await eyes.senders()).map(({ agents }) => agents.filter(isOurs).length);
      return Math.min(...owned) >= 2 && owned.reduce((all, one) => all + one, 0) === AGENTS.length;
    },
    60_000,
  );
});

afterAll(async () => {
  await eyes.close();
  await world.close();
});

const isOurs = (agent: string) => agent.startsWith('hellovision/');
const toOne = async (): Promise<LedgerEntry[]> =>
  (await world.lghv.ledger()).filter(({ to }) => to === RECIPIENT);

describe('a flood of messages to one recipient', () => {
  it('is held beside what is held of others, which do not wait behind it', async () => {
    const to = '01077775678';
    const flood = ordinaryMessages(FLOOD, 'flood', () => ({ to, ttlSeconds: 20 }));
    const others = ordinaryMessages(BEHIND, 'behind');
    await world.enqueue([...flood, ...others]);
    all.push(...[...flood, ...others].map(({ id = '' }) => id));
    const ids = others.map(({ id = '' }) => id);
    await world.settled(ids, 60_000);
    await world.settled(
      flood.map(({ id = '' }) => id),
      60_000,
    );
    const ledger = await world.lghv.ledger();
    const fourth = ledger.filter((entry) => entry.to === to)[LIMIT]?.at ?? 0;
    const late = ledger.filter(({ text, at }) => text.includes('[behind-') && at >= fourth);
    expect(late.map(({ wireId }) => wireId)).toEqual([]);
    const { breaches, summary } = await drawLedger(world, { ids: all });
    process.stdout.write(`ledger flood: ${JSON.stringify(summary)}\n`);
    expect(breaches).toEqual([]);
  }, 120_000);
});

describe('a recipient of an account with more agents than it may get messages', () => {
  it('gets no more than that from all of them together, also when a sender dies, and holds up nobody else', async () => {
    const crowd = ordinaryMessages(TO_OTHERS, 'other');
    const burst = ordinaryMessages(TO_ONE, 'one', () => ({ to: RECIPIENT }));
    const perBurst = TO_OTHERS / TO_ONE;
    const mixed = burst.flatMap((message, i) => [message, ...crowd.slice(i * perBurst, (i + 1) * perBurst)]);
    await world.enqueue(mixed);
    await until('some of it', async () => (await toOne()).length >= BEFORE_KILL, 60_000);
    senders[0]?.signal('SIGKILL');
    world.start('sender');
    const ids = mixed.map(({ id = '' }) => id);
    all.push(...ids);
    await world.settled(ids, 180_000);

    const accepted = (await toOne()).filter(({ code }) => code === '0');
    // Each of several might have sent as many as all of them together may; which of them do is chance.
    expect(new Set(accepted.map(({ agent }) => agent)).size).toBeGreaterThan(1);
    expect(accepted.map(({ reportCode }) => reportCode)).not.toContain('17');
    const { summary, breaches } = await drawLedger(world, { ids: all });
    process.stdout.write(`ledger recipient-burst: ${JSON.stringify(summary)}\n`);
    expect(breaches).toEqual([]);
    const ends = new Set(ids.map((id) => world.results.ids.get(id)?.[0]?.status));
    expect(ends).toEqual(new Set(['delivered']));
    // All others had gone before the recipient might get its fourth.
    const others = (await world.lghv.ledger()).filter(({ text }) => text.includes('[other-'));
    const fourth = accepted[LIMIT]?.at ?? 0;
    expect(others.filter(({ at }) => at >= fourth)).toEqual([]);
  }, 300_000);
});
