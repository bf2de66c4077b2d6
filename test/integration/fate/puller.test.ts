import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectRedis, type JobEnd, type PulledJob, Puller } from '@pabal/queues';
import { PREFIX, Stage, until } from './stage.js';

const QUEUE = 'send-default-sms';
let stage: Stage;
let pulled: PulledJob[];
let errors: string[];

beforeEach(async () => {
  stage = await Stage.open();
  pulled = [];
  errors = [];
});
afterEach(() => stage.close());

function pull(handle: (job: PulledJob, nth: number) => Promise<JobEnd>, concurrency = 4): Puller {
  const connection = connectRedis({ url: stage.redis.url }, 'worker');
  connection.on('error', () => {});
  const puller = new Puller({
    queue: QUEUE,
    prefix: PREFIX,
    connection,
    concurrency,
    name: 'sender-1',
    handle: (job) => handle(job, pulled.push(job)),
    onError: (error) => void errors.push(error.message),
  });
  stage.onClose(() => connection.disconnect());
  stage.onClose(() => puller.close());
  return puller;
}

const add = (id: string, data: unknown = { text: id }) =>
  stage.producer.queue(QUEUE).add('message', data, { jobId: id, priority: 10 });
const state = (id: string) => stage.producer.queue(QUEUE).getJobState(id);

describe('a pulled job', () => {
  it('comes with its lock’s token, and goes once it is done', async () => {
    let lock: string | null = '';
    pull(async ({ id }) => {
      lock = await stage.control.get(stage.store.keys.jobLock(QUEUE, id));
      return { kind: 'done' };
    });
    await add('m-1');
    await until('gone', async () => (await state('m-1')) === 'unknown');
    expect(pulled).toMatchObject([
      { queue: QUEUE, id: 'm-1', name: 'message', data: { text: 'm-1' }, token: lock },
    ]);
    expect(pulled[0]?.enqueuedAt).toBeGreaterThan(1_700_000_000_000);
  });

  it('that was refused is kept with its reason, and not tried again', async () => {
    pull(async () => ({ kind: 'failed', why: 'invalid-message: to' }));
    await add('m-1');
    const failed = () => stage.producer.queue(QUEUE).getFailed();
    await until('it stands aside', async () => /^m-1~/.test((await failed())[0]?.id ?? ''));
    const [job] = await failed();
    expect(job).toMatchObject({ data: { text: 'm-1' }, failedReason: 'invalid-message: to' });
    expect(await state('m-1')).toBe('unknown');
    expect(pulled).toHaveLength(1);
  });

  it('that is handed back comes again, and so does one that is delayed, in its time', async () => {
    const times: number[] = [];
    pull(async (_job, nth) => {
      times.push(Date.now());
      if (nth === 1) return { kind: 'handBack' };
      return nth === 2 ? { kind: 'delayed', until: Date.now() + 200 } : { kind: 'done' };
    });
    await add('m-1');
    await until('done', async () => (await state('m-1')) === 'unknown');
    expect(pulled).toHaveLength(3);
    const [, delayed = Number.NaN, last] = times;
    expect(last).toBeGreaterThanOrEqual(delayed + 200);
  });

  it('that is somebody else’s is left as it is', async () => {
    pull(async () => ({ kind: 'lost' }));
    await add('m-1');
    await until('taken', () => pulled.length === 1);
    await add('m-2');
    await until('the next one', () => pulled.length === 2);
    expect(await state('m-1')).toBe('active');
  });

  it('whose handler throws is not failed: it would never have its result', async () => {
    pull(async () => {
      throw new Error('OOM command not allowed');
    });
    await add('m-1');
    await until('told', () => errors.includes('OOM command not allowed'));
    await add('m-2');
    await until('the next one', () => pulled.length === 2);
    expect(await state('m-1')).toBe('active');
    expect(await stage.producer.queue(QUEUE).getFailedCount()).toBe(0);
  });

  it('holds up the closing until its handler has ended', async () => {
    let end: (end: JobEnd) => void = () => {};
    const ended = new Promise<JobEnd>((resolve) => {
      end = resolve;
    });
    const puller = pull(() => ended);
    await add('m-1');
    await until('taken', () => pulled.length === 1);
    let closed = false;
    const closing = puller.close().then(() => {
      closed = true;
    });
    expect(closed).toBe(false);
    end({ kind: 'handBack' });
    await closing;
    expect(['waiting', 'prioritized']).toContain(await state('m-1'));
  });
});

describe('a puller', () => {
  const forEver = new Promise<JobEnd>(() => {});
  const active = () => stage.producer.queue(QUEUE).getActiveCount();
  const addMany = (count: number) =>
    stage.producer.queue(QUEUE).addBulk(
      Array.from({ length: count }, (_, i) => ({
        name: 'message',
        data: {},
        opts: { jobId: `m-${i}`, priority: 10 },
      })),
    );

  it('begins a job as it comes, however many more it may hold', async () => {
    await addMany(300);
    const activeAt: Promise<number>[] = [];
    const ends: ((end: JobEnd) => void)[] = [];
    pull(() => {
      activeAt.push(active());
      return new Promise((resolve) => ends.push(resolve));
    }, 250);
    await until('as many as it may hold', () => ends.length === 250);
    expect(await activeAt[0]).toBeLessThan(100);
    expect(await active()).toBe(250);
    for (const end of ends) end({ kind: 'done' });
    await until('those that follow', () => ends.length === 300);
    for (const end of ends.slice(250)) end({ kind: 'done' });
    await until('all gone', async () => (await active()) === 0);
  });

  it('takes more at once when it may hold more, and none as long as it holds more than it may', async () => {
    await addMany(10);
    const ends: ((end: JobEnd) => void)[] = [];
    const puller = pull(() => new Promise((resolve) => ends.push(resolve)), 2);
    await until('two', () => ends.length === 2);
    puller.concurrency = 5;
    await until('five', () => ends.length === 5);
    puller.concurrency = 3;
    ends[0]?.({ kind: 'done' });
    ends[1]?.({ kind: 'done' });
    await until('two fewer', async () => (await active()) === 3);
    expect(ends).toHaveLength(5);
    ends[2]?.({ kind: 'done' });
    await until('one more', () => ends.length === 6);
    for (const end of ends) end({ kind: 'handBack' });
    await puller.close();
  });

  it('asks an empty queue now and then, not all the time', async () => {
    pull(() => forEver);
    await until(
      'the queue is there',
      async () => (await stage.control.exists(`${PREFIX}:${QUEUE}:meta`)) === 1,
    );
    const asked = async () =>
      Number(/cmdstat_evalsha:calls=(\d+)/.exec(String(await stage.control.info('commandstats')))?.[1] ?? 0);
    const before = await asked();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await asked()) - before).toBeLessThan(20);
  });
});
