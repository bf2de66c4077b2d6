import { setImmediate } from 'node:timers/promises';
import { closeBatch, openBatch, readMessage, type SiftedJob, settleUnsent, siftJobs } from '@pabal/fate';
import type { MessageQueue, PulledJob } from '@pabal/queues';
import { leaveMoved, queueName } from '@pabal/queues';
import { idsOf, isBatch, membersLeft, membersOf, placedInBatch } from './batch.js';
import type { AdmittedJob, DoorRules } from './door.js';
import { admit } from './door.js';
import type { FleetView } from './fleet-view.js';
import { tellIdConflict } from './id-conflict.js';
import { earliestExpiry, looseExpiry } from './loose-expiry.js';
import type { Member } from './member.js';
import { moveToGateway } from './moves.js';
import { followUp } from './next-steps.js';
import { settleRefused } from './refusal.js';
import { type Usable, wayOut } from './route-policy.js';
import { EXPIRED } from './unsent.js';

/** Messages looked at in one step of a queue; a batch that was begun is looked through. */
const PAGE = 500;
/** Of a queue that is served, bytes of jobs that are looked at in one step. */
const PAGE_BYTES = 1_000_000;
/** Jobs read at once: each may be a batch of a thousand. */
const SLICE = 8;
/** So many members of a batch, then others get a word in. */
const BREATH = 100;

const KINDS = ['wait', 'prioritized', 'delayed'] as const;
type Kind = (typeof KINDS)[number];

/** What a look at a job found. */
interface Looked {
  readonly messages: number;
  /** Nothing is left to do with it where it stands. */
  readonly over: boolean;
}

/**
 * Looks through what waits in queues, a page at a time, so that time does its work also there. Where nobody serves the
 * queue, everything is seen to that a sender would: what has expired, what is invalid, and what waits for a closed gateway
 * and need not. Where it is served, what stands behind all that its senders hold: what has expired ends on time, a
 * repeat of what has its result goes, before the record that knows it does, and the messages of batches are noted.
 */
export class WaitingQueues {
  readonly #member: Member;
  readonly #rules: DoorRules;
  readonly #view: FleetView;
  readonly #pages = new Map<string, number>();

  constructor(member: Member, rules: DoorRules, view: FleetView) {
    this.#member = member;
    this.#rules = rules;
    this.#view = view;
  }

  /** Looks at the next page of a queue. */
  async look(queue: MessageQueue): Promise<void> {
    const served = this.#view.isServed(queueName(queue));
    for (const kind of KINDS) {
      const page = `${queueName(queue)} ${kind}`;
      const start = this.#pages.get(page) ?? 0;
      if (!served) {
        this.#pages.set(page, await this.#lookAtAll(queue, kind, start));
        continue;
      }
      // Mostly those expire first that came first.
      if (start > 0) await this.#lookForDue(queue, kind, 0);
      this.#pages.set(page, await this.#lookForDue(queue, kind, start));
    }
  }

  /** A page of a queue that nobody serves; returns where the next one begins. */
  async #lookAtAll(queue: MessageQueue, kind: Kind, start: number): Promise<number> {
    const ids = await this.#page(queue, kind, start);
    let looked = 0;
    let gone = 0;
    for (let messages = 0; looked < ids.length && messages < PAGE; looked += SLICE) {
      for (const job of await this.#jobs(queue, ids.slice(looked, looked + SLICE))) {
        const found = isBatch(job)
          ? await this.#batch(job, queue)
          : { messages: 1, over: await this.#message(job, queue) };
        messages += found.messages;
        if (found.over) gone += await this.#remove(job);
      }
    }
    const more = looked < ids.length || ids.length === PAGE;
    return more ? start + Math.min(looked, ids.length) - gone : 0;
  }

  /** A page of a queue that is served, of which only what time has made due is touched; the same. */
  async #lookForDue(queue: MessageQueue, kind: Kind, start: number): Promise<number> {
    const { store } = this.#member;
    const ids = await this.#page(queue, kind, start);
    const { looked, found } = await siftJobs(store, queueName(queue), ids, PAGE_BYTES);
    const now = store.fleetNow();
    const due = found.filter((job) => job.why !== 'expiring' || earliestOf(job) <= now);
    let gone = 0;
    for (let from = 0; from < due.length; from += SLICE) {
      const slice = due.slice(from, from + SLICE).map(({ id }) => id);
      for (const job of await this.#jobs(queue, slice)) {
        if (isBatch(job)) await this.#lookIntoBatch(job, queue);
        else if (await this.#dueMessage(job, queue)) gone += await this.#remove(job);
      }
    }
    const more = looked < ids.length || ids.length === PAGE;
    return more ? start + looked - gone : 0;
  }

  #page(queue: MessageQueue, kind: Kind, start: number): Promise<string[]> {
    return this.#member.producer.queue(queueName(queue)).getRanges([kind], start, start + PAGE - 1, true);
  }

  async #jobs(queue: MessageQueue, ids: readonly string[]): Promise<PulledJob[]> {
    const name = queueName(queue);
    const jobs = this.#member.producer.queue(name);
    const found = await Promise.all(ids.map((id) => jobs.getJob(id)));
    return found.flatMap((job) => {
      if (!job?.id) return [];
      const { id, timestamp: enqueuedAt } = job;
      return [{ queue: name, id, name: job.name, data: job.data as unknown, token: '', enqueuedAt }];
    });
  }

  /** A sender that took it meanwhile finds what was done by its record. Returns how many went. */
  async #remove({ queue, id }: PulledJob): Promise<number> {
    const { store } = this.#member;
    return (await leaveMoved(store.redis, store.keys.prefix, queue, id, '')) === 'gone' ? 1 : 0;
  }

  async #batch(job: PulledJob, queue: MessageQueue): Promise<Looked> {
    const { store } = this.#member;
    const reference = `${job.queue}:${job.id}`;
    const members = membersOf(job, queue, this.#rules);
    if ('kind' in members) {
      await settleRefused(this.#member, members, queue, reference);
      return { messages: 1, over: true };
    }
    const ids = idsOf(members);
    let waiting = 0;
    for (const [i, { job: one }] of membersLeft(members, await openBatch(store, reference, ids)).entries()) {
      if (i % BREATH === BREATH - 1) await setImmediate();
      if (!(await this.#message(one, queue))) waiting++;
    }
    if (waiting === 0) await closeBatch(store, reference, ids);
    return { messages: members.length, over: waiting === 0 };
  }

  /**
   * Has the members of a batch that waits noted, so that they can be found and cancelled, and ends those whose time is over
   * and that have no record; all else is left to its turn.
   */
  async #lookIntoBatch(job: PulledJob, queue: MessageQueue): Promise<void> {
    const { store } = this.#member;
    const members = membersOf(job, queue, this.#rules);
    if ('kind' in members) return;
    const standings = await openBatch(store, `${job.queue}:${job.id}`, idsOf(members));
    const now = store.fleetNow();
    for (const [place, member] of members.entries()) {
      if (standings[place] !== 'fresh' || (looseExpiry(member) ?? now + 1) > now) continue;
      await this.#dueMessage(member, queue);
    }
  }

  /** Whether nothing is left to do with a message where it stands, and nobody serves the queue. */
  async #message(job: PulledJob, queue: MessageQueue): Promise<boolean> {
    const admitted = admit(job, queue, this.#rules);
    if (admitted.kind === 'refused') {
      const reference = `${job.queue}:${job.id}`;
      await settleRefused(this.#member, placedInBatch(admitted, job), queue, reference);
      return true;
    }
    return (await this.#isOver(admitted, job)) || this.#goesElsewhere(admitted, queue);
  }

  /** The same where the queue is served: what its senders refuse is left to them. */
  async #dueMessage(job: PulledJob, queue: MessageQueue): Promise<boolean> {
    const admitted = admit(job, queue, this.#rules);
    return admitted.kind === 'admitted' && this.#isOver(admitted, job);
  }

  /** Has it expired, or its result already? */
  async #isOver(admitted: AdmittedJob, job: PulledJob): Promise<boolean> {
    const { store } = this.#member;
    const { message, payloadHash, enqueuedAt, meta, step, expiresAt } = admitted;
    const { id, channel } = message;
    if (expiresAt === undefined || expiresAt > store.fleetNow()) {
      const record = await readMessage(store, id);
      if (record?.state !== 'settled') return false;
      if (record.payloadHash !== payloadHash) await this.#tellConflict(admitted, job);
      return true;
    }
    const unsent = { id, payloadHash, channel, enqueuedAt, job: `${job.queue}:${job.id}`, meta, step };
    const answer = await settleUnsent(store, unsent, EXPIRED);
    if (answer.kind === 'conflict') {
      await this.#tellConflict(admitted, job);
      return true;
    }
    return (
      followUp(this.#member, answer) ||
      answer.kind === 'notFound' ||
      (answer.kind === 'passed' && answer.record?.state === 'settled')
    );
  }

  #tellConflict({ message, payloadHash }: AdmittedJob, { queue }: PulledJob): Promise<void> {
    return tellIdConflict(this.#member, { id: message.id, payloadHash, queue });
  }

  /** Sends on what only waits for a gateway that takes nothing now. */
  async #goesElsewhere(admitted: AdmittedJob, queue: MessageQueue): Promise<boolean> {
    const { store } = this.#member;
    const { message, internal, step, payloadHash } = admitted;
    const usable: Usable = (gateway, channel) => this.#view.isUsable(gateway, channel);
    const waiting = { queue, admitted, message, attempts: [], probe: undefined };
    if (internal?.uncertain || wayOut(waiting, usable) === undefined) return false;
    const record = await readMessage(store, message.id);
    const isThis = record?.state === 'queued' && record.step === step && record.payloadHash === payloadHash;
    if (record && !isThis) return false;
    const elsewhere = wayOut({ ...waiting, attempts: record?.attempts ?? [] }, usable);
    if (elsewhere === undefined) return false;
    await moveToGateway(this.#member, admitted, elsewhere, false);
    return true;
  }
}

/** Epoch ms; of a batch, that of the member whose time is over first. */
function earliestOf({ data, enqueuedAt }: SiftedJob): number {
  return earliestExpiry(JSON.parse(data) as unknown, enqueuedAt);
}
