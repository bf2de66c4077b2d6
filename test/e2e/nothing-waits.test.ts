import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, idInText, ordinaryMessages, pause, until, World } from '../support/index.js';

const BACKLOG = 20_000;
/** Far above what an overtaking message needs, far below what the backlog of 100 s makes of one that waits behind it. */
const URGENT_MS = 2_000;
const SLOW_ACK_MS = 3_000;
/** Submits a second of a grant of 100 that show that nothing holds a gateway up, on a machine busy with other tests. */
const USED = 75;

let world: World;
/** When each urgent message was put into its queue, epoch ms. */
const enqueuedAt = new Map<string, number>();

beforeAll(async () => {
  world = await World.open({
    lghv: ['--tps', 'sms=100,lms=1', '--ack-delay', '5-20'],
    smtnt: ['--speed', '100', '--ack-delay', '5-20'],
    replies: ['shop'],
  });
  await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
  // Half of them ask for their results in a queue that nobody reads.
  await world.enqueue(
    ordinaryMessages(BACKLOG, 'bulk', (i) => ({
      priority: 'bulk',
      ...(i % 2 === 0 ? { replyTo: 'shop' } : {}),
    })),
  );
  await until('the backlog is being sent', async () => (await world.lghv.stats()).counts.accepted > 200);
});

afterAll(() => world.close());

/** Enqueues one-time passwords one by one, evenly over a few seconds; returns their ids. */
async function passwords(name: string, count: number, everyMs: number, shape = {}): Promise<string[]> {
  const messages = ordinaryMessages(count, name, (i) => ({
    to: `0107777${1000 + i}`,
    priority: 'urgent',
    ...shape,
  }));
  for (const message of messages) {
    enqueuedAt.set(message.id ?? '', Date.now());
    await world.enqueue([message]);
    await pause(everyMs);
  }
  return messages.map(({ id }) => id ?? '');
}

/** From the queue to the gateway's eyes, ms, of each, longest last. */
async function latencies(ids: readonly string[]): Promise<number[]> {
  const submits = await until('all of them submitted', async () => {
    const found = new Map<string, LedgerEntry>();
    for (const simulator of [world.lghv, world.smtnt]) {
      for (const entry of await simulator.ledger()) found.set(idInText(entry.text) ?? '', entry);
    }
    return ids.every((id) => found.has(id)) && found;
  });
  return ids.map((id) => (submits.get(id)?.at ?? 0) - (enqueuedAt.get(id) ?? 0)).sort((a, b) => a - b);
}

async function expectOvertaking(what: string, ids: readonly string[]): Promise<void> {
  const all = await latencies(ids);
  const median = all[Math.floor(all.length / 2)] ?? Number.NaN;
  process.stdout.write(
    `${what}: ${all.length} passwords, median ${median.toFixed(0)} ms, longest ${all.at(-1)?.toFixed(0)} ms\n`,
  );
  expect(all.at(-1)).toBeLessThan(URGENT_MS);
}

/** Submits of a gateway's SMS a second over a stretch of time. */
async function rateOf(gateway: 'lghv' | 'smtnt', from: number, to: number): Promise<number> {
  const sms = (await world[gateway].ledger()).filter(
    ({ at, type }) => type !== 'LMS' && at >= from && at < to,
  );
  return (sms.length * 1_000) / (to - from);
}

describe('P6: nothing waits behind what it does not need', () => {
  it('one-time passwords overtake a backlog of 20,000, whose results half go to a queue that nobody reads', async () => {
    const from = Date.now();
    const ids = await passwords('otp', 100, 30);
    await expectOvertaking('over the backlog', ids);
    const to = Date.now();
    for (const gateway of ['lghv', 'smtnt'] as const) {
      expect(await rateOf(gateway, from, to)).toBeGreaterThan(USED);
    }
    const unread = await world.producer.queue('results-shop').getJobCounts('waiting', 'prioritized');
    expect(unread.waiting).toBeGreaterThan(100);
  }, 60_000);

  it('a type whose grant is used up holds up only itself', async () => {
    const lms = ordinaryMessages(14, 'lms', () => ({
      channel: 'lms',
      subject: '안내',
      gateway: 'hellovision',
      priority: 'urgent',
    }));
    await world.enqueue(lms);
    const from = Date.now();
    const ids = await passwords('otp-beside-lms', 60, 50, { gateway: 'hellovision' });
    await expectOvertaking('beside LMS at 1 a second', ids);
    const to = Date.now();
    expect(await rateOf('lghv', from, to)).toBeGreaterThan(USED);
    expect((await world.lghv.ledger('?type=LMS')).length).toBeLessThan(14);
  }, 60_000);

  it('a gateway that answers after 3 s holds up only itself', async () => {
    await world.smtnt.fault('slowAck', { value: SLOW_ACK_MS });
    await pause(1_000);
    const from = Date.now();
    const ids = await passwords('otp-beside-slow', 100, 40);
    await expectOvertaking('beside a slow gateway', ids);
    const to = Date.now();
    expect(await rateOf('lghv', from, to)).toBeGreaterThan(USED);
    await world.smtnt.clearFaults();
  }, 60_000);

  it('and everything that was sent has its one result', async () => {
    const queues = [
      'send-default-sms',
      'to-hellovision-lms',
      'to-urgent-hellovision-lms',
      'urgent-default-lms',
    ];
    for (const queue of queues) await world.producer.queue(queue).pause();
    await until('nothing is on its way', async () => {
      const counts = await Promise.all(
        queues.map((queue) => world.producer.queue(queue).getJobCounts('active')),
      );
      return counts.every(({ active }) => active === 0);
    });
    await pause(1_500); // every report
    const shop = await world.producer.queue('results-shop').getJobs(['waiting']);
    const submitted = [...(await world.lghv.ledger()), ...(await world.smtnt.ledger())];
    const ids = [...new Set(submitted.map(({ text }) => idInText(text) ?? ''))];
    const unread = new Set(shop.map(({ data }) => (data as { id: string }).id));
    expect(shop).toHaveLength(unread.size);
    const mine = ids.filter((id) => !unread.has(id));
    await world.settled(mine, 20_000);
    const { breaches, summary } = await drawLedger(world, { ids });
    process.stdout.write(`ledger nothing-waits: ${JSON.stringify(summary)}, ${unread.size} results unread\n`);
    // Those whose results lie in the queue that nobody reads have theirs there.
    expect(breaches.filter((breach) => !unread.has(breach.replace(/: no result$/, '')))).toEqual([]);
  }, 60_000);
});
