import type { AttemptRecord, MessageRecord } from '@pabal/fate';
import type { MessageV1 } from '@pabal/message';
import type { JobEnd, MessageQueue, PulledJob } from '@pabal/queues';
import { gatewayQueue } from '@pabal/queues';
import type { AttachedFile, SendLine, Staged } from '@pabal/session';
import type { AdmittedJob } from './door.js';

/** What the record tells of a message that may have been written before. */
export interface ProbeHistory {
  readonly gateway: string;
  readonly account: string;
  readonly wireId: string;
  /** Fleet time of the last claim. */
  readonly claimedAt: number;
}

/** What was done on a line before this message can be prepared there. */
export interface StagedOn {
  readonly line: SendLine;
  readonly staged: Staged;
  /** Nothing was left to what the gateway may remember. */
  readonly complete: boolean;
}

/** A message in this process's hands: its job is held, and it waits for its turn or for its gateway's answer. */
export interface Entry {
  readonly job: PulledJob;
  readonly queue: MessageQueue;
  readonly admitted: AdmittedJob;
  readonly message: MessageV1;
  /** In the order of the message's `files`. */
  readonly files: readonly AttachedFile[];
  /** Claim token: another one each time that it comes into our hands, so that a claim whose answer was lost can be repeated. */
  readonly token: string;
  /** Ends the job. */
  readonly end: (end: JobEnd) => void;
  /** The job has ended: nothing more is done with this entry. */
  ended: boolean;
  attempt: number;
  tooOften: number;
  salt: number;
  attempts: readonly AttemptRecord[];
  /** Set when it may have been written before: only a probe may offer it. */
  probe: ProbeHistory | undefined;
  /** A claim of this entry may stand in Redis without its answer having come: nothing was written for it. */
  claimUnanswered: boolean;
  /** The last staging, which may not hold any longer. */
  staged: StagedOn | undefined;
  /** The gateway lacked something that the last write only named: the next one brings everything. */
  complete: boolean;
  /** Not to be offered before this time, monotonic clock. */
  notBefore: number;
  /** Set aside for its recipient's sake, or for a place to stage it: it takes the room of nothing else in hand. */
  resting: boolean;
}

/** A message that has just come into hand. */
export function newEntry(
  job: PulledJob,
  queue: MessageQueue,
  admitted: AdmittedJob,
  token: string,
  end: (end: JobEnd) => void,
  files: readonly AttachedFile[] = [],
): Entry {
  return {
    job,
    queue,
    admitted,
    message: admitted.message,
    files,
    token,
    end,
    ended: false,
    attempt: 1,
    tooOften: 0,
    salt: 0,
    attempts: [],
    probe: undefined,
    claimUnanswered: false,
    staged: undefined,
    complete: false,
    notBefore: 0,
    resting: false,
  };
}

/** Takes over what the record knows of earlier attempts. */
export function adopt(entry: Entry, record: MessageRecord): void {
  entry.attempt = record.attempt;
  entry.tooOften = record.tooOften;
  entry.attempts = record.attempts;
}

/** Must nothing be left to what a gateway may remember? A probe's answer must mean the message, and nothing else. */
export function needsEverything({ complete, probe }: Entry): boolean {
  return complete || probe !== undefined;
}

/** Can it be prepared on this line with what was staged there? */
export function isStagedOn(entry: Entry, line: SendLine): boolean {
  const { staged } = entry;
  if (staged?.line !== line || !staged.staged.fresh()) return false;
  return staged.complete || !needsEverything(entry);
}

/** What a probe needs to know, from the record; undefined when there is nothing to probe. */
export function probeHistory(record: MessageRecord): ProbeHistory | undefined {
  const { gateway, account, wireId, claimedAt, state, probeEnded } = record;
  if ((state !== 'claimed' && state !== 'uncertain') || probeEnded) return undefined;
  if (gateway === undefined || account === undefined || wireId === undefined) return undefined;
  return { gateway, account, wireId, claimedAt: claimedAt ?? 0 };
}

/** The lane that an entry waits in: a message that only one gateway can carry never stands before others. */
export function homeLane({ queue, admitted, message }: Entry): MessageQueue {
  const [only] = admitted.gateways;
  if ('gateway' in queue || only === undefined || admitted.gateways.length > 1) return queue;
  return gatewayQueue(only, message.channel, message.priority === 'urgent');
}
