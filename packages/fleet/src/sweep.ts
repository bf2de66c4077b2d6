import {
  buryTombstones,
  dueDeadlines,
  isConnectionError,
  readMessage,
  settleByDeadline,
  settleUnsent,
  tickGatewayPath,
} from '@pabal/fate';
import type { MessageQueue } from '@pabal/queues';
import { messageQueues, queueName } from '@pabal/queues';
import type { Cancel } from '@pabal/session';
import type { AdmittedJob, DoorRules } from './door.js';
import { admit } from './door.js';
import { FleetView } from './fleet-view.js';
import type { Intake } from './intake.js';
import type { Member } from './member.js';
import { moveToGateway } from './moves.js';
import { followUp } from './next-steps.js';
import { settleRefused } from './refusal.js';
import { type Usable, wayOut } from './route-policy.js';

/** Each sweep does a small step of everything, so that no step holds Redis or this process for long. */
const SWEEP_MS = 1_000;
const BATCH = 200;
/** A result or next step that whoever ended the step did not put into its queue within this is put by the sweep. */
const OUTBOX_AGE_MS = 2_000;
/** Parked reports are looked up this often, ms. */
const PARKED_MS = 5_000;
/** So many at a time: each costs one look, and however many there are, each has its turn. */
const PARKED_BATCH = 1_000;
const GRAVES_MS = 60_000;
/** Jobs looked at in one step of an unserved queue. */
const PAGE = 500;

/**
 * The sweeps of the receivers: deadlines, the outbox of crashed processes, parked reports, old tombstones, and queues
 * that no session serves. Every step is a compare-and-set, so any number of receivers may sweep at once.
 */
export class Sweeper {
  readonly #member: Member;
  readonly #intake: Intake;
  readonly #rules: DoorRules;
  readonly #view: FleetView;
  readonly #pages = new Map<string, number>();
  #cancel: Cancel = () => {};
  #running: Promise<void> | undefined;
  #stopped = false;
  #lastParked = 0;
  #lastGraves = 0;

  constructor(member: Member, intake: Intake, rules: DoorRules) {
    this.#member = member;
    this.#intake = intake;
    this.#rules = rules;
    this.#view = new FleetView(member.store, [...member.config.gateways.keys()]);
  }

  start(): void {
    this.#cancel = this.#member.clock.after(SWEEP_MS, () => {
      this.#running = this.#sweep()
        .catch((error: unknown) => {
          if (!isConnectionError(error)) this.#member.log.error({ error: String(error) }, 'sweep.failed');
        })
        .finally(() => {
          if (!this.#stopped) this.start();
        });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  async #sweep(): Promise<void> {
    const { store, publisher, nextSteps, config, clock } = this.#member;
    // Right after a restart of Redis others may still have to assert what they stored.
    if (!store.claimsOpen) return;
    await this.#view.refresh();
    for (const gateway of config.gateways.values()) {
      await tickGatewayPath(store, gateway.name, gateway.agents, config.reportGraceMs);
      await this.#deadlines(gateway.name);
    }
    await publisher.sweep(OUTBOX_AGE_MS, BATCH);
    await nextSteps.sweep(OUTBOX_AGE_MS, BATCH);
    const now = clock.now();
    if (now - this.#lastParked >= PARKED_MS) {
      this.#lastParked = now;
      await this.#intake.sweepParked(PARKED_BATCH);
    }
    if (now - this.#lastGraves >= GRAVES_MS) {
      this.#lastGraves = now;
      await buryTombstones(store, config.idempotencyWindowMs, BATCH);
    }
    for (const queue of messageQueues([...config.routes.keys()], [...config.gateways.keys()])) {
      if (!this.#view.isServed(queueName(queue))) await this.#unserved(queue);
    }
  }

  async #deadlines(gateway: string): Promise<void> {
    const { store, log } = this.#member;
    const due = await dueDeadlines(store, gateway, BATCH);
    await Promise.all(
      due.map(async (id) => {
        const answer = await settleByDeadline(store, id, gateway, {
          status: 'unknown',
          reason: 'no-report',
          by: 'deadline',
        });
        if (followUp(this.#member, answer)) log.warn({ messageId: id, gateway }, 'message.noReport');
      }),
    );
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

  /**
   * One page of a queue that nobody serves: what has expired and what is invalid gets its result now, and what waits for a
   * closed gateway, and need not, goes elsewhere.
   */
  async #unserved(queue: MessageQueue): Promise<void> {
    const { store, producer } = this.#member;
    const name = queueName(queue);
    const start = this.#pages.get(name) ?? 0;
    const jobs = await producer
      .queue(name)
      .getJobs(['wait', 'prioritized', 'delayed'], start, start + PAGE - 1, true);
    this.#pages.set(name, jobs.length < PAGE ? 0 : start + PAGE);
    for (const job of jobs) {
      if (!job?.id) continue;
      const pulled = {
        queue: name,
        id: job.id,
        name: job.name,
        data: job.data as unknown,
        token: '',
        enqueuedAt: job.timestamp,
      };
      const admitted = admit(pulled, queue, this.#rules);
      const reference = `${name}:${job.id}`;
      if (admitted.kind === 'refused') {
        await settleRefused(this.#member, admitted, queue, reference);
        await job.remove().catch(() => {}); // a sender took it meanwhile and finds it settled
        continue;
      }
      if (admitted.expiresAt === undefined || admitted.expiresAt > store.fleetNow()) {
        const elsewhere = await this.#wayOut(admitted, queue);
        if (elsewhere === undefined) continue;
        await moveToGateway(this.#member, admitted, elsewhere, false);
        await job.remove().catch(() => {}); // a sender took it meanwhile: one of the two claims is given
        continue;
      }
      const { message } = admitted;
      const answer = await settleUnsent(
        store,
        {
          id: message.id,
          payloadHash: admitted.payloadHash,
          channel: message.channel,
          enqueuedAt: admitted.enqueuedAt,
          job: reference,
          meta: admitted.meta,
          step: admitted.step,
        },
        { status: 'expired', reason: 'expired', by: 'expiry' },
      );
      const over =
        followUp(this.#member, answer) ||
        answer.kind === 'notFound' ||
        (answer.kind === 'passed' && answer.record?.state === 'settled');
      if (over) await job.remove().catch(() => {}); // a sender took it meanwhile and finds it settled
    }
  }
}
