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

function pull(handle: (job: PulledJob, nth: number) => Promise<JobEnd>): Puller {
  const connection = connectRedis({ url: stage.redis.url }, 'worker');
  connection.on('error', () => {});
  const puller = new Puller({
    queue: QUEUE,
    prefix: PREFIX,
    connection,
    concurrency: 4,
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
    const until200 = Date.now() + 200;
    pull(async (_job, nth) =>
      nth === 1 ? { kind: 'handBack' } : nth === 2 ? { kind: 'delayed', until: until200 } : { kind: 'done' },
    );
    await add('m-1');
    await until('delayed', async () => pulled.length === 2 && (await state('m-1')) === 'delayed');
    await until('done', async () => (await state('m-1')) === 'unknown');
    expect(pulled).toHaveLength(3);
    expect(Date.now()).toBeGreaterThanOrEqual(until200);
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
