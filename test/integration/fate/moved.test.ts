import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseMessage } from '@pabal/message';
import {
  connectRedis,
  type GatewayJob,
  type JobEnd,
  leaveMoved,
  type PulledJob,
  Puller,
} from '@pabal/queues';
import { PREFIX, Stage, until } from './stage.js';

const GATEWAYS = ['here', 'there'] as const;
type Gateway = (typeof GATEWAYS)[number];
const MESSAGES = 40;
/** Each is thrown to and fro so often, by holders that know nothing of each other. */
const MOVES = 12;

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

function jobOf(id: string): GatewayJob {
  const parsed = parseMessage({ id, channel: 'sms', to: '01012345678', from: '0212345678', text: '안내' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { v: 1, message: parsed.message, enqueuedAt: Date.now(), route: 'default', uncertain: false };
}

const queueAt = (gateway: Gateway) => `to-${gateway}-sms`;
const put = (gateway: Gateway, id: string) => stage.producer.toGateway(gateway, jobOf(id));
const state = (gateway: Gateway, id: string) => stage.producer.queue(queueAt(gateway)).getJobState(`m-${id}`);

function pull(gateway: Gateway, handle: (id: string, job: PulledJob) => Promise<JobEnd>): void {
  const connection = connectRedis({ url: stage.redis.url }, 'worker');
  connection.on('error', () => {});
  const puller = new Puller({
    queue: queueAt(gateway),
    prefix: PREFIX,
    connection,
    concurrency: 20,
    name: `sender-${gateway}`,
    handle: (job) => handle(job.id.replace('m-', ''), job),
    onError: () => {},
  });
  stage.onClose(() => connection.disconnect());
  stage.onClose(() => puller.close());
}

describe('the job of a message that was moved elsewhere', () => {
  it('goes', async () => {
    let taken = 0;
    await put('here', 'a');
    await stage.control.hdel(`${PREFIX}:${queueAt('here')}:m-a`, 'pabal');
    pull('here', async () => {
      taken++;
      await put('there', 'a');
      return { kind: 'moved' };
    });
    await until('gone', async () => (await state('here', 'a')) === 'unknown');
    expect(await state('there', 'a')).toBe('waiting');
    expect(taken).toBe(1);
  });

  it('carries it on when the message is put back before it went', async () => {
    const ends: string[] = [];
    await put('here', 'a');
    pull('here', async (id) => {
      if (ends.length > 0) {
        ends.push('done');
        return { kind: 'done' };
      }
      ends.push('moved');
      await put('there', id);
      // Somebody takes it there, and sends it back at once.
      expect(await leaveMoved(stage.control, PREFIX, queueAt('there'), `m-${id}`, '')).toBe('kept');
      await put('here', id);
      expect(await leaveMoved(stage.control, PREFIX, queueAt('there'), `m-${id}`, '')).toBe('gone');
      return { kind: 'moved' };
    });
    await until('it came again', async () => ends.length === 2);
    expect(ends).toEqual(['moved', 'done']);
  });

  it('is left alone where somebody else holds it, or it went before', async () => {
    let leave: (end: JobEnd) => void = () => {};
    const held = new Promise<JobEnd>((resolve) => {
      leave = resolve;
    });
    let token = '';
    await put('here', 'a');
    pull('here', (_id, job) => {
      token = job.token;
      return held;
    });
    await until('held', async () => token !== '');
    for (const other of ['', `${token}-other`]) {
      expect(await leaveMoved(stage.control, PREFIX, queueAt('here'), 'm-a', other)).toBe('lost');
    }
    expect(await state('here', 'a')).toBe('active');
    leave({ kind: 'done' });
    await until('gone', async () => (await state('here', 'a')) === 'unknown');
    expect(await leaveMoved(stage.control, PREFIX, queueAt('here'), 'm-a', '')).toBe('lost');
  });

  it(`is never the last one that goes: ${MESSAGES} messages, thrown to and fro by two that know nothing of each other`, async () => {
    const moves = new Map<string, number>();
    const done = new Set<string>();
    const play =
      (other: Gateway) =>
      async (id: string): Promise<JobEnd> => {
        const count = (moves.get(id) ?? 0) + 1;
        moves.set(id, count);
        if (count > MOVES) {
          done.add(id);
          return { kind: 'done' };
        }
        await put(other, id);
        return { kind: 'moved' };
      };
    const ids = Array.from({ length: MESSAGES }, (_, i) => `p${i}`);
    // In both queues from the start: each job folds into one that is about to go.
    await Promise.all(ids.flatMap((id) => GATEWAYS.map((gateway) => put(gateway, id))));
    pull('here', play('there'));
    pull('there', play('here'));
    await until('each was carried to its end', async () => done.size === MESSAGES);
    expect([...done].sort()).toEqual([...ids].sort());
  });
});
