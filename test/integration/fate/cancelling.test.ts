import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import type { ResultV1 } from '@pabal/message';
import type { SubmitOutcome } from '@pabal/session';
import { accepted, lost } from './fake-gateway.js';
import { type Input, messageOf, SenderPlay } from './sender-play.js';
import { PREFIX, type Stage, until } from './stage.js';

/**
 * Cancelling is answered by the truth wherever a message stands. One fleet for all: the gateway alpha answers nothing to
 * `hold-…` until it is let, then everything else that is in hand goes on; beta has no session.
 */

const HOUR_MS = 3_600_000;
const WINDOW = 16;

let play: SenderPlay;
let stage: Stage;
let client: PabalClient;
let letGo: () => void = () => {};
const held = new Promise<SubmitOutcome>((resolve) => {
  letGo = () => resolve(accepted);
});
const cancelled = new Set<string>();

const busy: SubmitOutcome = {
  kind: 'refused',
  code: '8',
  certainty: 'notDelivered',
  reason: 'network-error',
  advice: 'retry',
};
const dead: SubmitOutcome = { ...busy, reason: 'dead-number', advice: 'giveUp' };

async function put(id: string, messages: readonly unknown[]): Promise<void> {
  await stage.producer
    .queue('send-default-sms')
    .add('batch', { v: 1, messages }, { jobId: id, priority: 10 });
}

const later = () => new Date(Date.now() + HOUR_MS).toISOString();

beforeAll(async () => {
  play = await SenderPlay.open();
  ({ stage } = play);
  await play.publishCatalogue();
  client = await PabalClient.connect({ redis: stage.redis.url, prefix: PREFIX });
  play.alpha.script = ({ message: { id } }) => {
    if (id.startsWith('hold-')) return held;
    if (id.startsWith('retry-')) return busy;
    if (id.startsWith('lost-')) return lost;
    return id.startsWith('dead-') ? dead : accepted;
  };
  play.beta.open = false;
  await play.start();
  await play.startReceiver();

  const send = (input: Input) => client.send(messageOf(input));
  await Promise.all([
    send({ id: 'accepted' }),
    send({ id: 'retry-delayed' }),
    send({ id: 'lost-uncertain' }),
    send({ id: 'dead-settled' }),
    send({ id: 'dead-between', fallback: [{ channel: 'sms', text: '다음', gateway: 'beta' }] }),
    send({ id: 'scheduled', sendAt: later() }),
    send({ id: 'pinned', gateway: 'beta' }),
    send({ id: 'pinned-urgent', gateway: 'beta', priority: 'urgent' }),
  ]);
  const bad = { ...messageOf({ id: 'refused' }), text: '' };
  await stage.producer.queue('send-default-sms').add('message', bad, { jobId: 'm-refused', priority: 10 });
  await put('b-later', [messageOf({ id: 'scheduled-member', sendAt: later() })]);
  await play.reaches('accepted', 'accepted');
  await play.reaches('retry-delayed', 'queued');
  await play.reaches('lost-uncertain', 'uncertain');
  await play.reaches('dead-settled', 'settled');
  await play.reaches('refused', 'settled');
  await play.reaches('dead-between', 'queued');
  await until('the pinned ones are where beta looks', async () => {
    const waiting = await Promise.all(
      ['to-beta-sms', 'to-urgent-beta-sms'].map((queue) => stage.producer.queue(queue).count()),
    );
    return waiting[0] === 2 && waiting[1] === 1;
  });
  await until('the batch for later is over', async () => {
    return (await stage.control.exists(stage.store.keys.job('send-default-sms', 'b-later'))) === 0;
  });
  await Promise.all(Array.from({ length: WINDOW }, (_, i) => send({ id: `hold-${i}` })));
  await until('the window is full', () => {
    return play.alpha.written.filter(({ message }) => message.id.startsWith('hold-')).length === WINDOW;
  });
  await send({ id: 'in-hand' });
  await send({ id: 'urgent', priority: 'urgent' });
  const members = Array.from({ length: 60 }, (_, i) => messageOf({ id: `member-${i}` }));
  await put('b-begun', members);
  await until(
    'it was begun',
    async () => (await stage.control.hexists(stage.store.keys.batched, 'member-0')) === 1,
  );
  await Promise.all(Array.from({ length: 100 }, (_, i) => play.enqueue({ id: `ahead-${i}` })));
  await send({ id: 'beyond-hand' });
  for (let i = 0; i < 6; i++) await put(`b-before-${i}`, [messageOf({ id: `before-${i}` })]);
  await put('b-waits', [messageOf({ id: 'waits-0' }), messageOf({ id: 'waits-1' })]);
  await until(
    'the receiver noted it',
    async () => (await stage.control.hexists(stage.store.keys.batched, 'waits-1')) === 1,
  );
}, 60_000);
afterAll(async () => {
  letGo();
  await client.close();
  await stage.close();
});

describe('before the wire it is cancelled, certainly never sent', () => {
  it.each([
    ['in the hands of a sender', 'in-hand'],
    ['urgent, in its hands', 'urgent'],
    ['behind all that senders hold', 'beyond-hand'],
    ['scheduled', 'scheduled'],
    ['scheduled as a member of a batch', 'scheduled-member'],
    ['in the queue of a gateway without a session', 'pinned'],
    ['in its urgent one', 'pinned-urgent'],
    ['a member in hand of a batch that is worked on', 'member-1'],
    ['a member of it that nobody has in hand yet', 'member-59'],
    ['a member of a batch that waits', 'waits-1'],
  ])('%s', async (_where, id) => {
    expect(await client.cancel(id)).toEqual({ kind: 'cancelled' });
    expect(await client.cancel(id)).toEqual({ kind: 'cancelled' });
    cancelled.add(id);
    expect(await client.status(id)).toMatchObject({ state: 'settled', outcome: { status: 'cancelled' } });
    expect(play.writes(id)).toEqual([]);
  });

  it.each([
    ['in the delay before another attempt', 'retry-delayed'],
    ['between two steps of its chain', 'dead-between'],
  ])('and not written again %s', async (_where, id) => {
    const writes = play.writes(id).length;
    expect(await client.cancel(id)).toEqual({ kind: 'cancelled' });
    expect(await client.cancel(id)).toEqual({ kind: 'cancelled' });
    cancelled.add(id);
    const { status, attempts } = await play.resultOf(id);
    expect([status, attempts.length, play.writes(id).length]).toEqual(['cancelled', writes, writes]);
  });
});

describe('after it the answer is that', () => {
  it.each([
    ['it is being written', 'hold-3', 'alreadySent'],
    ['nobody knows whether it was', 'lost-uncertain', 'alreadySent'],
    ['the gateway has it', 'accepted', 'alreadySent'],
    ['it has its result', 'dead-settled', 'alreadySettled'],
    ['it was refused at the door', 'refused', 'alreadySettled'],
    ['nobody knows such a message', 'nobody-knows', 'notFound'],
  ])('%s', async (_what, id, kind) => {
    expect(await client.cancel(id)).toEqual({ kind });
    expect(await client.cancel(id)).toEqual({ kind });
  });
});

describe('what was cancelled', () => {
  it('has one result, and is not written when its turn comes', async () => {
    letGo();
    await play.reaches('member-58', 'accepted');
    await play.reaches('waits-0', 'accepted');
    for (const id of cancelled) expect(await play.resultOf(id)).toMatchObject({ status: 'cancelled' });
    const results = (await play.jobs<ResultV1>('results')).map(({ data }) => data.id).sort();
    expect(results).toEqual([...cancelled, 'dead-settled', 'refused'].sort());
    const first = [...cancelled].filter((id) => !id.startsWith('retry-') && !id.startsWith('dead-'));
    expect(first.flatMap((id) => play.writes(id))).toEqual([]);
  });

  it('stays cancelled when it comes again', async () => {
    await client.send(messageOf({ id: 'in-hand' }));
    await play.jobGone('send-default-sms', 'in-hand');
    expect(play.writes('in-hand')).toEqual([]);
    expect(await client.status('in-hand')).toMatchObject({ outcome: { status: 'cancelled' } });
  });
});

describe('a message that waits for nobody’s reply queue', () => {
  it('has its result where every other one is, as if the door had refused it', async () => {
    const data = { ...messageOf({ id: 'undeclared', sendAt: later() }), replyTo: 'nobody' };
    await stage.producer
      .queue('send-default-sms')
      .add('message', data, { jobId: 'm-undeclared', priority: 10, delay: HOUR_MS });
    expect(await client.cancel('undeclared')).toEqual({ kind: 'cancelled' });
    expect(await play.resultOf('undeclared')).toMatchObject({ status: 'cancelled' });
  });
});
