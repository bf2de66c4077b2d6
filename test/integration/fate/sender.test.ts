import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MessageRecord, readMessage, settleByReport } from '@pabal/fate';
import { FileStore, WarmFiles } from '@pabal/files';
import { bindGateway, type FleetConfig, makeMember, ownerName, Sender } from '@pabal/fleet';
import { type MessageInput, type MessageV1, parseMessage, type ResultV1 } from '@pabal/message';
import { connectRedis } from '@pabal/queues';
import { systemClock } from '@pabal/session';
import { FakeGateway, lost } from './fake-gateway.js';
import { DAY_MS, PREFIX, Stage, until } from './stage.js';

/** What a sender makes of its gateways' answers, over a real Redis and real queues, with gateways that a test plays. */

let stage: Stage;
let alpha: FakeGateway;
let beta: FakeGateway;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

beforeEach(async () => {
  stage = await Stage.open();
  alpha = new FakeGateway('alpha');
  beta = new FakeGateway('beta');
});
afterEach(() => stage.close());

async function startSender(gateways: readonly FakeGateway[] = [alpha, beta]): Promise<Sender> {
  const { store } = await stage.another();
  const files = new FileStore({ redis: store.redis, prefix: PREFIX });
  const config: FleetConfig = {
    prefix: PREFIX,
    gateways: new Map(gateways.map((gateway) => [gateway.name, bindGateway(gateway.name, gateway.kind, 0)])),
    routes: new Map([
      ['default', { gateways: gateways.map(({ name }) => name), policy: 'balance' }],
      ['only-alpha', { gateways: ['alpha'], policy: 'balance' }],
    ]),
    replies: ['shop'],
    idempotencyWindowMs: DAY_MS,
    reportGraceMs: 0,
    drainLimitMs: 1_000,
    filesKeepMs: DAY_MS,
  };
  const workers = connectRedis({ url: stage.redis.url }, 'worker');
  workers.on('error', () => {});
  const sender = new Sender({
    member: makeMember({
      owner: ownerName('sender'),
      config,
      store,
      producer: stage.producer,
      files: new WarmFiles((id) => store.keepTrying(() => files.get(id))),
      clock: systemClock,
      random: Math.random,
      log: quiet,
    }),
    workers,
  });
  stage.onClose(() => workers.disconnect());
  stage.onClose(() => sender.stop());
  sender.start();
  await until('its lines', () => gateways.every(({ lines }) => lines.length > 0));
  return sender;
}

function message(input: Partial<MessageInput> & { readonly id: string }): MessageV1 {
  const parsed = parseMessage({
    channel: 'sms',
    to: '01012345678',
    from: '15881234',
    text: '인증번호 1234',
    ...input,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.message;
}

async function enqueue(
  input: Partial<MessageInput> & { readonly id: string },
  route = 'default',
): Promise<void> {
  await stage.producer.enqueue({ message: message(input), route }, Date.now());
}

async function reaches(id: string, state: MessageRecord['state']): Promise<MessageRecord> {
  let record: MessageRecord | undefined;
  await until(`${id} ${state}`, async () => {
    record = await readMessage(stage.store, id);
    return record?.state === state;
  });
  if (!record) throw new Error('there is no record');
  return record;
}

async function jobs<T>(queue: string): Promise<{ name: string; data: T }[]> {
  return (await stage.producer.queue(queue).getJobs(['wait'])).map(({ name, data }) => ({
    name,
    data: data as T,
  }));
}

async function jobGone(queue: string, id: string): Promise<void> {
  const key = stage.store.keys.job(queue, `m-${id}`);
  await until(`no job of ${id} in ${queue}`, async () => (await stage.control.exists(key)) === 0);
}

async function resultOf(id: string, queue = 'results'): Promise<ResultV1> {
  let found: ResultV1[] = [];
  await until(`result of ${id}`, async () => {
    found = (await jobs<ResultV1>(queue)).map(({ data }) => data).filter((result) => result.id === id);
    return found.length > 0;
  });
  expect(found).toHaveLength(1);
  return found[0] as ResultV1;
}

const writes = (id: string) => [...alpha.writtenOf(id), ...beta.writtenOf(id)];

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
