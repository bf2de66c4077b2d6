import { setImmediate } from 'node:timers/promises';
import { closeBatch, openBatch, readMessage, settleUnsent } from '@pabal/fate';
import type { MessageQueue, PulledJob } from '@pabal/queues';
import { queueName } from '@pabal/queues';
import { idsOf, isBatch, membersLeft, membersOf, placedInBatch } from './batch.js';
import type { AdmittedJob, DoorRules } from './door.js';
import { admit } from './door.js';
import type { FleetView } from './fleet-view.js';
import type { Member } from './member.js';
import { moveToGateway } from './moves.js';
import { followUp } from './next-steps.js';
import { settleRefused } from './refusal.js';
import { type Usable, wayOut } from './route-policy.js';
import { EXPIRED } from './unsent.js';

/** Messages looked at in one step of a queue; a batch that was begun is looked through. */
const PAGE = 500;
/** Jobs read at once: each may be a batch of a thousand. */
const SLICE = 8;
/** So many members of a batch, then others get a word in. */
const BREATH = 100;

const KINDS = ['wait', 'prioritized', 'delayed'] as const;

/**
 * Looks through queues that nobody serves, a page at a time: what has expired and what is invalid gets its result now, and
 * what waits for a closed gateway, and need not, goes elsewhere.
 */
export class UnservedQueues {
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
    for (const kind of KINDS) await this.#look(queue, kind);
  }

  async #look(queue: MessageQueue, kind: (typeof KINDS)[number]): Promise<void> {
    const name = queueName(queue);
    const jobs = this.#member.producer.queue(name);
    const page = `${name} ${kind}`;
    const start = this.#pages.get(page) ?? 0;
    const ids = await jobs.getRanges([kind], start, start + PAGE - 1, true);
    let looked = 0;
    let gone = 0;
    for (let messages = 0; looked < ids.length && messages < PAGE; looked += SLICE) {
      const slice = await Promise.all(ids.slice(looked, looked + SLICE).map((id) => jobs.getJob(id)));
      for (const job of slice) {
        if (!job?.id) continue;
        const pulled: PulledJob = {
          queue: name,
          id: job.id,
          name: job.name,
          data: job.data as unknown,
          token: '',
          enqueuedAt: job.timestamp,
        };
        const found = isBatch(pulled) ? await this.#batch(pulled, queue) : await this.#message(pulled, queue);
        messages += found.messages;
        // A sender that took it meanwhile finds what was done by its record.
        if (found.over)
          gone += await job.remove().then(
            () => 1,
            () => 0,
          );
      }
    }
    const more = looked < ids.length || ids.length === PAGE;
    this.#pages.set(page, more ? start + Math.min(looked, ids.length) - gone : 0);
  }

  async #batch(job: PulledJob, queue: MessageQueue): Promise<{ messages: number; over: boolean }> {
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
      if (!(await this.#message(one, queue)).over) waiting++;
    }
    if (waiting === 0) await closeBatch(store, reference, ids);
    return { messages: members.length, over: waiting === 0 };
  }

  /** Whether nothing is left to do with a message where it stands. */
  async #message(job: PulledJob, queue: MessageQueue): Promise<{ messages: 1; over: boolean }> {
    const { store } = this.#member;
    const admitted = admit(job, queue, this.#rules);
    const reference = `${job.queue}:${job.id}`;
    if (admitted.kind === 'refused') {
      await settleRefused(this.#member, placedInBatch(admitted, job), queue, reference);
      return { messages: 1, over: true };
    }
    if (admitted.expiresAt === undefined || admitted.expiresAt > store.fleetNow()) {
      const elsewhere = await this.#wayOut(admitted, queue);
      if (elsewhere !== undefined) await moveToGateway(this.#member, admitted, elsewhere, false);
      return { messages: 1, over: elsewhere !== undefined };
    }
    const { message, payloadHash, enqueuedAt, meta, step } = admitted;
    const { id, channel } = message;
    const unsent = { id, payloadHash, channel, enqueuedAt, job: reference, meta, step };
    const answer = await settleUnsent(store, unsent, EXPIRED);
    const over =
      followUp(this.#member, answer) ||
      answer.kind === 'notFound' ||
      (answer.kind === 'passed' && answer.record?.state === 'settled');
    return { messages: 1, over };
  }

  /** Where a message that only waits for a gateway which takes nothing now may go; undefined when it must wait. */
  async #wayOut(admitted: AdmittedJob, queue: MessageQueue): Promise<string | undefined> {
    const { store } = this.#member;
    const { message, internal, step, payloadHash } = admitted;
    const usable: Usable = (gateway, channel) => this.#view.isUsable(gateway, channel);
    const waiting = { queue, admitted, message, attempts: [], probe: undefined };
    if (internal?.uncertain || wayOut(waiting, usable) === undefined) return undefined;
    const record = await readMessage(store, message.id);
    if (!record) return wayOut(waiting, usable);
    const isThis = record.state === 'queued' && record.step === step && record.payloadHash === payloadHash;
    return isThis ? wayOut({ ...waiting, attempts: record.attempts }, usable) : undefined;
  }
}
