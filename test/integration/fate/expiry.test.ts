import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResultV1 } from '@pabal/message';
import type { SubmitOutcome } from '@pabal/session';
import { accepted } from './fake-gateway.js';
import { type Input, messageOf, SenderPlay } from './sender-play.js';
import { type Stage, until } from './stage.js';

/**
 * Wherever a message waits it expires on time, and that means certainly never written. One fleet for all: the gateway alpha
 * answers nothing to `hold-…`, of which it has its window full, until it is let; beta has no session.
 */

/** What a look of the sender's and a sweep of the receiver's may take, also on a busy machine. */
const LATE_MS = 5_000;
const WINDOW = 16;

let play: SenderPlay;
let stage: Stage;
let letGo: () => void = () => {};
const held = new Promise<SubmitOutcome>((resolve) => {
  letGo = () => resolve(accepted);
});
/** When each message is to expire, epoch ms. */
const due = new Map<string, number>();

const busy: SubmitOutcome = {
  kind: 'refused',
  code: '8',
  certainty: 'notDelivered',
  reason: 'network-error',
  advice: 'retry',
};
const dead: SubmitOutcome = { ...busy, reason: 'dead-number', advice: 'giveUp' };

function expiring(id: string, ttlSeconds: number, change: Partial<Input> = {}): Input {
  const from = change.sendAt === undefined ? Date.now() : Date.parse(change.sendAt);
  due.set(id, from + ttlSeconds * 1_000);
  return { id, ttlSeconds, ...change };
}

async function putBatch(id: string, inputs: readonly Input[]): Promise<void> {
  const data = { v: 1, messages: inputs.map(messageOf) };
  await stage.producer.queue('send-default-sms').add('batch', data, { jobId: id, priority: 10 });
}

beforeAll(async () => {
  play = await SenderPlay.open();
  ({ stage } = play);
  play.alpha.script = ({ message: { id } }) => {
    if (id.startsWith('hold-')) return held;
    if (id.startsWith('retry-')) return busy;
    return id.startsWith('dead-') ? dead : accepted;
  };
  play.beta.open = false;
  await play.start();
  await play.startReceiver();

  // What is answered at once, before the window is full.
  const enqueue = async (...all: Input[]) => Promise.all(all.map((input) => play.enqueue(input)));
  await enqueue(
    expiring('retry-later', 2),
    expiring('dead-between', 2, { fallback: [{ channel: 'sms', text: '다음', gateway: 'beta' }] }),
  );
  await until('both were refused', () => play.alpha.written.length >= 2);
  await enqueue(...Array.from({ length: WINDOW }, (_, i) => ({ id: `hold-${i}` })));
  await until('the window is full', () => {
    return play.alpha.written.filter(({ message }) => message.id.startsWith('hold-')).length === WINDOW;
  });

  const soon = new Date(Date.now() + 1_000).toISOString();
  await enqueue(
    expiring('in-hand', 1),
    expiring('urgent', 1, { priority: 'urgent' }),
    expiring('bulk', 1, { priority: 'bulk' }),
    expiring('unserved', 1, { gateway: 'beta' }),
    expiring('unserved-urgent', 1, { gateway: 'beta', priority: 'urgent' }),
    expiring('scheduled', 1, { sendAt: soon }),
    expiring('scheduled-unserved', 1, { sendAt: soon, gateway: 'beta' }),
  );
  const members = Array.from({ length: 60 }, (_, i) => ({ id: `member-${i}` }));
  await putBatch('b-begun', [...members, expiring('member-behind', 1)]);
  await until(
    'it was begun',
    async () => (await stage.control.hexists(stage.store.keys.batched, 'member-0')) === 1,
  );
  // More than anybody holds.
  await enqueue(...Array.from({ length: 300 }, (_, i) => ({ id: `ahead-${i}` })));
  await enqueue(expiring('beyond-hand', 1));
  for (let i = 0; i < 6; i++) await putBatch(`b-before-${i}`, [{ id: `before-${i}` }]);
  await putBatch('b-waits', [{ id: 'waits-0' }, expiring('member-of-waiting', 1), { id: 'waits-2' }]);
}, 60_000);
afterAll(async () => {
  letGo();
  await stage.close();
});

describe('a message expires on time and is certainly never written', () => {
  it.each([
    ['in the hands of a sender', 'in-hand'],
    ['among the urgent ones', 'urgent'],
    ['among the bulk ones', 'bulk'],
    ['behind all that senders hold', 'beyond-hand'],
    ['in the queue of a gateway without a session', 'unserved'],
    ['in its urgent one', 'unserved-urgent'],
    ['scheduled, counted from its sendAt', 'scheduled'],
    ['scheduled for a gateway without a session', 'scheduled-unserved'],
    ['as a member of a batch that is worked on', 'member-behind'],
    ['as a member of a batch that waits', 'member-of-waiting'],
  ])('%s', async (_where, id) => {
    const result = await play.resultOf(id);
    expect(result).toMatchObject({ status: 'expired', reason: { code: 'expired' }, attempts: [] });
    expect(result.times.sent).toBeUndefined();
    expect(play.writes(id)).toEqual([]);
    const { settledAt = 0 } = await stage.record(id);
    const at = due.get(id) ?? 0;
    expect(settledAt).toBeGreaterThanOrEqual(at);
    expect(settledAt - at).toBeLessThan(LATE_MS);
  });

  it.each([
    ['in the delay before another attempt', 'retry-later'],
    ['between two steps of its chain', 'dead-between'],
  ])('and is not written again %s', async (_where, id) => {
    const result = await play.resultOf(id);
    expect(result).toMatchObject({ status: 'expired', reason: { code: 'expired' } });
    const writes = play.writes(id).length;
    const { settledAt = 0 } = await stage.record(id);
    expect(settledAt - (due.get(id) ?? 0)).toBeLessThan(LATE_MS);
    expect(writes).toBe(result.attempts.length);
  });

  it('and has no second result, and leaves no job behind', async () => {
    for (const id of due.keys()) await play.resultOf(id);
    const results = (await play.jobs<ResultV1>('results')).map(({ data }) => data.id).sort();
    expect(results).toEqual([...due.keys()].sort());
    for (const id of ['in-hand', 'beyond-hand', 'retry-later', 'scheduled']) {
      await play.jobGone('send-default-sms', id);
    }
    for (const id of ['unserved', 'scheduled-unserved']) await play.jobGone('to-beta-sms', id);
  });

  it('while what stood beside it is sent', async () => {
    letGo();
    await until('the rest', () => play.writes('waits-2').length === 1, 20_000);
    await play.reaches('member-59', 'accepted');
    expect(play.writes('member-of-waiting')).toEqual([]);
  });
});

describe('while Redis is away', () => {
  it('time goes on: what expired meanwhile is never written', async () => {
    play.beta.setOpen(false);
    await play.enqueue(expiring('away', 1, { gateway: 'beta' }));
    stage.redis.pause();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    play.beta.setOpen(true);
    stage.redis.resume();
    expect(await play.resultOf('away')).toMatchObject({ status: 'expired', attempts: [] });
    expect(play.writes('away')).toEqual([]);
  });
});
