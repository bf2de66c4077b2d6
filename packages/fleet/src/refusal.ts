import type { UnsentMessage } from '@pabal/fate';
import { settleUnsent } from '@pabal/fate';
import { type JobEnd, type MessageQueue, queueName } from '@pabal/queues';
import type { RefusedJob } from './door.js';
import { tellIdConflict } from './id-conflict.js';
import type { Member } from './member.js';
import { followUp } from './next-steps.js';

/**
 * Gives a refused job its one result, or lets the next step follow a step whose turn had come. The job stays among the failed ones, unless its message is under way by what its
 * record tells: then that goes on without it.
 */
export async function settleRefused(
  member: Pick<Member, 'store' | 'publisher' | 'nextSteps' | 'producer' | 'jobs' | 'log'>,
  refused: RefusedJob,
  queue: MessageQueue,
  job: string,
): Promise<JobEnd> {
  const { store, log } = member;
  const message: UnsentMessage = {
    id: refused.id,
    payloadHash: refused.payloadHash,
    channel: queue.channel,
    enqueuedAt: refused.enqueuedAt,
    job,
    meta: refused.meta,
    step: refused.step,
    ...(refused.next && { next: refused.next }),
  };
  const answer = await settleUnsent(store, message, {
    status: 'failed',
    reason: refused.reason,
    by: 'refusal',
    problems: refused.problems,
  });
  followUp(member, answer);
  if (answer.kind === 'passed' && answer.record?.state !== 'settled') return { kind: 'done' };
  // A later step of a message that was settled long ago.
  if (answer.kind === 'notFound') return { kind: 'done' };
  if (answer.kind === 'conflict') {
    await tellIdConflict(member, {
      id: refused.id,
      payloadHash: refused.payloadHash,
      queue: queueName(queue),
    });
  }
  const why = refused.problems.map((problem) => `${problem.field}: ${problem.message}`).join('; ');
  log.warn(
    { messageId: refused.id, reason: refused.reason, fields: refused.problems.map((p) => p.field) },
    'message.refused',
  );
  return { kind: 'failed', why: `${refused.reason}: ${why}`.slice(0, 500) };
}
