import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stats } from '@pabal/simulator';
import { drawLedger, ordinaryMessages, pause, type Simulator, until, World } from '../support/index.js';

/** A gateway of SMTNT each, with the account of the same name. */
const NAMES = ['changing', 'single', 'night'] as const;
/** Submits a second, one login after the other, and messages for some seconds of each. */
const STEPS = [
  { grant: 20, count: 60 },
  { grant: 60, count: 240 },
  { grant: 10, count: 40 },
];
const FIRST_GRANT = 20;
/**
 * A place that is free again is written upon within the 200 ms for which a claim may be written upon, and the pacer keeps 5 ms beside the
 * second: so the same place comes again after 1,205 ms at the latest, while there is work.
 */
const USED_AT_LEAST = 1_000 / 1_205;

let world: World;
const ids: string[] = [];

beforeAll(async () => {
  const accounts = ['test001', ...NAMES].flatMap((id) => ['--account', `${id}:demo-password`]);
  world = await World.open({
    lghv: ['--tps', `sms=${FIRST_GRANT},lms=1`, '--ack-delay', '5-20'],
    smtnt: [...accounts, '--ack-delay', '5-20'],
    smtntGateways: Object.fromEntries(NAMES.map((name) => [name, [`bindId: ${name}`]])),
    gateways: ['hellovision', 'smtnt', ...NAMES],
    durability: 'memory',
  });
  await world.smtnt.configure({ bindId: 'changing', speed: FIRST_GRANT });
  await world.smtnt.configure({ bindId: 'single', speed: 1 });
  await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
});

afterAll(() => world.close());

/** Enqueues messages for one gateway; answers their ids. */
async function pinned(name: string, gateway: string, count: number, shape = {}): Promise<string[]> {
  const messages = ordinaryMessages(count, name, () => ({ gateway, ...shape }));
  await world.enqueue(messages);
  const its = messages.map(({ id = '' }) => id);
  ids.push(...its);
  return its;
}

const submitsOf = async (agent: string) =>
  (await world.smtnt.ledger()).filter((entry) => entry.agent === agent);

/** What is sent to a gateway under one grant, and the domain of the simulator that counts it. */
interface Sent {
  readonly simulator: Simulator;
  readonly domain: string;
  readonly grant: number;
  readonly gateway: string;
  readonly name: string;
  readonly count: number;
  readonly shape?: object;
}

async function figuresOf({ simulator, domain, grant }: Sent) {
  const { rates } = await simulator.stats();
  const figures = rates.find((each) => each.domain === domain && each.grant === grant);
  if (!figures) throw new Error(`nothing was sent of ${domain} under ${grant} a second`);
  process.stdout.write(
    `${domain}, ${grant} a second: largest second ${figures.largestSecond} (own lag ` +
      `${figures.largestSecondLagMs.toFixed(1)} ms), certain ${figures.largestCertainSecond}, ` +
      `${(figures.usedShare * 100).toFixed(1)}% used\n`,
  );
  return figures;
}

/** Sends them, and expects that the grant is kept and used. */
async function expectKeptAndUsed(sent: Sent): Promise<void> {
  const { gateway, name, count, shape, grant } = sent;
  await world.settled(await pinned(name, gateway, count, shape), 40_000);
  const figures = await figuresOf(sent);
  expect(figures.count).toBe(count);
  expect(figures.usedShare).toBeGreaterThanOrEqual(USED_AT_LEAST);
  expect(figures.largestCertainSecond).toBeLessThanOrEqual(grant);
}

describe('P4: a grant of one a second', () => {
  it('is kept and used, of an account and of one type among others', async () => {
    const few = { grant: 1, count: 8 };
    const shape = { channel: 'lms', subject: '안내' };
    await Promise.all([
      expectKeptAndUsed({
        ...few,
        simulator: world.smtnt,
        domain: 'single',
        gateway: 'single',
        name: 'single',
      }),
      expectKeptAndUsed({
        ...few,
        simulator: world.lghv,
        domain: 'demo/S1/lms',
        gateway: 'hellovision',
        name: 'lms',
        shape,
      }),
    ]);
  }, 120_000);
});

/** How a gateway is made to grant something else, and how its logins are counted. */
interface Changing {
  readonly gateway: string;
  readonly simulator: () => Simulator;
  readonly domain: string;
  readonly change: (grant: number) => object;
  readonly logins: (stats: Stats) => number;
}

const CHANGING: readonly Changing[] = [
  {
    gateway: 'changing',
    simulator: () => world.smtnt,
    domain: 'changing',
    change: (speed) => ({ bindId: 'changing', speed }),
    logins: ({ details }) => (details as unknown as SmtntDetails).accounts.changing?.session ?? 0,
  },
  {
    gateway: 'hellovision',
    simulator: () => world.lghv,
    domain: 'demo/S1/sms',
    change: (sms) => ({ tps: { sms } }),
    // Both servers: that for SMS is one of them.
    logins: ({ notes }) => Math.floor((notes['bound-S'] ?? 0) / 2),
  },
];

interface SmtntDetails {
  readonly accounts: Readonly<Record<string, { readonly session: number } | undefined>>;
}

describe('P4: a grant that is another one at the next login', () => {
  it.each(CHANGING)(
    'is used when it went up, and kept when it went down: $gateway',
    async ({ gateway, simulator, domain, change, logins }) => {
      for (const [i, { grant, count }] of STEPS.entries()) {
        if (i > 0) {
          const before = logins(await simulator().stats());
          await simulator().configure(change(grant));
          await simulator().dropConnections();
          const again = async () => logins(await simulator().stats()) > before;
          await until('logged in again', again, 30_000);
        }
        const name = `${gateway}-step${i}`;
        await expectKeptAndUsed({ simulator: simulator(), domain, grant, gateway, name, count });
      }
    },
    120_000,
  );
});

describe('sending hours that span midnight', () => {
  /** Hours in Korea from now on. */
  const hour = (later: number) => (new Date(Date.now() + 9 * 3_600_000).getUTCHours() + later + 24) % 24;

  it('hold messages back outside of them, and let them go within', async () => {
    // Closed for this hour only: from the next one on, over midnight, to its beginning.
    await world.smtnt.configure({ bindId: 'night', begin: hour(1), end: hour(0) });
    await world.smtnt.dropConnections();
    await pause(2_000);
    const waiting = await pinned('night', 'night', 5);
    await pause(3_000);
    expect(await submitsOf('night')).toEqual([]);
    // Open but for the hour before this one.
    await world.smtnt.configure({ bindId: 'night', begin: hour(0), end: hour(-1) });
    await world.smtnt.dropConnections();
    await world.settled(waiting, 40_000);
    expect(await submitsOf('night')).toHaveLength(5);
  }, 90_000);
});

describe('the end of it all', () => {
  it('the ledger: one result each, none accepted twice, no rule of a gateway broken', async () => {
    const { summary, breaches } = await drawLedger(world, { ids });
    process.stdout.write(`ledger grants: ${JSON.stringify(summary)}\n`);
    expect(breaches).toEqual([]);
  });
});
