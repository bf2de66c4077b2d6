import type { WebhookJob } from '@pabal/queues';
import type { Verdict } from './answer.js';
import { GIVE_UP_AFTER_MS, retryDelay } from './retry.js';

/** What follows a try of a delivery. */
export type Step =
  | { readonly kind: 'done' }
  /** Tried again in so long, ms, as this job. */
  | { readonly kind: 'again'; readonly ms: number; readonly job: WebhookJob }
  | { readonly kind: 'dead'; readonly reason: string; readonly job: WebhookJob };

/** Decides what follows. Pure. */
export function stepAfter(job: WebhookJob, verdict: Verdict, random: number): Step {
  if (verdict.kind === 'delivered') return { kind: 'done' };
  const { reason } = verdict;
  const failed: WebhookJob = { ...job, failures: job.failures + 1, reason };
  if (verdict.kind === 'dead') return { kind: 'dead', reason, job: failed };
  const ms = retryDelay(failed.failures, verdict.retryAfterMs, random);
  return ms === undefined ? { kind: 'dead', reason, job: failed } : { kind: 'again', ms, job: failed };
}

/** Has a delivery that waits for a host which fails waited long enough? Pure. */
export function isTooOld({ since }: WebhookJob, enqueuedAt: number, now: number): boolean {
  return now - (since ?? enqueuedAt) >= GIVE_UP_AFTER_MS;
}
