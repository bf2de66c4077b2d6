import { describe, expect, it } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import type { MessageInput } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, ordinaryMessages, pause, until, World, type WorldOptions } from '../support/index.js';

const BULK = 3_000;
const PASSWORDS = 40;
const REPEATED = 600;
/** What one-time passwords may take, also on a busy machine. Behind the batches that wait they would take ten seconds. */
const MEDIAN_MS = 1_000;
const WORST_MS = 3_000;
/** Slow enough that thousands still wait in their batches while the rest happens. */
const OPTIONS: WorldOptions = {
  lghv: ['--tps', 'sms=100,lms=50,mms=50', '--ack-delay', '20-60', '--report-delay', '100-1500'],
  smtnt: ['--speed', '100', '--ack-delay', '20-60', '--report-delay', '100-1500'],
};

async function everySubmit(world: World): Promise<LedgerEntry[]> {
  return [...(await world.lghv.ledger()), ...(await world.smtnt.ledger())];
}

async function accepted(world: World): Promise<number> {
  const [lghv, smtnt] = await Promise.all([world.lghv.stats(), world.smtnt.stats()]);
  return lghv.counts.accepted + smtnt.counts.accepted;
}

describe('thousands of messages in batches', () => {
  it('have one result each beside one-time passwords, cancelled, repeated and bad members, and a killed sender', async () => {
    const world = await World.open(OPTIONS);
    const client = await PabalClient.connect({ redis: world.redis.url, prefix: world.prefix });
    try {
      const bulk = ordinaryMessages(BULK, 'bulk', (i) => (i < 1_000 ? { priority: 'bulk' } : {}));
      const bad: MessageInput[] = ordinaryMessages(20, 'bad', () => ({ text: '' }));
      const among = ordinaryMessages(20, 'among');
      const members = among.flatMap((good, i) => [good, bad[i]]);
      await world.producer
        .queue('send-default-sms')
        .add('batch', { v: 1, messages: members }, { jobId: 'b-raw', priority: 10 });
      expect((await client.sendMany(bulk)).accepted).toHaveLength(BULK);
      const jobs = await world.producer.queue('send-default-sms').count();
      expect(jobs).toBeLessThan(40);

      const cancelled = [1_100, 1_999, 2_998].map((i) => `bulk-${i}`);
      for (const id of cancelled) expect(await client.cancel(id)).toEqual({ kind: 'cancelled' });

      await world.startReady('receiver');
      await world.startReady('sender');
      await world.startReady('sender');
      await until('some hundred accepted', async () => (await accepted(world)) > 300, 60_000);

      // the same again, as single messages, and in batches that are cut otherwise
      await world.enqueue(bulk.slice(0, REPEATED / 2));
      await client.sendMany(bulk.slice(100, 100 + REPEATED));

      const passwords = ordinaryMessages(PASSWORDS, 'otp', (i) => ({
        priority: 'urgent',
        to: `0109123${1_000 + i}`,
      }));
      const sentAt = new Map<string, number>();
      for (const password of passwords) {
        sentAt.set(password.id ?? '', Date.now());
        await client.send(password);
        await pause(25);
      }
      const sentBy = (await everySubmit(world)).length;
      await pause(1_000);
      const before = await everySubmit(world);
      const waited = passwords.map(({ id = '' }) => {
        const entry = before.find(({ text }) => text.includes(`[${id}]`));
        return entry ? Math.round(entry.at - (sentAt.get(id) ?? 0)) : Number.POSITIVE_INFINITY;
      });
      waited.sort((a, b) => a - b);
      process.stdout.write(`one-time passwords were on the wire after ${waited.join(', ')} ms\n`);
      expect(waited[PASSWORDS / 2]).toBeLessThan(MEDIAN_MS);
      expect(waited.at(-1)).toBeLessThan(WORST_MS);
      // Even the last password was sent while messages still waited.
      expect(sentBy).toBeLessThan(BULK);

      process.kill(await world.ownerPid('send', 'hellovision'), 'SIGKILL');
      await world.startReady('sender');

      const ids = [...bulk, ...among, ...bad, ...passwords].map(({ id = '' }) => id);
      await world.settled(ids, 120_000);
      await pause(4_000); // what should not come
      const ledger = await drawLedger(world, { ids });
      process.stdout.write(`ledger batches: ${JSON.stringify(ledger.summary)}\n`);
      expect(ledger.breaches).toEqual([]);
      for (const id of cancelled) {
        const { results, submits } = ledger.accounts.get(id) ?? { results: [], submits: [] };
        expect([results.map(({ status }) => status), submits.length]).toEqual([['cancelled'], 0]);
      }
      for (const [i, { id = '' }] of bad.entries()) {
        const { results = [], submits = [] } = ledger.accounts.get(id) ?? {};
        expect(results).toMatchObject([{ status: 'failed', reason: { code: 'invalid-message' } }]);
        expect(JSON.stringify(results)).toContain(`messages.${2 * i + 1}.text`);
        expect(submits).toEqual([]);
      }
      const inBatches = () => world.connection.hlen(`${world.prefix}:batched`);
      await until('no batch is left', async () => (await inBatches()) === 0, 20_000);
      expect(await world.producer.queue('send-default-sms').count()).toBe(0);
    } finally {
      await client.close();
      await world.close();
    }
  });

  it('expire on time, and fail where they are bad, in a queue that nobody serves', async () => {
    const world = await World.open(OPTIONS);
    try {
      await world.startReady('receiver');
      const expiring = ordinaryMessages(30, 'expiring', () => ({ ttlSeconds: 3 }));
      const waiting = ordinaryMessages(5, 'waiting');
      const queue = world.producer.queue('send-default-sms');
      const add = (jobId: string, messages: unknown[]) =>
        queue.add('batch', { v: 1, messages }, { jobId, priority: 10 });
      await add('b-over', expiring);
      await add('b-mixed', [...waiting, { id: 'bad', to: '01012345678' }]);
      await add('b-none', []);
      await world.settled(
        [...expiring.map(({ id = '' }) => id), 'bad', 'job-send-default-sms-b-none'],
        20_000,
      );
      await until('only what still waits is left', async () => (await queue.count()) === 1, 10_000);
      expect((await queue.getJobs(['prioritized'])).map(({ id }) => id)).toEqual(['b-mixed']);
      const ends = expiring.map(({ id = '' }) => world.results.ids.get(id)?.map(({ status }) => status));
      expect(ends).toEqual(expiring.map(() => ['expired']));
      expect(world.results.ids.get('bad')).toMatchObject([{ status: 'failed' }]);
      await world.startReady('sender');
      await world.settled(
        waiting.map(({ id = '' }) => id),
        40_000,
      );
    } finally {
      await world.close();
    }
  });
});
