import type { ClaimAnswer, ClaimRequest, Decision, MessageRecord, Store } from '@pabal/fate';
import {
  accept,
  claim,
  claimProbe,
  decide,
  deriveWireId,
  isConnectionError,
  markUncertain,
  requeue,
  settleByRefusal,
  settleUnsent,
} from '@pabal/fate';
import type { Channel, ReasonCode } from '@pabal/message';
import type { JobEnd, Producer } from '@pabal/queues';
import { gatewayQueue, messageJobId, queueName } from '@pabal/queues';
import type { Log, PreparedSubmit, SendLine, Slot, SubmitOutcome } from '@pabal/session';
import { adopt, type Entry, probeHistory } from './entry.js';
import type { JobJournal } from './job-journal.js';
import type { Holding } from './ownership.js';
import { leaseResource } from './ownership.js';
import type { Publisher } from './publisher.js';

/** A claim older than this is made again instead of being written: much may have happened since. */
export const CLAIM_FRESH_MS = 200;
/** After so many answers that came too late the slot is given back: Redis is slow now, and others may have better luck. */
const MAX_STALE_CLAIMS = 3;
/** Wire-id collisions are one in 10^20; more than a few in a row mean something else. */
const MAX_SALT = 8;
/** How soon an entry that found Redis away, or its lease gone, is offered again. */
export const STORE_RETRY_MS = 100;
/** How soon an uncertain message that is not yet to be probed is looked at again. */
export const LOOK_AGAIN_MS = 1_000;

/** An agent's line in this process's hands, with what an attempt needs to know of its gateway. */
export interface DispatchLine {
  readonly line: SendLine;
  readonly holding: Holding;
  readonly channels: readonly Channel[];
  /** Routes that it serves now. */
  readonly routes: () => readonly string[];
  readonly reportDeadlineMs: (channel: Channel) => number;
  readonly duplicateMemoryMs: number;
  readonly probeQuietMs: number;
}

/** Where a message rests after an attempt. */
export type Rest =
  /** Its job here ends. */
  | { readonly kind: 'end'; readonly end: JobEnd }
  /** Back to the head of its lane: nothing was spent. */
  | { readonly kind: 'back' }
  /** In hand, but not before so many ms. */
  | { readonly kind: 'wait'; readonly ms: number };

export interface AttemptDeps {
  readonly store: Store;
  readonly producer: Producer;
  readonly publisher: Publisher;
  readonly jobs: JobJournal;
  readonly log: Log;
}

type Refused = Exclude<ClaimAnswer, { kind: 'claimed' }>;

const DONE: Rest = { kind: 'end', end: { kind: 'done' } };

/**
 * One attempt: from the claim to the message's next resting place. The claim is one Lua step; the bytes leave in the
 * tick of its answer; what the gateway's answer means is decided by `decide` and carried out here, each consequence
 * stored before the job ends.
 */
export class Attempt {
  readonly #deps: AttemptDeps;
  readonly #entry: Entry;
  readonly #line: DispatchLine;
  readonly #slot: Slot;
  readonly #onWritten: () => void;

  /** @param onWritten called in the tick of the write: from then on the line knows of it */
  constructor(deps: AttemptDeps, entry: Entry, line: DispatchLine, slot: Slot, onWritten: () => void) {
    this.#deps = deps;
    this.#entry = entry;
    this.#line = line;
    this.#slot = slot;
    this.#onWritten = onWritten;
  }

  /** Makes the attempt. The slot is used or given back. */
  async run(): Promise<Rest> {
    try {
      return await this.#claimAndWrite();
    } finally {
      this.#slot.release(); // gives back what was not used; a used slot ignores it
    }
  }

  async #claimAndWrite(): Promise<Rest> {
    for (let stale = 0; ; ) {
      let prepared: PreparedSubmit;
      try {
        prepared = this.#line.line.prepare(this.#entry.message, this.#wireId());
      } catch (error) {
        return this.#refusedByCodec(error);
      }
      const asked = performance.now();
      const answer = await this.#claim(prepared.wireId);
      if (answer === 'unavailable') return { kind: 'wait', ms: STORE_RETRY_MS };
      if (answer.kind === 'claimed') {
        // Too old to be trusted: the same token claims again, and everything is checked again.
        this.#entry.claimUnanswered = performance.now() - asked > CLAIM_FRESH_MS;
        if (this.#entry.claimUnanswered) {
          if (++stale < MAX_STALE_CLAIMS) continue;
          return { kind: 'wait', ms: LOOK_AGAIN_MS };
        }
        const written = this.#slot.write(prepared);
        this.#onWritten();
        return this.#follow(prepared, await written);
      }
      await withdrawClaim(this.#deps.store, this.#entry);
      const rest = await this.#notClaimed(answer);
      if (rest) return rest;
    }
  }

  #wireId(): string {
    const { probe, message, attempt, salt } = this.#entry;
    if (probe) return probe.wireId;
    const { gateway, account } = this.#line.line.identity;
    return deriveWireId({ messageId: message.id, step: 0, attempt, gateway, account, salt });
  }

  async #claim(wireId: string): Promise<ClaimAnswer | 'unavailable'> {
    const { store } = this.#deps;
    const { admitted, job, message, probe, token, attempt } = this.#entry;
    const { line, holding, duplicateMemoryMs, reportDeadlineMs } = this.#line;
    const { gateway, account, agent } = line.identity;
    const request: ClaimRequest = {
      id: message.id,
      token,
      job: { queue: job.queue, id: job.id, token: job.token },
      lease: { resource: leaseResource('send', line.identity), value: holding.lease.value },
      payloadHash: admitted.payloadHash,
      channel: message.channel,
      step: 0,
      attempt,
      gateway,
      account,
      agent,
      sessionId: this.#slot.sessionId,
      wireId,
      reportDeadlineMs: reportDeadlineMs(message.channel),
      enqueuedAt: admitted.enqueuedAt,
      meta: admitted.meta,
      ...(admitted.expiresAt === undefined ? {} : { expiresAt: admitted.expiresAt }),
    };
    if (!store.claimsOpen) return 'unavailable';
    try {
      if (!probe) return await claim(store, request);
      return await claimProbe(store, { ...request, loginAt: this.#slot.loginAt, duplicateMemoryMs });
    } catch (error) {
      // The claim may stand in Redis: the same token takes it up again, and nothing was written for it.
      if (!isConnectionError(error)) throw error;
      this.#entry.claimUnanswered = true;
      return 'unavailable';
    }
  }

  /** A claim that was not given; undefined when it is to be tried again at once with what was learned. */
  async #notClaimed(answer: Refused): Promise<Rest | undefined> {
    const entry = this.#entry;
    switch (answer.kind) {
      case 'lostLock':
        return { kind: 'end', end: { kind: 'lost' } };
      case 'lostLease':
        return { kind: 'wait', ms: STORE_RETRY_MS };
      case 'expired':
        return this.#settleUnsent('expired', 'expired');
      case 'collision':
        entry.salt++;
        if (entry.salt > MAX_SALT) throw new Error('wire ids collide without end');
        return undefined;
      case 'attempt':
        adopt(entry, answer.record);
        return undefined;
      case 'conflict':
        return this.#conflict();
      case 'taken':
        return this.#taken(answer.record);
      case 'tooEarly':
        return { kind: 'wait', ms: LOOK_AGAIN_MS };
      case 'tooOld': // no longer to be asked about: its report or its deadline ends it
      case 'gone': // settled so long ago that not even its tombstone is left
        return DONE;
      default:
        return answer satisfies never;
    }
  }

  /** The record is further than this job: a repeat of something settled or accepted, or the remains of a lost worker. */
  async #taken(record: MessageRecord): Promise<Rest> {
    const history = probeHistory(record);
    if (!history) return DONE;
    if (!this.#isHome(history.gateway)) return this.#toGateway(history.gateway, true);
    // Already where only that gateway's owner looks: it is offered again as a probe.
    this.#entry.probe = history;
    return { kind: 'wait', ms: LOOK_AGAIN_MS };
  }

  /** Does what `decide` says about the outcome of the write. */
  async #follow(prepared: PreparedSubmit, outcome: SubmitOutcome): Promise<Rest> {
    const { store, log } = this.#deps;
    const { message, token, attempt, tooOften, probe } = this.#entry;
    const { gateway } = this.#line.line.identity;
    const otherGateway = this.#otherGateway();
    const decision = decide(outcome, {
      probe: probe !== undefined,
      attempt,
      tooOften,
      otherGateway: otherGateway !== undefined,
    });
    switch (decision.kind) {
      case 'accept':
        await accept(store, message.id, prepared.wireId);
        return DONE;
      case 'again':
        await requeue(store, { id: message.id, token, nextAttempt: attempt, tooOften });
        return { kind: 'back' };
      case 'probeLater':
        await requeue(store, { id: message.id, token, nextAttempt: attempt, tooOften });
        return { kind: 'wait', ms: Math.max(decision.delayMs, STORE_RETRY_MS) };
      case 'later':
        return this.#later(prepared, outcome, decision);
      case 'reroute':
        return this.#reroute(prepared, outcome, otherGateway);
      case 'fail':
        return this.#fail(decision);
      case 'probe':
        await markUncertain(store, message.id, token, { job: this.#jobAt(gateway) });
        if (!this.#isHome(gateway)) return this.#toGateway(gateway, true);
        return { kind: 'end', end: { kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS } };
      case 'awaitReport':
        log.warn({ messageId: message.id, gateway, ...codeOf(outcome) }, 'submit.inconclusive');
        await markUncertain(store, message.id, token, { endProbes: true });
        return DONE;
      default:
        return decision satisfies never;
    }
  }

  async #later(
    prepared: PreparedSubmit,
    outcome: SubmitOutcome,
    { countsAttempt, delayMs, tooOften }: Extract<Decision, { kind: 'later' }>,
  ): Promise<Rest> {
    const { message, token, attempt, attempts } = this.#entry;
    await requeue(this.#deps.store, {
      id: message.id,
      token,
      nextAttempt: countsAttempt ? attempt + 1 : attempt,
      attempts: countsAttempt ? this.#attemptsWith(prepared, outcome) : attempts,
      tooOften,
    });
    return { kind: 'end', end: { kind: 'delayed', until: Date.now() + delayMs } };
  }

  async #reroute(
    prepared: PreparedSubmit,
    outcome: SubmitOutcome,
    gateway: string | undefined,
  ): Promise<Rest> {
    if (gateway === undefined) throw new Error('no other gateway to reroute to');
    const { message, token, attempt, tooOften } = this.#entry;
    await requeue(this.#deps.store, {
      id: message.id,
      token,
      nextAttempt: attempt + 1,
      attempts: this.#attemptsWith(prepared, outcome),
      tooOften,
      job: this.#jobAt(gateway),
    });
    return this.#toGateway(gateway, false);
  }

  async #fail({ reason, code }: Extract<Decision, { kind: 'fail' }>): Promise<Rest> {
    const { store, publisher } = this.#deps;
    const { message, token } = this.#entry;
    const answer = await settleByRefusal(store, message.id, token, {
      status: 'failed',
      reason,
      by: 'ack',
      code,
    });
    if (answer.kind === 'settled') publisher.publish(answer.record);
    return DONE;
  }

  /** Moves the message to the queue of one gateway: first it stands there, then its job here goes. */
  async #toGateway(gateway: string, uncertain: boolean): Promise<Rest> {
    const { producer, jobs } = this.#deps;
    const { admitted, message } = this.#entry;
    const { enqueuedAt, route } = admitted;
    await jobs.put(`to:${gateway}:${message.id}`, () =>
      producer.toGateway(gateway, { v: 1, message, enqueuedAt, route, uncertain }),
    );
    return DONE;
  }

  /** The job that carries the message in the queue of one gateway: `<queue>:<job id>`. */
  #jobAt(gateway: string): string {
    const { id, channel, priority } = this.#entry.message;
    return `${queueName(gatewayQueue(gateway, channel, priority === 'urgent'))}:${messageJobId(id)}`;
  }

  /** Does the job already stand in the queue that only this gateway's owner serves? */
  #isHome(gateway: string): boolean {
    const { message, queue } = this.#entry;
    return (
      queueName(queue) === queueName(gatewayQueue(gateway, message.channel, message.priority === 'urgent'))
    );
  }

  /** The next gateway of the route that could carry the message and was not tried yet. */
  #otherGateway(): string | undefined {
    const { admitted, attempts } = this.#entry;
    const tried = new Set([this.#line.line.identity.gateway, ...attempts.map(({ gateway }) => gateway)]);
    return admitted.alternatives.find((gateway) => !tried.has(gateway));
  }

  #attemptsWith(prepared: PreparedSubmit, outcome: SubmitOutcome): Entry['attempts'] {
    const { code } = codeOf(outcome);
    const attempt = {
      channel: this.#entry.message.channel,
      gateway: this.#line.line.identity.gateway,
      wireId: prepared.wireId,
      ...(code === undefined ? {} : { gatewayCode: code }),
      at: this.#deps.store.fleetNow(),
    };
    return [...this.#entry.attempts, attempt];
  }

  /** The gateway's own limits were checked at the door: what the codec still refuses cannot be sent by anyone. */
  async #refusedByCodec(error: unknown): Promise<Rest> {
    if (!isFieldError(error)) throw error;
    const { field, rule } = error;
    this.#deps.log.warn({ messageId: this.#entry.message.id, field, rule }, 'submit.refusedByCodec');
    return this.#settleUnsent('failed', 'invalid-message', { field, rule, message: error.message });
  }

  async #settleUnsent(
    status: 'expired' | 'failed',
    reason: ReasonCode,
    problem?: { readonly field: string; readonly rule: string; readonly message: string },
  ): Promise<Rest> {
    const { store, publisher } = this.#deps;
    const { admitted, job, message } = this.#entry;
    const answer = await settleUnsent(
      store,
      {
        id: message.id,
        payloadHash: admitted.payloadHash,
        channel: message.channel,
        enqueuedAt: admitted.enqueuedAt,
        job: `${job.queue}:${job.id}`,
        meta: admitted.meta,
      },
      {
        status,
        reason,
        by: status === 'expired' ? 'expiry' : 'refusal',
        ...(problem === undefined ? {} : { problems: [problem] }),
      },
    );
    if (answer.kind === 'settled') publisher.publish(answer.record);
    return answer.kind === 'conflict' ? this.#conflict() : DONE;
  }

  async #conflict(): Promise<Rest> {
    const { producer, jobs, log } = this.#deps;
    const { id } = this.#entry.message;
    log.warn({ messageId: id }, 'message.idConflict');
    const event = `id-conflict-${id}-${this.#entry.admitted.payloadHash}`;
    await jobs.put(`event:${event}`, () =>
      producer.event('id-conflict', event, { id, queue: this.#entry.job.queue }),
    );
    return DONE;
  }
}

/**
 * Takes back a claim whose answer never came, or came too late, before the message leaves our hands: it was certainly not written, and
 * nobody else could know that.
 */
export async function withdrawClaim(store: Store, entry: Entry): Promise<void> {
  if (!entry.claimUnanswered) return;
  entry.claimUnanswered = false;
  const { message, token, attempt, tooOften } = entry;
  await requeue(store, { id: message.id, token, nextAttempt: attempt, tooOften });
}

function codeOf(outcome: SubmitOutcome): { readonly code?: string } {
  return 'code' in outcome ? { code: outcome.code } : {};
}

interface FieldErrorLike extends Error {
  readonly code: 'field';
  readonly field: string;
  readonly rule: string;
}

function isFieldError(error: unknown): error is FieldErrorLike {
  return error instanceof Error && 'code' in error && error.code === 'field';
}
