import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type MessageInput, parseMessage } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, idInText, ordinaryMessages, pause, until, World } from '../support/index.js';

/** Submits a second that each gateway grants. */
const GRANT = { hellovision: 60, smtnt: 30 } as const;
type Name = keyof typeof GRANT;
/**
 * A gateway that fails is closed within seconds. Opening takes longer: a login that was refused waits its 10 s (LGHV 1.3.2),
 * a trial that failed its 6, 12 or 24 s.
 */
const SOON_MS = 75_000;

/** How long after a gateway was seen closed a submit may still arrive there that was on its way, ms. */
const WORD_MS = 500;
/** A closed gateway is left alone for 3 s before it is tried, ms; less the time on the way. */
const REST_MS = 2_900;

let world: World;
/** Every id that was enqueued, for the ledger of each scenario. */
const ids: string[] = [];

beforeAll(async () => {
  const delays = ['--ack-delay', '5-20', '--report-delay', '50-200', '--report-repeat', '1000'];
  world = await World.open({
    lghv: ['--tps', `sms=${GRANT.hellovision},lms=20`, ...delays],
    smtnt: ['--speed', String(GRANT.smtnt), ...delays],
    hellovision: ['    ackTimeout: 1500'],
    routes: ['  failover: { gateways: [hellovision, smtnt], policy: failover }'],
  });
  // One owns the one gateway, one the other: what one finds out must help the other.
  const roles = ['receiver', 'sender', 'sender'] as const;
  const [, ...senders] = roles.map((role) => world.start(role));
  const ready = (name: Name) => new RegExp(`^(?=.*"gateway":"${name}")(?=.*"to":"ready")`);
  await Promise.all(
    (['hellovision', 'smtnt'] as const).map((name) =>
      Promise.any(senders.map((sender) => sender.line(ready(name), 40_000))),
    ),
  );
}, 60_000);

afterAll(() => world.close());

afterEach(async () => {
  const ledger = await drawLedger(world, { ids });
  process.stdout.write(`ledger routes: ${JSON.stringify(ledger.summary)}\n`);
  expect(ledger.breaches).toEqual([]);
});

async function enqueue(messages: readonly MessageInput[], route = 'failover'): Promise<string[]> {
  const some = messages.map(({ id = '' }) => id);
  ids.push(...some);
  await world.enqueue(messages, route);
  return some;
}

/** Leaves a message in the queue of SMTNT that may as well go elsewhere: another gateway had refused it, say. */
async function strand(id: string): Promise<string> {
  const [input] = ordinaryMessages(1, id, () => ({ id, to: '01074001000', text: `[${id}] 안내 말씀` }));
  const parsed = parseMessage(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  ids.push(id);
  const { message } = parsed;
  await world.producer.toGateway('smtnt', {
    v: 1,
    message,
    enqueuedAt: Date.now(),
    route: 'default',
    uncertain: false,
  });
  return id;
}

/** Sends some over a route; tells what each gateway saw of them, oldest first. */
async function send(name: string, count: number, route = 'failover'): Promise<Record<Name, LedgerEntry[]>> {
  const some = await enqueue(ordinaryMessages(count, name), route);
  await world.settled(some, 60_000);
  return seenOf(some);
}

async function seenOf(some: readonly string[]): Promise<Record<Name, LedgerEntry[]>> {
  const wanted = new Set(some);
  const mine = (entry: LedgerEntry) => wanted.has(idInText(entry.text) ?? '');
  return {
    hellovision: (await world.lghv.ledger()).filter(mine),
    smtnt: (await world.smtnt.ledger()).filter(mine),
  };
}

interface GatewayEvent {
  readonly gateway: string;
  readonly reason: string;
  readonly code?: string;
}

async function events(name: 'gateway-closed' | 'gateway-opened'): Promise<GatewayEvent[]> {
  const jobs = await world.producer.queue('events').getJobs(['waiting'], 0, -1, true);
  return jobs.filter((job) => job.name === name).map((job) => job.data as GatewayEvent);
}

/** Waits for one more event of a kind about a gateway than there were. */
async function oneMore(
  name: 'gateway-closed' | 'gateway-opened',
  gateway: Name,
  before: number,
): Promise<GatewayEvent> {
  return until(
    `${name} of ${gateway}`,
    async () => (await events(name)).filter((event) => event.gateway === gateway)[before],
    SOON_MS,
  );
}

async function count(name: 'gateway-closed' | 'gateway-opened', gateway: Name): Promise<number> {
  return (await events(name)).filter((event) => event.gateway === gateway).length;
}

/** Waits until a gateway is open again, and every sender knows: they look once a second. */
async function reopened(gateway: Name, before: number): Promise<void> {
  await oneMore('gateway-opened', gateway, before);
  await pause(2_000);
}

async function status(): Promise<string> {
  return (await world.run('status', '--config', world.config)).output;
}

function delivered(some: readonly string[]): void {
  const others = some.filter((id) => world.results.ids.get(id)?.[0]?.status !== 'delivered');
  expect(others).toEqual([]);
}

describe('routes over two gateways', () => {
  it('failover: everything goes over the first, as long as it is usable', async () => {
    const seen = await send('order', 60);
    expect([seen.hellovision.length, seen.smtnt.length]).toEqual([60, 0]);
  }, 120_000);

  it('a gateway that answers system errors is closed, shown, tried one by one, and opened again', async () => {
    const [closed, opened] = [
      await count('gateway-closed', 'hellovision'),
      await count('gateway-opened', 'hellovision'),
    ];
    await world.lghv.fault('refuseSubmit', { value: '1' });
    const to = (n: number) => `0107000${1000 + n}`;
    const pinned = (id: string, change: Partial<MessageInput>): MessageInput => {
      const text = `[${id}] 안내 말씀`;
      return { id, channel: 'sms', to: to(1), from: '15881234', text, gateway: 'hellovision', ...change };
    };
    const some = await enqueue(ordinaryMessages(120, 'errors'));
    expect(await oneMore('gateway-closed', 'hellovision', closed)).toMatchObject({
      reason: 'system-errors',
      code: '1',
    });
    const shut = Date.now();
    await enqueue([pinned('pinned-waits', {}), pinned('pinned-expires', { to: to(2), ttlSeconds: 4 })]);
    const asked = Date.now();
    const urgent = await enqueue(
      ordinaryMessages(5, 'errors-urgent', (i) => ({ priority: 'urgent', to: to(10 + i) })),
    );
    await world.settled(urgent, 10_000);
    const wires = (await seenOf(urgent)).smtnt.map(({ at }) => at - asked);
    // Before the closed gateway is tried for the first time: they did not wait for that.
    expect(Math.max(...wires)).toBeLessThan(REST_MS);
    expect(await status()).toMatch(/hellovision closed .*system-errors \(1\)/);

    await world.settled([...some, 'pinned-expires'], 60_000);
    delivered([...some, ...urgent]);
    expect(world.results.ids.get('pinned-expires')).toMatchObject([{ status: 'expired' }]);
    expect(world.results.ids.has('pinned-waits')).toBe(false);
    const { hellovision } = await seenOf([...some, ...urgent, 'pinned-waits', 'pinned-expires']);
    // Five in a row close it; some more are on their way meanwhile. From then on every submit is a trial, and the next
    // one comes after a rest of 3 s at least.
    const trials = hellovision.filter(({ at }) => at > shut + WORD_MS).map(({ at }) => at);
    expect(trials.filter((at, i) => i > 0 && at - (trials[i - 1] ?? 0) < REST_MS)).toEqual([]);
    expect(hellovision.length - trials.length).toBeLessThan(GRANT.hellovision);

    await world.lghv.clearFaults();
    await reopened('hellovision', opened);
    await world.settled(['pinned-waits'], SOON_MS);
    delivered(['pinned-waits']);
    const back = await send('errors-over', 30);
    expect(back.hellovision.length).toBe(30);
  }, 240_000);

  it('a gateway that leaves submits unanswered is closed, and what it may have stays with it', async () => {
    const [closed, opened] = [
      await count('gateway-closed', 'hellovision'),
      await count('gateway-opened', 'hellovision'),
    ];
    await world.lghv.fault('neverAck');
    const some = await enqueue(ordinaryMessages(200, 'silent', (i) => ({ to: `0107100${1000 + i}` })));
    expect(await oneMore('gateway-closed', 'hellovision', closed)).toMatchObject({ reason: 'no-answers' });
    await world.settled(some, 60_000);
    delivered(some);
    const seen = await seenOf(some);
    const both = seen.smtnt.filter(({ text }) =>
      seen.hellovision.some((entry) => idInText(entry.text) === idInText(text)),
    );
    expect(both).toEqual([]);
    expect(seen.smtnt.length).toBeGreaterThan(0);
    await world.lghv.clearFaults();
    await reopened('hellovision', opened);
  }, 240_000);

  it('a gateway that refuses logins is closed with its code, and the other one goes on alone', async () => {
    const [closed, opened] = [
      await count('gateway-closed', 'hellovision'),
      await count('gateway-opened', 'hellovision'),
    ];
    await world.lghv.fault('refuseLogin', { value: '4' });
    await world.lghv.dropConnections();
    expect(await oneMore('gateway-closed', 'hellovision', closed)).toMatchObject({
      reason: 'login-refused',
      code: '4',
    });
    const seen = await send('refused', 40);
    expect([seen.hellovision.length, seen.smtnt.length]).toEqual([0, 40]);
    expect(await status()).toMatch(/hellovision closed .*login-refused \(4\)/);
    await world.lghv.clearFaults();
    await reopened('hellovision', opened);
    expect((await send('accepted-again', 20)).hellovision.length).toBe(20);
  }, 240_000);

  it('a gateway that is gone is closed, its pinned messages wait in their queue without being moved about, and it comes back', async () => {
    const [closed, opened] = [await count('gateway-closed', 'smtnt'), await count('gateway-opened', 'smtnt')];
    await world.smtnt.kill();
    expect(await oneMore('gateway-closed', 'smtnt', closed)).toMatchObject({ reason: 'no-session' });
    const stranded = await strand('gone-stranded');
    const pinned = await enqueue(
      ordinaryMessages(20, 'gone-pinned', (i) => ({ gateway: 'smtnt', to: `0107200${1000 + i}` })),
      'default',
    );
    const some = await enqueue(
      ordinaryMessages(60, 'gone', (i) => ({ to: `0107300${1000 + i}` })),
      'default',
    );
    await world.settled([...some, stranded], 30_000);
    delivered([...some, stranded]);
    expect((await seenOf([stranded])).hellovision).toHaveLength(1);
    await pause(5_000);
    const starts = await world.producer.queue('to-smtnt-sms').getJobs(['waiting', 'prioritized', 'delayed']);
    expect(starts).toHaveLength(pinned.length);
    expect(Math.max(...starts.map(({ attemptsStarted }) => attemptsStarted))).toBeLessThanOrEqual(2);
    await world.smtnt.revive();
    await reopened('smtnt', opened);
    await world.settled(pinned, SOON_MS);
    delivered(pinned);
  }, 240_000);
});
