import type { ClaimAnswer, ClaimRequest, Decision } from '@pabal/fate';
import {
  ANY_NUMBER,
  accept,
  claim,
  claimProbe,
  decide,
  isConnectionError,
  markUncertain,
  requeue,
  settleByRefusal,
} from '@pabal/fate';
import { commercialOf } from '@pabal/message';
import type { Attachments, PreparedSubmit, Slot, SubmitOutcome } from '@pabal/session';
import { CLAIM_FRESH_MS } from './claim-fresh.js';
import type { DispatchLine } from './dispatch-line.js';
import { adopt, type Entry, needsEverything } from './entry.js';
import { isHome, jobAt, moveToGateway, otherGateway, takeUp } from './moves.js';
import { followUp } from './next-steps.js';
import { leaseResource } from './ownership.js';
import { DONE, LOOK_AGAIN_MS, MOVED, type Rest, STORE_RETRY_MS } from './rest.js';
import { wireIdOf } from './turned-away.js';
import { EXPIRED, endUnsent, tellConflict, type UnsentDeps, withdrawClaim } from './unsent.js';

/** After so many answers that came too late the slot is given back: Redis is slow now, and others may have better luck. */
const MAX_STALE_CLAIMS = 3;
/** Wire-id collisions are one in 10^20; more than a few in a row mean something else. */
const MAX_SALT = 8;
const NEVER = Number.POSITIVE_INFINITY;
type Refused = Exclude<ClaimAnswer, { kind: 'claimed' }>;

export interface AttemptNews {
  /** The claim was given, after so many ms. */
  readonly claimed: (ms: number) => void;
  /** Called in the tick of the write: from then on the line knows of it. */
  readonly written: () => void;
}

/**
 * One attempt: from the claim to the message's next resting place. The claim is one Lua step; the bytes leave in the
 * tick of its answer, or of the slot's time if that comes later; what the gateway's answer means is decided by `decide` and
 * carried out here, each consequence stored before the job ends.
 */
export class Attempt {
  readonly #deps: UnsentDeps;
  readonly #entry: Entry;
  readonly #line: DispatchLine;
  readonly #slot: Slot;
  readonly #news: AttemptNews;

  constructor(deps: UnsentDeps, entry: Entry, line: DispatchLine, slot: Slot, news: AttemptNews) {
    this.#deps = deps;
    this.#entry = entry;
    this.#line = line;
    this.#slot = slot;
    this.#news = news;
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
        prepared = this.#prepare();
      } catch (error) {
        return this.#refusedByCodec(error);
      }
      const asked = performance.now();
      const answer = await this.#claim(prepared.wireId);
      if (answer === 'unavailable') return { kind: 'wait', ms: STORE_RETRY_MS };
      if (answer.kind === 'claimed') {
        this.#news.claimed(performance.now() - asked);
        await this.#slot.due();
        // Too old to be trusted: the same token claims again, and everything is checked again.
        this.#entry.claimUnanswered = performance.now() - asked > CLAIM_FRESH_MS;
        if (this.#entry.claimUnanswered) {
          if (++stale < MAX_STALE_CLAIMS) continue;
          return { kind: 'wait', ms: LOOK_AGAIN_MS };
        }
        const written = this.#slot.write(prepared);
        this.#news.written();
        return this.#follow(prepared, await written);
      }
      await withdrawClaim(this.#deps.store, this.#entry);
      const rest = await this.#notClaimed(answer);
      if (rest) return rest;
    }
  }

  #prepare(): PreparedSubmit {
    const { message, files, staged } = this.#entry;
    const { line } = this.#line;
    const attachments: Attachments | undefined =
      files.length === 0 ? undefined : { files, ...(staged?.line === line ? { staged: staged.staged } : {}) };
    return line.prepare(message, wireIdOf(this.#entry, this.#line), attachments);
  }

  async #claim(wireId: string): Promise<ClaimAnswer | 'unavailable'> {
    const { store } = this.#deps;
    const { admitted, job, message, probe, token, attempt } = this.#entry;
    const { line, holding, duplicateMemoryMs, reportDeadlineMs, burst } = this.#line;
    const { gateway, account, agent } = line.identity;
    const commercial = commercialOf(message);
    const request: ClaimRequest = {
      id: message.id,
      token,
      job: { queue: job.queue, id: job.id, token: job.token },
      lease: { resource: leaseResource('send', line.identity), value: holding.lease.value },
      payloadHash: admitted.payloadHash,
      channel: message.channel,
      step: admitted.step,
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
      ...(commercial && {
        commercial: { recipient: message.to, optOutNumber: commercial.optOutNumber ?? ANY_NUMBER },
      }),
      ...(admitted.next && { next: admitted.next }),
      ...(burst && { burst: burst.check(message.to, probe !== undefined) }),
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
        return endUnsent(this.#deps, entry, EXPIRED);
      case 'optedOut':
        return endUnsent(this.#deps, entry, {
          status: 'failed',
          reason: 'recipient-opted-out',
          by: 'refusal',
        });
      case 'recipientBusy':
        // What a probe is told is the rest that it alone needs.
        if (!entry.probe) this.#line.burst?.busy(entry.message.to, answer.ms);
        return { kind: 'wait', ms: answer.ms };
      case 'collision':
        entry.salt++;
        if (entry.salt > MAX_SALT) throw new Error('wire ids collide without end');
        return undefined;
      case 'attempt':
        adopt(entry, answer.record);
        return undefined;
      case 'conflict':
        return tellConflict(this.#deps, entry);
      case 'taken':
        return takeUp(this.#deps, entry, answer.record);
      case 'tooEarly':
        return { kind: 'wait', ms: LOOK_AGAIN_MS };
      case 'tooOld': // no longer to be asked about: its report or its deadline ends it
      case 'gone': // settled so long ago that not even its tombstone is left
        return DONE;
      default:
        return answer satisfies never;
    }
  }

  /** Does what `decide` says about the outcome of the write. */
  async #follow(prepared: PreparedSubmit, outcome: SubmitOutcome): Promise<Rest> {
    const { store, log } = this.#deps;
    const { admitted, message, token, attempt, tooOften, probe } = this.#entry;
    const { step } = admitted;
    const { gateway } = this.#line.line.identity;
    const other = otherGateway(this.#entry, gateway);
    const decision = decide(outcome, {
      probe: probe !== undefined,
      attempt,
      tooOften,
      otherGateway: other !== undefined,
      complete: needsEverything(this.#entry),
    });
    switch (decision.kind) {
      case 'accept':
        await accept(store, message.id, prepared.wireId);
        return DONE;
      case 'again':
        if (outcome.kind === 'incomplete') this.#entry.complete = true;
        await requeue(store, { id: message.id, token, nextAttempt: attempt, tooOften });
        return { kind: 'back' };
      case 'probeLater':
        await requeue(store, { id: message.id, token, nextAttempt: attempt, tooOften });
        return { kind: 'wait', ms: Math.max(decision.delayMs, STORE_RETRY_MS) };
      case 'later':
        return this.#later(prepared, outcome, decision);
      case 'reroute':
        return this.#reroute(prepared, outcome, other);
      case 'fail':
        return this.#fail(decision);
      case 'probe':
        await markUncertain(store, message.id, token, { job: jobAt(gateway, admitted), step });
        if (!isHome(this.#entry, gateway)) return this.#toGateway(gateway, true);
        return { kind: 'end', end: { kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS } };
      case 'awaitReport':
        log.warn({ messageId: message.id, gateway, ...codeOf(outcome) }, 'submit.inconclusive');
        await markUncertain(store, message.id, token, { endProbes: true, step });
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
    const { admitted, job, message, token, attempt, attempts } = this.#entry;
    const { gateway } = this.#line.line.identity;
    const own = job.member !== undefined;
    // Delayed, nobody holds it: it comes back when it expires, at the latest.
    const left = (admitted.expiresAt ?? NEVER) - this.#deps.store.fleetNow();
    const waitMs = Math.max(0, Math.min(delayMs, left));
    await requeue(this.#deps.store, {
      id: message.id,
      token,
      nextAttempt: countsAttempt ? attempt + 1 : attempt,
      attempts: countsAttempt ? this.#attemptsWith(prepared, outcome) : attempts,
      tooOften,
      ...(own && { job: jobAt(gateway, admitted) }),
    });
    // A batch does not wait for its members.
    if (own) return this.#toGateway(gateway, false, waitMs);
    return { kind: 'end', end: { kind: 'delayed', until: Date.now() + waitMs } };
  }

  async #reroute(
    prepared: PreparedSubmit,
    outcome: SubmitOutcome,
    gateway: string | undefined,
  ): Promise<Rest> {
    if (gateway === undefined) throw new Error('no other gateway to reroute to');
    const { admitted, message, token, attempt, tooOften } = this.#entry;
    await requeue(this.#deps.store, {
      id: message.id,
      token,
      nextAttempt: attempt + 1,
      attempts: this.#attemptsWith(prepared, outcome),
      tooOften,
      job: jobAt(gateway, admitted),
    });
    return this.#toGateway(gateway, false);
  }

  async #fail({ reason, code }: Extract<Decision, { kind: 'fail' }>): Promise<Rest> {
    const { store } = this.#deps;
    const { message, token } = this.#entry;
    const answer = await settleByRefusal(store, message.id, token, {
      status: 'failed',
      reason,
      by: 'ack',
      code,
    });
    followUp(this.#deps, answer);
    return DONE;
  }

  async #toGateway(gateway: string, uncertain: boolean, delayMs = 0): Promise<Rest> {
    await moveToGateway(this.#deps, this.#entry.admitted, gateway, uncertain, delayMs);
    return MOVED;
  }

  #attemptsWith(prepared: PreparedSubmit, outcome: SubmitOutcome): Entry['attempts'] {
    const { code } = codeOf(outcome);
    const { message, admitted } = this.#entry;
    const attempt = {
      channel: message.channel,
      gateway: this.#line.line.identity.gateway,
      wireId: prepared.wireId,
      ...(code === undefined ? {} : { gatewayCode: code }),
      at: this.#deps.store.fleetNow(),
      ...(admitted.step === 0 ? {} : { step: admitted.step }),
    };
    return [...this.#entry.attempts, attempt];
  }

  /** The gateway's own limits were checked at the door: what the codec still refuses cannot be sent by anyone. */
  async #refusedByCodec(error: unknown): Promise<Rest> {
    if (!isFieldError(error)) throw error;
    const { field, rule } = error;
    this.#deps.log.warn({ messageId: this.#entry.message.id, field, rule }, 'submit.refusedByCodec');
    return endUnsent(this.#deps, this.#entry, {
      status: 'failed',
      reason: 'invalid-message',
      by: 'refusal',
      problems: [{ field, rule, message: error.message }],
    });
  }
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
