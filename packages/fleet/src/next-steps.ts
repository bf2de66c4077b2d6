import type { MessageRecord, NextStepRecord, SettleAnswer } from '@pabal/fate';
import { awaitsItsQueue, clearNextStep, nextStepLeftovers, type Store } from '@pabal/fate';
import { type MessageV1, nextStep } from '@pabal/message';
import { type GatewayJob, messageJobId, type Producer, queueName, stepQueue } from '@pabal/queues';
import type { Log } from '@pabal/session';
import type { JobJournal } from './job-journal.js';
import type { Publisher } from './publisher.js';

export interface NextStepsOptions {
  readonly store: Store;
  readonly producer: Producer;
  readonly jobs: JobJournal;
  readonly log: Log;
}

/** What a record keeps of a step that is to follow. */
interface StepPayload {
  readonly route: string;
  readonly message: MessageV1;
}

/** The way of a message through its chain, as the door knows it. */
export interface ChainPlace {
  /** Step that the message is now, from 0. */
  readonly step: number;
  /** Its route; empty for what a raw client put into a gateway's own queue. */
  readonly route: string;
  /** Epoch ms. */
  readonly expiresAt?: number | undefined;
  /** Where a step goes that names no gateway, and there is no route. */
  readonly gateway?: string | undefined;
}

/** The step after the present one, as the record keeps it until it begins; undefined after the last. Pure. */
export function stepAfter(
  message: MessageV1,
  { step, route, expiresAt, gateway }: ChainPlace,
): NextStepRecord | undefined {
  const next = nextStep(message, expiresAt);
  if (!next) return undefined;
  const pinned = next.message.gateway ?? (route === '' ? gateway : undefined);
  const following: MessageV1 = pinned === undefined ? next.message : { ...next.message, gateway: pinned };
  const queue = queueName(stepQueue(route, following));
  return {
    step: step + 1,
    channel: following.channel,
    onUnknown: next.onUnknown,
    job: `${queue}:${messageJobId(message.id, step + 1)}`,
    payload: JSON.stringify({ route, message: following } satisfies StepPayload),
  };
}

/** The job of a step that waits to be put into its queue; undefined when none does. Pure. */
export function jobOfStep(record: MessageRecord): GatewayJob | undefined {
  const { next, step, payloadHash, enqueuedAt = 0 } = record;
  if (!next || !awaitsItsQueue(record)) return undefined;
  const { route, message } = JSON.parse(next.payload) as StepPayload;
  return { v: 1, message, enqueuedAt, route, uncertain: false, step, payloadHash };
}

/**
 * Puts steps into their queues once the step before them has ended: whoever ended it does so at once, and what a crash left
 * over is put by the receivers' sweep. First the job, then the clearing; two jobs of one step fold, or the claim sees to it
 * that one of them is written.
 */
export class NextSteps {
  readonly #options: NextStepsOptions;
  readonly #pending = new Set<Promise<void>>();

  constructor(options: NextStepsOptions) {
    this.#options = options;
  }

  /** Puts the step that a record waits for, in the background. The record holds it until its first claim. */
  put(record: MessageRecord): void {
    const pending = this.putNow(record).catch((error: unknown) => {
      this.#options.log.warn({ messageId: record.id, error: String(error) }, 'step.putFailed');
    });
    this.#pending.add(pending);
    void pending.finally(() => this.#pending.delete(pending));
  }

  /** Puts the step and takes it off the list; one that has begun, or whose message has ended, is only taken off. Waits for Redis. */
  async putNow(record: MessageRecord): Promise<void> {
    const { store, producer, jobs } = this.#options;
    const { id, step } = record;
    const job = jobOfStep(record);
    for (;;) {
      const { generation } = store;
      if (job) await jobs.put(`step:${id}:${step}`, () => producer.nextStep(job));
      const cleared = await store.keepTrying(async () => {
        // A Redis that was restarted meanwhile may have lost the job: then it is put again.
        if (store.generation !== generation) return false;
        await clearNextStep(store, id, step);
        return true;
      });
      if (cleared) return;
    }
  }

  /** Puts what others left; one that cannot be put stops no other. Returns how many there were. */
  async sweep(olderThanMs: number, limit: number): Promise<number> {
    const left = await nextStepLeftovers(this.#options.store, olderThanMs, limit);
    for (const record of left) this.put(record);
    await this.flush();
    return left.length;
  }

  /** Resolves when everything under way is put. */
  async flush(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }
}

export interface FollowUpDeps {
  readonly publisher: Publisher;
  readonly nextSteps: NextSteps;
}

/** Does what follows from a step that ended: the result, or the next step. False when it was not this call that ended it. */
export function followUp({ publisher, nextSteps }: FollowUpDeps, answer: SettleAnswer): boolean {
  switch (answer.kind) {
    case 'settled':
      publisher.publish(answer.record);
      return true;
    case 'advanced':
      nextSteps.put(answer.record);
      return true;
    case 'passed':
    case 'conflict':
    case 'notFound':
      return false;
    default:
      return answer satisfies never;
  }
}
