import { afterEach, describe, expect, it } from '@jest/globals';
import { accept, claim } from '@pabal/fate';
import { parseMessage } from '@pabal/message';
import { ordinaryMessages } from '../../support/index.js';
import { Stage } from '../fate/stage.js';

const COUNT = 4_000;
/** Enqueued so many at a time: what Redis reads in one go it keeps room for, which would be measured with them. */
const AT_ONCE = 100;
const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
});

interface Measured {
  /** Bytes of a job that waits. */
  readonly waiting: number;
  /** Bytes of a record that waits for its report, with its wire id and its deadline. */
  readonly pending: number;
  readonly jobEncoding: unknown;
  readonly recordEncoding: unknown;
}

async function measure(value: number, entries: number): Promise<Measured> {
  const limits = [
    ...['--hash-max-ziplist-value', String(value)],
    ...['--hash-max-ziplist-entries', String(entries)],
  ];
  const stage = await Stage.open({ args: ['--appendfsync', 'no', ...limits] });
  stages.push(stage);
  const { control, producer, store } = stage;
  const used = async () => Number(/used_memory_dataset:(\d+)/.exec(await control.info('memory'))?.[1]);
  const items = ordinaryMessages(COUNT, 'listpack').map((input) => {
    const parsed = parseMessage(input);
    if (!parsed.ok) throw new Error('a bad message');
    return { message: parsed.message, route: 'default' };
  });

  const empty = await used();
  for (let from = 0; from < COUNT; from += AT_ONCE)
    await producer.enqueueMany(items.slice(from, from + AT_ONCE), Date.now());
  const waiting = Math.round(((await used()) - empty) / COUNT);
  const jobEncoding = await control.object('ENCODING', 'pabal:send-default-sms:m-listpack-0');

  const before = await used();
  const requests: Awaited<ReturnType<typeof stage.ready>>[] = [];
  for (let i = 0; i < COUNT; i++) requests.push(await stage.ready());
  for (const request of requests) {
    await claim(store, request);
    await accept(store, request.id, request.wireId);
  }
  await control.del(...requests.map(({ job }) => store.keys.jobLock(job.queue, job.id)));
  const pending = Math.round(((await used()) - before) / COUNT);
  const recordEncoding = await control.object('ENCODING', store.keys.record(requests[0]?.id ?? ''));
  return { waiting, pending, jobEncoding, recordEncoding };
}

describe('the compact encoding of hashes', () => {
  it('holds jobs with values up to 1,024 bytes and records with up to 128 fields, and saves a quarter and a half', async () => {
    const advised = await measure(1_024, 128);
    const small = await measure(64, 8);
    process.stdout.write(
      `bytes with 1024/128 ${JSON.stringify(advised)}, with 64/8 ${JSON.stringify(small)}\n`,
    );
    expect(advised).toMatchObject({ jobEncoding: 'listpack', recordEncoding: 'listpack' });
    expect(small).toMatchObject({ jobEncoding: 'hashtable', recordEncoding: 'hashtable' });
    expect(advised.waiting).toBeLessThan(0.75 * small.waiting);
    expect(advised.pending).toBeLessThan(0.5 * small.pending);
  }, 180_000);
});
