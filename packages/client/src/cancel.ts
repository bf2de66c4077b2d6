import {
  type MessageRecord,
  metaOf,
  payloadHash,
  readMessage,
  type Store,
  settleCancelled,
  type UnsentMessage,
} from '@pabal/fate';
import { canonicalMessage, isChannel, type MessageV1, parseMessage } from '@pabal/message';
import { isGatewayJob, messageJobId, type Producer, type StandingJob } from '@pabal/queues';
import { findJobs } from './find-jobs.js';

/** What became of a wish to cancel. Cancelling a cancelled message again is `cancelled`. */
export type CancelAnswer =
  /** It is certainly never sent; its result `cancelled` follows. */
  | { readonly kind: 'cancelled' }
  /** It was written, or may have been: too late. */
  | { readonly kind: 'alreadySent' }
  | { readonly kind: 'alreadySettled' }
  | { readonly kind: 'notFound' };

/** A message between two queues is looked for again so many times. */
const LOOKS = 3;

export interface CancelDeps {
  readonly store: Store;
  readonly producer: Producer;
  /** Every queue that a message may stand in. */
  readonly queues: readonly string[];
  /** Names that `replyTo` may have. */
  readonly replies: readonly string[];
}

/** Cancels a message before the wire. The claim and this compare-and-set the same record: one of them wins. */
export async function cancelMessage(
  id: string,
  { store, producer, queues, replies }: CancelDeps,
): Promise<CancelAnswer> {
  const ownKeys = queues.map((queue) => store.keys.job(queue, messageJobId(id)));
  for (let look = 1; look <= LOOKS; look++) {
    const record = await readMessage(store, id);
    if (record && record.state !== 'queued') return answerOf(record);
    const jobs = await findJobs(store, queues, id, record?.step);
    const job = jobs[0];
    const message = record ? messageOfRecord(record) : job && messageOfJob(id, job, replies);
    if (!message) continue;
    const batchKeys = jobs.filter(isBatched).map(({ queue, jobId }) => store.keys.job(queue, jobId));
    const answer = await settleCancelled(store, message, [...ownKeys, ...batchKeys]);
    if (answer.kind === 'settled') {
      await removeJobs(
        producer,
        jobs.filter((each) => !isBatched(each)),
      );
      return answerOf(answer.record);
    }
    if (answer.kind === 'passed' && answer.record) return answerOf(answer.record);
    // A claim or a move came in between: look again at what stands there now.
  }
  return { kind: 'notFound' };
}

function answerOf({ state, outcome }: MessageRecord): CancelAnswer {
  if (state !== 'settled') return { kind: 'alreadySent' };
  if (outcome?.by !== 'cancel') return { kind: 'alreadySettled' };
  // What was left of it is not sent; but an earlier step ended `unknown`, and may have arrived.
  return { kind: outcome.status === 'cancelled' ? 'cancelled' : 'alreadySent' };
}

function messageOfRecord(record: MessageRecord): UnsentMessage {
  const { id, payloadHash: hash, channel, enqueuedAt = 0, step } = record;
  return { id, payloadHash: hash, channel, enqueuedAt, meta: metaOf(record.meta), step };
}

/** What the record of a message begins with that only stands in a queue. Pure. */
export function messageOfJob(id: string, job: StandingJob, replies: readonly string[] = []): UnsentMessage {
  const internal = job.member === undefined && isGatewayJob(job.data) ? job.data : undefined;
  const data = internal ? internal.message : job.data;
  const channel = job.queue.slice(job.queue.lastIndexOf('-') + 1);
  // As the fleet's door does it: the queue says the channel of a message that does not.
  const parsed = parseMessage(data, isChannel(channel) ? { channel } : {});
  return {
    id,
    // What no sender would admit is hashed as the fleet's door does it, so that both mean the same message.
    payloadHash: payloadHash(parsed.ok ? canonicalMessage(parsed.message) : (JSON.stringify(data) ?? '')),
    channel,
    enqueuedAt: internal?.enqueuedAt ?? job.enqueuedAt,
    job: `${job.queue}:${job.jobId}`,
    meta: parsed.ok ? metaOf(withDeclaredReply(parsed.message, replies)) : '',
  };
}

/** A result that nobody would read goes where every other one does, as the door has it. */
function withDeclaredReply(message: MessageV1, replies: readonly string[]): MessageV1 {
  const { replyTo, ...others } = message;
  return replyTo === undefined || replies.includes(replyTo) ? message : others;
}

function isBatched({ member }: StandingJob): boolean {
  return member !== undefined;
}

/** The record decides; the jobs only take up room. One that a sender holds is left to it: its claim will be refused. */
async function removeJobs(producer: Producer, jobs: readonly StandingJob[]): Promise<void> {
  await Promise.allSettled(jobs.map(({ queue, jobId }) => producer.queue(queue).remove(jobId)));
}
