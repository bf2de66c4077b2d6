import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { type Child, drawLedger, ordinaryMessages, pause, until, World } from '../support/index.js';

const COUNT = 300;
/** What Redis and a gateway call the same instant may differ by this: both clocks are read in whole or nearly whole ms. */
const CLOCKS_MS = 5;

let world: World;
let receiver: Child;
/** Ids of every scenario so far: the ledger of each looks at all of them. */
const ids: string[] = [];

beforeAll(async () => {
  const delays = ['--ack-delay', '5-20', '--report-delay', '1000-4000', '--report-repeat', '1500'];
  world = await World.open({
    lghv: ['--tps', 'sms=200,lms=50', ...delays],
    smtnt: ['--speed', '200', ...delays],
  });
  [receiver] = await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
});

afterAll(() => world.close());

/** Enqueues some, and waits until the gateways have accepted them all: their reports are about to come. */
async function sendSome(name: string): Promise<string[]> {
  const messages = ordinaryMessages(COUNT, name);
  const some = messages.map(({ id }) => id ?? '');
  ids.push(...some);
  const before = await acceptedCount();
  await world.enqueue(messages);
  await until('all accepted', async () => (await acceptedCount()) >= before + COUNT, 30_000);
  return some;
}

async function acceptedCount(): Promise<number> {
  const [lghv, smtnt] = await Promise.all([world.lghv.stats(), world.smtnt.stats()]);
  return lghv.counts.accepted + smtnt.counts.accepted;
}

async function entries(): Promise<LedgerEntry[]> {
  return [...(await world.lghv.ledger()), ...(await world.smtnt.ledger())];
}

/** Everything so far: one result each, equal to the report. Of these: it was answered only after it was stored. */
async function expectStoredThenAcknowledged(name: string, some: readonly string[]): Promise<void> {
  await world.settled(some, 60_000);
  await until('every report acknowledged', async () =>
    (await entries()).every(({ reportAckedAt }) => reportAckedAt > 0),
  );
  await pause(2_000); // repeats, and results that should not come
  const ledger = await drawLedger(world, { ids });
  process.stdout.write(`ledger reports ${name}: ${JSON.stringify(ledger.summary)}\n`);
  // A code that nobody can read leaves it unknown: of that report, and of no other, the ledger may complain.
  expect(
    ledger.breaches.filter((breach) => !breach.startsWith('unlisted-0: unknown, although code 9z')),
  ).toEqual([]);
  const early = some.filter((id) => {
    const { accepted = [], results = [] } = ledger.accounts.get(id) ?? {};
    const storedAt = Date.parse(results[0]?.times.reported ?? '');
    return !((accepted[0]?.reportAckedAt ?? 0) >= storedAt - CLOCKS_MS);
  });
  expect(early).toEqual([]);
}

/** A report that was stored right before may be acknowledged so much later where a process stands still for a moment, ms. */
const STANDSTILL_MS = 1_000;

/** Reports that were acknowledged within a stretch of time. */
async function ackedBetween(from: number, to: number): Promise<LedgerEntry[]> {
  return (await entries()).filter(({ reportAckedAt }) => reportAckedAt > from && reportAckedAt < to);
}

describe('P3: reports are stored, then acknowledged', () => {
  it('that come while Redis is killed and away for 6 s, each of them repeated', async () => {
    for (const simulator of [world.lghv, world.smtnt]) {
      await simulator.fault('duplicateReport', { value: 2, probability: 0.5 });
    }
    const some = await sendSome('redis-away');
    await world.redis.kill();
    const killed = Date.now();
    await pause(6_000);
    const back = Date.now();
    await world.redis.start();
    await expectStoredThenAcknowledged('redis-away', some);
    expect(await ackedBetween(killed + STANDSTILL_MS, back)).toEqual([]);
    const sent = (await entries()).filter(({ reportedAt }) => reportedAt > killed && reportedAt < back);
    expect(sent.length).toBeGreaterThan(0);
    expect((await entries()).filter(({ reports }) => reports > 1).length).toBeGreaterThan(0);
  }, 90_000);

  it('that come while Redis is frozen for 6 s', async () => {
    const some = await sendSome('redis-frozen');
    world.redis.pause();
    const frozen = Date.now();
    await pause(6_000);
    const back = Date.now();
    world.redis.resume();
    await expectStoredThenAcknowledged('redis-frozen', some);
    expect(await ackedBetween(frozen + STANDSTILL_MS, back)).toEqual([]);
  }, 90_000);

  it('that come while the only receiver is killed and started again', async () => {
    const some = await sendSome('receiver-gone');
    receiver.signal('SIGKILL');
    await receiver.exited;
    const gone = Date.now();
    const before = (await world.lghv.ledger()).filter(({ reportAckedAt }) => reportAckedAt === 0).length;
    expect(before).toBeGreaterThan(0);
    receiver = await world.startReady('receiver');
    await expectStoredThenAcknowledged('receiver-gone', some);
    process.stdout.write(
      `receiver gone with ${before} reports to come, all in hand ${Date.now() - gone} ms later\n`,
    );
  }, 90_000);

  it('that come for a wire id which nobody knows are parked and shown, and taken up once it is known', async () => {
    await world.lghv.clearFaults();
    const [message] = ordinaryMessages(1, 'unknown', () => ({ gateway: 'hellovision' }));
    if (!message) throw new Error('no message');
    ids.push('unknown-0');
    const redis = world.connection;
    // Its record is taken away before it is reported.
    await world.lghv.configure({ reportDelayMs: 5_000 });
    await world.enqueue([message]);
    const entry = await until(
      'accepted',
      async () => (await world.lghv.ledger('?textIncludes=[unknown-0]'))[0],
    );
    const key = `${world.prefix}:w:hellovision/demo:${entry.wireId}`;
    expect(await redis.getdel(key)).toBe('unknown-0');

    const reported = async () =>
      (await world.lghv.ledger('?textIncludes=[unknown-0]'))[0]?.reportAckedAt || undefined;
    await until('its report acknowledged', reported);
    await world.lghv.configure({ reportDelayMs: [1_000, 4_000] });
    expect(await redis.zcard(`${world.prefix}:parked`)).toBe(1);
    const { output } = await world.run('status', '--config', world.config);
    expect(output).toContain('parked reports: 1');
    expect(world.results.ids.has('unknown-0')).toBe(false);

    await redis.set(key, 'unknown-0');
    await expectStoredThenParked(redis);
  }, 60_000);

  it('that nobody can ever place become an event after ten minutes in the park', async () => {
    const redis = world.connection;
    const member = JSON.stringify({
      gateway: 'hellovision',
      account: 'demo',
      report: { wireId: '00000000000000000001', code: '6', certainty: 'delivered', reason: 'delivered' },
    });
    await redis.zadd(`${world.prefix}:parked`, Date.now() - 600_000, member);
    const event = await until('the event', async () =>
      (await world.producer.queue('events').getJobs(['waiting'])).find(
        ({ name }) => name === 'unknown-report',
      ),
    );
    expect(event.data).toMatchObject({
      gateway: 'hellovision',
      report: { wireId: '00000000000000000001', code: '6' },
    });
    expect(await redis.zcard(`${world.prefix}:parked`)).toBe(0);
  }, 30_000);

  it('whose code no list knows end the message as unknown, with the code verbatim', async () => {
    await world.lghv.configure({ recipients: { '8888': { report: '9z' } }, reportDelayMs: 0 });
    const messages = ordinaryMessages(21, 'unlisted', (i) => ({
      gateway: 'hellovision',
      ...(i === 0 ? { to: '01012348888' } : {}),
    }));
    ids.push(...messages.map(({ id }) => id ?? ''));
    await world.enqueue(messages);
    await expectStoredThenAcknowledged(
      'unlisted',
      messages.map(({ id }) => id ?? ''),
    );
    expect(world.results.ids.get('unlisted-0')).toMatchObject([
      { status: 'unknown', reason: { code: 'unknown-code' }, gatewayCode: '9z' },
    ]);
  }, 60_000);
});

async function expectStoredThenParked(redis: { zcard(key: string): Promise<number> }): Promise<void> {
  await world.settled(['unknown-0'], 20_000);
  await until('the park is empty', async () => (await redis.zcard(`${world.prefix}:parked`)) === 0);
  expect((await drawLedger(world, { ids })).breaches).toEqual([]);
}
