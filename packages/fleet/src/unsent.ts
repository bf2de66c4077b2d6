import type { Outcome, Store, UnsentMessage } from '@pabal/fate';
import { requeue, settleUnsent } from '@pabal/fate';
import type { Log } from '@pabal/session';
import type { Entry } from './entry.js';
import { tellIdConflict } from './id-conflict.js';
import { type MoveDeps, takeUp } from './moves.js';
import { type FollowUpDeps, followUp } from './next-steps.js';
import { DONE, type Rest } from './rest.js';

export interface UnsentDeps extends MoveDeps, FollowUpDeps {
  readonly store: Store;
  readonly log: Log;
}

/** What the record of a message in hand begins with, where it has none. */
export function unsentMessage({ admitted, job, message }: Entry): UnsentMessage {
  return {
    id: message.id,
    payloadHash: admitted.payloadHash,
    channel: message.channel,
    enqueuedAt: admitted.enqueuedAt,
    job: `${job.queue}:${job.id}`,
    meta: admitted.meta,
    step: admitted.step,
    ...(admitted.next && { next: admitted.next }),
  };
}

/**
 * Takes back a claim whose answer never came, or came too late, before the message leaves our hands: it was certainly not written, and
 * nobody else could know that.
 */
export async function withdrawClaim(store: Store, entry: Entry): Promise<void> {
  if (!entry.claimUnanswered) return;
  entry.claimUnanswered = false;
  const { message, token, attempt, tooOften } = entry;
  await requeue(store, { id: message.id, token, nextAttempt: attempt, tooOften });
}

export const EXPIRED: Outcome = { status: 'expired', reason: 'expired', by: 'expiry' };

/** Ends a step that was certainly never written, unless its record is further than this job knows. */
export async function endUnsent(deps: UnsentDeps, entry: Entry, outcome: Outcome): Promise<Rest> {
  await withdrawClaim(deps.store, entry);
  const answer = await settleUnsent(deps.store, unsentMessage(entry), outcome);
  switch (answer.kind) {
    case 'settled':
    case 'advanced':
      followUp(deps, answer);
      return DONE;
    case 'conflict':
      return tellConflict(deps, entry);
    case 'passed':
      return takeUp(deps, entry, answer.record);
    case 'notFound': // a later step of a message that was settled long ago
      return DONE;
    default:
      return answer satisfies never;
  }
}

/** Another payload stands under this id. */
export async function tellConflict(deps: UnsentDeps, entry: Entry): Promise<Rest> {
  const { message, admitted, job } = entry;
  await tellIdConflict(deps, { id: message.id, payloadHash: admitted.payloadHash, queue: job.queue });
  return DONE;
}
