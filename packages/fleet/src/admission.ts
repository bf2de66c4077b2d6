import { type MessageRecord, readMessage } from '@pabal/fate';
import type { Channel } from '@pabal/message';
import type { JobEnd, MessageQueue, PulledJob } from '@pabal/queues';
import type { AttachedFile } from '@pabal/session';
import { isBatch, membersOf, placedInBatch } from './batch.js';
import { BatchRun } from './batch-run.js';
import type { Dispatcher } from './dispatcher.js';
import type { AdmittedJob, DoorRules, RefusedJob } from './door.js';
import { admit } from './door.js';
import { judgeFiles, withoutFiles } from './door-files.js';
import { adopt, type Entry, newEntry, probeHistory } from './entry.js';
import type { FleetView } from './fleet-view.js';
import { FileHands } from './held-files.js';
import type { Member } from './member.js';
import { isHome, moveToGateway } from './moves.js';
import { settleRefused } from './refusal.js';
import { wayOut } from './route-policy.js';
import type { MemberSource, Source } from './source.js';

/** A message due within this is held rather than delayed once more. */
const DUE_SOON_MS = 500;

export interface AdmissionOptions {
  readonly member: Member;
  readonly rules: DoorRules;
  readonly view: FleetView;
  readonly dispatcher: Dispatcher;
  /** Gateways with an open line in this process that take messages of a channel now. */
  readonly openGateways: (channel: Channel) => ReadonlySet<string>;
}

/** The way of a pulled job: through the door, with its files and its history, to the lane where it waits for its turn. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #files: FileHands;
  /** Jobs taken into hand since it started. */
  #taken = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#files = new FileHands((ids) => options.member.files.load(ids));
  }

  /** Takes a job; resolves with its end. */
  async take(job: PulledJob, source: Source): Promise<JobEnd> {
    if (source.closing) return { kind: 'handBack' };
    return isBatch(job) ? this.#takeBatch(job, source) : this.#takeMessage(job, source, false);
  }

  async #takeBatch(job: PulledJob, source: Source): Promise<JobEnd> {
    const { member, rules, dispatcher } = this.#options;
    const members = membersOf(job, source.queue, rules);
    if ('kind' in members) return this.#refuse(members, job, source);
    return new BatchRun(job, members, {
      member,
      source,
      take: (one, its, known) => this.#takeMessage(one, its, known),
      withdraw: ({ queue, id }) => dispatcher.handBackJob(queue, id),
    }).run();
  }

  /** @param known it has a record, which tells what it is at */
  async #takeMessage(job: PulledJob, source: MemberSource, known: boolean): Promise<JobEnd> {
    const { member, rules } = this.#options;
    const admitted = admit(job, source.queue, rules);
    if (admitted.kind === 'refused') return this.#refuse(admitted, job, source);
    const dueIn = (admitted.sendAt ?? 0) - member.store.fleetNow();
    if (dueIn > DUE_SOON_MS && !known) return this.#schedule(job, admitted, dueIn);
    const { files: ids = [] } = admitted.message;
    return ids.length === 0
      ? this.#place(job, source, admitted, [], known)
      : this.#withFiles(job, source, admitted, ids, known);
  }

  /** A message that is due later waits as a delayed job: a member of a batch, as one of its own. */
  async #schedule(job: PulledJob, admitted: AdmittedJob, dueIn: number): Promise<JobEnd> {
    if (job.member === undefined) return { kind: 'delayed', until: Date.now() + dueIn };
    const { jobs, producer } = this.#options.member;
    const { message, route, enqueuedAt } = admitted;
    await jobs.put(`later:${message.id}`, () => producer.enqueue({ message, route, enqueuedAt }, Date.now()));
    return { kind: 'done' };
  }

  /** Reads the files first: only with them can be told which gateways take the message. */
  async #withFiles(
    job: PulledJob,
    source: MemberSource,
    admitted: AdmittedJob,
    ids: readonly string[],
    known: boolean,
  ): Promise<JobEnd> {
    const held = await this.#files.take(ids);
    try {
      if (held.kind === 'missing')
        return await this.#refuse(withoutFiles(admitted, held.places), job, source);
      const judged = judgeFiles(admitted, held.files, this.#options.rules);
      if (judged.kind === 'refused') return await this.#refuse(judged, job, source);
      return await this.#place(job, source, judged, held.files, known);
    } finally {
      held.release();
    }
  }

  async #refuse(refused: RefusedJob, job: PulledJob, { queue }: MemberSource): Promise<JobEnd> {
    const reference = `${job.queue}:${job.id}`;
    return settleRefused(this.#options.member, placedInBatch(refused, job), queue, reference);
  }

  #place(
    job: PulledJob,
    source: MemberSource,
    admitted: AdmittedJob,
    files: readonly AttachedFile[],
    known: boolean,
  ): Promise<JobEnd> {
    // What has a history may have to go to one gateway alone: that is to be found out first.
    const elsewhere = known ? undefined : this.#elsewhere(admitted, source.queue);
    if (elsewhere !== undefined) return this.#move(admitted, elsewhere);
    return this.#hold(job, source, admitted, files, known);
  }

  /** The gateway in whose own queue the message must wait; undefined when it may wait for its turn here. */
  #elsewhere(admitted: AdmittedJob, queue: MessageQueue): string | undefined {
    if ('gateway' in queue) return undefined;
    const { rules, view, openGateways } = this.#options;
    const [only, other] = admitted.gateways;
    const onRoute = rules.routes.get(queue.route) ?? [];
    // What one gateway alone can carry must not take the room of what others can: that one may be slow, or away.
    if (other === undefined && onRoute.some((gateway) => gateway !== only)) return only;
    const open = openGateways(admitted.message.channel);
    if (admitted.gateways.some((gateway) => open.has(gateway))) return undefined;
    const { channel } = admitted.message;
    return admitted.gateways.find((gateway) => view.isUsable(gateway, channel)) ?? admitted.gateways[0];
  }

  async #move(admitted: AdmittedJob, gateway: string, uncertain = false): Promise<JobEnd> {
    await moveToGateway(this.#options.member, admitted, gateway, uncertain);
    return { kind: 'moved' };
  }

  async #hold(
    job: PulledJob,
    source: MemberSource,
    admitted: AdmittedJob,
    files: readonly AttachedFile[],
    known: boolean,
  ): Promise<JobEnd> {
    let end: (end: JobEnd) => void = () => {};
    const ended = new Promise<JobEnd>((resolve) => {
      end = resolve;
    });
    // Not the job's own token, which BullMQ uses again for the next one: an earlier claim must not pass for this one's.
    const token = `${this.#options.member.owner}/${++this.#taken}`;
    const entry = newEntry(job, source.queue, admitted, token, end, files);
    if (admitted.internal || known) {
      const early = await this.#recall(entry, admitted.internal?.uncertain ?? false);
      if (early) return early;
      const bound = known ? this.#elsewhere(admitted, source.queue) : undefined;
      if (bound !== undefined) return this.#move(admitted, bound);
      const elsewhere = wayOut(entry, (gateway, channel) => this.#options.view.isUsable(gateway, channel));
      if (elsewhere !== undefined) return this.#move(admitted, elsewhere);
    }
    // Whatever was awaited above, from here to the lane nothing can come in between.
    if (source.closing) return { kind: 'handBack' };
    this.#options.dispatcher.add(entry);
    return ended;
  }

  /** What stands in an internal queue, every later step, and what a batch was at before, has a history: the record tells it. */
  async #recall(entry: Entry, uncertain: boolean): Promise<JobEnd | undefined> {
    const { store } = this.#options.member;
    const record = await store.keepTrying(() => readMessage(store, entry.message.id));
    const { step } = entry.admitted;
    // Settled so long ago that not even its tombstone is left.
    if (!record) return uncertain || step > 0 ? { kind: 'done' } : undefined;
    // Another message under this id: the claim will say so, and tell.
    if (record.payloadHash !== entry.admitted.payloadHash) return undefined;
    if (record.state === 'settled' || record.state === 'accepted') return { kind: 'done' };
    if (record.step !== step) return { kind: 'done' };
    if (record.state === 'queued') {
      if (await this.#isElsewhere(entry, record)) return { kind: 'done' };
      adopt(entry, record);
      return undefined;
    }
    const history = probeHistory(record);
    if (!history) return { kind: 'done' };
    if (!isHome(entry, history.gateway)) return this.#move(entry.admitted, history.gateway, true);
    entry.probe = history;
    return undefined;
  }

  /** Does another job carry this member of a batch by now? One that its record names, and that still stands. */
  async #isElsewhere({ job }: Entry, { job: named }: MessageRecord): Promise<boolean> {
    if (job.member === undefined || named === undefined || named === `${job.queue}:${job.id}`) return false;
    const { store } = this.#options.member;
    return (await store.keepTrying(() => store.redis.exists(`${store.keys.prefix}:${named}`))) === 1;
  }
}
