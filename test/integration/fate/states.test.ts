import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accept,
  buryTombstones,
  type ClaimRequest,
  claim,
  claimProbe,
  clearOutbox,
  markUncertain,
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

/** Each title names the arrow of the diagram in `docs/fate.md` that its test walks: `from → to: step`. */

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const delivered: Outcome = {
  status: 'delivered',
  reason: 'delivered',
  by: 'report',
  code: '0000',
  carrier: 'SKT',
  deliveredAt: 1_764_000_009_000,
};
const refused: Outcome = { status: 'failed', reason: 'invalid-number', by: 'ack', code: '3' };
const expired: Outcome = { status: 'expired', reason: 'expired', by: 'expiry' };
const unreported: Outcome = { status: 'unknown', reason: 'no-report', by: 'deadline' };

function unsent(request: ClaimRequest, change: Partial<UnsentMessage> = {}): UnsentMessage {
  const { id, payloadHash, channel, enqueuedAt, job } = request;
  return { id, payloadHash, channel, enqueuedAt, job: `${job.queue}:${job.id}`, meta: '', ...change };
}

async function queued(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
  const request = await stage.claimed(change);
  await requeue(stage.store, { id: request.id, token: request.token, nextAttempt: request.attempt });
  return request;
}

async function uncertain(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
  const request = await stage.claimed(change);
  await markUncertain(stage.store, request.id, request.token);
  return request;
}

async function accepted(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
  const request = await stage.claimed(change);
  await accept(stage.store, request.id, request.wireId);
  return request;
}

/** A claimed message whose claim is a probe. */
async function probing(): Promise<{ request: ClaimRequest; token: string }> {
  const request = await uncertain();
  const probe = probeOf(request);
  await claimProbe(stage.store, probe);
  return { request, token: probe.token };
}

async function expectSettled(request: ClaimRequest, outcome: Outcome): Promise<void> {
  const record = await stage.record(request.id);
  expect(record).toMatchObject({ state: 'settled', outcome });
  expect(record.settledAt).toBeGreaterThan(0);
  expect(record).not.toHaveProperty('claimToken');
  expect(await stage.inOutbox(request.id)).toBe(true);
  expect(await stage.deadline(request)).toBeNull();
}

describe('claiming', () => {
  it('none → claimed: claim', async () => {
    const meta = { replyTo: 'shop', ref: 'r-1', userData: 'u' };
    const request = await stage.ready({ meta: JSON.stringify(meta) });
    const before = stage.store.fleetNow();
    const answer = await claim(stage.store, request);
    const at = answer.kind === 'claimed' ? answer.at : Number.NaN;
    expect(Math.abs(at - before)).toBeLessThan(1_000);
    expect(answer).toEqual({ kind: 'claimed', at, firstClaimedAt: at });
    expect(await stage.record(request.id)).toEqual({
      id: request.id,
      state: 'claimed',
      version: 1,
      payloadHash: request.payloadHash,
      channel: 'sms',
      step: 0,
      attempt: 1,
      gateway: 'hellovision',
      account: 'demo',
      agent: 'S1',
      wireId: request.wireId,
      sessionId: 'session-1',
      claimToken: request.token,
      probing: false,
      probeEnded: false,
      tooOften: 0,
      enqueuedAt: request.enqueuedAt,
      firstClaimedAt: at,
      claimedAt: at,
      job: `send-default-sms:m-${request.id}`,
      meta,
      attempts: [],
    });
    expect(await stage.holderOf(request)).toBe(request.id);
    expect(Number(await stage.deadline(request))).toBe(request.reportDeadlineMs);
  });

  it('queued → claimed: claim', async () => {
    const first = await stage.claimed();
    const attempts = [{ channel: 'sms', gateway: 'hellovision', wireId: first.wireId, at: 1 }];
    await requeue(stage.store, { id: first.id, token: first.token, nextAttempt: 2, attempts });
    const second = await stage.ready({ id: first.id, attempt: 2, gateway: 'smtnt', account: 'test001' });
    expect(await claim(stage.store, second)).toMatchObject({ kind: 'claimed' });
    expect(await stage.record(first.id)).toMatchObject({
      state: 'claimed',
      attempt: 2,
      gateway: 'smtnt',
      account: 'test001',
      wireId: second.wireId,
      attempts,
    });
    expect(await stage.holderOf(first)).toBeNull();
    expect(await stage.deadline(first)).toBeNull();
    expect(await stage.deadline(second)).not.toBeNull();
  });

  it('claimed → claimed: claim, by the same intention, keeps the age of the wire id', async () => {
    const request = await stage.claimed();
    const { firstClaimedAt, version } = await stage.record(request.id);
    expect(await claim(stage.store, request)).toMatchObject({ kind: 'claimed', firstClaimedAt });
    expect((await stage.record(request.id)).version).toBe(version + 1);
  });

  it('uncertain → claimed: claimProbe', async () => {
    const request = await uncertain();
    const { firstClaimedAt, claimedAt } = await stage.record(request.id);
    const probe = probeOf(request, { agent: 'S2' });
    expect(await claimProbe(stage.store, probe)).toMatchObject({ kind: 'claimed', firstClaimedAt });
    const record = await stage.record(request.id);
    expect(record).toMatchObject({
      state: 'claimed',
      probing: true,
      wireId: request.wireId,
      agent: 'S2',
      claimToken: probe.token,
      sessionId: 'session-2',
      attempt: 1,
    });
    expect(record.claimedAt).toBeGreaterThanOrEqual(claimedAt ?? Number.NaN);
  });

  it('claimed → claimed: claimProbe, where the claim is that of a worker that was lost', async () => {
    const request = await stage.claimed();
    const probe = probeOf(request);
    expect(await claimProbe(stage.store, probe)).toMatchObject({ kind: 'claimed' });
    expect(await stage.record(request.id)).toMatchObject({ state: 'claimed', probing: true });
    // What the lost worker still has to say about its claim comes too late.
    const late = { id: request.id, token: request.token, nextAttempt: 2 };
    expect(await requeue(stage.store, late)).toEqual({ kind: 'passed', state: 'claimed' });
    expect(await settleByRefusal(stage.store, request.id, request.token, refused)).toMatchObject({
      kind: 'passed',
    });
  });
});

describe('answers', () => {
  it('claimed → queued: requeue', async () => {
    const request = await stage.claimed();
    expect(
      await requeue(stage.store, {
        id: request.id,
        token: request.token,
        nextAttempt: 2,
        tooOften: 1,
        job: `to-smtnt-sms:m-${request.id}`,
      }),
    ).toMatchObject({ kind: 'done', state: 'queued' });
    const record = await stage.record(request.id);
    expect(record).toMatchObject({
      state: 'queued',
      attempt: 2,
      tooOften: 1,
      job: `to-smtnt-sms:m-${request.id}`,
    });
    for (const gone of ['gateway', 'account', 'agent', 'wireId', 'claimedAt', 'firstClaimedAt'])
      expect(record).not.toHaveProperty(gone);
    expect(await stage.holderOf(request)).toBeNull();
    expect(await stage.deadline(request)).toBeNull();
  });

  it('claimed → uncertain: requeue, of a probe, leaves the claim before it standing', async () => {
    const request = await uncertain();
    const before = await stage.record(request.id);
    const probe = probeOf(request);
    await claimProbe(stage.store, probe);
    expect(await requeue(stage.store, { id: request.id, token: probe.token, nextAttempt: 1 })).toMatchObject({
      kind: 'done',
      state: 'uncertain',
    });
    const after = await stage.record(request.id);
    expect(after).toMatchObject({ state: 'uncertain', probing: false, wireId: request.wireId, attempt: 1 });
    expect(after.claimedAt).toBe(before.claimedAt);
    expect(await stage.holderOf(request)).toBe(request.id);
    expect(await stage.deadline(request)).not.toBeNull();
  });

  it('claimed → uncertain: markUncertain', async () => {
    const request = await stage.claimed();
    const job = `to-hellovision-sms:m-${request.id}`;
    expect(await markUncertain(stage.store, request.id, request.token, { job })).toMatchObject({
      kind: 'done',
      state: 'uncertain',
    });
    const record = await stage.record(request.id);
    expect(record).toMatchObject({ state: 'uncertain', probeEnded: false, job, wireId: request.wireId });
    expect(record).not.toHaveProperty('claimToken');
    expect(await stage.holderOf(request)).toBe(request.id);
    expect(await stage.deadline(request)).not.toBeNull();
  });

  it('uncertain → uncertain: markUncertain, so that nobody asks again', async () => {
    const request = await uncertain();
    expect(await markUncertain(stage.store, request.id, request.token, { endProbes: true })).toMatchObject({
      kind: 'done',
      state: 'uncertain',
    });
    expect(await stage.record(request.id)).toMatchObject({ state: 'uncertain', probeEnded: true });
    expect(await claimProbe(stage.store, probeOf(request))).toMatchObject({ kind: 'taken' });
  });

  it('claimed → accepted: accept', async () => {
    const request = await stage.claimed();
    const answer = await accept(stage.store, request.id, request.wireId);
    expect(answer).toMatchObject({ kind: 'done', state: 'accepted' });
    const record = await stage.record(request.id);
    expect(record.acceptedAt).toBe(answer.kind === 'done' ? answer.at : Number.NaN);
    expect(record).not.toHaveProperty('sessionId');
    expect(await stage.deadline(request)).not.toBeNull();
  });

  it('uncertain → accepted: accept, whoever reads the late ack', async () => {
    const request = await uncertain();
    expect(await accept(stage.store, request.id, request.wireId)).toMatchObject({ state: 'accepted' });
  });

  it('a probe that is answered as duplicate is accepted', async () => {
    const { request } = await probing();
    expect(await accept(stage.store, request.id, request.wireId)).toMatchObject({ state: 'accepted' });
    expect(await stage.record(request.id)).toMatchObject({ state: 'accepted', probing: false });
  });

  it('a probe that stays without an answer is uncertain again, and may be probed again', async () => {
    const { request, token } = await probing();
    await markUncertain(stage.store, request.id, token);
    expect(await claimProbe(stage.store, probeOf(request))).toMatchObject({ kind: 'claimed' });
  });

  it('an ack under a wire id that is no longer the message’s changes nothing', async () => {
    const request = await stage.claimed();
    expect(await accept(stage.store, request.id, '00000000000000000000')).toEqual({
      kind: 'passed',
      state: 'claimed',
    });
  });
});

describe('settling', () => {
  it('claimed → settled: settleByReport, before its ack', async () => {
    const request = await stage.claimed();
    expect(await settleByReport(stage.store, request.id, request.wireId, delivered)).toMatchObject({
      kind: 'settled',
      record: { outcome: delivered },
    });
    await expectSettled(request, delivered);
  });

  it('uncertain → settled: settleByReport', async () => {
    const request = await uncertain();
    await settleByReport(stage.store, request.id, request.wireId, delivered);
    await expectSettled(request, delivered);
  });

  it('accepted → settled: settleByReport', async () => {
    const request = await accepted();
    await settleByReport(stage.store, request.id, request.wireId, delivered);
    await expectSettled(request, delivered);
    expect((await stage.record(request.id)).acceptedAt).toBeGreaterThan(0);
  });

  it('claimed → settled: settleByRefusal', async () => {
    const request = await stage.claimed();
    await settleByRefusal(stage.store, request.id, request.token, refused);
    await expectSettled(request, refused);
  });

  it('a refusal of a probe settles nothing: the earlier write may have been taken', async () => {
    const { request, token } = await probing();
    expect(await settleByRefusal(stage.store, request.id, token, refused)).toMatchObject({ kind: 'passed' });
    expect((await stage.record(request.id)).state).toBe('claimed');
  });

  it('claimed → settled: settleByDeadline, on the report path’s clock', async () => {
    const request = await stage.claimed({ gateway: 'slow', reportDeadlineMs: 1_000 });
    await stage.advancePath('slow', 999);
    expect(await settleByDeadline(stage.store, request.id, 'slow', unreported)).toMatchObject({
      kind: 'passed',
      record: { state: 'claimed' },
    });
    await stage.advancePath('slow', 1);
    await settleByDeadline(stage.store, request.id, 'slow', unreported);
    await expectSettled(request, unreported);
  });

  it('uncertain → settled: settleByDeadline', async () => {
    const request = await uncertain({ reportDeadlineMs: 0 });
    await settleByDeadline(stage.store, request.id, 'hellovision', unreported);
    await expectSettled(request, unreported);
  });

  it('accepted → settled: settleByDeadline', async () => {
    const request = await accepted({ reportDeadlineMs: 0 });
    await settleByDeadline(stage.store, request.id, 'hellovision', unreported);
    await expectSettled(request, unreported);
  });

  it('none → settled: settleUnsent', async () => {
    const request = claimRequest();
    const message = unsent(request, { meta: JSON.stringify({ ref: 'r' }) });
    expect(await settleUnsent(stage.store, message, expired)).toMatchObject({ kind: 'settled' });
    await expectSettled(request, expired);
    expect(await stage.record(request.id)).toMatchObject({
      payloadHash: request.payloadHash,
      enqueuedAt: request.enqueuedAt,
      meta: { ref: 'r' },
    });
  });

  it('queued → settled: settleUnsent', async () => {
    const request = await queued();
    await settleUnsent(stage.store, unsent(request), expired);
    await expectSettled(request, expired);
  });

  it('none → settled: settleCancelled, while a job of it exists', async () => {
    const request = claimRequest();
    const jobs = [
      stage.store.keys.job('urgent-default-sms', request.job.id),
      stage.store.keys.job('send-default-sms', request.job.id),
    ];
    expect(await settleCancelled(stage.store, unsent(request), jobs)).toEqual({ kind: 'notFound' });
    expect(await stage.control.exists(stage.store.keys.record(request.id))).toBe(0);
    await stage.producer.queue('send-default-sms').add('message', {}, { jobId: request.job.id });
    expect(await settleCancelled(stage.store, unsent(request), jobs)).toMatchObject({ kind: 'settled' });
    await expectSettled(request, { status: 'cancelled', reason: 'cancelled', by: 'cancel' });
  });

  it('queued → settled: settleCancelled', async () => {
    const request = await queued();
    await settleCancelled(stage.store, unsent(request), []);
    await expectSettled(request, { status: 'cancelled', reason: 'cancelled', by: 'cancel' });
  });

  it('settled → none: clearOutbox, once the idempotency window is over', async () => {
    const request = await accepted();
    await settleByReport(stage.store, request.id, request.wireId, delivered);
    await clearOutbox(stage.store, request.id, 'results', `r-${request.id}`, DAY_MS);
    expect(await stage.inOutbox(request.id)).toBe(false);
    const { keys } = stage.store;
    for (const key of [
      keys.record(request.id),
      keys.wire(request.gateway, request.account, request.wireId),
    ]) {
      const left = await stage.control.pttl(key);
      expect(left).toBeGreaterThan(DAY_MS - 10_000);
      expect(left).toBeLessThanOrEqual(DAY_MS);
    }
  });

  it('settled → none: buryTombstones, once no job of it is left', async () => {
    const request = await accepted();
    const queue = stage.producer.queue(request.job.queue);
    await queue.add('message', {}, { jobId: request.job.id });
    await settleByReport(stage.store, request.id, request.wireId, delivered);
    await clearOutbox(stage.store, request.id, 'results', `r-${request.id}`, 0);
    expect(await stage.control.pttl(stage.store.keys.record(request.id))).toBe(-1);
    expect(await buryTombstones(stage.store, 0, 10)).toBe(0);
    expect((await stage.record(request.id)).state).toBe('settled');
    await stage.control.del(stage.store.keys.jobLock(request.job.queue, request.job.id));
    await queue.remove(request.job.id);
    await until('buried', async () => (await buryTombstones(stage.store, 0, 10)) === 1);
    expect(await stage.control.exists(stage.store.keys.record(request.id))).toBe(0);
    expect(await stage.holderOf(request)).toBeNull();
    expect(await stage.control.zcard(stage.store.keys.graves)).toBe(0);
  });
});

describe('a settled record', () => {
  it('is revived by no ack, report, refusal, requeue, deadline, expiry, cancellation or claim', async () => {
    const request = await accepted();
    await settleByReport(stage.store, request.id, request.wireId, delivered);
    const before = await stage.control.hgetall(stage.store.keys.record(request.id));
    const { store } = stage;
    const { id, token, wireId } = request;
    const passed = { kind: 'passed', state: 'settled' };
    expect(await accept(store, id, wireId)).toEqual(passed);
    expect(await markUncertain(store, id, token)).toEqual(passed);
    expect(await requeue(store, { id, token, nextAttempt: 2 })).toEqual(passed);
    const other: Outcome = { ...delivered, status: 'failed', reason: 'handset-off', code: '8' };
    const answers = [
      await settleByReport(store, id, wireId, other),
      await settleByRefusal(store, id, token, refused),
      await settleByDeadline(store, id, request.gateway, unreported),
      await settleUnsent(store, unsent(request), expired),
      await settleCancelled(store, unsent(request), []),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ kind: 'passed', record: { state: 'settled', outcome: delivered } });
    }
    expect(await claim(store, request)).toMatchObject({ kind: 'taken', record: { state: 'settled' } });
    expect(await claimProbe(store, probeOf(request))).toMatchObject({ kind: 'taken' });
    expect(await stage.control.hgetall(stage.store.keys.record(id))).toEqual(before);
  });

  it('tells another message under its id from a repeat', async () => {
    const request = claimRequest();
    await settleUnsent(stage.store, unsent(request), expired);
    const other = await stage.ready({ id: request.id, payloadHash: 'another-payload1' });
    expect(await claim(stage.store, other)).toMatchObject({
      kind: 'conflict',
      record: { state: 'settled', payloadHash: request.payloadHash },
    });
    expect(await settleUnsent(stage.store, unsent(other), expired)).toMatchObject({ kind: 'conflict' });
  });
});

describe('a message under way', () => {
  it('is told from another one under its id that is refused or has expired', async () => {
    for (const request of [await stage.claimed(), await uncertain(), await accepted(), await queued()]) {
      const other = unsent(request, { payloadHash: 'another-one' });
      const { state } = await stage.record(request.id);
      expect(await settleUnsent(stage.store, other, expired)).toMatchObject({
        kind: 'conflict',
        record: { state, payloadHash: request.payloadHash },
      });
      expect((await stage.record(request.id)).state).toBe(state);
    }
  });

  it('cannot be cancelled once it is claimed, and the caller is told where it is', async () => {
    for (const request of [await stage.claimed(), await uncertain(), await accepted()]) {
      const { state } = await stage.record(request.id);
      expect(await settleCancelled(stage.store, unsent(request), [])).toMatchObject({
        kind: 'passed',
        record: { state },
      });
    }
  });
});

describe('a claim and a cancellation at once', () => {
  it('have exactly one winner, and the loser is told the truth', async () => {
    const other = await stage.another();
    const wins = { claim: 0, cancel: 0 };
    for (let i = 0; i < 150; i++) {
      const request = await stage.ready();
      await stage.control.hset(stage.store.keys.job(request.job.queue, request.job.id), 'name', 'message');
      const jobs = [stage.store.keys.job(request.job.queue, request.job.id)];
      const racers = [
        () => claim(stage.store, request),
        () => settleCancelled(other.store, unsent(request), jobs),
      ];
      const answers = await Promise.all(
        racers.map(async (race, lane) => {
          // Each begins a turn or two before the other, or both at once.
          for (let turns = lane === 0 ? i % 3 : 1; turns > 0; turns--) await nextTurn();
          return race();
        }),
      );
      const kinds = answers.map(({ kind }) => kind).sort();
      const { state } = await stage.record(request.id);
      if (state === 'claimed') {
        wins.claim++;
        expect(kinds).toEqual(['claimed', 'passed']);
      } else {
        wins.cancel++;
        expect(state).toBe('settled');
        expect(kinds).toEqual(['settled', 'taken']);
      }
    }
    expect(wins.claim).toBeGreaterThan(0);
    expect(wins.cancel).toBeGreaterThan(0);
  });

  it('over a record that waits, have exactly one winner as well', async () => {
    const other = await stage.another();
    for (let i = 0; i < 50; i++) {
      const request = await queued();
      const [claimed, cancelled] = await Promise.all([
        claim(stage.store, request),
        settleCancelled(other.store, unsent(request), []),
      ]);
      expect([
        ['claimed', 'passed'],
        ['taken', 'settled'],
      ]).toContainEqual([claimed.kind, cancelled.kind]);
    }
  });
});

describe('memory', () => {
  it.each([
    ['one of ours', '01KAK3Q8W5ZJ4T9XE7M2B6R0CD'],
    ['a UUID', '0198f2d4-6c1e-7a3b-9f00-1234567890ab'],
  ])(
    'with %s as its id, of an accepted SMS without its text is at most 300 bytes, and of its tombstone likewise',
    async (_name, id) => {
      const request = await accepted({ id });
      const size = () => stage.control.memory('USAGE', stage.store.keys.record(id));
      expect(await size()).toBeLessThanOrEqual(300);
      await settleByReport(stage.store, id, request.wireId, delivered);
      await clearOutbox(stage.store, id, 'results', `r-${id}`, DAY_MS);
      expect(await size()).toBeLessThanOrEqual(300);
    },
  );
});
