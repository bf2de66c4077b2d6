import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accept,
  awaitsItsQueue,
  buryTombstones,
  type ClaimRequest,
  claim,
  claimProbe,
  clearNextStep,
  clearOutbox,
  composeResult,
  deriveWireId,
  findByWireId,
  markUncertain,
  type NextStepRecord,
  nextStepLeftovers,
  type Outcome,
  requeue,
  settleByDeadline,
  settleByRefusal,
  settleByReport,
  settleCancelled,
  settleUnsent,
  type UnsentMessage,
} from '@pabal/fate';
import { claimRequest, DAY_MS, probeOf, Stage, until } from './stage.js';

/**
 * The steps of a fallback chain over a real Redis. Each title with an arrow names one of the diagram in `docs/fate.md`, as
 * those in `states.test.ts` do.
 */

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const delivered: Outcome = { status: 'delivered', reason: 'delivered', by: 'report', code: '6' };
const failed: Outcome = { status: 'failed', reason: 'kakao-not-user', by: 'report', code: '1030' };
const unsure: Outcome = { status: 'unknown', reason: 'kakao-unconfirmed', by: 'report', code: '1025' };
const refused: Outcome = { status: 'failed', reason: 'kakao-template-missing', by: 'ack', code: '1003' };
const unreported: Outcome = { status: 'unknown', reason: 'no-report', by: 'deadline' };
const expired: Outcome = { status: 'expired', reason: 'expired', by: 'expiry' };
const optedOut: Outcome = { status: 'failed', reason: 'recipient-opted-out', by: 'refusal' };

function next(id: string, step: number, change: Partial<NextStepRecord> = {}): NextStepRecord {
  return {
    step,
    channel: 'sms',
    onUnknown: 'stop',
    job: `send-default-sms:m${step}-${id}`,
    payload: JSON.stringify({ route: 'default', message: { id, text: '둘째' } }),
    ...change,
  };
}

/** The claim of the first of two steps. */
function chainRequest(change: Partial<NextStepRecord> = {}, claimed: Partial<ClaimRequest> = {}) {
  const request = claimRequest({ channel: 'alimtalk', ...claimed });
  const job = { ...request.job, queue: 'send-default-alimtalk' };
  return { ...request, job, next: next(request.id, 1, change) };
}

async function claimedChain(
  change: Partial<NextStepRecord> = {},
  claimed: Partial<ClaimRequest> = {},
): Promise<ClaimRequest & { next: NextStepRecord }> {
  const request = chainRequest(change, claimed);
  await stage.hold(request);
  expect(await claim(stage.store, request)).toMatchObject({ kind: 'claimed' });
  return request;
}

async function acceptedChain(change: Partial<NextStepRecord> = {}, claimed: Partial<ClaimRequest> = {}) {
  const request = await claimedChain(change, claimed);
  await accept(stage.store, request.id, request.wireId);
  return request;
}

async function uncertainChain(change: Partial<NextStepRecord> = {}, claimed: Partial<ClaimRequest> = {}) {
  const request = await claimedChain(change, claimed);
  await markUncertain(stage.store, request.id, request.token);
  return request;
}

/** The claim of the step after this one. */
function secondClaim(first: ClaimRequest, change: Partial<ClaimRequest> = {}): ClaimRequest {
  const { id, gateway, account } = first;
  return claimRequest({
    id,
    step: 1,
    job: { queue: 'send-default-sms', id: `m1-${id}`, token: `job-${id}` },
    wireId: deriveWireId({ messageId: id, step: 1, attempt: 1, gateway, account, salt: 0 }),
    ...change,
  });
}

async function claimSecond(first: ClaimRequest, change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
  const second = secondClaim(first, change);
  await stage.hold(second);
  expect(await claim(stage.store, second)).toMatchObject({ kind: 'claimed' });
  return second;
}

function unsent(
  { id, payloadHash, channel, enqueuedAt, job }: ClaimRequest,
  change: Partial<UnsentMessage> = {},
): UnsentMessage {
  return { id, payloadHash, channel, enqueuedAt, job: `${job.queue}:${job.id}`, meta: '', ...change };
}

const listed = async (id: string) => (await stage.control.zscore(stage.store.keys.nextSteps, id)) !== null;

/** The message waits for its second step, and nothing is left of the first but what is needed for a late report. */
async function expectSecondStep(first: ClaimRequest, attempts: readonly object[]): Promise<void> {
  const record = await stage.record(first.id);
  expect(record).toMatchObject({
    state: 'queued',
    step: 1,
    attempt: 1,
    channel: 'sms',
    job: `send-default-sms:m1-${first.id}`,
    attempts,
  });
  expect(record.attempts).toHaveLength(attempts.length);
  for (const gone of [
    'gateway',
    'account',
    'agent',
    'wireId',
    'claimToken',
    'claimedAt',
    'acceptedAt',
    'outcome',
  ])
    expect(record).not.toHaveProperty(gone);
  expect(awaitsItsQueue(record)).toBe(true);
  expect(await listed(first.id)).toBe(true);
  expect(await stage.inOutbox(first.id)).toBe(false);
  expect(await stage.deadline(first)).toBeNull();
}

const attemptOf = ({ wireId, gateway }: ClaimRequest, { code, reason }: Outcome) => ({
  channel: 'alimtalk',
  gateway,
  wireId,
  ...(code === undefined ? {} : { gatewayCode: code }),
  reason,
});

describe('a step that failed for certain', () => {
  it('accepted → queued: settleByReport', async () => {
    const first = await acceptedChain();
    const answer = await settleByReport(stage.store, first.id, first.wireId, failed);
    expect(answer).toMatchObject({ kind: 'advanced', record: { step: 1 } });
    await expectSecondStep(first, [attemptOf(first, failed)]);
    const [attempt] = (await stage.record(first.id)).attempts;
    expect(attempt?.acceptedAt).toBeGreaterThanOrEqual(attempt?.at ?? Number.NaN);
    expect(attempt?.reportedAt).toBeGreaterThanOrEqual(attempt?.acceptedAt ?? Number.NaN);
    expect(await stage.holderOf(first)).toBe(first.id);
  });

  it('claimed → queued: settleByReport, before its ack, which then changes nothing', async () => {
    const first = await claimedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    await expectSecondStep(first, [attemptOf(first, failed)]);
    const passed = { kind: 'passed', state: 'queued' };
    expect(await accept(stage.store, first.id, first.wireId)).toEqual(passed);
    expect(await markUncertain(stage.store, first.id, first.token)).toEqual(passed);
    expect(await requeue(stage.store, { id: first.id, token: first.token, nextAttempt: 2 })).toEqual(passed);
    await expectSecondStep(first, [attemptOf(first, failed)]);
  });

  it('uncertain → queued: settleByReport', async () => {
    const first = await uncertainChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    await expectSecondStep(first, [attemptOf(first, failed)]);
  });

  it('claimed → queued: settleByRefusal', async () => {
    const first = await claimedChain();
    expect(await settleByRefusal(stage.store, first.id, first.token, refused)).toMatchObject({
      kind: 'advanced',
    });
    await expectSecondStep(first, [attemptOf(first, refused)]);
  });

  it('none → queued: settleUnsent, of a step that was never offered to anyone', async () => {
    const first = chainRequest();
    const message = unsent(first, { next: first.next, meta: JSON.stringify({ ref: 'r' }) });
    expect(await settleUnsent(stage.store, message, optedOut)).toMatchObject({ kind: 'advanced' });
    await expectSecondStep(first, []);
    expect(await stage.record(first.id)).toMatchObject({
      meta: { ref: 'r' },
      payloadHash: first.payloadHash,
    });
  });

  it('queued → queued: settleUnsent, of the second step of three', async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    const third = next(first.id, 2, { channel: 'lms', job: `send-default-lms:m2-${first.id}` });
    const message = unsent(secondClaim(first), { step: 1, next: third });
    expect(await settleUnsent(stage.store, message, optedOut)).toMatchObject({
      kind: 'advanced',
      record: { step: 2, channel: 'lms', job: `send-default-lms:m2-${first.id}` },
    });
    expect((await stage.record(first.id)).attempts).toHaveLength(1);
  });

  it('that was the last one ends the message, with the attempts of all', async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    const second = await claimSecond(first);
    expect(await stage.record(first.id)).not.toHaveProperty('next');
    const answer = await settleByReport(stage.store, first.id, second.wireId, {
      ...failed,
      reason: 'dead-number',
      code: '7',
    });
    if (answer.kind !== 'settled') throw new Error(answer.kind);
    expect(composeResult(answer.record)).toMatchObject({
      status: 'failed',
      channel: 'sms',
      gatewayCode: '7',
      attempts: [
        { channel: 'alimtalk', wireId: first.wireId, gatewayCode: '1030', reason: 'kakao-not-user' },
        { channel: 'sms', wireId: second.wireId, gatewayCode: '7' },
      ],
    });
    expect(await stage.inOutbox(first.id)).toBe(true);
  });

  it('that was refused as the last one, unclaimed, does not begin itself again', async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    const message = unsent(secondClaim(first), { step: 1 });
    expect(await settleUnsent(stage.store, message, optedOut)).toMatchObject({
      kind: 'settled',
      record: { step: 1, outcome: { reason: 'recipient-opted-out' } },
    });
    expect(await listed(first.id)).toBe(false);
    expect(await stage.record(first.id)).not.toHaveProperty('next');
  });
});

describe('a step that nobody can tell of', () => {
  it('accepted → queued: settleByDeadline, where the next one wants to be sent', async () => {
    const first = await acceptedChain({ onUnknown: 'send' }, { reportDeadlineMs: 0 });
    await settleByDeadline(stage.store, first.id, first.gateway, unreported);
    await expectSecondStep(first, [attemptOf(first, unreported)]);
  });

  it('claimed → queued: settleByDeadline', async () => {
    const first = await claimedChain({ onUnknown: 'send' }, { reportDeadlineMs: 0 });
    await settleByDeadline(stage.store, first.id, first.gateway, unreported);
    await expectSecondStep(first, [attemptOf(first, unreported)]);
  });

  it('uncertain → queued: settleByDeadline', async () => {
    const first = await uncertainChain({ onUnknown: 'send' }, { reportDeadlineMs: 0 });
    await settleByDeadline(stage.store, first.id, first.gateway, unreported);
    await expectSecondStep(first, [attemptOf(first, unreported)]);
  });

  it('by a report that does not know either, lets the next one follow that wants to', async () => {
    const first = await acceptedChain({ onUnknown: 'send' });
    expect(await settleByReport(stage.store, first.id, first.wireId, unsure)).toMatchObject({
      kind: 'advanced',
    });
  });

  it('ends the message where the next one wants to stop', async () => {
    const byReport = await acceptedChain();
    expect(await settleByReport(stage.store, byReport.id, byReport.wireId, unsure)).toMatchObject({
      kind: 'settled',
      record: { step: 0, channel: 'alimtalk', outcome: { status: 'unknown' } },
    });
    const byDeadline = await uncertainChain({}, { reportDeadlineMs: 0 });
    expect(await settleByDeadline(stage.store, byDeadline.id, byDeadline.gateway, unreported)).toMatchObject({
      kind: 'settled',
      record: { outcome: { status: 'unknown' } },
    });
    expect(await stage.record(byReport.id)).not.toHaveProperty('next');
  });

  it('leaves doubt about the whole message: a later failure, expiry or cancellation is unknown', async () => {
    const step = async () => {
      const first = await acceptedChain({ onUnknown: 'send' });
      await settleByReport(stage.store, first.id, first.wireId, unsure);
      return first;
    };
    const [fails, expires, cancels] = [await step(), await step(), await step()];
    const second = await claimSecond(fails);
    await settleByReport(stage.store, fails.id, second.wireId, failed);
    await settleUnsent(stage.store, unsent(expires, { step: 1 }), expired);
    await settleCancelled(stage.store, unsent(cancels, { step: 1 }), []);
    for (const { id } of [fails, expires, cancels]) {
      expect(await stage.record(id)).toMatchObject({
        state: 'settled',
        outcome: { status: 'unknown', reason: 'kakao-unconfirmed' },
      });
    }
  });
});

describe('a report of an earlier step', () => {
  const unknownFirst = async () => {
    const first = await acceptedChain({ onUnknown: 'send' });
    await settleByReport(stage.store, first.id, first.wireId, unsure);
    return first;
  };

  it('queued → settled: settleByReport, when it says delivered before anybody has begun the next', async () => {
    const first = await unknownFirst();
    const answer = await settleByReport(stage.store, first.id, first.wireId, delivered);
    if (answer.kind !== 'settled') throw new Error(answer.kind);
    expect(composeResult(answer.record)).toMatchObject({
      status: 'delivered',
      channel: 'alimtalk',
      gateway: 'hellovision',
      gatewayCode: '6',
      attempts: [{ channel: 'alimtalk', gatewayCode: '6', reason: 'delivered' }],
    });
    expect(await listed(first.id)).toBe(false);
    const second = secondClaim(first);
    await stage.hold(second);
    expect(await claim(stage.store, second)).toMatchObject({ kind: 'taken' });
  });

  it('of the step before the last settles with that one’s channel, two steps later', async () => {
    const first = await acceptedChain({ onUnknown: 'send', channel: 'sms' });
    await settleByReport(stage.store, first.id, first.wireId, unsure);
    const third = next(first.id, 2, {
      channel: 'lms',
      job: `send-default-lms:m2-${first.id}`,
      onUnknown: 'send',
    });
    const second = await claimSecond(first, { gateway: 'smtnt', account: 'test 001', next: third });
    await accept(stage.store, first.id, second.wireId);
    await settleByReport(stage.store, first.id, second.wireId, unsure);
    const answer = await settleByReport(stage.store, first.id, second.wireId, delivered);
    expect(answer).toMatchObject({
      kind: 'settled',
      record: { channel: 'sms', gateway: 'smtnt', account: 'test 001', wireId: second.wireId },
    });
  });

  it('that says delivered changes nothing once the next one is claimed, uncertain, accepted or settled', async () => {
    const first = await unknownFirst();
    const second = await claimSecond(first);
    const states = ['claimed', 'uncertain', 'accepted'] as const;
    const moves = [
      () => markUncertain(stage.store, first.id, second.token, { step: 1 }),
      () => accept(stage.store, first.id, second.wireId),
      () => settleByReport(stage.store, first.id, second.wireId, failed),
    ];
    for (const [i, state] of states.entries()) {
      expect(await settleByReport(stage.store, first.id, first.wireId, delivered)).toMatchObject({
        kind: 'passed',
        record: { state, step: 1 },
      });
      await moves[i]?.();
    }
    expect(await settleByReport(stage.store, first.id, first.wireId, delivered)).toMatchObject({
      kind: 'passed',
      record: { state: 'settled', outcome: { status: 'unknown' } },
    });
  });

  it('that says anything else changes nothing, as when the gateway repeats what ended the step', async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    for (const outcome of [failed, unsure]) {
      expect(await settleByReport(stage.store, first.id, first.wireId, outcome)).toMatchObject({
        kind: 'passed',
        record: { state: 'queued', step: 1 },
      });
    }
    await expectSecondStep(first, [attemptOf(first, failed)]);
  });

  it('and the claim of the next step have exactly one winner', async () => {
    const other = await stage.another();
    const wins = { claim: 0, report: 0 };
    for (let i = 0; i < 90; i++) {
      const first = await unknownFirst();
      const second = secondClaim(first);
      await stage.hold(second);
      const race = [
        () => claim(stage.store, second),
        () => settleByReport(other.store, first.id, first.wireId, delivered),
      ];
      const answers = await Promise.all(
        race.map(async (run, lane) => {
          // Each begins a turn or two before the other, or both at once.
          for (let turns = lane === 0 ? i % 3 : 1; turns > 0; turns--) await nextTurn();
          return run();
        }),
      );
      const kinds = answers.map(({ kind }) => kind).sort();
      const { state } = await stage.record(first.id);
      if (state === 'claimed') {
        wins.claim++;
        expect(kinds).toEqual(['claimed', 'passed']);
      } else {
        wins.report++;
        expect(kinds).toEqual(['settled', 'taken']);
      }
    }
    expect(wins.claim).toBeGreaterThan(0);
    expect(wins.report).toBeGreaterThan(0);
  });
});

describe('two at once', () => {
  it('that end the same step by its report move on once', async () => {
    const other = await stage.another();
    for (let i = 0; i < 30; i++) {
      const first = await acceptedChain();
      const answers = await Promise.all(
        [stage.store, other.store].map((store) => settleByReport(store, first.id, first.wireId, failed)),
      );
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['advanced', 'passed']);
      await expectSecondStep(first, [attemptOf(first, failed)]);
    }
  });
});

describe('between two steps', () => {
  const between = async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    return first;
  };

  it('a message expires, and the step is not sent', async () => {
    const first = await between();
    const second = secondClaim(first, { expiresAt: 1 });
    await stage.hold(second);
    expect(await claim(stage.store, second)).toEqual({ kind: 'expired' });
    expect(await settleUnsent(stage.store, unsent(second, { step: 1 }), expired)).toMatchObject({
      kind: 'settled',
      record: { outcome: expired },
    });
  });

  it('a message is cancelled, and the step is not sent', async () => {
    const first = await between();
    expect(await settleCancelled(stage.store, unsent(first, { step: 1 }), [])).toMatchObject({
      kind: 'settled',
      record: { outcome: { status: 'cancelled' } },
    });
    expect(await listed(first.id)).toBe(false);
    const second = secondClaim(first);
    await stage.hold(second);
    expect(await claim(stage.store, second)).toMatchObject({ kind: 'taken' });
  });

  it('a job of the step before it can do nothing: not claim, not expire, not end the message', async () => {
    const first = await between();
    await stage.hold(first);
    expect(await claim(stage.store, first)).toMatchObject({ kind: 'taken', record: { step: 1 } });
    for (const outcome of [expired, optedOut])
      expect(await settleUnsent(stage.store, unsent(first), outcome)).toMatchObject({ kind: 'passed' });
    await expectSecondStep(first, [attemptOf(first, failed)]);
  });

  it('what is late about the step before it does not touch one that is uncertain itself', async () => {
    const first = await between();
    const second = await claimSecond(first);
    await markUncertain(stage.store, first.id, second.token, { step: 1 });
    const late = { endProbes: true, job: `to-x-alimtalk:m-${first.id}`, step: 0 };
    expect(await markUncertain(stage.store, first.id, first.token, late)).toMatchObject({ kind: 'passed' });
    expect(await stage.record(first.id)).toMatchObject({
      probeEnded: false,
      job: `send-default-sms:m1-${first.id}`,
    });
    expect(await claimProbe(stage.store, probeOf(second))).toMatchObject({ kind: 'claimed' });
  });

  it('another message under its id is told from a repeat', async () => {
    const first = await between();
    const other = secondClaim(first, { payloadHash: 'another-one' });
    await stage.hold(other);
    expect(await claim(stage.store, other)).toMatchObject({ kind: 'conflict' });
  });
});

describe('a later step without a record', () => {
  it('is never sent and has no result: its message was settled long ago', async () => {
    const second = secondClaim(claimRequest());
    await stage.hold(second);
    expect(await claim(stage.store, second)).toEqual({ kind: 'gone' });
    expect(await settleUnsent(stage.store, unsent(second, { step: 1 }), expired)).toEqual({
      kind: 'notFound',
    });
    expect(await stage.control.exists(stage.store.keys.record(second.id))).toBe(0);
  });
});

describe('the list of next steps', () => {
  it('holds a message until its job is known to stand in its queue', async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    const ids = async () => (await nextStepLeftovers(stage.store, 0, 1_000)).map(({ id }) => id);
    expect(await ids()).toContain(first.id);
    await clearNextStep(stage.store, first.id, 1);
    expect(await ids()).not.toContain(first.id);
  });

  it('keeps a later step when an earlier one is cleared late', async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    const second = await claimSecond(first, { next: next(first.id, 2, { channel: 'lms' }) });
    await settleByRefusal(stage.store, first.id, second.token, refused);
    await clearNextStep(stage.store, first.id, 1);
    expect(await listed(first.id)).toBe(true);
  });

  it('lets go of what has no record any more', async () => {
    await stage.control.zadd(stage.store.keys.nextSteps, '1', 'gone-1');
    await nextStepLeftovers(stage.store, 0, 1_000);
    expect(await listed('gone-1')).toBe(false);
  });
});

describe('a tombstone of a chain', () => {
  it('keeps the wire ids of all steps for as long as itself', async () => {
    const first = await acceptedChain();
    await settleByReport(stage.store, first.id, first.wireId, failed);
    const second = await claimSecond(first, { gateway: 'smtnt', account: 'test001' });
    await settleByReport(stage.store, first.id, second.wireId, delivered);
    await clearOutbox(stage.store, first.id, 'results', `r-${first.id}`, DAY_MS);
    for (const { gateway, account, wireId } of [first, second]) {
      expect(await findByWireId(stage.store, gateway, account, wireId)).toBe(first.id);
      const left = await stage.control.pttl(stage.store.keys.wire(gateway, account, wireId));
      expect(left).toBeGreaterThan(DAY_MS - 10_000);
      expect(left).toBeLessThanOrEqual(DAY_MS);
    }
  });

  it('stays while a job of any of its steps stands in a queue, and goes with all of its wire ids', async () => {
    const first = await acceptedChain();
    const queue = stage.producer.queue(first.job.queue);
    await queue.add('message', {}, { jobId: first.job.id });
    await settleByReport(stage.store, first.id, first.wireId, failed);
    const second = await claimSecond(first);
    await settleByReport(stage.store, first.id, second.wireId, delivered);
    await clearOutbox(stage.store, first.id, 'results', `r-${first.id}`, 0);
    expect(await buryTombstones(stage.store, 0, 10)).toBe(0);
    expect((await stage.record(first.id)).state).toBe('settled');
    await stage.control.del(stage.store.keys.jobLock(first.job.queue, first.job.id));
    await queue.remove(first.job.id);
    await until('buried', async () => (await buryTombstones(stage.store, 0, 10)) === 1);
    expect(await stage.holderOf(first)).toBeNull();
    expect(await stage.holderOf(second)).toBeNull();
  });
});

describe('memory', () => {
  it('the record of an accepted Alimtalk with an SMS to follow takes at most 800 bytes', async () => {
    const id = '01KAK3Q8W5ZJ4T9XE7M2B6R0CD';
    const message = {
      v: 1,
      id,
      to: '01012345678',
      from: '15881234',
      priority: 'normal',
      channel: 'sms',
      text: '주문하신 상품이 발송되었습니다. 배송 조회는 앱에서 하실 수 있습니다.',
    };
    const payload = JSON.stringify({ route: 'default', message });
    const first = chainRequest({ payload }, { id });
    await stage.hold(first);
    await claim(stage.store, first);
    await accept(stage.store, id, first.wireId);
    const bytes = Number(await stage.control.memory('USAGE', stage.store.keys.record(id)));
    process.stdout.write(
      `record of Alimtalk, else SMS: ${bytes} bytes, of which its next step ${Buffer.byteLength(payload)}\n`,
    );
    expect(bytes).toBeLessThanOrEqual(800);
    await settleByReport(stage.store, id, first.wireId, failed);
    const second = await claimSecond(first);
    await settleByReport(stage.store, id, second.wireId, delivered);
    await clearOutbox(stage.store, id, 'results', `r-${id}`, DAY_MS);
    const left = await stage.control.hgetall(stage.store.keys.record(id));
    expect(JSON.stringify(left)).not.toMatch(/01012345678|주문/);
  });
});
