import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accept,
  type BurstCheck,
  type ClaimRequest,
  claim,
  claimProbe,
  deriveWireId,
  dueDeadlines,
  findByWireId,
  markUncertain,
  readMessage,
  requeue,
  settleByDeadline,
  settleByReport,
} from '@pabal/fate';
import { claimRequest, HOUR_MS, probeOf, Stage, until } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

async function expectNoTrace(request: ClaimRequest): Promise<void> {
  expect(await readMessage(stage.store, request.id)).toBeUndefined();
  expect(await stage.holderOf(request)).toBeNull();
  expect(await stage.deadline(request)).toBeNull();
}

describe('a claim', () => {
  it('is not given without the job’s lock, nor with that of another worker', async () => {
    const request = claimRequest();
    await stage.hold({ ...request, job: { ...request.job, token: 'another-worker' } });
    expect(await claim(stage.store, request)).toEqual({ kind: 'lostLock' });
    await stage.control.del(stage.store.keys.jobLock(request.job.queue, request.job.id));
    expect(await claim(stage.store, request)).toEqual({ kind: 'lostLock' });
    await expectNoTrace(request);
  });

  it('is not given without the lease, nor under an earlier fencing number', async () => {
    const request = claimRequest({ lease: { resource: 'send:hellovision:demo:S9', value: 'sender-1#7' } });
    await stage.hold({ ...request, lease: { ...request.lease, value: 'sender-1#8' } });
    expect(await claim(stage.store, request)).toEqual({ kind: 'lostLease' });
    await stage.control.del(stage.store.keys.lease(request.lease.resource));
    expect(await claim(stage.store, request)).toEqual({ kind: 'lostLease' });
    await expectNoTrace(request);
  });

  it('is not given at or after the expiry, by Redis’ clock, and is given before', async () => {
    const late = await stage.ready({ expiresAt: stage.store.fleetNow() - 1 });
    expect(await claim(stage.store, late)).toEqual({ kind: 'expired' });
    await expectNoTrace(late);
    const early = await stage.ready({ expiresAt: stage.store.fleetNow() + HOUR_MS });
    expect(await claim(stage.store, early)).toMatchObject({ kind: 'claimed' });
  });

  it('is a conflict for another payload under the id, whatever the state', async () => {
    const request = await stage.claimed();
    const other = await stage.ready({ id: request.id, payloadHash: 'other-payload' });
    expect(await claim(stage.store, other)).toMatchObject({
      kind: 'conflict',
      record: { id: request.id, state: 'claimed', payloadHash: request.payloadHash },
    });
    await accept(stage.store, request.id, request.wireId);
    expect(await claim(stage.store, other)).toMatchObject({
      kind: 'conflict',
      record: { state: 'accepted' },
    });
  });

  it('is told the attempt that the record is at', async () => {
    const request = await stage.claimed();
    await requeue(stage.store, { id: request.id, token: request.token, nextAttempt: 3, tooOften: 2 });
    expect(await claim(stage.store, await stage.ready({ id: request.id, attempt: 1 }))).toMatchObject({
      kind: 'attempt',
      record: { state: 'queued', attempt: 3, tooOften: 2 },
    });
  });

  it('finds what another has claimed taken, also in another queue', async () => {
    const request = await stage.claimed();
    const job = { ...request.job, queue: 'urgent-default-sms', token: 'job-other' };
    const other = await stage.ready({ id: request.id, job });
    expect(await claim(stage.store, other)).toMatchObject({
      kind: 'taken',
      record: { state: 'claimed', claimToken: request.token },
    });
    await accept(stage.store, request.id, request.wireId);
    expect(await claim(stage.store, other)).toMatchObject({ kind: 'taken', record: { state: 'accepted' } });
  });

  it('collides with another message under its wire id, and is given the next salt', async () => {
    const first = await stage.claimed();
    const second = await stage.ready({ wireId: first.wireId });
    expect(await claim(stage.store, second)).toEqual({ kind: 'collision' });
    expect(await readMessage(stage.store, second.id)).toBeUndefined();
    const { gateway, account } = second;
    const wireId = deriveWireId({ messageId: second.id, step: 0, attempt: 1, gateway, account, salt: 1 });
    expect(await claim(stage.store, { ...second, wireId })).toMatchObject({ kind: 'claimed' });
    expect(await findByWireId(stage.store, gateway, account, first.wireId)).toBe(first.id);
    expect(await findByWireId(stage.store, gateway, account, wireId)).toBe(second.id);
  });

  it('may have the wire id of a message of another account', async () => {
    const first = await stage.claimed();
    const second = await stage.ready({ wireId: first.wireId, account: 'other' });
    expect(await claim(stage.store, second)).toMatchObject({ kind: 'claimed' });
  });

  it('made again by another way leaves nothing of the first behind', async () => {
    const first = await stage.claimed({ gateway: 'gone' });
    const second = await stage.ready({
      id: first.id,
      token: first.token,
      gateway: 'smtnt',
      account: 'test001',
    });
    const answer = await claim(stage.store, second);
    expect(answer).toMatchObject({ kind: 'claimed', firstClaimedAt: answer.kind === 'claimed' && answer.at });
    expect(await stage.holderOf(first)).toBeNull();
    expect(await stage.deadline(first)).toBeNull();
    expect(await stage.holderOf(second)).toBe(first.id);
  });
});

describe('a probe', () => {
  async function uncertain(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
    const request = await stage.claimed(change);
    await markUncertain(stage.store, request.id, request.token);
    return request;
  }

  it('is too early over the login that the claim was made on', async () => {
    const request = await uncertain();
    const { claimedAt = Number.NaN } = await stage.record(request.id);
    expect(await claimProbe(stage.store, probeOf(request, { loginAt: claimedAt }))).toEqual({
      kind: 'tooEarly',
    });
    expect(await claimProbe(stage.store, probeOf(request, { loginAt: claimedAt + 1 }))).toMatchObject({
      kind: 'claimed',
    });
  });

  it('may be made over the very session of a claim that stands, where the order of bytes is kept', async () => {
    const request = await stage.claimed();
    const probe = probeOf(request, { loginAt: 1 });
    expect(await claimProbe(stage.store, { ...probe, sessionId: 'another' })).toEqual({ kind: 'tooEarly' });
    expect(await claimProbe(stage.store, { ...probe, sessionId: request.sessionId })).toMatchObject({
      kind: 'claimed',
    });
  });

  it('is too early over the login of an unanswered probe', async () => {
    const request = await uncertain();
    const { claimedAt = Number.NaN } = await stage.record(request.id);
    const probe = probeOf(request, { loginAt: claimedAt + 1 });
    await until('a moment later', () => stage.store.fleetNow() > claimedAt + 5);
    await claimProbe(stage.store, probe);
    await markUncertain(stage.store, request.id, probe.token);
    expect(await claimProbe(stage.store, probeOf(request, { loginAt: claimedAt + 1 }))).toEqual({
      kind: 'tooEarly',
    });
  });

  it('that was throttled may be made again over the same login', async () => {
    const request = await uncertain();
    const { claimedAt = Number.NaN } = await stage.record(request.id);
    const loginAt = claimedAt + 1;
    await until('a moment later', () => stage.store.fleetNow() > claimedAt + 5);
    for (let i = 0; i < 3; i++) {
      const probe = probeOf(request, { loginAt });
      expect(await claimProbe(stage.store, probe)).toMatchObject({ kind: 'claimed' });
      expect(await claimProbe(stage.store, probe)).toMatchObject({ kind: 'claimed' }); // its answer was lost
      await requeue(stage.store, { id: request.id, token: probe.token, nextAttempt: 1 });
    }
    expect((await stage.record(request.id)).claimedAt).toBe(claimedAt);
  });

  it('is too old once the gateway may have forgotten the wire id', async () => {
    const request = await uncertain();
    expect(await claimProbe(stage.store, probeOf(request, { duplicateMemoryMs: 0 }))).toEqual({
      kind: 'tooOld',
    });
    expect((await stage.record(request.id)).state).toBe('uncertain');
  });

  it('ignores the expiry: what may have been sent cannot expire', async () => {
    const request = await uncertain({ expiresAt: Date.now() + HOUR_MS });
    expect(await claimProbe(stage.store, probeOf(request, { expiresAt: 1 }))).toMatchObject({
      kind: 'claimed',
    });
  });

  it('is gone without a record: it was settled so long ago that its tombstone went', async () => {
    const request = await stage.ready();
    expect(await claimProbe(stage.store, probeOf(request))).toEqual({ kind: 'gone' });
    await expectNoTrace(request);
  });

  it.each<[string, Partial<ClaimRequest>]>([
    ['another gateway', { gateway: 'smtnt' }],
    ['another account', { account: 'other' }],
    ['another wire id', { wireId: '00000000000000000001' }],
  ])('is never given to %s', async (_name, change) => {
    const request = await uncertain();
    const probe = probeOf(request, change);
    await stage.hold(probe);
    expect(await claimProbe(stage.store, probe)).toMatchObject({
      kind: 'taken',
      record: { state: 'uncertain', wireId: request.wireId },
    });
  });

  it('is a conflict for another payload: its bytes must not go out under this wire id', async () => {
    const request = await uncertain();
    expect(await claimProbe(stage.store, probeOf(request, { payloadHash: 'other-payload' }))).toMatchObject({
      kind: 'conflict',
    });
  });

  it('needs lock and lease like any claim', async () => {
    const request = await uncertain();
    const job = { ...request.job, token: 'another-worker' };
    expect(await claimProbe(stage.store, probeOf(request, { job }))).toEqual({ kind: 'lostLock' });
    const lease = { ...request.lease, value: 'another#9' };
    expect(await claimProbe(stage.store, probeOf(request, { lease }))).toEqual({ kind: 'lostLease' });
  });

  it('finds what was accepted or queued meanwhile taken', async () => {
    const request = await uncertain();
    await accept(stage.store, request.id, request.wireId);
    expect(await claimProbe(stage.store, probeOf(request))).toMatchObject({
      kind: 'taken',
      record: { state: 'accepted' },
    });
    const queued = await stage.claimed();
    await requeue(stage.store, { id: queued.id, token: queued.token, nextAttempt: 1 });
    expect(await claimProbe(stage.store, probeOf(queued))).toMatchObject({
      kind: 'taken',
      record: { state: 'queued' },
    });
  });
});

describe('the claims of an account whose agents count together', () => {
  const WINDOW_MS = 2_000;
  const KEEP_MS = 4_000;
  const burst = (recipient: string, change: Partial<BurstCheck> = {}): BurstCheck => ({
    ...{ recipient, limit: 3, windowMs: WINDOW_MS, keepMs: KEEP_MS },
    ...change,
  });
  const keyOf = ({ gateway, account, burst: check }: ClaimRequest) =>
    stage.store.keys.recipientBurst(gateway, account, check?.recipient ?? '');

  it('give no more than the limit within the window, whoever asks', async () => {
    const other = await stage.another();
    const check = burst('01011110001');
    const lease = (agent: string) => ({ resource: `send:hellovision:demo:${agent}`, value: `${agent}#1` });
    const requests = await Promise.all(
      ['S1', 'S2', 'S3', 'S4'].map((agent) => stage.ready({ agent, lease: lease(agent), burst: check })),
    );
    const answers = await Promise.all(
      requests.map((request, i) => claim(i % 2 === 0 ? stage.store : other.store, request)),
    );
    expect(answers.map(({ kind }) => kind).sort()).toEqual([
      'claimed',
      'claimed',
      'claimed',
      'recipientBusy',
    ]);
    const told = answers.findIndex(({ kind }) => kind === 'recipientBusy');
    const request = requests[told] as ClaimRequest;
    expect(answers[told]).toMatchObject({ ms: expect.any(Number) });
    await expectNoTrace(request);
    const first = Math.min(...answers.flatMap((answer) => (answer.kind === 'claimed' ? [answer.at] : [])));
    let answer = await claim(stage.store, request);
    await until('the window to pass', async () => {
      answer = await claim(stage.store, request);
      return answer.kind === 'claimed';
    });
    expect((answer as { at: number }).at - first).toBeGreaterThanOrEqual(WINDOW_MS);
  });

  it('say to the millisecond when it is worth asking again', async () => {
    const check = burst('01011110002', { limit: 1, windowMs: 60_000, keepMs: 60_000 });
    const first = await stage.ready({ burst: check });
    const claimed = await claim(stage.store, first);
    const before = stage.store.fleetNow();
    const answer = await claim(stage.store, await stage.ready({ burst: check }));
    if (claimed.kind !== 'claimed' || answer.kind !== 'recipientBusy') throw new Error('not as expected');
    expect(answer.ms).toBeLessThanOrEqual(60_000);
    // The store's own clock is measured, to a few milliseconds.
    expect(Math.abs(before + answer.ms - (claimed.at + 60_000))).toBeLessThan(1_000);
  });

  it('keep recipients and accounts apart', async () => {
    const check = burst('01011110003', { limit: 1 });
    const changes = [{}, { account: 'another' }, { gateway: 'elsewhere' }, { burst: burst('01011110004') }];
    for (const change of changes) {
      const request = await stage.ready({ burst: check, ...change });
      expect(await claim(stage.store, request)).toMatchObject({ kind: 'claimed' });
    }
  });

  it('count a message once, however often it is claimed', async () => {
    const check = burst('01011110005', { limit: 2 });
    const request = await stage.claimed({ burst: check });
    for (let i = 0; i < 3; i++) expect(await claim(stage.store, request)).toMatchObject({ kind: 'claimed' });
    // Throttled: the same attempt again, under the same wire id.
    await requeue(stage.store, { id: request.id, token: request.token, nextAttempt: 1 });
    expect(await claim(stage.store, request)).toMatchObject({ kind: 'claimed' });
    expect(await claim(stage.store, await stage.ready({ burst: check }))).toMatchObject({ kind: 'claimed' });
    expect(await claim(stage.store, await stage.ready({ burst: check }))).toMatchObject({
      kind: 'recipientBusy',
    });
  });

  it('do not count what was not claimed', async () => {
    const check = burst('01011110006', { limit: 1 });
    const expired = await stage.ready({ burst: check, expiresAt: 1 });
    expect(await claim(stage.store, expired)).toEqual({ kind: 'expired' });
    expect(await claim(stage.store, await stage.ready({ burst: check }))).toMatchObject({ kind: 'claimed' });
  });

  it('let a probe wait until nobody has written to the recipient for its rest, and count it', async () => {
    const check = burst('01011110007');
    const rest = burst('01011110007', { limit: 1, windowMs: KEEP_MS });
    const request = await stage.claimed({ burst: check });
    await markUncertain(stage.store, request.id, request.token);
    await until('the window of the first to pass', async () => {
      const { claimedAt = 0 } = await stage.record(request.id);
      return stage.store.fleetNow() - claimedAt > KEEP_MS;
    });
    await stage.claimed({ burst: check });
    const probe = probeOf(request, { burst: rest });
    const held = await claimProbe(stage.store, probe);
    expect(held).toMatchObject({ kind: 'recipientBusy' });
    expect((await stage.record(request.id)).state).toBe('uncertain');
    await until('a rest', async () => (await claimProbe(stage.store, probe)).kind === 'claimed');
    expect(await stage.control.zrange(keyOf(request), '0', '-1')).toEqual([request.wireId]);
  });

  it('leave no number in Redis, and nothing at all after a while', async () => {
    const recipient = '01011110008';
    const request = await stage.claimed({ burst: burst(recipient) });
    expect(keyOf(request).startsWith(`${stage.store.keys.prefix}:burst:`)).toBe(true);
    expect(keyOf(request)).not.toContain(recipient.slice(-4));
    expect(await stage.control.zrange(keyOf(request), '0', '-1')).toEqual([request.wireId]);
    await until('it is gone', async () => (await stage.control.exists(keyOf(request))) === 0);
  });
});

describe('the deadlines of a gateway', () => {
  it('count from the last claim under which the message may have been taken', async () => {
    const gateway = 'probed';
    const request = await stage.claimed({ gateway, reportDeadlineMs: 1_000 });
    await markUncertain(stage.store, request.id, request.token);
    await stage.advancePath(gateway, 900);
    const probe = probeOf(request, { reportDeadlineMs: 5 });
    await claimProbe(stage.store, probe);
    await stage.advancePath(gateway, 900);
    await accept(stage.store, request.id, request.wireId);
    expect(await dueDeadlines(stage.store, gateway, 10)).toEqual([]);
    expect(await stage.deadline(request)).toBe('1900');
    await stage.advancePath(gateway, 100);
    expect(await dueDeadlines(stage.store, gateway, 10)).toEqual([request.id]);
  });

  it('are not put off by the acceptance of a first write', async () => {
    const gateway = 'taken-at-once';
    const request = await stage.claimed({ gateway, reportDeadlineMs: 1_000 });
    await stage.advancePath(gateway, 900);
    await accept(stage.store, request.id, request.wireId);
    expect(await stage.deadline(request)).toBe('1000');
  });

  it('end no message whose probe is on its way', async () => {
    const gateway = 'asked';
    const request = await stage.claimed({ gateway, reportDeadlineMs: 1_000 });
    await markUncertain(stage.store, request.id, request.token);
    await stage.advancePath(gateway, 1_000);
    const due = await dueDeadlines(stage.store, gateway, 10);
    await claimProbe(stage.store, probeOf(request));
    const outcome = { status: 'unknown', reason: 'no-report', by: 'deadline' } as const;
    for (const id of due)
      expect((await settleByDeadline(stage.store, id, gateway, outcome)).kind).toBe('passed');
    expect(due).toEqual([request.id]);
    await accept(stage.store, request.id, request.wireId);
    expect((await stage.record(request.id)).state).toBe('accepted');
  });

  it('start where the report path’s clock stands, and come earliest first', async () => {
    await stage.advancePath('clocked', 50_000);
    const late = await stage.claimed({ gateway: 'clocked', reportDeadlineMs: 2_000 });
    const soon = await stage.claimed({ gateway: 'clocked', reportDeadlineMs: 1_000 });
    expect(await stage.deadline(late)).toBe('52000');
    expect(await dueDeadlines(stage.store, 'clocked', 10)).toEqual([]);
    await stage.advancePath('clocked', 2_000);
    expect(await dueDeadlines(stage.store, 'clocked', 10)).toEqual([soon.id, late.id]);
    expect(await dueDeadlines(stage.store, 'clocked', 1)).toEqual([soon.id]);
  });

  it('keep no entry that does not wait for this gateway: it would be swept for ever', async () => {
    const request = await stage.claimed({ reportDeadlineMs: 0 });
    const key = stage.store.keys.deadlines('other');
    await stage.control.zadd(key, 0, request.id, 0, 'nobody');
    const outcome = { status: 'unknown', reason: 'no-report', by: 'deadline' } as const;
    for (const id of await dueDeadlines(stage.store, 'other', 10)) {
      expect((await settleByDeadline(stage.store, id, 'other', outcome)).kind).toBe('passed');
    }
    expect(await stage.control.zcard(key)).toBe(0);
    expect((await stage.record(request.id)).state).toBe('claimed');
  });

  it('are taken off by a report', async () => {
    const request = await stage.claimed();
    await settleByReport(stage.store, request.id, request.wireId, {
      status: 'delivered',
      reason: 'delivered',
      by: 'report',
    });
    expect(await stage.deadline(request)).toBeNull();
  });
});
