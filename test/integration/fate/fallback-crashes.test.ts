import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  addOptOut,
  findByWireId,
  type MessageRecord,
  nextStepLeftovers,
  type Outcome,
  payloadHash,
  settleByReport,
} from '@pabal/fate';
import { jpegBytes } from '@pabal/files/testing';
import { Intake, type Member, makeMember, NextSteps, stepAfter } from '@pabal/fleet';
import { canonicalMessage, type MessageInput, type MessageV1 } from '@pabal/message';
import { systemClock } from '@pabal/session';
import { accepted, type FakeGateway, lost } from './fake-gateway.js';
import { messageOf, SenderPlay } from './sender-play.js';
import { DAY_MS, PREFIX, Stage, until } from './stage.js';

/** Fallback chains through senders, receivers and their queues, and what is left where one of them dies. */

let play: SenderPlay;
let stage: Stage;
let alpha: FakeGateway;
let beta: FakeGateway;
let member: Member;

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A process that owns no session: what a receiver is beside its gateways. */
function memberOn(store: Member['store']): Member {
  return makeMember({
    owner: 'receiver-1',
    config: {
      prefix: PREFIX,
      gateways: new Map(),
      routes: new Map(),
      replies: [],
      webhooks: [],
      idempotencyWindowMs: DAY_MS,
      reportGraceMs: 0,
      drainLimitMs: 1_000,
      filesKeepMs: DAY_MS,
    },
    store,
    producer: stage.producer,
    files: { load: async () => ({ kind: 'loaded', files: [] }) },
    clock: systemClock,
    random: Math.random,
    log: quiet,
  });
}

beforeEach(async () => {
  play = await SenderPlay.open();
  ({ stage, alpha, beta } = play);
  member = memberOn(stage.store);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.close();
});

const failed: Outcome = { status: 'failed', reason: 'dead-number', by: 'report', code: '7' };
const delivered: Outcome = { status: 'delivered', reason: 'delivered', by: 'report', code: '6' };
const unsure: Outcome = { status: 'unknown', reason: 'kakao-unconfirmed', by: 'report', code: '123' };
const refusal = { kind: 'refused', code: '3', certainty: 'notDelivered', reason: 'gateway-format' } as const;

/** An SMS over alpha, else one over beta. */
function chain(id: string, change: Partial<MessageInput> = {}) {
  const fallback = [{ channel: 'sms', text: '둘째', gateway: 'beta' }] as const;
  return { id, text: '첫째', gateway: 'alpha', fallback, ...change };
}

const textsOf = (id: string) => play.writes(id).map(({ message }) => message.text);

/** The step that alpha took has failed by its report, and nobody has put the next one into its queue. */
async function endedUnput(
  id: string,
  outcome = failed,
  change: Partial<MessageInput> = {},
): Promise<MessageRecord> {
  await play.enqueue(chain(id, change));
  const { wireId = '' } = await play.reaches(id, 'accepted');
  await play.jobGone('to-alpha-sms', id);
  const answer = await settleByReport(stage.store, id, wireId, outcome);
  if (answer.kind !== 'advanced') throw new Error(answer.kind);
  return answer.record;
}

const jobStands = async (queue: string, jobId: string) =>
  (await stage.control.exists(stage.store.keys.job(queue, jobId))) === 1;

describe('a step that ended', () => {
  it('by a refusal is followed by the next, under a wire id of its own, with one result', async () => {
    alpha.script = () => ({ ...refusal, advice: 'giveUp' });
    await play.start();
    await play.enqueue(chain('refused'));
    const { wireId = '', step } = await play.reaches('refused', 'accepted');
    expect(step).toBe(1);
    expect(textsOf('refused')).toEqual(['첫째', '둘째']);
    expect(alpha.writtenOf('refused')[0]?.wireId).not.toBe(wireId);
    await new Intake(member).take('beta', 'demo', report(wireId));
    expect(await play.resultOf('refused')).toMatchObject({
      status: 'delivered',
      gateway: 'beta',
      attempts: [{ gateway: 'alpha', gatewayCode: '3', reason: 'gateway-format' }, { gateway: 'beta' }],
    });
    expect(await nextStepLeftovers(stage.store, 0, 10)).toEqual([]);
  });

  it('in the very queue that the next one waits in does not take that one with it', async () => {
    alpha.script = ({ message }) => (message.text === '첫째' ? { ...refusal, advice: 'giveUp' } : accepted);
    await play.start([alpha]);
    const fallback = [{ channel: 'sms', text: '둘째' }] as const;
    for (let i = 0; i < 20; i++) await play.enqueue({ id: `same-${i}`, text: '첫째', fallback });
    for (let i = 0; i < 20; i++) {
      expect(await play.reaches(`same-${i}`, 'accepted')).toMatchObject({ step: 1 });
      expect(textsOf(`same-${i}`)).toEqual(['첫째', '둘째']);
    }
  });

  it('tries the gateways of its own step only, whatever the one before it tried', async () => {
    const alert = { ...refusal, advice: 'alert' } as const;
    alpha.script = () => alert;
    beta.script = ({ message }) => (message.text === '첫째' ? alert : accepted);
    await play.start();
    await play.enqueue({ id: 'both', text: '첫째', fallback: [{ channel: 'sms', text: '둘째' }] });
    const record = await play.reaches('both', 'accepted');
    expect(record).toMatchObject({ step: 1, gateway: 'beta' });
    const firsts = textsOf('both').filter((text) => text === '첫째');
    expect(firsts).toHaveLength(2);
    // Refused by both as the first step; as the second one by whichever came first, and then not a third time.
    const steps = record.attempts.map(({ gateway, step = 0 }) => `${step} ${gateway}`);
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps.slice(0, 2).sort()).toEqual(['0 alpha', '0 beta']);
  });

  it('without an answer is probed, and nothing follows until that is certain', async () => {
    alpha.script = ({ nth }) =>
      nth === 1 ? lost : { kind: 'duplicate', code: '17', mayMeanTooOften: false };
    await play.start();
    await play.enqueue(chain('probed'));
    await play.reaches('probed', 'uncertain');
    expect(beta.written).toEqual([]);
    alpha.relogin();
    const { wireId = '' } = await play.reaches('probed', 'accepted');
    expect(beta.written).toEqual([]);
    await new Intake(member).take('alpha', 'demo', report(wireId, failed));
    await until('the next step', () => beta.writtenOf('probed').length === 1);
  });

  it('that is a later one and stays without an answer is probed as that step', async () => {
    alpha.script = () => ({ ...refusal, advice: 'giveUp' });
    beta.script = ({ nth }) => (nth === 1 ? lost : { kind: 'duplicate', code: '17', mayMeanTooOften: false });
    await play.start();
    await play.enqueue(chain('second-lost'));
    const { wireId } = await play.reaches('second-lost', 'uncertain');
    expect((await stage.record('second-lost')).step).toBe(1);
    beta.relogin();
    await play.reaches('second-lost', 'accepted');
    expect(beta.writtenOf('second-lost').map((written) => written.wireId)).toEqual([wireId, wireId]);
  });

  it('before any gateway, by an opt-out, is followed by a step that is no advertising', async () => {
    await addOptOut(stage.store, '01012345678', '0801234567');
    await play.start();
    const ad = { optOutNumber: '0801234567' };
    await play.enqueue(chain('opted-out', { ad }));
    expect(await play.reaches('opted-out', 'accepted')).toMatchObject({
      step: 1,
      gateway: 'beta',
      attempts: [],
    });
    const all = [{ channel: 'sms', text: '둘째', gateway: 'beta', ad }] as const;
    await play.enqueue(chain('all-ads', { ad, fallback: all }));
    expect(await play.resultOf('all-ads')).toMatchObject({
      status: 'failed',
      reason: { code: 'recipient-opted-out' },
      attempts: [],
    });
    expect(play.writes('all-ads')).toEqual([]);
  });

  it('before any gateway, because its file is gone, is followed by one that needs none', async () => {
    await play.start();
    await play.enqueue(chain('no-file', { channel: 'mms', files: ['gone'] }));
    expect(await play.reaches('no-file', 'accepted')).toMatchObject({
      step: 1,
      channel: 'sms',
      attempts: [],
    });
    expect(textsOf('no-file')).toEqual(['둘째']);
  });

  it('by files that its gateway refused is followed by the next', async () => {
    const file = await play.files.put(jpegBytes(640, 480));
    alpha.stage = async () => ({ kind: 'refused', code: '911', reason: 'file-error', advice: 'giveUp' });
    await play.start();
    await play.enqueue(chain('staged', { channel: 'mms', files: [file.id] }));
    expect(await play.reaches('staged', 'accepted')).toMatchObject({
      step: 1,
      attempts: [{ channel: 'mms', gateway: 'alpha', gatewayCode: '911' }],
    });
    expect(textsOf('staged')).toEqual(['둘째']);
  });
});

describe('a process that dies', () => {
  it('before it put the next step into its queue leaves that to a sweep', async () => {
    const sender = await play.start([alpha, beta]);
    const record = await endedUnput('unput');
    expect(await jobStands('to-beta-sms', 'm1-unput')).toBe(false);
    expect(await member.nextSteps.sweep(0, 10)).toBe(1);
    expect(await play.reaches('unput', 'accepted')).toMatchObject({ step: 1, gateway: 'beta' });
    expect(record.step).toBe(1);
    expect(await nextStepLeftovers(stage.store, 0, 10)).toEqual([]);
    await sender.stop();
  });

  it('after it put the step, before it said so, makes no second one', async () => {
    await play.start();
    const record = await endedUnput('unsaid');
    const clearing = jest.spyOn(stage.store, 'run').mockRejectedValueOnce(new Error('killed'));
    await expect(member.nextSteps.putNow(record)).rejects.toThrow('killed');
    clearing.mockRestore();
    await play.reaches('unsaid', 'accepted');
    await play.jobGone('to-beta-sms', 'unsaid');
    // Read before the claim, put again after it: the job comes once more, and finds everything done.
    await member.nextSteps.putNow(record);
    await until('the job gone', async () => !(await jobStands('to-beta-sms', 'm1-unsaid')));
    expect(beta.writtenOf('unsaid')).toHaveLength(1);
    expect(await member.nextSteps.sweep(0, 10)).toBe(0);
  });

  it('in the midst of being swept by two at once makes one step', async () => {
    await play.start();
    for (let i = 0; i < 10; i++) await endedUnput(`two-${i}`);
    const other = memberOn((await stage.another()).store);
    await Promise.all([member.nextSteps.sweep(0, 10), other.nextSteps.sweep(0, 10)]);
    for (let i = 0; i < 10; i++) {
      await play.reaches(`two-${i}`, 'accepted');
      expect(beta.writtenOf(`two-${i}`)).toHaveLength(1);
    }
  });

  it('and froze for longer than the tombstone stays does not revive its message', async () => {
    await play.start();
    const record = await endedUnput('frozen');
    await stage.control.del(stage.store.keys.record('frozen'));
    await member.nextSteps.putNow(record);
    await until('the job gone', async () => !(await jobStands('to-beta-sms', 'm1-frozen')));
    expect(beta.writtenOf('frozen')).toEqual([]);
    expect(await stage.control.exists(stage.store.keys.record('frozen'))).toBe(0);
  });
});

describe('reports', () => {
  const events = async () =>
    (await play.jobs<Record<string, unknown>>('events')).filter(({ name }) => name !== 'session');

  it('that the gateway repeats of a step that is over are counted, and no event', async () => {
    await play.start();
    await play.enqueue(chain('repeated'));
    const { wireId = '' } = await play.reaches('repeated', 'accepted');
    const intake = new Intake(member);
    await intake.take('alpha', 'demo', report(wireId, failed));
    await until('the next step', () => beta.writtenOf('repeated').length === 1);
    for (let i = 0; i < 2; i++) await intake.take('alpha', 'demo', report(wireId, failed));
    expect(intake.counts).toMatchObject({ settled: 1, repeated: 2, late: 0 });
    expect(await events()).toEqual([]);
    expect(textsOf('repeated')).toEqual(['첫째', '둘째']);
  });

  it('of a delivery, before the next step is claimed, make its one result, and the step is never sent', async () => {
    await play.start();
    beta.setOpen(false);
    const fallback = [{ channel: 'sms', text: '둘째', gateway: 'beta', onUnknown: 'send' }] as const;
    const { attempts } = await endedUnput('in-time', unsure, { fallback });
    await member.nextSteps.sweep(0, 10);
    const intake = new Intake(member);
    const notice = report(attempts[0]?.wireId ?? '');
    await intake.take('alpha', 'demo', notice);
    expect(await play.resultOf('in-time')).toMatchObject({ status: 'delivered', gateway: 'alpha' });
    beta.setOpen(true);
    await until('the job gone', async () => !(await jobStands('to-beta-sms', 'm1-in-time')));
    expect(beta.writtenOf('in-time')).toEqual([]);
    await intake.take('alpha', 'demo', notice);
    expect(intake.counts).toMatchObject({ settled: 1, repeated: 1, late: 0 });
    expect(await events()).toEqual([]);
  });

  it('of a delivery, after the next step was claimed, are one event, and its own result stands', async () => {
    await play.start();
    const fallback = [{ channel: 'sms', text: '둘째', gateway: 'beta', onUnknown: 'send' }] as const;
    const { attempts } = await endedUnput('too-late', unsure, { fallback });
    await member.nextSteps.sweep(0, 10);
    const { wireId = '' } = await play.reaches('too-late', 'accepted');
    const intake = new Intake(member);
    for (let i = 0; i < 2; i++) await intake.take('alpha', 'demo', report(attempts[0]?.wireId ?? ''));
    expect(await events()).toMatchObject([
      { name: 'late-report', data: { gateway: 'alpha', id: 'too-late' } },
    ]);
    expect((await stage.record('too-late')).state).toBe('accepted');
    await intake.take('beta', 'demo', report(wireId, failed));
    // Nobody knows of the first one but that event: that it failed cannot be said.
    expect(await play.resultOf('too-late')).toMatchObject({
      status: 'unknown',
      reason: { code: 'kakao-unconfirmed' },
      gateway: 'beta',
    });
  });
});

describe('a Redis that comes back without its last second', () => {
  it('is told again of the step that ended, of its wire id, and of the job of the next one', async () => {
    await stage.close();
    stage = await Stage.open({ aofTimestamps: true });
    const { store, redis, control } = stage;
    member = memberOn(store);
    const request = await stage.claimed({
      id: 'cut',
      gateway: 'alpha',
      ...claimable(messageOf(chain('cut'))),
    });
    const second = Math.floor(store.fleetNow() / 1_000);
    await until('the next second', () => Math.floor(store.fleetNow() / 1_000) > second);
    await control.set('tick', String(second));
    const answer = await settleByReport(store, 'cut', request.wireId, failed);
    if (answer.kind !== 'advanced') throw new Error(answer.kind);
    await member.nextSteps.putNow(answer.record);
    expect(await jobStands('to-beta-sms', 'm1-cut')).toBe(true);

    await redis.kill();
    await until('away', () => store.state === 'away');
    await redis.cutBack(second);
    await redis.start();
    await until('open again', () => store.state === 'open');

    expect(await stage.record('cut')).toMatchObject({
      state: 'queued',
      step: 1,
      attempts: [{ gateway: 'alpha' }],
    });
    expect(await findByWireId(store, 'alpha', 'demo', request.wireId)).toBe('cut');
    expect(await stage.deadline(request)).toBeNull();
    await until('the job again', () => jobStands('to-beta-sms', 'm1-cut'));
    // Nobody knows whether the job was lost as well: the sweep puts it once more, and it folds.
    await member.nextSteps.sweep(0, 10);
    expect(await nextStepLeftovers(store, 0, 10)).toEqual([]);
    expect(await stage.producer.queue('to-beta-sms').getJobCountByTypes('wait', 'prioritized')).toBe(1);
  });

  it('while the next step was being put has it put again, by the same hands', async () => {
    await stage.close();
    stage = await Stage.open();
    const { store } = stage;
    const request = await stage.claimed({
      id: 'again',
      gateway: 'alpha',
      ...claimable(messageOf(chain('again'))),
    });
    const answer = await settleByReport(store, 'again', request.wireId, failed);
    if (answer.kind !== 'advanced') throw new Error(answer.kind);
    let puts = 0;
    const generation = jest.spyOn(store, 'generation', 'get');
    const nextSteps = new NextSteps({
      ...memberOn(store),
      jobs: {
        put: async (_key: string, operation: () => Promise<unknown>) => {
          // It was restarted while the first one was on its way.
          if (++puts === 1) generation.mockReturnValueOnce(1);
          return operation();
        },
      } as unknown as Member['jobs'],
    });
    await nextSteps.putNow(answer.record);
    expect(puts).toBe(2);
    expect(await nextStepLeftovers(store, 0, 10)).toEqual([]);
  });
});

/** What the door makes of a message: its hash, and the step after it. */
function claimable(message: MessageV1) {
  const next = stepAfter(message, { step: 0, route: 'default' });
  if (!next) throw new Error('no step follows');
  return { payloadHash: payloadHash(canonicalMessage(message)), next };
}

/** A report of one of the fake gateways. */
function report(wireId: string, { status, reason, code = '' }: Outcome = delivered) {
  const certainty = { delivered: 'delivered', failed: 'notDelivered', unknown: 'uncertain' } as const;
  if (status !== 'delivered' && status !== 'failed' && status !== 'unknown') throw new Error(status);
  return {
    kind: 'report',
    report: { wireId, certainty: certainty[status], reason: reason as 'delivered', code },
  } as const;
}
