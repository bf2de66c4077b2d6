import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, ordinaryMessages, pause, until, World } from '../support/index.js';

/** A gateway of SMTNT each, with the account of the same name. */
const NAMES = ['changing', 'single', 'night'] as const;
/** Submits a second of `changing`, one login after the other, and messages for some seconds of each. */
const STEPS = [
  { grant: 20, count: 60 },
  { grant: 60, count: 240 },
  { grant: 10, count: 40 },
];

let world: World;
const ids: string[] = [];

beforeAll(async () => {
  const accounts = ['test001', ...NAMES].flatMap((id) => ['--account', `${id}:demo-password`]);
  world = await World.open({
    lghv: ['--tps', 'sms=50,lms=1', '--ack-delay', '5-20'],
    smtnt: [...accounts, '--ack-delay', '5-20'],
    smtntGateways: Object.fromEntries(NAMES.map((name) => [name, [`bindId: ${name}`]])),
    gateways: ['hellovision', 'smtnt', ...NAMES],
    durability: 'memory',
  });
  await world.smtnt.configure({ bindId: 'changing', speed: STEPS[0]?.grant });
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

/** Submits a second between the first and the last. */
function rateOf(entries: readonly LedgerEntry[]): number {
  const span = (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0);
  return ((entries.length - 1) * 1_000) / span;
}

describe('P4: a grant of one a second', () => {
  it('is kept and used, of an account and of one type among others', async () => {
    const sent = await Promise.all([
      pinned('single', 'single', 8),
      pinned('lms', 'hellovision', 8, { channel: 'lms', subject: '안내' }),
    ]);
    await world.settled(sent.flat(), 40_000);
    for (const [simulator, domain] of [
      [world.smtnt, 'single'],
      [world.lghv, 'demo/S1/lms'],
    ] as const) {
      const figures = (await simulator.stats()).rates.find((rate) => rate.domain === domain);
      process.stdout.write(
        `one a second, ${domain}: ${((figures?.usedShare ?? 0) * 100).toFixed(1)}% used\n`,
      );
      expect(figures).toMatchObject({ grant: 1, count: 8 });
      expect(figures?.largestUndisturbedSecond).toBeLessThanOrEqual(1);
      // Each claim of a busy machine makes the next second later.
      expect(figures?.usedShare).toBeGreaterThan(0.7);
    }
  }, 60_000);
});

describe('P4: a grant that is another one at the next login', () => {
  it('is used when it went up, and kept when it went down', async () => {
    for (const [i, { grant, count }] of STEPS.entries()) {
      if (i > 0) {
        const logins = (await world.smtnt.stats()).details as unknown as { accounts: Accounts };
        await world.smtnt.configure({ bindId: 'changing', speed: grant });
        await world.smtnt.dropConnections();
        await loggedInAfter(logins.accounts.changing?.session ?? 0);
      }
      const earlier = (await submitsOf('changing')).length;
      await world.settled(await pinned(`step${i}`, 'changing', count), 40_000);
      // The first second of a login may bring a tenth of it at once.
      const its = (await submitsOf('changing')).slice(earlier);
      const settled = its.filter(({ at }) => at >= (its[0]?.at ?? 0) + 1_000);
      const rate = rateOf(settled);
      process.stdout.write(`granted ${grant}: ${rate.toFixed(1)} a second\n`);
      expect(rate / grant).toBeLessThan(1.05);
      // More than the login before allowed, wherever this one allows more.
      const before = STEPS[i - 1]?.grant ?? 0;
      expect(rate).toBeGreaterThan(before < grant ? before * 1.2 : grant / 2);
    }
  }, 120_000);
});

type Accounts = Readonly<Record<string, { readonly session: number } | undefined>>;

/** Waits until `changing` is logged in over a session that came after that one. */
async function loggedInAfter(session: number): Promise<void> {
  await until(
    'logged in again',
    async () => {
      const { accounts } = (await world.smtnt.stats()).details as unknown as { accounts: Accounts };
      return (accounts.changing?.session ?? 0) > session;
    },
    30_000,
  );
}

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
