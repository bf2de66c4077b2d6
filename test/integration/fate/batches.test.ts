import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import { readMessage } from '@pabal/fate';
import type { ResultV1 } from '@pabal/message';
import type { SubmitOutcome } from '@pabal/session';
import type { FakeGateway } from './fake-gateway.js';
import { accepted, lost } from './fake-gateway.js';
import { type Input, messageOf, SenderPlay } from './sender-play.js';
import { PREFIX, type Stage, until } from './stage.js';

/** What a sender makes of batches, over a real Redis and real queues, with gateways that a test plays. */

let play: SenderPlay;
let stage: Stage;
let alpha: FakeGateway;

beforeEach(async () => {
  play = await SenderPlay.open();
  ({ stage, alpha } = play);
});
afterEach(() => stage.close());

const busy: SubmitOutcome = {
  kind: 'refused',
  code: '8',
  certainty: 'notDelivered',
  reason: 'network-error',
  advice: 'retry',
};
const QUEUE = 'send-default-sms';
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function members(count: number, prefix: string, change: Partial<Input> = {}): Input[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${prefix}-${i}`,
    to: `0101234${1000 + i}`,
    ...change,
  }));
}

/** As a raw client does it. */
async function put(batch: unknown, id = 'b-1', queue = QUEUE): Promise<void> {
  await stage.producer.queue(queue).add('batch', batch, { jobId: id, priority: 10 });
}

const batchOf = (inputs: readonly Input[]) => ({ v: 1, messages: inputs.map(messageOf) });

async function batchGone(id = 'b-1', queue = QUEUE): Promise<void> {
  const key = stage.store.keys.job(queue, id);
  await until(`the batch ${id} is done`, async () => (await stage.control.exists(key)) === 0);
}

async function statesOf(inputs: readonly Input[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { id } of inputs) {
    const state = (await readMessage(stage.store, id))?.state ?? 'none';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

function expectOnce(inputs: readonly Input[]): void {
  const seen = inputs.map(({ id }) => [id, play.writes(id).length]);
  expect(seen).toEqual(inputs.map(({ id }) => [id, 1]));
}

describe('a batch', () => {
  it('has each member written once, and goes with nothing of it left in the index', async () => {
    const all = members(100, 'm');
    await put(batchOf(all));
    await play.start();
    await batchGone();
    expectOnce(all);
    expect(await statesOf(all)).toEqual({ accepted: 100 });
    expect(await stage.control.hlen(stage.store.keys.batched)).toBe(0);
  });

  it('lets a bad member fail by itself, at its place, and sends the others', async () => {
    const all = members(5, 'm');
    const messages: unknown[] = batchOf(all).messages;
    messages[1] = { ...(messages[1] as object), text: '' };
    messages[3] = 'no message at all';
    await put({ v: 1, messages });
    await play.start();
    await batchGone();
    const bad = await play.resultOf('m-1');
    expect(bad).toMatchObject({ status: 'failed', reason: { code: 'invalid-message' } });
    expect(JSON.stringify(bad)).toContain('messages.1.text');
    const results = await play.jobs<ResultV1>('results');
    expect(results.map(({ data }) => data.id).sort()).toEqual(['job-send-default-sms-b-1-3', 'm-1']);
    expectOnce([all[0], all[2], all[4]].filter((each) => each !== undefined));
  });

  it.each<[string, unknown, string, string]>([
    ['without members', { v: 1, messages: [] }, QUEUE, 'messages'],
    ['of no messages at all', { v: 1, to: '01012345678' }, QUEUE, 'messages'],
    ['among urgent ones', batchOf(members(2, 'u')), 'urgent-default-sms', 'messages'],
  ])('%s fails as one bad job', async (_name, data, queue, field) => {
    await put(data, 'b-bad', queue);
    await play.start();
    const result = await play.resultOf(`job-${queue}-b-bad`);
    expect(result).toMatchObject({ status: 'failed', reason: { code: 'invalid-message' } });
    expect(JSON.stringify(result)).toContain(`"${field}"`);
    await until('among the failed', async () => {
      const failed = await stage.producer.queue(queue).getJobs(['failed']);
      return failed.some(({ id: job = '' }) => job.startsWith('b-bad~'));
    });
    expect(alpha.written).toEqual([]);
  });

  it('does not wait for members that must: they become jobs of their own', async () => {
    alpha.script = ({ message: { id } }) => {
      if (id === 'm-1') return busy;
      return id === 'm-2' ? lost : accepted;
    };
    const all = members(4, 'm');
    const messages: unknown[] = [
      ...batchOf(all).messages,
      messageOf({ id: 'due', sendAt: new Date(Date.now() + 3_600_000).toISOString() }),
    ];
    await put({ v: 1, messages });
    await play.start([alpha]);
    await batchGone();
    const standing = async (queue: string) =>
      (await stage.producer.queue(queue).getJobs(['wait', 'prioritized', 'delayed', 'active']))
        .map(({ id }) => id)
        .sort();
    expect(await standing('to-alpha-sms')).toEqual(['m-m-1', 'm-m-2']);
    expect(await standing(QUEUE)).toEqual(['m-due']);
    expect(await statesOf(all)).toEqual({ accepted: 2, queued: 1, uncertain: 1 });
    alpha.script = () => accepted;
    alpha.relogin();
    await play.reaches('m-1', 'accepted');
    await play.reaches('m-2', 'accepted');
    expect([play.writes('m-1').length, play.writes('m-2').length]).toEqual([2, 2]);
    expect(new Set(play.writes('m-2').map(({ wireId }) => wireId)).size).toBe(1);
  });

  it('ends expired members as such', async () => {
    const all = members(3, 'm');
    const messages = batchOf(all).messages.map((message, i) =>
      i === 1 ? { ...message, expiresAt: '2026-01-01T00:00:00.000Z' } : message,
    );
    await put({ v: 1, messages });
    await play.start();
    await batchGone();
    expect(await play.resultOf('m-1')).toMatchObject({ status: 'expired' });
    expect(play.writes('m-1')).toEqual([]);
  });

  it('folds repeats within it, in another batch, and as single jobs; another payload is a conflict', async () => {
    const all = members(20, 'm');
    const batch = batchOf(all);
    await put({ v: 1, messages: [...batch.messages, ...batch.messages] }, 'b-1');
    await put(batch, 'b-2');
    await play.enqueue(all[7] as Input);
    await play.start();
    await batchGone('b-1');
    await batchGone('b-2');
    await play.jobGone(QUEUE, 'm-7');
    expectOnce(all);
    await put({ v: 1, messages: [messageOf({ ...all[3], id: 'm-3', text: '다른 내용' })] }, 'b-3');
    await batchGone('b-3');
    await until('an event', async () => (await play.jobs('events')).length === 1);
    expect(await play.jobs('events')).toMatchObject([{ name: 'id-conflict', data: { id: 'm-3' } }]);
    expectOnce(all);
  });

  it('lets an urgent message pass between its members', async () => {
    const order: string[] = [];
    alpha.script = async ({ message: { id } }) => {
      order.push(id);
      await later(20);
      return accepted;
    };
    const all = members(300, 'm');
    await put(batchOf(all));
    await play.start([alpha]);
    await until('some written', () => order.length > 50);
    await play.enqueue({ id: 'urgent', priority: 'urgent' });
    await batchGone();
    expect(order.indexOf('urgent')).toBeGreaterThan(50);
    expect(order.indexOf('urgent')).toBeLessThan(250);
    expectOnce(all);
  });
});

describe('an unfinished batch', () => {
  const slowly = async () => {
    await later(30);
    return accepted;
  };

  it('is gone on with by another sender, at its records', async () => {
    alpha.script = slowly;
    const all = members(200, 'm');
    await put(batchOf(all));
    const first = await play.start([alpha]);
    await until('some written', () => alpha.written.length > 60);
    await first.stop();
    expect((await statesOf(all)).none).toBeGreaterThan(0);
    await play.start([alpha]);
    await batchGone();
    expectOnce(all);
    expect(await statesOf(all)).toEqual({ accepted: 200 });
  });

  it('writes nothing more once its lock is lost, and whoever finds it goes on', async () => {
    alpha.script = slowly;
    const all = members(200, 'm');
    await put(batchOf(all));
    await play.start([alpha]);
    await until('some written', () => alpha.written.length > 60);
    await stage.control.set(stage.store.keys.jobLock(QUEUE, 'b-1'), 'somebody else', 'PX', 1_000);
    await later(300);
    const written = alpha.written.length;
    await later(300);
    expect(alpha.written.length).toBe(written);
    await batchGone();
    expectOnce(all);
  });

  it('takes turns with others, of which each gets on', async () => {
    alpha.script = slowly;
    const batches = Array.from({ length: 7 }, (_, i) => members(200, `batch${i}`));
    for (const [i, all] of batches.entries()) await put(batchOf(all), `b-${i}`);
    await play.start([alpha]);
    await until('each began', async () => {
      const states = await Promise.all(batches.map(statesOf));
      return states.every(({ accepted: some = 0 }) => some > 0);
    });
    const unfinished = (await Promise.all(batches.map(statesOf))).filter(({ none = 0 }) => none > 0);
    expect(unfinished.length).toBeGreaterThan(0);
    for (const [i] of batches.entries()) await batchGone(`b-${i}`);
    expectOnce(batches.flat());
  });
});

describe('many messages of the client', () => {
  let client: PabalClient;
  beforeEach(async () => {
    client = await PabalClient.connect({ redis: stage.redis.url, prefix: PREFIX });
  });
  afterEach(() => client.close());

  it('go in batches but for urgent ones, are found and cancelled before a sender took them, and sent after', async () => {
    const all = members(520, 'm').map((input) => messageOf(input));
    const urgent = members(60, 'u', { priority: 'urgent' }).map((input) => messageOf(input));
    const report = await client.sendMany([...all, ...urgent]);
    expect(report.accepted).toHaveLength(580);
    const names = await stage.producer.queue(QUEUE).getJobs(['prioritized']);
    expect(names.map(({ name }) => name)).toEqual(Array.from({ length: 6 }, () => 'batch'));
    expect(await stage.producer.queue('urgent-default-sms').getWaitingCount()).toBe(60);
    expect(await client.status('m-17')).toMatchObject({ state: 'queued', queue: QUEUE, channel: 'sms' });
    expect(await client.cancel('m-17')).toEqual({ kind: 'cancelled' });
    expect(await client.cancel('m-17')).toEqual({ kind: 'cancelled' });
    expect(await client.cancel('m-520')).toEqual({ kind: 'notFound' });
    expect(await stage.producer.queue(QUEUE).count()).toBe(6);
    await play.start();
    for (const batch of names) await batchGone(batch.id);
    expect(play.writes('m-17')).toEqual([]);
    expectOnce(all.filter(({ id }) => id !== 'm-17'));
    expect(await client.cancel('m-18')).toEqual({ kind: 'alreadySent' });
    expect((await readMessage(stage.store, 'm-17'))?.outcome).toMatchObject({ status: 'cancelled' });
  });

  it('fold when they are sent again while they wait', async () => {
    const all = members(520, 'm').map((input) => messageOf(input));
    await client.sendMany(all);
    await client.sendMany(all);
    expect(await stage.producer.queue(QUEUE).count()).toBe(6);
  });

  it('of a raw client are found and cancelled from its first turn on', async () => {
    alpha.script = async () => {
      await later(50);
      return accepted;
    };
    const all = members(300, 'm');
    await put(batchOf(all));
    expect(await client.cancel('m-299')).toEqual({ kind: 'notFound' });
    await play.start([alpha]);
    await until('some written', () => alpha.written.length > 20);
    expect(await client.cancel('m-299')).toEqual({ kind: 'cancelled' });
    await batchGone();
    expect(play.writes('m-299')).toEqual([]);
    expectOnce(all.slice(0, 299));
  });
});
