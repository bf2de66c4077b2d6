import type { UnsentMessage } from '@pabal/fate';
import { settleUnsent } from '@pabal/fate';
import type { MessageQueue } from '@pabal/queues';
import type { RefusedJob } from './door.js';
import type { Member } from './member.js';

/** Gives a refused job its one result; returns what to say of it among the failed jobs. */
export async function settleRefused(
  member: Pick<Member, 'store' | 'publisher' | 'producer' | 'jobs' | 'log'>,
  refused: RefusedJob,
  queue: MessageQueue,
  job: string,
): Promise<string> {
  const { store, publisher, producer, jobs, log } = member;
  const message: UnsentMessage = {
    id: refused.id,
    payloadHash: refused.payloadHash,
    channel: queue.channel,
    enqueuedAt: refused.enqueuedAt,
    job,
    meta: refused.meta,
  };
  const answer = await settleUnsent(store, message, {
    status: 'failed',
    reason: refused.reason,
    by: 'refusal',
    problems: refused.problems,
  });
  if (answer.kind === 'settled') publisher.publish(answer.record);
  if (answer.kind === 'conflict') {
    await jobs.put(`id-conflict-${refused.id}-${refused.payloadHash}`, () =>
      producer.event('id-conflict', `id-conflict-${refused.id}-${refused.payloadHash}`, { id: refused.id }),
    );
  }
  const why = refused.problems.map((problem) => `${problem.field}: ${problem.message}`).join('; ');
  log.warn(
    { messageId: refused.id, reason: refused.reason, fields: refused.problems.map((p) => p.field) },
    'message.refused',
  );
  return `${refused.reason}: ${why}`.slice(0, 500);
}
