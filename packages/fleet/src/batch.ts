import type { MemberStanding } from '@pabal/fate';
import { parseBatch, problemOfMember } from '@pabal/message';
import { JOB, type MessageQueue, type PulledJob } from '@pabal/queues';
import type { Destinations } from './destination.js';
import type { RefusedJob } from './door.js';
import { idOf, refuseJob } from './door.js';

/** A batch holds the hands of one process for so long; then it goes to the end of its queue, when others want them, too. */
export const BATCH_TURN_MS = 1_000;
/** Batches of one queue that a process works on at once. */
export const MAX_BATCHES = 4;

/** Does this job hold many messages? */
export function isBatch({ name, member }: PulledJob): boolean {
  return name === JOB.batch && member === undefined;
}

/**
 * The members of a batch as jobs of their own, each under the batch's lock; or a refusal of the whole, when it is none, or
 * stands where none may. Pure.
 */
export function membersOf(
  job: PulledJob,
  queue: MessageQueue,
  rules: Destinations,
): readonly PulledJob[] | RefusedJob {
  if (queue.kind !== 'send') {
    const message = 'messages stand only in a queue send-<route>-<channel>';
    return refuseJob(job, [{ field: 'messages', rule: 'no-batch', message }], rules);
  }
  const parsed = parseBatch(job.data);
  if (!parsed.ok) return refuseJob(job, parsed.problems, rules);
  return parsed.messages.map((data, member) => ({ ...job, data, member }));
}

/** A refusal whose problems name the member's place in its batch. Pure. */
export function placedInBatch<R extends Pick<RefusedJob, 'problems'>>(refused: R, { member }: PulledJob): R {
  if (member === undefined) return refused;
  return { ...refused, problems: refused.problems.map((problem) => problemOfMember(member, problem)) };
}

/** What a batch has left: its members that are not over, in their order. Pure. */
export function membersLeft(
  members: readonly PulledJob[],
  standings: readonly MemberStanding[],
): readonly { readonly job: PulledJob; readonly known: boolean }[] {
  return members.flatMap((job, place) => {
    const standing = standings[place];
    return standing === 'over' ? [] : [{ job, known: standing === 'known' }];
  });
}

/** Ids under which the members of a batch have their records, in their order. Pure. */
export function idsOf(members: readonly PulledJob[]): readonly string[] {
  return members.map(idOf);
}

/** How many members one batch may have in hand when this many are wanted of its queue, and others share them. Pure. */
export function shareOfBatch(wanted: number, batches: number): number {
  return Math.max(1, Math.ceil(wanted / Math.max(1, batches)));
}

/** What a puller of a queue with batches holds. */
export interface InHand {
  /** Jobs, batches among them. */
  readonly jobs: number;
  readonly batches: number;
}

/** Jobs that a puller may take at first: it learns only from the first ones whether they are batches. */
const FIRST_JOBS = 2;

/**
 * How many jobs a puller of a queue with batches may hold. Nobody knows a batch before it was taken, so it never takes more
 * than about double of what it holds, and of batches no more than it may have. Pure.
 */
export function jobsToHold(wanted: number, { jobs, batches }: InHand): number {
  if (batches === 0) return Math.max(1, Math.min(wanted, FIRST_JOBS + 2 * jobs));
  return Math.max(1, Math.min(wanted, jobs + Math.max(0, MAX_BATCHES - batches)));
}
