import {
  buryTombstones,
  dueDeadlines,
  isConnectionError,
  settleByDeadline,
  sweepBatched,
  tickGatewayPath,
} from '@pabal/fate';
import { messageJobId, queueName } from '@pabal/queues';
import type { Cancel } from '@pabal/session';
import type { DoorRules } from './door.js';
import { queuesOf } from './fleet-config.js';
import { FleetView } from './fleet-view.js';
import type { Intake } from './intake.js';
import type { Member } from './member.js';
import { followUp } from './next-steps.js';
import { WaitingQueues } from './waiting-queues.js';

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
const GRAVES = 2_000;
/** Entries of the index of batches that are looked at in one step. */
const BATCHED = 500;

/**
 * The sweeps of the receivers: deadlines, the outbox of crashed processes, parked reports, old tombstones, and what waits in
 * queues. Every step is a compare-and-set, so any number of receivers may sweep at once.
 */
export class Sweeper {
  readonly #member: Member;
  readonly #intake: Intake;
  readonly #view: FleetView;
  readonly #waiting: WaitingQueues;
  /** Where to go on in the index of batches. */
  #batched = '0';
  #cancel: Cancel = () => {};
  #running: Promise<void> | undefined;
  #stopped = false;
  #lastParked = 0;
  #lastGraves = 0;

  constructor(member: Member, intake: Intake, rules: DoorRules) {
    this.#member = member;
    this.#intake = intake;
    this.#view = new FleetView(member.store, [...member.config.gateways.keys()]);
    this.#waiting = new WaitingQueues(member, rules, this.#view);
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
    const queues = queuesOf(config);
    const now = clock.now();
    if (now - this.#lastParked >= PARKED_MS) {
      this.#lastParked = now;
      await this.#intake.sweepParked(PARKED_BATCH);
      this.#batched = await sweepBatched(store, this.#batched, BATCHED);
    }
    if (now - this.#lastGraves >= GRAVES_MS) {
      this.#lastGraves = now;
      const jobsOf = (id: string) => queues.map((queue) => `${queueName(queue)}:${messageJobId(id)}`);
      await buryTombstones(store, GRAVES_MS, GRAVES, jobsOf);
    }
    for (const queue of queues) await this.#waiting.look(queue);
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
}
