import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClaimRequest,
  clearOutbox,
  composeResult,
  DEDUPLICATION_TAIL_MS,
  type MessageRecord,
  outboxLeftovers,
  type Store,
  settleByReport,
} from '@pabal/fate';
import { Publisher } from '@pabal/fleet';
import { RESULTS_QUEUE } from '@pabal/queues';
import { type Job, Worker } from 'bullmq';
import { DAY_MS, PREFIX, Stage, until } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function publisher(store: Store = stage.store): Publisher {
  return new Publisher({
    store,
    producer: stage.producer,
    log: quiet,
    idempotencyWindowMs: DAY_MS,
    queues: [],
  });
}

async function settled(change: Partial<ClaimRequest> = {}): Promise<MessageRecord> {
  const request = await stage.claimed(change);
  const answer = await settleByReport(stage.store, request.id, request.wireId, {
    status: 'delivered',
    reason: 'delivered',
    by: 'report',
    code: '0000',
  });
  if (answer.kind !== 'settled') throw new Error(answer.kind);
  return answer.record;
}

/** Takes results as any service would, and folds nothing. */
async function consume(queue: string): Promise<string[]> {
  const taken: string[] = [];
  const worker = new Worker(
    queue,
    async (job: Job) => {
      taken.push((job.data as { id: string }).id);
    },
    { connection: { url: stage.redis.url, maxRetriesPerRequest: null }, prefix: PREFIX },
  );
  worker.on('error', () => {});
  stage.onClose(() => worker.close());
  await worker.waitUntilReady();
  return taken;
}

describe('publishing', () => {
  it('twice makes one job', async () => {
    const record = await settled();
    const result = composeResult(record);
    const placed = await stage.producer.publishResult(result, { replyTo: 'twice' });
    expect(placed).toEqual({ queue: 'results-twice', id: `r-${record.id}` });
    await stage.producer.publishResult(result, { replyTo: 'twice' });
    expect(await stage.producer.queue('results-twice').count()).toBe(1);
  });

  it('again after the result was consumed makes no second one, until a minute after the clearing', async () => {
    const record = await settled();
    const result = composeResult(record);
    const { queue, id } = await stage.producer.publishResult(result, { replyTo: 'again' });
    const taken = await consume(queue);
    await until('consumed', () => taken.length === 1);
    await stage.producer.publishResult(result, { replyTo: 'again' });
    await clearOutbox(stage.store, record.id, queue, id, DAY_MS);
    await stage.producer.publishResult(result, { replyTo: 'again' });
    const other = await settled();
    await stage.producer.publishResult(composeResult(other), { replyTo: 'again' });
    await until('the next one', () => taken.includes(other.id));
    expect(taken).toEqual([record.id, other.id]);
    const left = await stage.control.pttl(stage.store.keys.deduplication(queue, id));
    expect(left).toBeGreaterThan(DEDUPLICATION_TAIL_MS - 10_000);
    expect(left).toBeLessThanOrEqual(DEDUPLICATION_TAIL_MS);
  });

  it('puts the whole result where the message wants it, and takes the message off the outbox', async () => {
    const meta = { replyTo: 'whole', ref: 'r-1', userData: 'u' };
    const record = await settled({ meta: JSON.stringify(meta) });
    await publisher().publishNow(record);
    const [job] = await stage.producer.queue('results-whole').getJobs(['wait']);
    expect(job).toMatchObject({
      name: 'result',
      id: `r-${record.id}`,
      data: { v: 1, id: record.id, status: 'delivered', ref: 'r-1', userData: 'u', gateway: 'hellovision' },
    });
    expect(await stage.inOutbox(record.id)).toBe(false);
    expect((await stage.record(record.id)).meta).toEqual({});
  });

  it('counts each result once by how it ended, in the process that published it', async () => {
    const record = await settled();
    const [first, second] = [publisher(), publisher()];
    await first.publishNow(record);
    // Known since longer ago than the outbox: whoever comes later looks there first, and finds nothing to do.
    await second.publishNow({ ...record, settledAt: stage.store.fleetNow() - 40_000 });
    expect(first.counts).toEqual([{ status: 'delivered', gateway: 'hellovision', count: 1, lastMinute: 1 }]);
    expect(second.counts).toEqual([]);
  });
});

describe('the result of a message with a webhook', () => {
  it('goes into the queue of webhooks with where it is delivered, and nowhere else', async () => {
    const webhook = { name: 'shop', url: 'https://shop.example/results' };
    const record = await settled({ meta: JSON.stringify({ webhook, ref: 'r-1' }) });
    await publisher().publishNow(record);
    const job = await stage.producer.queue('webhooks').getJob(`r-${record.id}`);
    expect(job).toMatchObject({
      name: 'webhook',
      data: { v: 1, webhook, failures: 0, result: { v: 1, id: record.id, status: 'delivered', ref: 'r-1' } },
    });
    expect(await stage.control.exists(stage.store.keys.job(RESULTS_QUEUE, `r-${record.id}`))).toBe(0);
    expect(await stage.inOutbox(record.id)).toBe(false);
  });

  it('is published once, by whoever comes first', async () => {
    const record = await settled({ meta: JSON.stringify({ webhook: { name: 'once' } }) });
    const others = await Promise.all([1, 2, 3].map(() => stage.another()));
    await Promise.all([stage, ...others].map(({ store }) => publisher(store).publishNow(record)));
    const jobs = await stage.producer.queue('webhooks').getJobs(['wait']);
    expect(jobs.filter(({ id }) => id === `r-${record.id}`)).toHaveLength(1);
  });
});

describe('the sweep of the outbox', () => {
  it('leaves young entries to whoever settled them', async () => {
    const record = await settled();
    const ids = async (age: number) => (await outboxLeftovers(stage.store, age, 1_000)).map(({ id }) => id);
    expect(await ids(60_000)).not.toContain(record.id);
    await until('old enough', async () => (await ids(1)).includes(record.id));
  });

  it('by several receivers at once gives one result each, also to a consumer that folds nothing', async () => {
    const name = 'several';
    const meta = JSON.stringify({ replyTo: name });
    const ids = await Promise.all(Array.from({ length: 60 }, async () => (await settled({ meta })).id));
    const taken = await consume(`${RESULTS_QUEUE}-${name}`);
    const others = await Promise.all([1, 2, 3].map(() => stage.another()));
    await Promise.all(
      others.map(async ({ store }) => {
        for (let left = 1; left > 0; ) left = await publisher(store).sweep(0, 50);
      }),
    );
    await until('all', () => new Set(taken).size === ids.length);
    const last = await settled({ meta });
    await publisher().publishNow(last);
    await until('the last', () => taken.includes(last.id));
    expect([...taken].sort()).toEqual([...ids, last.id].sort());
  });

  it('has passed over one that cannot be published, and publishes the others', async () => {
    const bad = await settled();
    const good = await settled();
    // A replyTo that BullMQ takes for no queue name.
    await stage.control.hset(stage.store.keys.record(bad.id), 'm', JSON.stringify({ replyTo: 'a:b' }));
    await until('published', async () => {
      await publisher().sweep(0, 1_000);
      return !(await stage.inOutbox(good.id));
    });
    expect(await stage.inOutbox(bad.id)).toBe(true);
    await stage.control.zrem(stage.store.keys.outbox, bad.id);
  });
});

describe('a process that stood still between settling and publishing', () => {
  it('publishes nothing when others have, even long after', async () => {
    const record = await settled({ meta: JSON.stringify({ replyTo: 'frozen' }) });
    await publisher().publishNow(record);
    const queue = stage.producer.queue('results-frozen');
    await queue.obliterate({ force: true });
    await stage.control.del(stage.store.keys.deduplication('results-frozen', `r-${record.id}`));
    const frozen = { ...record, settledAt: stage.store.fleetNow() - 40_000 };
    await publisher().publishNow(frozen);
    expect(await queue.count()).toBe(0);
  });

  it('publishes what nobody else has', async () => {
    const record = await settled({ meta: JSON.stringify({ replyTo: 'thawed' }) });
    await publisher().publishNow({ ...record, settledAt: stage.store.fleetNow() - 40_000 });
    expect(await stage.producer.queue('results-thawed').count()).toBe(1);
    expect(await stage.inOutbox(record.id)).toBe(false);
  });
});
