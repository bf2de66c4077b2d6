import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MessageRecord, settleByReport } from '@pabal/fate';
import { FakeGateway, lost } from './fake-gateway.js';
import { type Input, messageOf, SenderPlay } from './sender-play.js';
import { PREFIX, type Stage, until } from './stage.js';

/** What a sender makes of its gateways' answers, over a real Redis and real queues, with gateways that a test plays. */

let play: SenderPlay;
let stage: Stage;
let alpha: FakeGateway;
let beta: FakeGateway;

beforeEach(async () => {
  play = await SenderPlay.open();
  ({ stage, alpha, beta } = play);
});
afterEach(() => stage.close());

const startSender = (gateways?: readonly FakeGateway[]) => play.start(gateways);
const enqueue = (input: Input, route?: string) => play.enqueue(input, route);
const reaches = (id: string, state: MessageRecord['state']) => play.reaches(id, state);
const jobs = <T>(queue: string) => play.jobs<T>(queue);
const jobGone = (queue: string, id: string) => play.jobGone(queue, id);
const resultOf = (id: string, queue?: string) => play.resultOf(id, queue);
const writes = (id: string) => play.writes(id);
const message = messageOf;

describe('a message', () => {
  it('in two queues at once is written once, and has one result', async () => {
    await stage.producer
      .queue('send-default-sms')
      .add('message', message({ id: 'twice' }), { jobId: 'm-twice', priority: 10 });
    await stage.producer
      .queue('urgent-default-sms')
      .add('message', message({ id: 'twice' }), { jobId: 'm-twice' });
    await startSender();
    const { wireId = '' } = await reaches('twice', 'accepted');
    await jobGone('send-default-sms', 'twice');
    await jobGone('urgent-default-sms', 'twice');
    expect(writes('twice')).toHaveLength(1);
    expect(
      await settleByReport(stage.store, 'twice', wireId, {
        status: 'delivered',
        reason: 'delivered',
        by: 'report',
      }),
    ).toMatchObject({ kind: 'settled' });
    expect(await jobs('events')).toEqual([]);
  });

  it('under an id with another payload makes an id-conflict event, and no second write or result', async () => {
    await startSender();
    await enqueue({ id: 'same' });
    await reaches('same', 'accepted');
    // As long as a job of the id stands in the queue, BullMQ itself folds whatever comes under it.
    await jobGone('send-default-sms', 'same');
    await enqueue({ id: 'same', text: '다른 내용' });
    await jobGone('send-default-sms', 'same');
    await enqueue({ id: 'same', text: '또 다른 내용', gateway: 'beta' });
    await until('two events', async () => (await jobs('events')).length === 2);
    const events = await jobs<{ id: string }>('events');
    for (const event of events) expect(event).toMatchObject({ name: 'id-conflict', data: { id: 'same' } });
    expect(JSON.stringify(events)).not.toContain('내용');
    expect(writes('same')).toHaveLength(1);
    expect((await reaches('same', 'accepted')).state).toBe('accepted');
  });

  it('that is not answered is offered again only over a later login, under the same wire id', async () => {
    alpha.script = ({ nth }) => (nth === 1 ? lost : { kind: 'duplicate', code: '17', mayMeanTooOften: true });
    await startSender([alpha]);
    await enqueue({ id: 'lost' });
    const { wireId } = await reaches('lost', 'uncertain');
    await until(
      'in its gateway’s queue',
      async () => (await stage.control.exists(`${PREFIX}:to-alpha-sms:m-lost`)) === 1,
    );
    expect(alpha.writtenOf('lost')).toHaveLength(1);
    alpha.relogin();
    await reaches('lost', 'accepted');
    expect(alpha.writtenOf('lost').map((written) => written.wireId)).toEqual([wireId, wireId]);
    expect(beta.written).toEqual([]);
  });

  it('whose probe is refused waits for its report, and is offered to nobody', async () => {
    alpha.script = ({ nth }) =>
      nth === 1
        ? lost
        : {
            kind: 'refused',
            code: '5',
            certainty: 'notDelivered',
            reason: 'insufficient-credit',
            advice: 'alert',
          };
    await startSender();
    await enqueue({ id: 'refused', gateway: 'alpha' });
    await reaches('refused', 'uncertain');
    alpha.relogin();
    await until('no more probes', async () => (await stage.record('refused')).probeEnded);
    await jobGone('to-alpha-sms', 'refused');
    expect(alpha.writtenOf('refused')).toHaveLength(2);
    expect(beta.written).toEqual([]);
    expect((await stage.record('refused')).state).toBe('uncertain');
  });

  it('whose probe is throttled is probed again over the same login', async () => {
    alpha.script = ({ nth }) =>
      nth === 1
        ? lost
        : nth < 4
          ? { kind: 'throttled', code: '15', pauseMs: 5 }
          : { kind: 'accepted', code: '0' };
    await startSender([alpha]);
    await enqueue({ id: 'throttled' });
    await reaches('throttled', 'uncertain');
    alpha.relogin();
    await reaches('throttled', 'accepted');
    expect(new Set(alpha.writtenOf('throttled').map(({ wireId }) => wireId)).size).toBe(1);
    expect(alpha.writtenOf('throttled')).toHaveLength(4);
  });

  it('that is throttled on its first write goes again under the same wire id, and costs no attempt', async () => {
    alpha.script = ({ nth }) =>
      nth < 3 ? { kind: 'throttled', code: '15', pauseMs: 5 } : { kind: 'accepted', code: '0' };
    await startSender([alpha]);
    await enqueue({ id: 'again' });
    expect(await reaches('again', 'accepted')).toMatchObject({ attempt: 1, attempts: [] });
    expect(new Set(alpha.writtenOf('again').map(({ wireId }) => wireId)).size).toBe(1);
  });

  it('that is certainly not delivered goes to the other gateway, under another wire id', async () => {
    alpha.script = () => ({
      kind: 'refused',
      code: '5',
      certainty: 'notDelivered',
      reason: 'insufficient-credit',
      advice: 'alert',
    });
    beta.setOpen(false);
    await startSender();
    await enqueue({ id: 'moved' });
    await until('refused by alpha', () => alpha.writtenOf('moved').length === 1);
    const queued = await reaches('moved', 'queued');
    expect(queued).toMatchObject({ attempt: 2, job: 'to-beta-sms:m-moved' });
    beta.setOpen(true);
    const record = await reaches('moved', 'accepted');
    expect(record).toMatchObject({
      gateway: 'beta',
      attempts: [{ gateway: 'alpha', gatewayCode: '5', wireId: alpha.written[0]?.wireId }],
    });
    expect(record.wireId).not.toBe(alpha.written[0]?.wireId);
  });

  it('that is refused for good fails with the gateway’s code', async () => {
    alpha.script = () => ({
      kind: 'refused',
      code: '3',
      certainty: 'notDelivered',
      reason: 'invalid-number',
      advice: 'giveUp',
    });
    await startSender([alpha]);
    await enqueue({ id: 'bad-number', replyTo: 'shop', ref: 'order-7' });
    expect(await resultOf('bad-number', 'results-shop')).toMatchObject({
      status: 'failed',
      reason: { code: 'invalid-number' },
      gateway: 'alpha',
      gatewayCode: '3',
      ref: 'order-7',
    });
  });

  it('that has expired before its turn is never written', async () => {
    alpha.setOpen(false);
    await startSender([alpha]);
    await enqueue({ id: 'otp', expiresAt: new Date(Date.now() + 100).toISOString() });
    const started = performance.now();
    await until('its time is over', () => performance.now() - started > 150);
    alpha.setOpen(true);
    expect(await resultOf('otp')).toMatchObject({ status: 'expired', attempts: [] });
    expect(alpha.written).toEqual([]);
  });

  it('that a raw client put there wrongly has its one result, where it wants it, and its job is kept', async () => {
    await startSender();
    const bad = { ...message({ id: 'raw', replyTo: 'shop', ref: 'r', userData: 'u' }), to: '010-abc' };
    await stage.producer.queue('send-default-sms').add('message', bad, { jobId: 'raw-1', priority: 10 });
    const result = await resultOf('raw', 'results-shop');
    expect(result).toMatchObject({
      status: 'failed',
      reason: { code: 'invalid-message' },
      ref: 'r',
      userData: 'u',
      attempts: [],
    });
    expect(result.problems?.map(({ field }) => field)).toContain('to');
    await until(
      'failed',
      async () => (await stage.producer.queue('send-default-sms').getFailedCount()) === 1,
    );
  });
});

describe('messages that one gateway alone can carry', () => {
  it('take no room of the others while that gateway is away', async () => {
    alpha.setOpen(false);
    await startSender();
    await Promise.all(Array.from({ length: 40 }, (_, i) => enqueue({ id: `pinned-${i}`, gateway: 'alpha' })));
    await Promise.all(Array.from({ length: 5 }, (_, i) => enqueue({ id: `free-${i}` })));
    await until('the others', () => beta.written.length === 5, 5_000);
    alpha.setOpen(true);
    await until('all', () => alpha.written.length === 40);
  });
});

describe('a probe in the hands of a process without its account', () => {
  it('is let go, so that the account’s owner may take it', async () => {
    alpha = new FakeGateway('alpha', { accounts: ['one', 'two'] });
    alpha.script = ({ nth }) => (nth === 1 ? lost : { kind: 'accepted', code: '0' });
    const first = await startSender([alpha]);
    await until('both lines', () => alpha.lines.length === 2);
    await enqueue({ id: 'owned' });
    const { account } = await reaches('owned', 'uncertain');
    const second = await startSender([alpha]);
    // Each of them owns one account now; whichever takes the job, the right one offers it.
    await until(
      'shared',
      () => [first, second].every((sender) => sender.status().lines.length === 1),
      20_000,
    );
    alpha.relogin();
    await reaches('owned', 'accepted');
    expect((await stage.record('owned')).account).toBe(account);
    expect(new Set(alpha.writtenOf('owned').map(({ wireId }) => wireId)).size).toBe(1);
  });
});
