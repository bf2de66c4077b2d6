import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AttemptRecord,
  type ClaimRequest,
  claim,
  composeResult,
  requeue,
  settleCancelled,
  settleUnsent,
  turnAway,
  type UnsentMessage,
} from '@pabal/fate';
import { Stage } from './stage.js';

/** A message whose files a gateway refused. Titles with an arrow walk that arrow of the diagram in `docs/fate.md`. */

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

function unsent({ id, payloadHash, channel, enqueuedAt, job }: ClaimRequest): UnsentMessage {
  return { id, payloadHash, channel, enqueuedAt, job: `${job.queue}:${job.id}`, meta: '{"ref":"r"}' };
}

const attempt = ({ gateway, wireId, channel }: ClaimRequest): AttemptRecord => ({
  channel,
  gateway,
  wireId,
  gatewayCode: '300',
  at: 1_764_000_001_000,
});

describe('a message whose files a gateway refused', () => {
  it('none → queued: turnAway', async () => {
    const request = await stage.ready();
    const attempts = [attempt(request)];
    const answer = await turnAway(stage.store, {
      message: unsent(request),
      nextAttempt: 2,
      attempts,
      job: `to-smtnt-mms:m-${request.id}`,
    });
    expect(answer.kind).toBe('turnedAway');
    const record = await stage.record(request.id);
    expect(record).toMatchObject({
      state: 'queued',
      attempt: 2,
      attempts,
      job: `to-smtnt-mms:m-${request.id}`,
      meta: { ref: 'r' },
    });
    expect(record).not.toHaveProperty('gateway');
    expect(await stage.deadline(request)).toBeNull();
  });

  it('queued → queued: turnAway', async () => {
    const request = await stage.claimed();
    await requeue(stage.store, { id: request.id, token: request.token, nextAttempt: 1 });
    const attempts = [attempt(request)];
    await turnAway(stage.store, { message: unsent(request), nextAttempt: 2, attempts });
    const record = await stage.record(request.id);
    expect(record).toMatchObject({ state: 'queued', attempt: 2, attempts });
    expect(record.job).toBe(`${request.job.queue}:${request.job.id}`);
  });

  it('is claimed by the next gateway as the next attempt, and by nobody as the first', async () => {
    const request = await stage.ready();
    await turnAway(stage.store, { message: unsent(request), nextAttempt: 2, attempts: [attempt(request)] });
    expect(await claim(stage.store, request)).toMatchObject({ kind: 'attempt', record: { attempt: 2 } });
    expect(await claim(stage.store, { ...request, attempt: 2 })).toMatchObject({ kind: 'claimed' });
    expect((await stage.record(request.id)).attempts).toHaveLength(1);
  });

  it('can still be cancelled', async () => {
    const request = await stage.ready();
    await turnAway(stage.store, { message: unsent(request), nextAttempt: 2, attempts: [] });
    expect(await settleCancelled(stage.store, unsent(request), [])).toMatchObject({ kind: 'settled' });
    expect(
      await turnAway(stage.store, { message: unsent(request), nextAttempt: 3, attempts: [] }),
    ).toMatchObject({ kind: 'passed', record: { state: 'settled', attempt: 2 } });
  });

  it('that ends there has the gateway, its code and the attempt in its result', async () => {
    const request = await stage.ready();
    await turnAway(stage.store, { message: unsent(request), nextAttempt: 2, attempts: [attempt(request)] });
    const outcome = { status: 'failed', reason: 'file-error', by: 'ack', code: '300' } as const;
    const settled = await settleUnsent(stage.store, unsent(request), outcome);
    if (settled.kind !== 'settled') throw new Error(settled.kind);
    expect(composeResult(settled.record)).toMatchObject({
      status: 'failed',
      reason: { code: 'file-error' },
      gateway: request.gateway,
      gatewayCode: '300',
      attempts: [{ gateway: request.gateway, wireId: request.wireId, gatewayCode: '300' }],
    });
  });

  it('changes nothing of one that is claimed, and is told from another one under its id', async () => {
    const request = await stage.claimed();
    const before = await stage.record(request.id);
    const message = unsent(request);
    expect(await turnAway(stage.store, { message, nextAttempt: 2, attempts: [] })).toMatchObject({
      kind: 'passed',
      record: { state: 'claimed' },
    });
    const other = { ...message, payloadHash: 'another-payload1' };
    expect(await turnAway(stage.store, { message: other, nextAttempt: 2, attempts: [] })).toMatchObject({
      kind: 'conflict',
    });
    expect(await stage.record(request.id)).toEqual(before);
  });
});
