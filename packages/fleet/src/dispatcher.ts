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
import type { JobEnd, MessageQueue, Producer } from '@pabal/queues';
import { gatewayQueue, queueName } from '@pabal/queues';
import type { Cancel, Clock, Log, PreparedSubmit, SendLine, Slot, SubmitOutcome } from '@pabal/session';
import type { Entry, ProbeHistory } from './lane.js';
import { Lane } from './lane.js';
import type { Holding } from './ownership.js';
import { leaseResource } from './ownership.js';
import type { Publisher } from './publisher.js';

/** A claim older than this is made again instead of being written: much may have happened since. */
export const CLAIM_FRESH_MS = 200;
/** Wire-id collisions are one in 10^20; more than a few in a row mean something else. */
const MAX_SALT = 8;
/** How soon an entry that found Redis away, or claims closed, is tried again. */
const STORE_RETRY_MS = 100;
/** How soon a message in flight elsewhere in this process, or uncertain and not yet to be probed, is looked at again. */
const LOOK_AGAIN_MS = 1_000;

/** An agent's line in this process's hands, with what the dispatcher needs to know of its gateway. */
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

export interface DispatcherOptions {
  readonly store: Store;
  readonly producer: Producer;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly log: Log;
}

/** Ranks of lanes: a lower rank goes first whenever both could go. */
const RANKS = ['to-urgent', 'urgent', 'to', 'send'] as const satisfies readonly MessageQueue['kind'][];

/**
 * Joins what waits with what may be written: asks every line for a place as soon as there may be one, claims the most
 * urgent message that the line can carry, and writes it in the tick of the claim's answer. What becomes of it then is
 * decided by `decide` and done here.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #lines = new Map<SendLine, DispatchLine>();
  readonly #timers = new Map<SendLine, { at: number; cancel: Cancel }>();
  readonly #inFlight = new Map<string, Entry>();
  readonly #turn = new Map<string, number>();
  #working = 0;
  #idle: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  addLine(line: DispatchLine): void {
    this.#lines.set(line.line, line);
    this.#pump(line);
  }

  removeLine(line: SendLine): void {
    this.#lines.delete(line);
    this.#timers.get(line)?.cancel();
    this.#timers.delete(line);
  }

  /** Something changed for a line (login, grant, pause, hours): look whether it can take more. */
  lineChanged(line: SendLine): void {
    const known = this.#lines.get(line);
    if (known) this.#pump(known);
  }

  /** Takes a message in hand; its job ends through `entry.end`. */
  add(entry: Entry): void {
    const lane = this.#lane(homeLane(entry));
    lane.add(entry);
    // The line that is least busy first: at low load both gateways of a route get their share.
    const able = [...this.#lines.values()].filter((line) => this.#serves(line, lane.queue));
    able.sort((a, b) => load(a, entry.message.channel) - load(b, entry.message.channel));
    for (const line of able) this.#pump(line);
  }

  /** Messages held and not yet offered, and those in flight. */
  get held(): { readonly waiting: number; readonly inFlight: number } {
    let waiting = 0;
    for (const lane of this.#lanes.values()) waiting += lane.size;
    return { waiting, inFlight: this.#inFlight.size };
  }

  isInFlight(messageId: string): boolean {
    return this.#inFlight.has(messageId);
  }

  /** Hands back what waits from these job queues: nobody here can send it now. */
  handBack(jobQueue: (name: string) => boolean): void {
    for (const lane of this.#lanes.values()) {
      const entries = lane.clear();
      for (const entry of entries) {
        if (jobQueue(entry.job.queue)) this.#end(entry, { kind: 'handBack' });
        else lane.add(entry);
      }
    }
  }

  /** Resolves when no message is between its claim and its last step. */
  async idle(): Promise<void> {
    while (this.#working > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #lane(queue: MessageQueue): Lane {
    const name = queueName(queue);
    let lane = this.#lanes.get(name);
    if (!lane) {
      lane = new Lane(queue);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #serves(line: DispatchLine, queue: MessageQueue): boolean {
    if (!line.channels.includes(queue.channel)) return false;
    return 'gateway' in queue
      ? queue.gateway === line.line.identity.gateway
      : line.routes().includes(queue.route);
  }

  /** Offers as many messages as the line has places for, then sets its timer for the next place. */
  #pump(line: DispatchLine): void {
    const { clock, store } = this.#options;
    if (!store.claimsOpen) {
      this.#wakeLater(line, clock.now() + STORE_RETRY_MS);
      return;
    }
    for (;;) {
      const now = clock.now();
      const pick = this.#pick(line, now);
      if (!pick) break;
      const slot = line.line.reserve(pick.message.channel);
      if (!slot) {
        this.#lane(homeLane(pick)).putBack(pick);
        break;
      }
      void this.#work(pick, line, slot);
    }
    this.#wakeLater(line, this.#nextChance(line));
  }

  #pick(line: DispatchLine, now: number): Entry | undefined {
    for (const rank of RANKS) {
      const lanes = this.#lanesOf(line, rank).filter((lane) => line.line.nextAt(lane.queue.channel) <= now);
      const entry = this.#takeInTurn(rank, lanes, now, line);
      if (entry) return entry;
    }
    return undefined;
  }

  /** Lanes of one rank take turns, so that no route or channel waits behind another. */
  #takeInTurn(rank: string, lanes: readonly Lane[], now: number, line: DispatchLine): Entry | undefined {
    const turn = this.#turn.get(rank) ?? 0;
    for (let i = 0; i < lanes.length; i++) {
      const entry = lanes[(turn + i) % lanes.length]?.take(now, (candidate) =>
        this.#look(candidate, line, now),
      );
      if (entry) {
        this.#turn.set(rank, (turn + i + 1) % lanes.length);
        return entry;
      }
    }
    return undefined;
  }

  #lanesOf(line: DispatchLine, rank: MessageQueue['kind']): Lane[] {
    const lanes: Lane[] = [];
    for (const lane of this.#lanes.values()) {
      if (lane.queue.kind === rank && lane.size > 0 && this.#serves(line, lane.queue)) lanes.push(lane);
    }
    return lanes;
  }

  #look(entry: Entry, { line, probeQuietMs }: DispatchLine, now: number): 'now' | 'never' | number {
    if (!entry.admitted.gateways.includes(line.identity.gateway)) return 'never';
    const { probe, message } = entry;
    if (probe) {
      if (probe.gateway !== line.identity.gateway || probe.account !== line.identity.account) return 'never';
      const quietFrom = this.#quietFrom(probe, line, message.to, probeQuietMs);
      if (quietFrom > now) return quietFrom;
    }
    const freeAt = line.recipientFreeAt(message.to);
    return freeAt <= now ? 'now' : freeAt;
  }

  /** When a duplicate answer can only mean the wire id: this account has left the recipient alone for long enough. */
  #quietFrom(probe: ProbeHistory, line: SendLine, recipient: string, quietMs: number): number {
    if (quietMs === 0) return 0;
    const { clock, store } = this.#options;
    const claimedAt = clock.now() - (store.fleetNow() - probe.claimedAt);
    return Math.max(claimedAt, line.lastWriteTo(recipient) ?? 0) + quietMs;
  }

  #nextChance(line: DispatchLine): number {
    const now = this.#options.clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const lane of this.#lanes.values()) {
      if (lane.size === 0 || !this.#serves(line, lane.queue)) continue;
      const place = line.line.nextAt(lane.queue.channel);
      const message = lane.hasReady(now) ? 0 : lane.nextWake();
      next = Math.min(next, Math.max(place, message));
    }
    // Ready ones that this line may never carry must not make it spin.
    return next <= now ? now + LOOK_AGAIN_MS : next;
  }

  #wakeLater(line: DispatchLine, at: number): void {
    const { clock } = this.#options;
    const armed = this.#timers.get(line.line);
    if (armed && armed.at <= at && armed.at > clock.now()) return;
    armed?.cancel();
    this.#timers.delete(line.line);
    if (at === Number.POSITIVE_INFINITY || !this.#lines.has(line.line)) return;
    const cancel = clock.after(at - clock.now(), () => {
      this.#timers.delete(line.line);
      this.#pump(line);
    });
    this.#timers.set(line.line, { at, cancel });
  }

  /** From the claim to the message's next resting place. */
  async #work(entry: Entry, line: DispatchLine, slot: Slot): Promise<void> {
    this.#working++;
    try {
      await this.#offer(entry, line, slot);
    } catch (error) {
      // Only a defect comes here: the record is as the last step left it, and the job's lock will run out.
      this.#options.log.error({ messageId: entry.message.id, error: String(error) }, 'dispatch.failed');
      this.#end(entry, { kind: 'lost' });
    } finally {
      this.#landed(entry);
      if (--this.#working === 0) {
        const idle = this.#idle;
        this.#idle = [];
        for (const wake of idle) wake();
      }
      this.#pump(line);
    }
  }

  async #offer(entry: Entry, line: DispatchLine, slot: Slot): Promise<void> {
    let prepared: PreparedSubmit;
    try {
      prepared = line.line.prepare(entry.message, this.#wireId(entry, line));
    } catch (error) {
      slot.release();
      await this.#refuseUnsent(entry, error);
      return;
    }
    if (this.#inFlight.has(entry.message.id)) {
      slot.release();
      this.#end(entry, { kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS });
      return;
    }
    this.#inFlight.set(entry.message.id, entry);
    for (;;) {
      const asked = performance.now();
      const answer = await this.#claim(entry, line, slot, prepared.wireId);
      if (answer === 'unavailable') {
        slot.release();
        this.#wait(entry, STORE_RETRY_MS);
        return;
      }
      if (answer.kind === 'claimed') {
        if (performance.now() - asked > CLAIM_FRESH_MS) continue; // the same token claims again, everything is checked again
        const outcome = await slot.write(prepared);
        await this.#follow(entry, line, prepared, outcome);
        return;
      }
      const again = await this.#notClaimed(entry, line, answer);
      if (!again) {
        slot.release();
        return;
      }
      prepared = line.line.prepare(entry.message, this.#wireId(entry, line));
    }
  }

  #wireId(entry: Entry, { line: { identity } }: DispatchLine): string {
    if (entry.probe) return entry.probe.wireId;
    return deriveWireId({
      messageId: entry.message.id,
      step: 0,
      attempt: entry.attempt,
      gateway: identity.gateway,
      account: identity.account,
      salt: entry.salt,
    });
  }

  async #claim(
    entry: Entry,
    line: DispatchLine,
    slot: Slot,
    wireId: string,
  ): Promise<ClaimAnswer | 'unavailable'> {
    const { admitted, job, message } = entry;
    const { identity } = line.line;
    const request: ClaimRequest = {
      id: message.id,
      token: entry.token,
      job: { queue: job.queue, id: job.id, token: job.token },
      lease: { resource: leaseResource('send', identity), value: line.holding.lease.value },
      payloadHash: admitted.payloadHash,
      channel: message.channel,
      step: 0,
      attempt: entry.attempt,
      gateway: identity.gateway,
      account: identity.account,
      agent: identity.agent,
      sessionId: slot.sessionId,
      wireId,
      reportDeadlineMs: line.reportDeadlineMs(message.channel),
      enqueuedAt: admitted.enqueuedAt,
      meta: admitted.meta,
      ...(admitted.expiresAt === undefined ? {} : { expiresAt: admitted.expiresAt }),
    };
    const { store } = this.#options;
    if (!store.claimsOpen) return 'unavailable';
    try {
      if (!entry.probe) return await claim(store, request);
      const probe = { ...request, loginAt: slot.loginAt, duplicateMemoryMs: line.duplicateMemoryMs };
      return await claimProbe(store, probe);
    } catch (error) {
      // The claim may stand in Redis: the same token takes it up again, and nothing was written for it.
      if (isConnectionError(error)) return 'unavailable';
      throw error;
    }
  }

  /** A claim that was not given. True when the claim is to be tried again at once with what was learned. */
  async #notClaimed(
    entry: Entry,
    line: DispatchLine,
    answer: Exclude<ClaimAnswer, { kind: 'claimed' }>,
  ): Promise<boolean> {
    switch (answer.kind) {
      case 'lostLock':
        this.#end(entry, { kind: 'lost' });
        return false;
      case 'lostLease':
        this.#wait(entry, STORE_RETRY_MS);
        return false;
      case 'expired':
        await this.#expire(entry);
        return false;
      case 'collision':
        entry.salt++;
        if (entry.salt > MAX_SALT) throw new Error('wire ids collide without end');
        return true;
      case 'attempt':
        adopt(entry, answer.record);
        return true;
      case 'conflict':
        await this.#conflict(entry);
        return false;
      case 'taken':
        await this.#taken(entry, line, answer.record);
        return false;
      case 'tooEarly':
        this.#wait(entry, LOOK_AGAIN_MS);
        return false;
      case 'tooOld': // no longer to be asked about: its report or its deadline ends it
      case 'gone': // settled so long ago that not even its tombstone is left
        this.#end(entry, { kind: 'done' });
        return false;
      default:
        return answer satisfies never;
    }
  }

  /** The record is further than this job: a repeat of something settled or accepted, or the remains of a lost worker. */
  async #taken(entry: Entry, line: DispatchLine, record: MessageRecord): Promise<void> {
    const { gateway } = record;
    const uncertain = (record.state === 'claimed' || record.state === 'uncertain') && !record.probeEnded;
    if (!uncertain || gateway === undefined) {
      this.#end(entry, { kind: 'done' });
      return;
    }
    if (queueName(entry.queue) === this.#homeOf(entry, gateway)) {
      // Already where only that gateway's owner looks: ask again as a probe.
      const history = probeHistory(record);
      if (history && history.account === line.line.identity.account) entry.probe = history;
      this.#wait(entry, LOOK_AGAIN_MS);
      return;
    }
    await this.#toGateway(entry, gateway, true);
  }

  /** Does what `decide` says about the outcome of a write. */
  async #follow(
    entry: Entry,
    line: DispatchLine,
    prepared: PreparedSubmit,
    outcome: SubmitOutcome,
  ): Promise<void> {
    const { store, publisher, log } = this.#options;
    const { message } = entry;
    const { gateway } = line.line.identity;
    const decision = decide(outcome, {
      probe: entry.probe !== undefined,
      attempt: entry.attempt,
      tooOften: entry.tooOften,
      otherGateway: this.#otherGateway(entry, gateway) !== undefined,
    });
    switch (decision.kind) {
      case 'accept':
        await accept(store, message.id, prepared.wireId);
        this.#end(entry, { kind: 'done' });
        return;
      case 'again':
        await requeue(store, {
          id: message.id,
          token: entry.token,
          nextAttempt: entry.attempt,
          tooOften: entry.tooOften,
        });
        this.#backToLane(entry);
        return;
      case 'later':
        await this.#later(entry, line, prepared, outcome, decision);
        return;
      case 'reroute':
        await this.#reroute(entry, line, prepared, outcome);
        return;
      case 'fail': {
        const answer = await settleByRefusal(store, message.id, entry.token, {
          status: 'failed',
          reason: decision.reason,
          by: 'ack',
          code: decision.code,
        });
        if (answer.kind === 'settled') publisher.publish(answer.record);
        this.#end(entry, { kind: 'done' });
        return;
      }
      case 'probe':
        await this.#uncertain(entry, gateway);
        return;
      case 'probeLater':
        await requeue(store, { id: message.id, token: entry.token, nextAttempt: entry.attempt });
        this.#wait(entry, Math.max(decision.delayMs, STORE_RETRY_MS));
        return;
      case 'awaitReport':
        log.warn(
          { messageId: message.id, gateway, code: 'code' in outcome ? outcome.code : '' },
          'submit.inconclusive',
        );
        await markUncertain(store, message.id, entry.token, { endProbes: true });
        this.#end(entry, { kind: 'done' });
        return;
      default:
        return decision satisfies never;
    }
  }

  async #later(
    entry: Entry,
    line: DispatchLine,
    prepared: PreparedSubmit,
    outcome: SubmitOutcome,
    decision: Extract<Decision, { kind: 'later' }>,
  ): Promise<void> {
    const attempts = decision.countsAttempt
      ? this.#attemptsWith(entry, line, prepared, outcome)
      : entry.attempts;
    await requeue(this.#options.store, {
      id: entry.message.id,
      token: entry.token,
      nextAttempt: entry.attempt + (decision.countsAttempt ? 1 : 0),
      attempts,
      tooOften: decision.tooOften,
    });
    this.#end(entry, { kind: 'delayed', until: Date.now() + decision.delayMs });
  }

  async #reroute(
    entry: Entry,
    line: DispatchLine,
    prepared: PreparedSubmit,
    outcome: SubmitOutcome,
  ): Promise<void> {
    const next = this.#otherGateway(entry, line.line.identity.gateway);
    if (next === undefined) throw new Error('no other gateway to reroute to');
    const attempts = this.#attemptsWith(entry, line, prepared, outcome);
    await requeue(this.#options.store, {
      id: entry.message.id,
      token: entry.token,
      nextAttempt: entry.attempt + 1,
      attempts,
      tooOften: entry.tooOften,
    });
    await this.#toGateway(entry, next, false);
  }

  async #uncertain(entry: Entry, gateway: string): Promise<void> {
    await markUncertain(this.#options.store, entry.message.id, entry.token);
    if (queueName(entry.queue) === this.#homeOf(entry, gateway)) {
      this.#end(entry, { kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS });
      return;
    }
    await this.#toGateway(entry, gateway, true);
  }

  /** Moves the message to the queue of one gateway: first it stands there, then its job here goes. */
  async #toGateway(entry: Entry, gateway: string, uncertain: boolean): Promise<void> {
    const { producer, store } = this.#options;
    const { admitted, message } = entry;
    await store.keepTrying(() =>
      producer.toGateway(gateway, {
        v: 1,
        message,
        enqueuedAt: admitted.enqueuedAt,
        route: admitted.route,
        uncertain,
      }),
    );
    this.#end(entry, { kind: 'done' });
  }

  #homeOf(entry: Entry, gateway: string): string {
    return queueName(gatewayQueue(gateway, entry.message.channel, entry.message.priority === 'urgent'));
  }

  /** The next gateway of the route that could carry the message and was not tried yet. */
  #otherGateway(entry: Entry, current: string): string | undefined {
    if (entry.message.gateway !== undefined) return undefined;
    const tried = new Set(entry.attempts.map((attempt) => (attempt as { gateway?: string }).gateway));
    return entry.admitted.gateways.find((gateway) => gateway !== current && !tried.has(gateway));
  }

  #attemptsWith(
    entry: Entry,
    line: DispatchLine,
    prepared: PreparedSubmit,
    outcome: SubmitOutcome,
  ): readonly object[] {
    const attempt = {
      channel: entry.message.channel,
      gateway: line.line.identity.gateway,
      wireId: prepared.wireId,
      ...('code' in outcome ? { gatewayCode: outcome.code } : {}),
      at: this.#options.store.fleetNow(),
    };
    return [...entry.attempts, attempt];
  }

  async #expire(entry: Entry): Promise<void> {
    await this.#settleUnsent(entry, 'expired', 'expired');
  }

  async #refuseUnsent(entry: Entry, error: unknown): Promise<void> {
    const { message } = entry;
    if (!isFieldError(error)) throw error;
    this.#options.log.warn(
      { messageId: message.id, field: error.field, rule: error.rule },
      'submit.refusedByCodec',
    );
    await this.#settleUnsent(entry, 'failed', 'invalid-message');
  }

  async #settleUnsent(entry: Entry, status: 'expired' | 'failed', reason: ReasonCode): Promise<void> {
    const { store, publisher } = this.#options;
    const { admitted, job, message } = entry;
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
      { status, reason, by: status === 'expired' ? 'expiry' : 'refusal' },
    );
    if (answer.kind === 'settled') publisher.publish(answer.record);
    if (answer.kind === 'conflict') await this.#conflict(entry);
    else this.#end(entry, { kind: 'done' });
  }

  async #conflict(entry: Entry): Promise<void> {
    const { producer, store, log } = this.#options;
    const { id } = entry.message;
    log.warn({ messageId: id }, 'message.idConflict');
    await store.keepTrying(() =>
      producer.event('id-conflict', `id-conflict-${id}-${entry.admitted.payloadHash}`, {
        id,
        queue: entry.job.queue,
      }),
    );
    this.#end(entry, { kind: 'done' });
  }

  /** Another entry of the same message may be the one in flight: only its own mark is taken off. */
  #landed(entry: Entry): void {
    if (this.#inFlight.get(entry.message.id) === entry) this.#inFlight.delete(entry.message.id);
  }

  #backToLane(entry: Entry): void {
    this.#landed(entry);
    if (entry.ended) return;
    this.#lane(homeLane(entry)).putBack(entry);
  }

  #wait(entry: Entry, ms: number): void {
    const { clock } = this.#options;
    this.#landed(entry);
    if (entry.ended) return;
    const lane = this.#lane(homeLane(entry));
    lane.setAside(entry, clock.now() + ms);
  }

  #end(entry: Entry, end: JobEnd): void {
    if (entry.ended) return;
    entry.ended = true;
    entry.end(end);
  }
}

/** The lane that an entry waits in: a message that only one gateway can carry never stands before others. */
function homeLane(entry: Entry): MessageQueue {
  const { queue, admitted, message } = entry;
  const [only] = admitted.gateways;
  if ('gateway' in queue || only === undefined || admitted.gateways.length > 1) return queue;
  return gatewayQueue(only, message.channel, message.priority === 'urgent');
}

/** Takes over what the record knows of earlier attempts. */
export function adopt(entry: Entry, record: MessageRecord): void {
  entry.attempt = record.attempt;
  entry.tooOften = record.tooOften;
  entry.attempts = record.attempts;
}

/** What a probe needs to know, from the record; undefined when there is nothing to probe. */
export function probeHistory(record: MessageRecord): ProbeHistory | undefined {
  const { gateway, account, wireId, claimedAt, state, probeEnded } = record;
  if ((state !== 'claimed' && state !== 'uncertain') || probeEnded) return undefined;
  if (gateway === undefined || account === undefined || wireId === undefined) return undefined;
  return { gateway, account, wireId, claimedAt: claimedAt ?? 0 };
}

function load(line: DispatchLine, channel: Channel): number {
  return line.line.inFlight(channel) / Math.max(1, line.line.window(channel));
}

interface FieldErrorLike {
  readonly code: 'field';
  readonly field: string;
  readonly rule: string;
}

function isFieldError(error: unknown): error is FieldErrorLike {
  return error instanceof Error && 'code' in error && error.code === 'field';
}
