import { describe, expect, it } from '@jest/globals';
import type { ResultV1 } from '@pabal/message';
import { reasonOf } from '@pabal/message';
import type { WebhookJob } from '@pabal/queues';
import { GIVE_UP_AFTER_MS, RETRY_DELAYS_MS } from './retry.js';
import { isTooOld, stepAfter } from './step.js';

const result: ResultV1 = {
  v: 1,
  id: 'a',
  status: 'delivered',
  reason: reasonOf('delivered'),
  retryable: false,
  channel: 'sms',
  attempts: [],
  times: {},
};
const job: WebhookJob = { v: 1, webhook: { name: 'shop' }, result, failures: 0 };
const failed = { kind: 'retry', reason: 'http-500', sick: true } as const;

describe('what follows a try', () => {
  it('is nothing once it arrived', () => {
    expect(stepAfter(job, { kind: 'delivered' }, 0.5)).toEqual({ kind: 'done' });
  });

  it('is another one after a failure, which the job tells from then on', () => {
    const next = { ...job, failures: 1, reason: 'http-500' };
    expect(stepAfter(job, failed, 0.5)).toEqual({ kind: 'again', ms: 5_000, job: next });
  });

  it('is the end after the last try, and where nothing can mend it', () => {
    const last = { ...job, failures: RETRY_DELAYS_MS.length };
    expect(stepAfter(last, failed, 0.5)).toMatchObject({
      kind: 'dead',
      reason: 'http-500',
      job: { failures: RETRY_DELAYS_MS.length + 1 },
    });
    expect(stepAfter(job, { kind: 'dead', reason: 'http-410' }, 0.5)).toMatchObject({ kind: 'dead' });
  });
});

describe('what waits for a host that fails', () => {
  it('is given up after three days, counted from the last replay', () => {
    expect(isTooOld(job, 0, GIVE_UP_AFTER_MS - 1)).toBe(false);
    expect(isTooOld(job, 0, GIVE_UP_AFTER_MS)).toBe(true);
    expect(isTooOld({ ...job, since: 10 }, 0, GIVE_UP_AFTER_MS)).toBe(false);
  });
});
